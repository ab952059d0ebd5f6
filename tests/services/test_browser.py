"""The window on a phone without a script: from a number to the list handed over."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import looking
from tests.casework.desk.test_browser import enter
from wugeyi.casework.models import Case
from wugeyi.services.models import Visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_visit_on_a_phone_without_javascript(
    phone_without_javascript, phone, client, desk
) -> None:
    page = phone_without_javascript
    enter(page, client, desk.world["worker"], reverse("services:desks"))
    page.get_by_label("来办什么").select_option(label="办老年证")
    page.get_by_role("button", name="取号").click()
    page.get_by_role("button", name="叫号").click()
    page.get_by_role("button", name="来了，开始办").click()
    page.get_by_label("身份证", exact=True).check()
    page.get_by_label(re.compile("用不上")).check()
    page.get_by_role("button", name="当场办好").click()
    expect(page.locator("body")).to_contain_text("还缺：照片")
    expect(page.get_by_label("身份证", exact=True)).to_be_checked()
    page.get_by_role("button", name="材料不齐，一次告知").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("还要带的材料")
    expect(page.locator(".slip-list li")).to_have_count(1)
    assert Case.objects.get().pauses.count() == 1
    assert Visit.objects.get().waited_seconds is not None
    # The board on the wall and the service's page, as everybody sees them.
    for name, args in (
        ("waiting", [desk.unit.code]),
        ("service", [desk.unit.code, desk.service.pk]),
    ):
        phone.goto(reverse(f"services:{name}", args=args) + "?still=1")
        looking.check(phone)
