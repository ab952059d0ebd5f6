import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import World
from tests.submissions.phone import Phone, jpeg, report
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import Case
from wugeyi.submissions import registry
from wugeyi.submissions.models import Conflict, Submission
from wugeyi.submissions.queries.offline import person_tag
from wugeyi.submissions.registry import NotTaken, Sent, Taken
from wugeyi.submissions.views import sending

pytestmark = pytest.mark.django_db


def test_a_repeat_gets_the_first_answer(city: World, phone_line: Phone) -> None:
    key = uuid4()
    status, first = phone_line.send("report", key, report(city))
    case = Case.objects.get()
    assert (status, first["state"]) == (200, "taken")
    assert case.client_id == key
    assert first["url"].startswith(reverse("public:receipt", args=[case.pk]))
    again = [phone_line.send("report", key, report(city)) for _try in range(3)]
    assert all(each[1]["text"] == first["text"] for each in again)
    assert Case.objects.count() == Submission.objects.count() == 1
    assert Conflict.objects.count() == 0
    assert AuditEvent.objects.filter(action="casework.register").count() == 1


def test_the_receipt_opens_with_the_address_of_a_repeat(
    city: World, phone_line: Phone
) -> None:
    key = uuid4()
    phone_line.send("report", key, report(city))
    # The first answer was lost with its cookie; another browser store, no cookies.
    elsewhere = Phone(Client())
    _status, answer = elsewhere.send("report", key, report(city))
    assert Client().get(answer["url"]).status_code == 200
    assert "followed" in elsewhere.client.cookies


def test_the_page_and_the_queue_are_one(city: World, phone_line: Phone) -> None:
    """The page's own sending arrived, its answer did not: the queue finds it taken."""
    key = uuid4()
    fields = report(city)
    Client().post("/report", {**fields, "client_id": str(key)})
    assert Case.objects.count() == 1
    status, answer = phone_line.send("report", key, fields)
    assert (status, answer["state"]) == (200, "taken")
    assert Case.objects.count() == 1
    Client().post("/report", {**fields, "client_id": str(key)})
    assert Case.objects.count() == 1


def test_other_content_under_the_same_id_is_kept_for_review(
    city: World, phone_line: Phone
) -> None:
    key = uuid4()
    phone_line.send("report", key, report(city))
    other = report(city, text="下水道堵了，水漫到楼道里了")
    photo, _answer = phone_line.upload(jpeg())
    for _try in range(2):
        status, answer = phone_line.send("report", key, other, photos=[photo])
        assert (status, answer["state"]) == (409, "conflict")
    row = Conflict.objects.get()
    assert "%E4%B8%8B%E6%B0%B4%E9%81%93" in row.content
    assert row.photos.count() == 1
    assert row.submission.organisation_id == city.community.pk
    assert Case.objects.count() == 1
    # The first is still what it was.
    assert phone_line.send("report", key, report(city))[0] == 200


def test_what_is_refused_says_why_and_leaves_the_id_free(
    city: World, phone_line: Phone
) -> None:
    key = uuid4()
    status, answer = phone_line.send("report", key, report(city, text="", place=""))
    assert (status, answer["state"]) == (422, "refused")
    assert set(answer["errors"]) >= {"text", "place_query"}
    assert Submission.objects.count() == Case.objects.count() == 0
    assert phone_line.send("report", key, report(city))[0] == 200


def test_who_is_looking_is_asked_first_and_who_is_away_is_not(
    city: World, phone_line: Phone
) -> None:
    fields = report(city, text="楼道里着火了，有人被困", danger="on")
    looking = {"Queue-Attended": "1"}
    status, answer = phone_line.send("report", uuid4(), fields, **looking)
    assert (status, answer["state"]) == (200, "refused")
    status, answer = phone_line.send("report", uuid4(), fields)
    assert status == 200
    assert Case.objects.get().danger


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_another_sites_page_sends_nothing(
    city: World, phone_line: Phone, headers: dict[str, str], status: int
) -> None:
    assert phone_line.send("report", uuid4(), report(city), **headers)[0] == status


def test_a_form_of_another_site_cannot_carry_the_header(city: World) -> None:
    assert Client().post("/send/report", report(city)).status_code == 403
    assert Case.objects.count() == 0


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid", "0" * 500])
def test_a_bad_id_is_told(city: World, phone_line: Phone, key: str) -> None:
    status, answer = phone_line.send("report", key, report(city))
    assert (status, answer["state"]) == (400, "refused")
    assert answer["text"]


def test_a_kind_that_is_gone_is_told(city: World, phone_line: Phone) -> None:
    status, answer = phone_line.send("of-last-year", uuid4(), report(city))
    assert (status, answer["state"]) == (404, "refused")


