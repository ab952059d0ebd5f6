"""Keys and targets, as administrators make them."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.casework.world import hire
from tests.interfaces.open import Open, new_key
from wugeyi.audit.models import AuditEvent
from wugeyi.interfaces.actions import hooks
from wugeyi.interfaces.models import ApiKey, Delivery, Target, Terms
from wugeyi.organisations.rules import Role


@pytest.fixture
def admin(city: Open) -> Client:
    client = Client()
    client.force_login(city.world["administrator"])
    return client


def test_a_key_is_shown_once_and_works(admin: Client, city: Open) -> None:
    data = {
        "name": "市小程序",
        "organisation": city.world.city.pk,
        "writes": "on",
        "per_minute": "10",
        "per_day": "100",
    }
    page = admin.post("/open/keys/new", data).content.decode()
    (key,) = set(re.findall(r"wgy_[a-z2-9]{32}", page))
    row = ApiKey.objects.get(name="市小程序")
    assert key not in admin.get("/open/keys").content.decode()
    assert row.start in admin.get("/open/keys").content.decode()
    event = AuditEvent.objects.get(action="interfaces.make_key", subject_id=row.pk)
    assert key not in event.after
    asked = {"api_key": key}
    assert Client().get("/open/311/v2/services.json", asked).status_code == 200
    admin.post(f"/open/keys/{row.pk}/revoke")
    assert Client().get("/open/311/v2/services.json", asked).status_code == 403
    assert AuditEvent.objects.filter(action="interfaces.revoke_key").count() == 1


def test_a_wrong_form_comes_back_with_what_was_typed(admin: Client, city) -> None:
    data = {"name": "小程序", "per_minute": "0", "valid_to": "2020-01-01"}
    answer = admin.post("/open/keys/new", data)
    assert answer.status_code == 422
    assert "小程序" in answer.content.decode()
    assert not ApiKey.objects.filter(name="小程序").exists()


def test_an_administrator_keeps_to_the_own_area(city: Open) -> None:
    client = Client()
    client.force_login(hire("lesser", Role.ADMINISTRATOR, city.world.other_county))
    theirs = city.key.row
    assert theirs.start not in client.get("/open/keys").content.decode()
    assert client.post(f"/open/keys/{theirs.pk}/revoke").status_code == 403
    data = {
        "name": "越界",
        "organisation": city.world.county.pk,
        "per_minute": "10",
        "per_day": "100",
    }
    assert client.post("/open/keys/new", data).status_code == 422
    assert client.get("/open/terms").status_code == 403


def test_keys_are_paged_at_a_constant_cost(
    admin: Client, city: Open, django_assert_max_num_queries
) -> None:
    for number in range(35):
        new_key(city.world, at=timezone.now(), name=f"第{number}把")
    with django_assert_max_num_queries(12):
        page = admin.get("/open/keys").content.decode()
    assert page.count("吊销第") == 30
    assert "older=" in page


def test_terms_stand_in_the_discovery(admin: Client, city: Open) -> None:
    data = {
        "licence": "CC-BY-4.0",
        "licence_url": "https://example.org/by",
        "contact": "数据科 0851-12345",
        "key_service": "到窗口领",
    }
    assert admin.post("/open/terms", data).status_code == 302
    assert Terms.objects.get().contact == "数据科 0851-12345"
    found = Client().get("/open/311/discovery.json").json()
    assert found["contact"] == "数据科 0851-12345"
    assert "CC-BY-4.0" in Client().get("/open/").content.decode()


def test_a_target_from_birth_to_end(admin: Client, city: Open) -> None:
    data = {
        "name": "融媒体",
        "url": "https://example.org/hook",
        "organisation": city.world.city.pk,
        "events": ["case.published", "sheet.published"],
    }
    page = admin.post("/open/webhooks/new", data).content.decode()
    (secret,) = set(re.findall(r"whsec_[A-Za-z0-9+/=]{44}", page))
    made = Target.objects.get()
    address = f"/open/webhooks/{made.pk}"
    page = admin.get(address).content.decode()
    assert secret not in page
    assert "诉求公开了" in page
    admin.post(f"{address}/test")
    assert Delivery.objects.get().event == "test"
    assert "等着送" in admin.get(address).content.decode()
    admin.post(f"{address}/pause")
    assert Target.objects.get().state == "paused"
    admin.post(f"{address}/resume")
    again = admin.post(f"{address}/renew").content.decode()
    assert secret not in again
    assert "whsec_" in again
    assert admin.post(f"{address}/explode").status_code == 404
    admin.post(f"{address}/remove")
    assert admin.get(address).status_code == 404
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://a:b@example.org/",
        "javascript:alert(1)",
    ],
)
def test_addresses_that_are_not_taken(admin: Client, city: Open, url: str) -> None:
    data = {
        "name": "坏",
        "url": url,
        "organisation": city.world.city.pk,
        "events": ["case.published"],
    }
    answer = admin.post("/open/webhooks/new", data)
    assert answer.status_code == 422
    assert not Target.objects.exists()


def test_what_went_wrong_is_said_in_words(admin: Client, city: Open) -> None:
    by, at = city.world["administrator"], timezone.now()
    made = hooks.make(
        organisation=city.world.city,
        name="慢",
        url="https://example.org/",
        events=["case.published"],
        by=by,
        at=at,
    )
    sent = hooks.send_test(target=made, by=by, at=at)
    hooks.note_result(
        delivery=sent, result=hooks.Result(None, hooks.Problem.SLOW), at=at
    )
    page = admin.get(f"/open/webhooks/{made.pk}").content.decode()
    assert "已切断" in page
    assert "最近送不到" in page


def test_staff_see_where_a_case_came_from(city: Open) -> None:
    client = Client()
    sent = city.post(media_url="https://example.org/a.jpg?x=<b>")
    assert client.post("/open/311/v2/requests.json", sent).status_code == 200
    client.force_login(city.world["worker"])
    case = city.key.row.posted.get().case
    page = client.get(f"/desk/cases/{case.pk}/").content.decode()
    assert "县融媒体中心" in page
    assert "https://example.org/a.jpg?x=&lt;b&gt;" in page
    assert 'href="https://example.org' not in page
