"""The demo is the same every time, invented, and says so."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from wugeyi.accounts.models import User
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions.setup import install_defaults
from wugeyi.casework.models import Case, Reporter
from wugeyi.demo import preparing
from wugeyi.demo.city import PASSWORD, Builder, sign_ins
from wugeyi.demo.year import Year
from wugeyi.organisations.actions.guiyang import load_guiyang
from wugeyi.organisations.actions.installation import set_installation
from wugeyi.organisations.models import Organisation, Placement

UNTIL = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
BEGIN = UNTIL - timedelta(days=preparing.DAYS)
CASES = 60


def live() -> None:
    """Let the people of the demo live a year of few cases."""
    random = Random(preparing.SEED)
    town = Builder(random=random, at=BEGIN, since=BEGIN.date()).build()
    year = Year(town=town, random=random, until=UNTIL)
    year.plan(cases=CASES, first=BEGIN.date())
    year.run(lambda share: None)


def story() -> list[tuple]:
    """Everything of the year but what is drawn anew: receipts and salts."""
    events = AuditEvent.objects.filter(action__startswith="casework.").order_by("id")
    cases = Case.objects.order_by("registered_at").values_list(
        "text",
        "place__code",
        "handler__code",
        "state",
        "outcome",
        "due_at",
        "closed_at",
    )
    return [*cases, *events.values_list("at", "actor_name", "action")]


def test_real_data_is_left_alone(db: None) -> None:
    set_installation(name="真的", by=None, at=UNTIL)
    with pytest.raises(CommandError, match="WUGEYI_DATA_DIR"):
        call_command("demo")
    assert not Case.objects.exists()


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Iterator[list[list[tuple]]]:
    """The year as it was lived twice; the second one stays for the tests to look at."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_guiyang(by=None, at=BEGIN)
        install_defaults(valid_from=BEGIN.date(), by=None, at=BEGIN)
        stories = []
        with transaction.atomic():
            live()
            stories.append(story())
            transaction.set_rollback(True)
        live()
        stories.append(story())
        yield stories
        transaction.set_rollback(True)


@pytest.fixture
def lived(told: list[list[tuple]], db: None) -> None:
    """A year of the demo, which the test may change."""


def test_the_same_seed_lives_the_same_year(
    told: list[list[tuple]], lived: None
) -> None:
    one, other = told
    assert len(one) > 5 * CASES
    assert one == other


def test_the_year_is_believable_and_invented(lived: None) -> None:
    registered = Case.objects.count()
    assert registered == CASES
    acts = Counter(
        AuditEvent.objects.filter(action__startswith="casework.").values_list(
            "action", flat=True
        )
    )
    assert acts["casework.register"] == CASES
    assert acts["casework.answer"] > CASES / 2
    # Acts stand in the record in the order of their times, none after today.
    times = list(
        AuditEvent.objects.filter(action__startswith="casework.")
        .order_by("id")
        .values_list("at", flat=True)
    )
    assert times == sorted(times)
    assert times[-1] <= UNTIL
    # Numbers of the operator's own range; departments and the zone are marked.
    phones = set(Reporter.objects.exclude(phone="").values_list("phone", flat=True))
    assert phones
    assert all(phone.startswith("1380013") for phone in phones)
    made = Organisation.objects.filter(kind__in=("department", "zone"))
    assert made.exists()
    assert not made.filter(invented=False).exists()
    zone = Organisation.objects.get(kind="zone")
    inside = Placement.objects.filter(
        view__code="functional",
        path__startswith=Placement.objects.get(
            view__code="functional", organisation=zone
        ).path,
    )
    assert inside.filter(organisation__kind="town").count() == 2


def test_every_page_and_export_says_so(lived: None) -> None:
    set_installation(name="演示", demo=True, by=None, at=UNTIL)
    client = Client()
    assert "演示数据(虚构)" in client.get("/").content.decode()
    worker = User.objects.get(username=sign_ins()[0][0])
    assert worker.check_password(PASSWORD)
    client.force_login(worker)
    assert "演示数据(虚构)" in client.get(reverse("desk:list")).content.decode()
    export = client.get(reverse("desk:export-csv"))
    body = b"".join(export.streaming_content) if export.streaming else export.content
    assert "演示数据(虚构)" in body.decode("utf-8-sig")
