"""Many at once: numbers without gaps, nothing lost, nothing let in by a race."""

import threading
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.books.collective import AT, entry, rent
from tests.books.guards.forge import Forge, ask
from tests.books.guards.ground import state
from wugeyi.books.actions.months import close_month
from wugeyi.books.actions.posting import post
from wugeyi.books.models import Voucher
from wugeyi.books.queries.verification import verify
from wugeyi.books.rules.months import month_of
from wugeyi.books.rules.refusals import Refused

WRITERS = 8
EACH = 6


@pytest.fixture(autouse=True)
def clean(ground):
    yield
    ground.ground.reset()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all in threads of their own; return what each gave or raised."""
    said: list[object] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(at: int) -> None:
        try:
            gate.wait(30)
            said[at] = works[at]()
        except (DatabaseError, Refused) as error:
            said[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[at]) for at in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    return said


def people(village) -> dict:
    return {
        "prepared_by": village.accountant,
        "reviewed_by": village.reviewer,
        "by": village.reviewer,
        "at": AT,
    }


def test_numbers_have_no_gaps_however_many_post(ground):
    village = ground.village
    books = (village.book, village.other)

    def work(writer: int) -> list[int]:
        keys = []
        for at in range(EACH):
            day = date(2024, 3, 10 + at) if writer % 3 else date(2025, 1, 5)
            keys.append(post(book=books[at % 2], entry=rent(day), **people(village)).pk)
        return keys

    said = at_once(*(lambda writer=writer: work(writer) for writer in range(WRITERS)))
    assert all(isinstance(each, list) for each in said), said
    acknowledged = [key for each in said for key in each]
    assert len(set(acknowledged)) == WRITERS * EACH
    assert Voucher.objects.filter(pk__in=acknowledged).count() == WRITERS * EACH
    for book in books:
        for year in (2024, 2025):
            rows = Voucher.objects.filter(book=book, year=year)
            numbers = sorted(rows.values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
        places = sorted(book.vouchers.values_list("position", flat=True))
        assert places == list(range(1, len(places) + 1))
    assert verify(heads=[village.head, village.older]).break_count == 0


def test_those_that_are_refused_leave_no_gap(ground):
    village = ground.village

    def work(at: int) -> object:
        good = rent(date(2024, 3, 11))
        if at % 2:
            # The engine lets it pass; the guard knows no such item.
            good = entry(
                date(2024, 3, 11),
                *(
                    type(line)(
                        **{
                            **{k: getattr(line, k) for k in line.__slots__},
                            "project": "P9",
                        }
                    )
                    for line in good.lines
                ),
            )
        return post(book=village.book, entry=good, **people(village))

    said = at_once(*(lambda at=at: work(at) for at in range(WRITERS)))
    assert [isinstance(each, Refused) for each in said] == [False, True] * 4
    numbers = sorted(
        Voucher.objects.filter(book=village.book).values_list("number", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_same_paper_sent_twice_at_once_is_one(ground):
    village = ground.village
    sent = entry(date(2024, 3, 11), *rent(date(2024, 3, 11)).lines, client_id=uuid4())
    said = at_once(
        *(lambda: post(book=village.book, entry=sent, **people(village)),) * 4
    )
    assert Voucher.objects.filter(client_id=sent.client_id).count() == 1
    assert sum(isinstance(each, Voucher) for each in said) >= 1


def test_no_voucher_slips_into_a_month_while_it_closes(ground):
    village = ground.village
    march = month_of(date(2024, 3, 1))
    hands = {"by": village.accountant, "reviewed_by": village.reviewer, "at": AT}
    # The open draft of March would hold the closing up.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE books_draft SET state = 'dropped' WHERE id = %s",
            [village.open_draft],
        )

    def closing() -> object:
        return close_month(book=village.book, month=march, **hands)

    def posting() -> object:
        return post(book=village.book, entry=rent(date(2024, 3, 30)), **people(village))

    said = at_once(closing, *(posting,) * 5)
    assert verify().break_count == 0
    if not isinstance(said[0], Exception):
        late = Voucher.objects.filter(
            book=village.book, position__gt=said[0].vouchers, day__month=3
        )
        assert not late.exists()


def run(steps) -> None:
    with connection.cursor() as cursor:
        for text, values in steps:
            cursor.execute(text, values or None)


@pytest.mark.postgresql
@pytest.mark.parametrize("book", ["its own", "another's"])
def test_a_line_races_with_the_voucher_that_seals(ground, book):
    """One adds a line to a voucher that another one is just sealing."""
    forge = Forge(ground.village)
    good = forge.voucher()
    key = good[-1][1][0]
    other = forge.xk if book == "its own" else forge.qt
    line = forge.line(key, 3, ("101", 700, 0), other)
    inserted, sealing = threading.Event(), threading.Event()

    def attacker() -> None:
        with transaction.atomic():
            run([line])
            inserted.set()
            sealing.wait(1.5)

    def sealer() -> None:
        inserted.wait(10)
        with transaction.atomic():
            run(good)
            sealing.set()

    said = at_once(attacker, sealer)
    assert isinstance(said[0], DatabaseError)
    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM books_posting WHERE voucher_id = %s", [key])
        assert cursor.fetchall() in ([(1,), (2,)], [])
    assert verify().break_count == 0


@pytest.mark.postgresql
@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_a_sum_races_with_the_closing_that_seals(ground, level):
    """Sums had no lock and no look at the level once: this went through."""
    forge = Forge(ground.village)
    key = forge.next_id("books_closing")
    begun, closed = threading.Event(), threading.Event()

    def attacker() -> None:
        with transaction.atomic():
            run([(f"SET TRANSACTION ISOLATION LEVEL {level}", [])])
            ask("SELECT 1 FROM books_closing")
            begun.set()
            closed.wait(10)
            run([forge.sum(key, "101", debit=1)])

    def closer() -> None:
        begun.wait(10)
        with transaction.atomic():
            run([forge.sums(key), forge.closing(id=key)])
        closed.set()

    said = at_once(attacker, closer)
    assert isinstance(said[0], DatabaseError)
    assert said[1] is None
    assert verify().break_count == 0


@pytest.mark.postgresql
def test_a_sum_that_waits_for_a_closing_is_lost_with_it(ground):
    """One writes a sum of a closing that is not there yet, and commits after it."""
    forge = Forge(ground.village)
    key = forge.next_id("books_closing")
    written, tried = threading.Event(), threading.Event()

    def attacker() -> None:
        with transaction.atomic():
            run([forge.sum(key, "101", debit=1)])
            written.set()
            tried.wait(1.5)

    def closer() -> None:
        written.wait(10)
        with transaction.atomic():
            run([forge.sums(key), forge.closing(id=key)])
            tried.set()

    said = at_once(attacker, closer)
    assert isinstance(said[0], DatabaseError)
    assert said[1] is None
    assert verify().break_count == 0


@pytest.mark.postgresql
def test_a_paper_races_with_the_approval(ground):
    """A paper put with a draft while it is posted is refused or counted."""
    village = ground.village
    before = state(village)
    draft = village.open_draft
    held, done = threading.Event(), threading.Event()

    def approval() -> None:
        forge = Forge(village)
        with transaction.atomic():
            run([("SELECT 1 FROM books_draft WHERE id = %s FOR UPDATE", [draft])])
            lines = (
                ("102", 6_000, 0, {"summary": "收门面租金"}),
                ("501", 0, 6_000, {"summary": "收门面租金"}),
            )
            made = forge.voucher(lines=lines, day="2024-03-10", papers=1)
            run(made)
            held.set()
            done.wait(1)
            run(
                [
                    (
                        "UPDATE books_draft SET state = 'posted', voucher_id = %s,"
                        " reviewed_by_id = %s WHERE id = %s",
                        [made[-1][1][0], village.reviewer.pk, draft],
                    )
                ]
            )

    def paper() -> None:
        held.wait(10)
        with transaction.atomic():
            run(
                [
                    (
                        "INSERT INTO books_paper (draft_id, upload_id, added_at) SELECT %s,"
                        " max(id), '2026-01-01 00:00:00+00:00' FROM uploads_upload",
                        [draft],
                    )
                ]
            )

    said = at_once(approval, paper)
    assert said[0] is None, said
    assert isinstance(said[1], DatabaseError)
    assert state(village)["books_paper"] == before["books_paper"]
