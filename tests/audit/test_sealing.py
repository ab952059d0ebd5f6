import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from tests.audit.reference import chain_of
from wugeyi.audit import actions, gateway, queries
from wugeyi.audit.models import AuditEvent, AuditHead, AuditSeal
from wugeyi.audit.rules import Head, Private, new_salt

AT = datetime(2026, 3, 1, 9, 30, 0, 123, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def write(count=1, **values):
    with transaction.atomic():
        return [
            actions.record(
                action="a.b", subject=None, by=None, at=AT, after={"n": n, **values}
            )
            for n in range(count)
        ]


def test_seals_everything_in_order_in_batches_and_only_once():
    write(25)
    seen = []
    assert actions.seal(batch=10, progress=seen.append) == 25
    assert seen == [10, 10, 5]
    assert actions.seal() == 0
    write(1)
    assert actions.seal() == 1
    seals = list(AuditSeal.objects.order_by("position"))
    assert [seal.position for seal in seals] == list(range(1, 27))
    # The digests agree with a second writing of the format, made from the raw rows.
    assert [seal.digest for seal in seals] == chain_of([s.event_id for s in seals])
    assert queries.verify().finding_count == 0


def test_nothing_at_all_is_in_order():
    assert actions.seal() == 0
    assert actions.publish_head(at=AT) is None
    report = queries.verify()
    assert (report.sealed, report.unsealed, report.finding_count) == (0, 0, 0)


def test_events_not_sealed_yet_are_counted():
    write(3)
    actions.seal()
    write(2)
    assert queries.unsealed_count() == 2
    assert queries.unsealed_count(most=1) == 1
    report = queries.verify()
    assert (report.sealed, report.unsealed, report.finding_count) == (3, 2, 0)


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries):
    write(50)
    actions.seal()
    with django_assert_max_num_queries(10):
        queries.verify()
    with django_assert_max_num_queries(1):
        page = queries.page(AuditEvent.objects.all(), size=20)
    assert len(page.events) == 20
    older = queries.page(AuditEvent.objects.all(), size=40, before_id=page.older)
    assert len(older.events) == 30
    assert older.older is None
    assert page.events[-1].pk == older.events[0].pk + 1


def test_a_private_value_can_be_proven_and_after_erasure_the_chain_is_whole():
    salt = new_salt()
    (event,) = write(1, phone=Private("13800000000", salt))
    actions.seal()
    assert "13800000000" not in event.after
    assert queries.verify_private(event, "phone", "13800000000", salt)
    assert not queries.verify_private(event, "phone", "13800000001", salt)
    assert not queries.verify_private(event, "phone", "13800000000", new_salt())
    (change, _) = sorted(queries.changed(event), key=lambda c: c.field != "phone")
    assert (change.hidden, change.after) == (True, "")


