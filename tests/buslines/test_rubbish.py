"""Whatever is sent, every page answers in words; nobody meets a traceback."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import BusLine, build, create
from tests.buslines.planned import scenario
from tests.casework.world import build as build_world
from tests.permissions.setups_buslines import SETUPS, Stage, stage
from tests.permissions.test_matrix import ROWS, Row, of_lines
from wugeyi.audit.models import AuditEvent

RUBBISH: list[Any] = [
    "",
    "-1",
    "9" * 40,
    "1e999",
    "NaN",
    "x" * 10_000,
    "a\x00b",
    "😀",
    "2026-02-31",
    "0001-01-01",
    "9999-12-31",
    "99:99",
    ["1", "2"],
    "²",
    "<b>'\"",
]
# What a form does not ask for itself, or begins without.
SAID = {
    "name": "甲",
    "number": "9",
    "reason": "路断了",
    "text": "塌了",
    "what": "road",
    "announcement": "改时刻表",
    "filed_with": "区交通运输局",
    "persons": "1",
    "baskets": "0",
    "earliest_minute": "6:00",
    "latest_minute": "6:30",
    "stars": "3",
    "licensed_on": "2010-01-01",
    "first_day": "2026-03-23",
    "last_day": "2026-03-23",
    "service_on": "2026-03-18",
    "basis": "虚构",
}
# Forms that are part of another page, or of none.
FIELDS = {
    "driver-back": [],
    "series": ["kind", "client_id"],
    "scenario-withdraw": [],
    "plan-ask": ["client_id", "steps"],
    "try-save": ["do", "note", "client_id"],
    "roster-ask": ["client_id", "first_day", "days"],
    "survey-withdraw": [],
    "finding-withdraw": [],
    "send-map": ["act", "file"],
    "send-feed": ["act", "file"],
    "import-batch": ["act", "on", "end_missing"],
    "feed": ["act", "service_on", "within_metres", "on"],
    "booking": ["code"],
    "drive-trip": [
        "act",
        "call",
        "client_id",
        *(
            f"{each}{more}"
            for each in ("without", "with_one", "with_more")
            for more in ("", "_many")
        ),
        "baskets",
        "reason",
        "remark",
    ],
}
POSTS = [
    row
    for row in ROWS
    if row.view.startswith("buslines:")
    and row.method == "POST"
    and row.setup not in {"bus-depts", "bus-own"}
]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield stage(build(build_world()))
        transaction.set_rollback(True)


@pytest.fixture
def whole(built: Stage, db: None) -> Stage:
    return built


@pytest.fixture
def clerk(whole: Stage) -> Client:
    made = Client()
    made.force_login(whole.bus.by)
    return made


def asked(clerk: Client, row: Row, whole: Stage) -> tuple[str, dict[str, Any]]:
    """Where a form goes, and what makes sense in each of its fields."""
    kwargs, _data = SETUPS[row.setup](whole)
    to = reverse(row.view, kwargs=kwargs)
    name = row.view.partition(":")[2]
    body: dict[str, Any] = {}
    if name in FIELDS:
        body = dict.fromkeys(FIELDS[name], "")
    else:
        form = clerk.get(to).context["form"]
        body = {each: _value(form, each) for each in form.fields}
    spots = whole.bus.spots
    known = SAID | {
        "stop": spots["v1"].pk,
        "market": spots["m1"].pk,
        "spot": spots["v1"].pk,
        "on": timezone.localdate().isoformat(),
        "to": whole.bus.world.community.code,
    }
    return to, {each: value or known.get(each, "") for each, value in body.items()}


def _value(form: BaseForm, name: str) -> Any:
    value = form[name].value()
    return value.isoformat() if hasattr(value, "isoformat") else value


def explained(answer: Any, events: int) -> bool:
    """Whether it was done, or a sentence stands on the page or on the next one."""
    if answer.status_code == 302:
        done = AuditEvent.objects.count() > events
        return done or bool(list(get_messages(answer.wsgi_request)))
    context = answer.context
    form = context.get("form")
    faults = bool(form.errors) if form is not None and form.is_bound else False
    told = faults or bool(context.get("refusal")) or bool(context.get("messages"))
    # A file waiting to be looked at is shown again until somebody decides.
    return told or answer.status_code == 200


@pytest.mark.parametrize("row", POSTS, ids=str)
def test_rubbish_is_explained(whole: Stage, clerk: Client, row: Row) -> None:
    to, body = asked(clerk, row, whole)
    events = AuditEvent.objects.count()
    wrong = [
        {name: RUBBISH[(at + turn) % len(RUBBISH)] for at, name in enumerate(body)}
        for turn in range(0, len(RUBBISH), 4)
    ]
    # One at a time, all else in order: what comes first hides nothing.
    wrong += [
        body | {name: RUBBISH[(at + turn) % len(RUBBISH)]}
        for at, name in enumerate(body)
        for turn in (0, 7)
    ]
    # What was given back, or withdrawn, already is so: nothing is left to say.
    idle = {"booking", "feed"}
    for sent in [{}, *wrong]:
        with transaction.atomic():
            answer = clerk.post(to, sent)
            assert answer.status_code in {200, 302, 409, 422, 429}, (row, sent)
            if row.view.partition(":")[2] not in idle and sent:
                assert explained(answer, events), (row, answer.status_code, sent)
            transaction.set_rollback(True)


FILES = [
    b"",
    b"\x00" * 4096,
    "编号,名称\n,".encode(),
    b"PK\x03\x04" + b"\xff" * 200,
    b"<osm version='0.6'><node id='x'/>",
    b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
]


@pytest.mark.parametrize("view", ["import", "send-feed", "send-map"])
@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.osm.pbf", "长" * 120, "a\x00"])
def test_files_of_rubbish_are_explained(
    whole: Stage, clerk: Client, view: str, name: str, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    to = reverse(f"buslines:{view}", args=[whole.line.pk])
    for content in FILES:
        with transaction.atomic():
            answer = clerk.post(to, {"file": SimpleUploadedFile(name, content)})
            # A map is read by the worker, who says what is wrong with it.
            assert answer.status_code in {302, 422}
            if answer.status_code == 422:
                assert answer.context["form"].errors
            transaction.set_rollback(True)


QUERIES = [
    "0001-01-01",
    "9999-12-31",
    "2026-02-31",
    "9" * 40,
    "a\x00²" * 900,
]
ASKED = [
    "older",
    "newer",
    "on",
    "persons",
    "baskets",
    "with",
    "part",
    "q",
    "code",
    "name",
    "stop",
    "market",
    "latest_minute",
    "source",
    "lang",
    "size",
    "edition",
    "ended",
    "open",
    "service_on",
    "within_metres",
    "call",
    "add",
    "trip",
    "time",
    "do",
    "bus",
    "request",
]


@pytest.mark.parametrize("value", QUERIES)
def test_odd_addresses_are_pages_still(whole: Stage, clerk: Client, value: str) -> None:
    for row in ROWS:
        if not of_lines(row) or row.method != "GET":
            continue
        kwargs, _data = SETUPS[row.setup](whole)
        to = reverse(row.view, kwargs=kwargs)
        answer = clerk.get(to, dict.fromkeys(ASKED, value))
        assert answer.status_code < 500, row


ACTS = [
    "move:large:1:0:99999",
    "move:large:1:0:-5",
    "move:large:9:9:380",
    "move:a\x00b:1:0:380",
    "move:large:1:0:" + "9" * 30,
    "take:r5:small:1:0:99",
    "take:r1:small:1:0:0",
    "take:r5:small:5:0:0",
    "hand:small:1:0:large:99",
    "hand:small:1:0:nobus:1",
    "drop:",
    ":",
]


def test_odd_acts_by_hand_are_told(whole: Stage, clerk: Client) -> None:
    to = reverse("buslines:try", args=[whole.plan.pk])
    for act in ACTS:
        page = clerk.get(to, {"do": act})
        assert page.status_code == 200, act
        told = page.context["problems"] or page.context["breaches"]
        assert told or page.context["written"] == [act], act
    for act in ACTS:
        trip = act.partition(":")[2]
        for add in (
            {"add": "move", "trip": trip, "time": "6:30"},
            {"add": "hand", "trip": trip, "bus": act},
            {"add": "take", "trip": trip, "request": act},
        ):
            assert clerk.get(to, add, follow=True).status_code == 200, add


@pytest.mark.parametrize(
    "path",
    [
        "l/%00",
        "b/%00",
        "l/X/at/{big}",
        "village/%00/demand",
        "{pk}/records/%00",
        "{pk}/records/demand/of/%00",
        "{pk}/records/demand/{big}/edit",
        "{big}",
        "plans/{big}",
        "findings/{big}/photo",
        "drive/{trip}/9999-12-31",
        "drive/{trip}/0001-01-01",
        "drive/{trip}/2026-02-31",
        "drive/{big}/2026-03-18",
    ],
)
def test_addresses_of_nothing_are_not_found(
    whole: Stage, clerk: Client, path: str
) -> None:
    trip = whole.edition.trips.earliest("number").pk
    address = path.format(pk=whole.line.pk, big="9" * 30, trip=trip)
    assert clerk.get(f"/bus/{address}").status_code == 404


def test_a_scenario_without_anything_says_what_is_missing(
    whole: Stage, clerk: Client
) -> None:
    """Every page of a line on which nothing was written down yet."""
    empty = create(whole.bus.world, name="空线", number="0")
    made = scenario(BusLine(whole.bus.world, empty))
    page = clerk.get(reverse("buslines:scenario", args=[made.pk]))
    assert page.status_code == 200
    assert page.context["findings"]
    assert "plan-findings" in page.text
    for name in (
        "line",
        "workbook",
        "scenarios",
        "compare",
        "editions",
        "surveys",
        "suggestions",
        "import",
    ):
        address = reverse(f"buslines:{name}", args=[empty.pk])
        assert clerk.get(address).status_code == 200, name
    for kind in ("stops", "demand", "vehicles", "drivers", "duties"):
        for name in ("records", "record-new"):
            address = reverse(f"buslines:{name}", args=[empty.pk, kind])
            assert clerk.get(address).status_code == 200, address
    for kind in ("rules", "fares", "ways", "timetable"):
        address = reverse("buslines:records", args=[empty.pk, kind])
        assert clerk.get(address).status_code == 200, kind