def test_a_flood_is_sent_later(
    city: World, phone_line: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TAKES_PER_WINDOW", 2)
    keys = [uuid4() for _each in range(3)]
    answers = [
        phone_line.send("report", key, report(city, text=f"第{n}件事，路灯坏了"))[1]
        for n, key in enumerate(keys)
    ]
    assert [each["state"] for each in answers] == ["taken", "taken", "later"]
    # What was taken is still answered.
    assert (
        phone_line.send("report", keys[0], report(city, text="第0件事，路灯坏了"))[0]
        == 200
    )


@pytest.mark.parametrize("years", [-40, 0, 60])
def test_clocks_years_off_are_kept_and_not_believed(
    city: World, phone_line: Phone, years: int
) -> None:
    now = timezone.now()
    written = now + timedelta(days=365 * years)
    clock = {
        "Queue-Written": written.isoformat(),
        "Queue-Sent": (written + timedelta(minutes=90)).isoformat(),
    }
    phone_line.send("report", uuid4(), report(city), **clock)
    row, case = Submission.objects.get(), Case.objects.get()
    assert row.written_at == written
    assert row.waited_seconds == 90 * 60
    assert abs(case.registered_at - now) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("2026-03-01T00:00:00Z", "2019-01-01T00:00:00Z"),  # set back meanwhile
        ("1990-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),  # set forward
        ("yesterday", "2026-01-01T00:00:00Z"),
        ("2026-01-01T00:00:00", "2026-01-01T00:00:00Z"),  # of no zone
        ("9999-12-31T23:59:59-23:00", "0001-01-01T00:00:00+23:00"),
        ("", ""),
    ],
)
def test_a_clock_that_was_set_tells_no_waiting(
    city: World, phone_line: Phone, written: str, sent: str
) -> None:
    clock = {"Queue-Written": written, "Queue-Sent": sent}
    assert phone_line.send("report", uuid4(), report(city), **clock)[0] == 200
    assert Submission.objects.get().waited_seconds is None


# Whose queue it is


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> list[Sent]:
    """A kind that only its writer may send."""
    seen: list[Sent] = []

    def take(_request: object, sent: Sent) -> Taken:
        seen.append(sent)
        if sent.fields.get("bad"):
            raise NotTaken({"bad": ["不行"]})
        return Taken("/", "好")

    kinds = {
        **registry._REGISTRY.kinds,
        "diary": registry.Kind("diary", take, "日记", "home", sign_in=True),
    }
    monkeypatch.setattr(registry._REGISTRY, "kinds", kinds)
    return seen


def test_a_queue_of_somebody_signed_out_waits_for_its_writer(
    city: World, phone_line: Phone, signed: list[Sent]
) -> None:
    mine = {"Queue-Person": person_tag(city["worker"])}
    key = uuid4()
    status, answer = phone_line.send("diary", key, {"a": "1"}, **mine)
    assert (status, answer["state"], answer["claim"]) == (401, "sign-in", False)

    phone_line.client.force_login(city["neighbour"])
    status, answer = phone_line.send("diary", key, {"a": "1"}, **mine)
    assert (status, answer["state"], answer["claim"]) == (401, "sign-in", False)
    assert signed == []

    phone_line.client.force_login(city["worker"])
    assert phone_line.send("diary", key, {"a": "1"}, **mine)[0] == 200
    assert signed[0].by == city["worker"]
    assert Submission.objects.get().by == city["worker"]


def test_what_nobody_signed_is_claimed_first(
    city: World, phone_line: Phone, signed: list[Sent]
) -> None:
    phone_line.client.force_login(city["worker"])
    key = uuid4()
    status, answer = phone_line.send("diary", key, {"a": "1"})
    assert (status, answer["claim"]) == (401, True)
    tag = json.loads(phone_line.client.get("/send/who").content)["person"]
    assert phone_line.send("diary", key, {"a": "1"}, **{"Queue-Person": tag})[0] == 200


def test_an_open_kind_is_never_sent_under_anothers_name(
    city: World, phone_line: Phone
) -> None:
    """A report needs nobody signed in: it goes, and as nobody's."""
    phone_line.client.force_login(city["neighbour"])
    mine = {"Queue-Person": person_tag(city["worker"])}
    assert phone_line.send("report", uuid4(), report(city), **mine)[0] == 200
    assert Submission.objects.get().by is None


def test_what_fails_inside_leaves_nothing(
    city: World,
    phone_line: Phone,
    signed: list[Sent],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def take(_request: object, sent: Sent) -> Taken:
        Submission.objects.create(
            client_id=uuid4(), kind="x", digest="y", received_at=timezone.now()
        )
        raise NotTaken({"": ["不行"]})

    kinds = {"half": registry.Kind("half", take, "一半", "home")}
    monkeypatch.setattr(registry._REGISTRY, "kinds", kinds)
    with transaction.atomic():
        assert phone_line.send("half", uuid4(), {})[0] == 422
    assert Submission.objects.count() == 0


def test_queries_do_not_grow(
    city: World, phone_line: Phone, django_assert_max_num_queries
) -> None:
    phone_line.send("report", uuid4(), report(city))
    # Of these some twenty are the case's own.
    with django_assert_max_num_queries(45):
        phone_line.send("report", uuid4(), report(city, text="路灯又坏了，在西门"))
