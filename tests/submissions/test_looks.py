"""The pages of conflicts in a real browser: on a phone and a desk, in both tongues."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import looking
from tests.casework.world import World, build
from tests.permissions.setups_submissions import conflict_of, photo_of
from wugeyi.submissions.actions.conflicts import review
from wugeyi.submissions.models import Conflict

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "很长很长的一句话，" * 30
WORDS = {"text": LONG, "place_query": "金桥社区", "phone": "1" * 40, "danger": "on"}


def row(world: World, number: int) -> Conflict:
    made = conflict_of(world, number)
    made.kind = ("report", "open311", "gone-" + "x" * 30)[number]
    made.content = urlencode({**WORDS, "unknown_name_of_another_program": "x" * 60})
    made.save()
    photo_of(world, made)
    return made


def test_every_page_of_conflicts(desktop: Page, transactional_db) -> None:
    world = build()
    client = Client()
    client.force_login(world["administrator"])
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    here = {"domain": "localhost", "path": "/"}
    desktop.context.add_cookies([{"name": name, "value": value, **here}])
    listed = reverse("submissions:conflicts")
    desktop.goto(listed)
    expect(desktop.locator("main")).to_contain_text("没有重复编号")
    looking.check(desktop)
    first, second, _third = (row(world, number) for number in range(3))
    review(conflict=second, note=LONG[:290], by=world["administrator"], at=world.now())
    for tongue, said in (("zh-hans", "有人身危险"), ("en", "")):
        desktop.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": tongue, **here}]
        )
        for address in (
            listed,
            *(
                reverse("submissions:conflict", args=[each.pk])
                for each in (first, second)
            ),
        ):
            desktop.goto(address)
            looking.both_widths(desktop)
        desktop.goto(reverse("submissions:conflict", args=[first.pk]))
        expect(desktop.locator("main")).to_contain_text(said)
    image = desktop.locator(".photos img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("naturalWidth", 40)
