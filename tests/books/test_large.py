"""Large matters wait for their decision: by kind, by procedure, by day, and whose it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.branchwork.approving import approve
from tests.casework.world import NOW
from wugeyi.books.actions.posting import post, post_many
from wugeyi.books.forms.large import judged_words
from wugeyi.books.forms.refusals import explain
from wugeyi.books.models import Book, Voucher
from wugeyi.books.queries.large import judged, judged_many
from wugeyi.books.rules.entries import Entry, Line
from wugeyi.books.rules.large import Kind, Unfit, amounts
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.branchwork.actions.dictionaries import install_dictionaries
from wugeyi.branchwork.actions.records import add
from wugeyi.branchwork.models import Decision, Topic
from wugeyi.branchwork.rules.meetings import Track

LARGE_FEN = 5_000_000


def entry(debit: str, credit: str, yuan: int, *, on=date(2026, 4, 1), **more) -> Entry:
    fen = yuan * 100
    lines = (Line(debit, fen, 0, "一笔"), Line(credit, 0, fen, "一笔"))
    return Entry(on, lines, **more)


@pytest.fixture
def book(collective) -> Book:
    Book.objects.filter(pk=collective.book.pk).update(large_fen=LARGE_FEN)
    collective.book.refresh_from_db()
    install_dictionaries(by=None, at=NOW)
    return collective.book


def decided(book: Book, *, track=Track.COLLECTIVE, matter="investment", where=None):
    row = add(
        model=Decision,
        organisation=where or book.organisation,
        values={
            "topic": Topic.objects.get(code="other"),
            "held_on": date(2026, 3, 20),
            "matter": "投资",
        },
        by=None,
        at=NOW,
    ).row
    return approve(row, at=NOW, track=track, matter=matter) if track else row


def why(book: Book, made: Entry) -> Unfit | None:
    found = judged(book, made)
    return found.found[0][1] if found.found else None


class TestAmounts:
    @pytest.mark.parametrize(
        ("debit", "credit", "regime", "kinds"),
        [
            ("514", "102", "2023", {Kind.EXPENSE}),
            ("141", "102", "2023", {Kind.INVESTMENT}),
            ("151", "102", "2023", {Kind.ASSET}),
            ("102", "221", "2023", {Kind.LOAN}),
            ("322", "211", "2023", {Kind.DISTRIBUTION}),
            ("51301", "102", "2023", {Kind.EXPENSE}),
            # Nothing is spent: depreciation, a finished building, a paid-back loan.
            ("513", "152", "2023", set()),
            ("151", "153", "2023", set()),
            ("221", "102", "2023", set()),
            ("102", "501", "2023", set()),
            # The same code is another thing by the earlier system.
            ("502", "102", "2004", {Kind.EXPENSE}),
            ("102", "502", "2023", set()),
            ("511", "102", "2004", set()),
        ],
    )
    def test_what_an_entry_is(self, debit, credit, regime, kinds) -> None:
        assert set(amounts(entry(debit, credit, 100), regime)) == kinds

    def test_small_lines_add_up(self) -> None:
        lines = tuple(Line("513", 100, 0, "a") for _ in range(5))
        made = Entry(date(2026, 4, 1), (*lines, Line("102", 0, 500, "a")))
        assert amounts(made, "2023") == {Kind.EXPENSE: 500}


class TestJudging:
    def test_an_investment_wants_the_members(self, book, collective) -> None:
        def of(row, **more) -> Unfit | None:
            key = row.pk if row else None
            return why(book, entry("141", "102", 50_000, decision_id=key, **more))

        assert of(None) is Unfit.NO_DECISION
        assert of(decided(book, track=None)) is Unfit.NOT_DECIDED
        assert of(decided(book, track=Track.VILLAGE)) is Unfit.WRONG_BODY
        assert of(decided(book, matter="charter")) is Unfit.WRONG_MATTER
        good = decided(book)
        assert of(good) is None
        assert of(good, on=date(2026, 3, 19)) is Unfit.LATER
        away = decided(book, where=collective.world.community)
        assert of(away) is Unfit.OTHER_VILLAGE

    def test_expenses_may_take_either_way(self, book) -> None:
        for track in (Track.VILLAGE, Track.COLLECTIVE):
            key = decided(book, track=track).pk
            assert why(book, entry("514", "102", 50_000, decision_id=key)) is None
        assert not judged(book, entry("514", "102", 49_999)).found

    def test_what_carries_over_is_not_asked(self, book) -> None:
        for kind in ("opening", "closing", "reversal"):
            assert not judged(book, entry("141", "102", 90_000, kind=kind)).found

    def test_a_committees_books_want_villagers(self, book) -> None:
        book.keeper = "committee"
        made = entry("141", "102", 50_000, decision_id=decided(book).pk)
        assert why(book, made) is Unfit.WRONG_BODY
        village = decided(book, track=Track.VILLAGE)
        assert why(book, entry("141", "102", 50_000, decision_id=village.pk)) is None

    def test_two_queries_for_many(self, book) -> None:
        keys = [decided(book).pk for _ in range(4)]
        many = [entry("141", "102", 50_000, decision_id=key) for key in keys]
        with CaptureQueriesContext(connection) as asked:
            found = judged_many(book, many)
        assert len(asked) == 2
        assert all(each.may_post for each in found)
        with CaptureQueriesContext(connection) as asked:
            judged_many(book, [entry("514", "102", 10)] * 9)
        assert len(asked) == 0

    def test_it_is_said_in_words(self, book) -> None:
        row = decided(book, track=None)
        found = judged(book, entry("141", "102", 50_000, decision_id=row.pk))
        said = "".join(judged_words(found))
        assert "对外投资 50,000 元" in said
        assert "第二十六条" in said
        assert "还没有登记走什么程序" in said


class TestPosting:
    def posted(self, book, collective, made) -> None:
        post(
            book=book,
            entry=made,
            prepared_by=collective.accountant,
            reviewed_by=collective.reviewer,
            by=collective.reviewer,
            at=NOW,
        )

    def test_blocked_until_decided(self, client, book, collective) -> None:
        row = decided(book, track=None)
        made = entry("141", "102", 1_150_000, decision_id=row.pk)
        with pytest.raises(Refused) as refused:
            self.posted(book, collective, made)
        assert refused.value.why is Why.NOT_DECIDED
        assert "1,150,000" in explain(refused.value)
        assert not Voucher.objects.exists()
        approve(row, at=NOW)
        self.posted(book, collective, made)
        voucher = Voucher.objects.get()
        assert voucher.decision_id == row.pk
        # Who keeps or reviews books reads the decision, and what rests on it.
        for person in (collective.accountant, collective.reviewer):
            client.force_login(person)
            page = client.get(row.get_absolute_url()).content.decode()
            assert voucher.get_absolute_url() in page
            assert f'href="{reverse("branchwork:home")}"' not in page
            assert client.get(reverse("branchwork:home")).status_code == 403

    def test_one_undecided_entry_keeps_out_a_whole_list(self, book, collective):
        many = [entry("514", "102", 100), entry("514", "102", 60_000)]
        with pytest.raises(Refused) as refused:
            post_many(
                book=book,
                entries=many,
                prepared_by=collective.accountant,
                reviewed_by=collective.reviewer,
                by=collective.reviewer,
                at=NOW,
            )
        assert refused.value.why is Why.NOT_DECIDED
        assert not Voucher.objects.exists()
