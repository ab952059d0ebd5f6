"""The five ones, a dashboard and a paragraph on a phone, by hand and by keyboard."""

import json

import pytest
from playwright.sync_api import expect

from tests import looking
from tests.casework.world import START, build, hire, plant
from wugeyi.casework.actions.intake import Need, register
from wugeyi.casework.models import Category
from wugeyi.organisations.models import Area, Organisation, Placement, TreeView
from wugeyi.organisations.rules import STATUTORY, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def square(left: float) -> str:
    right = left + 0.1
    ring = [[left, 26.5], [right, 26.5], [right, 26.6], [left, 26.6], [left, 26.5]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def furnish() -> Organisation:
    """Two communities with outlines, a need registered now in one of them."""
    from uuid import uuid4

    from django.utils import timezone

    world = build()
    hire("watcher", Role.SUPERVISOR, world.town)
    plant("铜桥社区", "community", "990101001003", world.town)
    view, _made = TreeView.objects.get_or_create(
        code=STATUTORY, defaults={"name": "行政区划", "name_en": "Statutory"}
    )
    Placement.objects.bulk_create(
        Placement(organisation=each, view=view, path=each.path, valid_from=START)
        for each in Organisation.objects.all()
    )
    for number, unit in enumerate((world.community, world.neighbour)):
        left = 106.5 + number / 10
        Area.objects.create(
            organisation=unit,
            geometry=square(left),
            size_m2=1e8,
            lon=left + 0.05,
            lat=26.55,
        )
    category = Category.objects.get(code="rubbish")
    register(
        need=Need(
            uuid4(), "楼道里堆满了东西,过不去。", category, world.community, "web"
        ),
        by=None,
        at=timezone.now(),
    )
    return world.town


def test_a_supervisor_reads_a_dashboard_and_the_five_ones_on_a_phone(
    phone, screenshots
):
    town = furnish()
    phone.goto("/account/sign-in")
    phone.fill("[name=username]", "watcher")
    phone.fill("[name=password]", "correct horse battery")
    phone.click("main button[type=submit]")
    phone.goto("/overview/")
    expect(phone.locator("h1")).to_have_text("东街街道：总览")

    shape = phone.locator(".map-value.few")
    phone.locator("[data-map=values]").scroll_into_view_if_needed()
    expect(shape).to_have_count(1)
    shape.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".leaflet-popup")).to_contain_text("登记的诉求 1 件")
    phone.keyboard.press("Escape")
    phone.locator("#chart-needs summary").click()
    expect(phone.locator("#table-needs tbody tr")).to_have_count(12)
    looking.check(phone)
    phone.screenshot(path=screenshots / "board-phone.png", full_page=True)

    phone.click(".tabs a:has-text('五个一')")
    expect(phone.locator(".one")).to_have_count(5)
    phone.select_option("#period", "12-months")
    phone.click("form.days-bar button[type=submit]")
    phone.locator("#mechanism summary").click()
    expect(phone.locator("#mechanism-table tbody tr")).not_to_have_count(0)
    phone.emulate_media(color_scheme="dark")
    looking.check(phone)
    phone.screenshot(path=screenshots / "profile-phone.png", full_page=True)

    phone.locator("#mechanism .measure-number").first.click()
    expect(phone.locator("h1")).to_contain_text("登记的诉求")
    phone.goto(f"/reports/paragraph/{town.code}/")
    expect(phone.locator(".evidence").first).to_contain_text("登记诉求")
    looking.check(phone)