def test_a_head_is_published_once_and_appended_to_the_file(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    write(3)
    actions.seal()
    head = actions.publish_head(at=AT)
    assert actions.publish_head(at=AT) == head
    file = tmp_path / "heads" / "heads.txt"
    assert file.read_text() == f"3 {head.digest} 2026-03-01T09:30:00.000123Z\n"
    file.unlink()  # lost: the next publication writes all of them again
    write(1)
    actions.seal()
    actions.publish_head(at=AT)
    assert [line.split()[0] for line in file.read_text().splitlines()] == ["3", "4"]
    report = queries.verify(heads=[Head(3, head.digest)])
    assert (report.heads, report.finding_count) == (2, 0)
    assert AuditHead.objects.count() == 2


def in_thread(work):
    """Run on a connection of its own; return a join that hands on the error."""
    errors = []

    def run():
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()

    def join():
        thread.join(30)
        assert not thread.is_alive()
        if errors:
            raise errors[0]

    return join


@pytest.mark.postgresql
def test_never_seals_above_an_open_transaction():
    written, go = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            actions.record(action="slow.one", subject=None, by=None, at=AT)
            written.set()
            assert go.wait(20)

    join = in_thread(slow)
    assert written.wait(20)
    write(5)  # later transaction, higher id, committed first
    assert actions.seal() == 0
    assert queries.verify().unsealed == 5
    go.set()
    join()
    assert actions.seal() == 6
    first = AuditSeal.objects.get(position=1)
    assert AuditEvent.objects.get(pk=first.event_id).action == "slow.one"


@pytest.mark.postgresql
def test_order_of_ids_and_order_of_transactions_may_cross():
    # The slow transaction gets its number first and its event's id last.
    started, go = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
            started.set()
            assert go.wait(20)
            actions.record(action="slow.one", subject=None, by=None, at=AT)

    join = in_thread(slow)
    assert started.wait(20)
    write(2)
    assert actions.seal() == 0
    go.set()
    join()
    write(1)
    assert actions.seal() == 4
    first = AuditSeal.objects.get(position=1)
    assert AuditEvent.objects.get(pk=first.event_id).action == "slow.one"
    assert queries.verify().finding_count == 0


@pytest.mark.postgresql
def test_many_writers_and_two_sealers_miss_nothing():
    import random
    import time

    done = threading.Event()

    def writer(seed):
        dice = random.Random(seed)
        for _ in range(25):
            try:
                with transaction.atomic():
                    for _ in range(dice.randint(1, 3)):
                        actions.record(action="a.b", subject=None, by=None, at=AT)
                        time.sleep(dice.random() * 0.004)
                    if dice.random() < 0.2:
                        raise KeyError
            except KeyError:
                pass

    def sealer():
        while not done.is_set():
            actions.seal(batch=7)

    writers = [in_thread(lambda seed=seed: writer(seed)) for seed in range(6)]
    sealers = [in_thread(sealer) for _ in range(2)]
    for join in writers:
        join()
    sealed_meanwhile = AuditSeal.objects.count()
    done.set()
    for join in sealers:
        join()
    actions.seal()
    assert sealed_meanwhile > 0
    chain = list(
        AuditSeal.objects.order_by("position").values_list("event_id", flat=True)
    )
    ordered = list(
        AuditEvent.objects.order_by("writer", "id").values_list("pk", flat=True)
    )
    assert chain == ordered
    assert queries.verify().finding_count == 0


@pytest.mark.postgresql
def test_a_sealer_holding_its_transaction_open_stops_no_writer():
    write(3)
    with transaction.atomic():
        assert actions.seal() == 3

        def hasty():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
                actions.record(action="a.b", subject=None, by=None, at=AT)

        in_thread(hasty)()
    assert actions.seal() == 1


@pytest.mark.postgresql
def test_goes_on_after_a_restore_on_a_server_with_younger_transactions():
    """Rows as pg_restore leaves them: writers far above this server's numbers."""
    write(3)
    actions.seal()
    with transaction.atomic(), gateway.guards_lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET writer = writer + 1000000000")
        cursor.execute("UPDATE audit_auditseal SET writer = writer + 1000000000")
    with transaction.atomic():
        late = actions.record(action="late.one", subject=None, by=None, at=AT)
    assert gateway.clock_is_behind()
    # Sealing notices by itself; the event written too early is not lost.
    assert actions.seal() == 1
    assert AuditSeal.objects.get(position=4).event_id == late.pk
    assert not gateway.clock_is_behind()
    write(2)
    assert actions.seal() == 2
    assert actions.rebase() == 0
    write(2)
    assert actions.seal() == 2
    report = queries.verify()
    assert (report.sealed, report.unsealed, report.finding_count) == (8, 0, 0)


def test_rebase_does_no_harm_where_it_is_not_needed():
    write(3)
    assert actions.rebase() == 3
    assert actions.rebase() == 0
    write(2)
    assert actions.seal() == 2
    assert queries.verify().finding_count == 0


def test_finding_what_waits_is_one_range_of_an_index():
    write(3)
    plan = gateway.after((0, 2)).explain()
    assert "SCAN audit" not in plan
    if connection.vendor == "sqlite":
        assert "(rowid>?)" in plan
