"""The attacker holds the database: drops the triggers, edits, seals everything anew."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from tests.audit.reference import drop_guards, seal_anew
from wugeyi.audit import actions, queries
from wugeyi.audit.models import AuditEvent, AuditSeal
from wugeyi.audit.rules import FindingKind, Head

AT = datetime(2026, 3, 1, tzinfo=UTC)
EVENTS = 30


@pytest.fixture
def chain(transactional_db):
    for n in range(EVENTS):
        with transaction.atomic():
            actions.record(
                action="casework.answer",
                subject=None,
                by=None,
                at=AT + timedelta(minutes=n),
                organisation_id=n,
                before={"state": "open"},
                after={"state": "answered", "n": n},
            )
    actions.seal()
    return list(AuditSeal.objects.order_by("position"))


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def edit(dice, ids, upto):
    column, value = dice.choice(
        [
            ("actor_name", "别人"),
            ("action", "casework.reopen"),
            ("after", '{"state":"resolved"}'),
            ("before", ""),
            ("organisation_id", 9999),
            ("at", AT - timedelta(days=dice.randint(1, 300))),
            ("subject_id", 5),
        ]
    )
    if column == "at":
        value = value.replace(tzinfo=None) if connection.vendor == "sqlite" else value
    sql(
        f"UPDATE audit_auditevent SET {column} = %s WHERE id = %s",
        value,
        ids[dice.randrange(upto)],
    )
    return ids


def remove(dice, ids, upto):
    gone = ids[dice.randrange(upto)]
    sql("DELETE FROM audit_auditevent WHERE id = %s", gone)
    return [i for i in ids if i != gone]


def insert(dice, ids, upto):
    event = AuditEvent.objects.create(
        at=AT, action="casework.answer", before="", after=""
    )
    where = dice.randrange(upto)
    return [*ids[:where], event.pk, *ids[where:]]


def swap(dice, ids, upto):
    one, other = dice.sample(range(upto), 2) if upto > 1 else (0, 1)
    ids = list(ids)
    ids[one], ids[other] = ids[other], ids[one]
    return ids


def truncate(dice, ids, upto):
    keep = dice.randrange(upto)
    for event_id in ids[keep:]:
        sql("DELETE FROM audit_auditevent WHERE id = %s", event_id)
    return ids[:keep]


def truncate_and_refill(dice, ids, upto):
    ids = truncate(dice, ids, upto)
    while len(ids) < EVENTS + 5:
        ids = [
            *ids,
            AuditEvent.objects.create(at=AT, action="a.b", before="", after="").pk,
        ]
    return ids


ATTACKS = (edit, remove, insert, swap, truncate, truncate_and_refill)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_one_older_head_finds_every_attack_that_seals_anew(chain, attack):
    ids = [seal.event_id for seal in chain]
    for trial in range(25):
        dice = random.Random(f"{attack.__name__} {trial}")
        kept = chain[dice.randrange(EVENTS)]
        with transaction.atomic():
            drop_guards()
            seal_anew(attack(dice, ids, kept.position))
            without = queries.verify()
            report = queries.verify(heads=[Head(kept.position, kept.digest)])
            transaction.set_rollback(True)
        # Sealed anew well: the chain itself looks whole, only the missing guards show.
        assert {f.kind for f in without.findings} <= {
            FindingKind.UNGUARDED,
            FindingKind.SKIPPED_EVENT,
        }
        found = {f.kind: f for f in report.findings}
        told = found.get(FindingKind.OTHER_HISTORY) or found[FindingKind.CUT_SHORT]
        assert told.last_position == kept.position
        assert told.expected == kept.digest
    assert queries.verify(heads=[Head(kept.position, kept.digest)]).finding_count == 0


def test_two_heads_narrow_down_where_history_was_changed(chain):
    ids = [seal.event_id for seal in chain]
    heads = [
        Head(seal.position, seal.digest) for seal in chain if seal.position in (10, 20)
    ]
    with transaction.atomic():
        drop_guards()
        sql("UPDATE audit_auditevent SET action = 'x.y' WHERE id = %s", ids[14])
        seal_anew(ids)
        report = queries.verify(heads=heads)
        transaction.set_rollback(True)
    (told,) = [f for f in report.findings if f.kind == FindingKind.OTHER_HISTORY]
    assert (told.position, told.last_position) == (11, 20)


def findings_after(*statements):
    with transaction.atomic():
        drop_guards()
        for text, *values in statements:
            sql(text, *values)
        report = queries.verify()
        transaction.set_rollback(True)
    return [f for f in report.findings if f.kind != FindingKind.UNGUARDED]


def test_an_edit_alone_is_one_finding_at_its_place(chain):
    event_id = chain[6].event_id
    (told,) = findings_after(
        ("UPDATE audit_auditevent SET actor_name = '别人' WHERE id = %s", event_id)
    )
    assert (told.kind, told.position, told.event_id) == (
        FindingKind.CHANGED,
        7,
        event_id,
    )


def test_a_missing_event_is_found_at_its_place(chain):
    event_id = chain[6].event_id
    (told,) = findings_after(("DELETE FROM audit_auditevent WHERE id = %s", event_id))
    assert (told.kind, told.position) == (FindingKind.MISSING_EVENT, 7)


def test_removed_seals_are_found_with_the_events_they_held(chain):
    told = findings_after(("DELETE FROM audit_auditseal WHERE position IN (7, 8)",))
    assert (told[0].kind, told[0].position, told[0].last_position) == (
        FindingKind.MISSING_SEALS, 7, 8,
    )  # fmt: skip
    assert [f.event_id for f in told[1:]] == [chain[6].event_id, chain[7].event_id]
    assert {f.kind for f in told[1:]} == {FindingKind.SKIPPED_EVENT}


def test_an_event_and_its_seal_removed_together_are_found(chain):
    (told,) = findings_after(
        ("DELETE FROM audit_auditevent WHERE id = %s", chain[6].event_id),
        ("DELETE FROM audit_auditseal WHERE position = 7",),
    )
    assert (told.kind, told.position, told.last_position) == (
        FindingKind.MISSING_SEALS,
        7,
        7,
    )


def test_an_inserted_seal_is_found(chain):
    told = findings_after(
        (
            "INSERT INTO audit_auditseal (position, event_id, writer, digest) VALUES (0, -5, 0, %s)",
            "0" * 64,
        ),
    )
    assert [f.kind for f in told] == [FindingKind.INSERTED_SEAL]
    told = findings_after(
        (
            "INSERT INTO audit_auditseal (position, event_id, writer, digest) VALUES (%s, -5, 0, %s)",
            EVENTS + 1,
            "zz",
        ),
    )
    assert [f.kind for f in told] == [FindingKind.MISSING_EVENT]


def test_an_event_put_in_afterwards_is_found(chain):
    told = findings_after(
        (
            "INSERT INTO audit_auditevent (id, at, actor_name, action, subject_type, before, after, writer)"
            " VALUES (-1, '2026-01-01 00:00:00', '', 'a.b', '', '', '', 0)",
        )
    )
    assert [(f.kind, f.event_id) for f in told] == [(FindingKind.SKIPPED_EVENT, -1)]


def test_missing_guards_are_found(chain):
    with transaction.atomic():
        drop_guards()
        report = queries.verify()
        transaction.set_rollback(True)
    assert [f.found for f in report.findings] == [
        "audit_auditevent",
        "audit_auditseal",
        "audit_audithead",
    ]
