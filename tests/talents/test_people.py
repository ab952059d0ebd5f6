from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.talents.people import WORDS, came, card, kind
from wugeyi.audit.models import AuditEvent
from wugeyi.talents import actions, queries
from wugeyi.talents.actions.cards import THEMSELVES, Words
from wugeyi.talents.models import TalentCard, TalentCount, TalentKind
from wugeyi.talents.rules.consent import expired, keep_until

# A shared machine may be slow for a while.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PERSONAL = ("name", "skill", "offer", "contact", "salt", "code")
ZONE = ZoneInfo("Asia/Shanghai")


@PATIENT
@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(1, 36))
def test_a_card_is_kept_to_the_same_day_or_the_months_last(agreed, months) -> None:
    until = keep_until(agreed, months)
    whole = (until.year - agreed.year) * 12 + until.month - agreed.month
    assert whole == months
    assert until.day <= agreed.day
    assert until.day == agreed.day or (until + timedelta(days=1)).day == 1
    assert not expired(until, until)
    assert expired(until, until + timedelta(days=1))


@pytest.mark.parametrize("months", [0, -1, 37])
def test_nothing_is_kept_for_ever(months) -> None:
    with pytest.raises(ValueError, match=str(months)):
        keep_until(date(2026, 3, 1), months)


def test_the_four_kinds_are_unverified_and_come_once(world) -> None:
    assert [k.name_zh for k in queries.kinds()] == ["返乡", "入乡", "兴乡", "留乡"]
    assert not TalentKind.objects.filter(verified=True).exists()
    assert actions.install_defaults(by=None, at=world.now()) == 0


def test_who_came_less_who_left_is_who_is_here(world) -> None:
    came(world, 5)
    came(world, 2, change="left")
    came(world, 4, kind=kind("stay"))
    assert queries.standing(world.community, kind()) == 3
    assert queries.standing(world.neighbour, kind()) == 0


def test_the_same_press_twice_counts_once(world) -> None:
    key = uuid4()
    assert came(world, client_id=key) == came(world, client_id=key)
    assert TalentCount.objects.count() == 1


def test_a_correction_withdraws_and_replaces(world) -> None:
    wrong = came(world, 50)
    key = uuid4()
    values = {
        "row": wrong,
        "client_id": key,
        "kind": kind(),
        "change": "came",
        "people": 5,
        "on": wrong.on,
        "by": world["worker"],
    }
    right = actions.recount(**values, at=world.now())
    assert actions.recount(**values, at=world.now()) == right
    # Somebody else's correction of the same row does not count twice.
    other = actions.recount(**(values | {"client_id": uuid4()}), at=world.now())
    assert other == right
    assert queries.standing(world.community, kind()) == 5
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert right.replaces == wrong


def test_withdrawing_erases_at_once_and_leaves_the_count(world) -> None:
    came(world, 1)
    made = card(world, public=True)
    code = made.code
    assert queries.by_code(code) == made
    at = world.now()
    assert actions.withdraw(card=made, end=TalentCard.End.PERSON, by=THEMSELVES, at=at)
    assert not actions.withdraw(
        card=made, end=TalentCard.End.PERSON, by=THEMSELVES, at=at
    )
    made.refresh_from_db()
    assert [getattr(made, name) for name in PERSONAL] == [""] * 6
    assert not made.public
    assert queries.by_code(code) is None
    assert queries.by_code("") is None
    assert queries.cards(world.community) == []
    assert queries.standing(world.community, kind()) == 1
    assert not actions.correct(card=made, words=WORDS, by=None, at=at)
    assert not actions.publish(card=made, public=True, by=None, at=at)


def test_the_audit_never_holds_a_personal_value(world) -> None:
    made = card(world)
    actions.correct(card=made, words=Words("李四"), by=None, at=world.now())
    actions.reveal(card=made, by=world["worker"], at=world.now())
    actions.withdraw(card=made, end=TalentCard.End.STAFF, by=None, at=world.now())
    events = AuditEvent.objects.filter(action__startswith="talents.")
    written = "".join(f"{e.before}{e.after}" for e in events)
    for value in (*WORDS.values().values(), "李四"):
        assert value not in written
    verbs = [e.action for e in events.order_by("id")][1:]
    assert verbs == [f"talents.{v}" for v in ("give", "correct", "reveal", "withdraw")]


def test_the_database_itself_keeps_nothing_of_an_ended_card(world) -> None:
    made = card(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        TalentCard.objects.filter(pk=made.pk).update(ended_at=world.now())


def test_cards_end_with_their_day(world) -> None:
    made = card(world, keep_until=date(2026, 5, 1))
    other = card(world, keep_until=date(2026, 5, 2))
    last = datetime(2026, 5, 1, 23, 59, tzinfo=ZONE)
    assert actions.expire(at=last) == 0
    assert actions.expire(at=last + timedelta(minutes=1)) == 1
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.end, made.name) == ("expired", "")
    assert other.name == WORDS.name
    assert actions.expire(at=last + timedelta(minutes=2)) == 0


def test_the_clock_knows_of_it() -> None:
    from wugeyi.jobs.registry import ALWAYS, DAILY

    assert {"talent-cards", "service-matters"} <= set(ALWAYS)
    assert "service-late" in DAILY
