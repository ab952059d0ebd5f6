"""Statements of banks: read, checked, matched, drafted, reconciled."""

from datetime import date, timedelta

import pytest

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.books.bringing import BANK, accepted, bring, codes, csv, posted
from tests.books.collective import AT, Collective, entry, line
from wugeyi.books.actions import banking, imports
from wugeyi.books.actions.books import add_item, add_sub_account
from wugeyi.books.actions.drafts import approve, drop, submit
from wugeyi.books.actions.posting import post, reverse
from wugeyi.books.models import (
    BankLine,
    BankStatement,
    BookFile,
    Draft,
    Posting,
    Voucher,
)
from wugeyi.books.queries.bankbalance import reconcile
from wugeyi.books.queries.banking import candidates, page_of, standing, suggested
from wugeyi.books.rules.refusals import Refused, Why

HEAD = "交易日期,支出,收入,余额,对方户名,摘要,流水号\n"


def statement(c: Collective, text: str = BANK, account: str = "102") -> BookFile:
    return accepted(c, bring(c, text, "bank", regime="", account=account))


def book_of(c: Collective) -> None:
    """Post what the usual statement shows, the cash a day later."""
    for day, lines in (
        (date(2024, 1, 5), (line("102", 12_000, "收门面租金"), line("501", -12_000))),
        (date(2024, 2, 2), (line("101", 1_000, "提现"), line("102", -1_000, "提现"))),
    ):
        post(book=c.book, entry=entry(day, *lines), **c.people)


def test_a_statement_of_a_bank(collective: Collective) -> None:
    file = bring(collective, csv(BANK, "gb18030"), "bank", regime="", account="102")
    assert (file.vouchers, codes(file)) == (3, [])
    with assert_one_event("books.accept_statement"):
        accepted(collective, file)
    made = BankStatement.objects.get()
    assert (str(made.first_day), str(made.last_day)) == ("2024-01-06", "2024-02-01")
    rows = made.lines.order_by("place").values_list(
        "amount_fen", "balance_fen", "counterparty", "reference"
    )
    assert list(rows) == [
        (1_200_000, 1_200_000, "张三", "F0001"),
        (-30_050, 1_169_950, "县供电公司", "F0002"),
        (-100_000, 1_069_950, "", "F0003"),
    ]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("日期,借贷标志,交易金额,账户余额", "2024-01-06,贷,12000,12000\n2024-01-21,借,300.5,11699.5\n"),
        ("日期,收支,金额,余额", "2024-01-06,收,12000,12000\n2024-01-21,支,300.5,11699.5\n"),
        ("交易日期,发生额,余额", "20240106 10:00:00,12000,12000\n20240121,-300.5,11699.5\n"),
        ("交易时间,支取,存入,余额", "2024-01-21 09:00:01,300.5,,11699.5\n2024-01-06,,12000,12000\n"),
    ],
)  # fmt: skip
def test_usual_forms_of_statements(
    collective: Collective, head: str, rows: str
) -> None:
    statement(collective, f"{head}\n{rows}")
    found = BankLine.objects.order_by("place").values_list("amount_fen", flat=True)
    assert list(found) == [1_200_000, -30_050]


def test_a_balance_that_does_not_follow_is_pointed_out(collective: Collective) -> None:
    text = HEAD + "2024-01-06,,100,100,,,\n2024-01-07,,50,160,,,\n"
    file = bring(collective, text, "bank", regime="", account="102")
    assert codes(file, "warning") == ["bank_balance"]


def test_days_missing_between_statements_are_pointed_out(
    collective: Collective,
) -> None:
    statement(collective, HEAD + "2024-01-06,,100,100,,,\n")
    text = HEAD + "2024-02-06,,50,170,,,\n"
    file = bring(collective, text, "bank", regime="", account="102")
    assert codes(file, "warning") == ["bank_gap"]


def test_lines_of_earlier_statements_are_left_out(collective: Collective) -> None:
    statement(collective)
    more = BANK + "2024-02-05,,88.00,10787.50,李四,承包费,F0004\n"
    file = bring(collective, more, "bank", regime="", account="102")
    assert codes(file, "info").count("bank_known") == 3
    accepted(collective, file)
    assert BankLine.objects.count() == 4
    again = bring(collective, more, "bank", regime="", account="102")
    assert "bank_nothing_new" in codes(again)


def test_two_files_of_the_same_lines_count_once(collective: Collective) -> None:
    first = bring(collective, BANK, "bank", regime="", account="102")
    second = bring(collective, BANK, "bank", regime="", account="102")
    accepted(collective, first)
    with assert_no_event(), pytest.raises(Refused) as refused:
        accepted(collective, second)
    assert refused.value.why is Why.CHANGED


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2024-01-06,12.345,,,,,\n", "cell_decimals"),
        ("2024-13-06,12,,,,,\n", "cell_day"),
        (",12,,,,,\n", "bank_no_day"),
        ("2024-01-06,12,12,,,,\n", "both_sides"),
        ("2027-01-06,12,,,,,\n", "future"),
    ],
)
def test_lines_that_are_wrong(collective: Collective, row: str, code: str) -> None:
    file = bring(collective, HEAD + row, "bank", regime="", account="102")
    assert code in codes(file)


def test_sure_matches_are_confirmed_at_once(collective: Collective) -> None:
    book_of(collective)
    statement(collective)
    with assert_one_event("books.match_bank"):
        n = banking.confirm_sure(
            book=collective.book, account="102", by=collective.accountant, at=AT
        )
    assert n == 2
    left = BankLine.objects.get(posting=None)
    assert left.amount_fen == -30_050
    assert [each.left for each in standing(collective.book)] == [1]


def test_lines_that_might_be_either_are_a_choice(collective: Collective) -> None:
    for number in (1, 2):
        day = date(2024, 1, 5)
        lines = (line("102", 500, f"租金{number}"), line("501", -500))
        post(book=collective.book, entry=entry(day, *lines), **collective.people)
    statement(collective, HEAD + "2024-01-06,,500,500,,,\n")
    made = suggested(collective.book, "102")
    assert made.certain == {}
    shown, following = page_of(collective.book, "102", made)
    assert ([len(each.choices) for each in shown], following) == ([2], None)
    row, second = shown[0].line, shown[0].choices[1]
    banking.pair(line=row, posting_id=second.pk, by=collective.accountant, at=AT)
    row.refresh_from_db()
    assert row.posting == second
    with pytest.raises(Refused):
        banking.pair(line=row, posting_id=second.pk, by=collective.accountant, at=AT)
    banking.part(line=row, by=collective.accountant, at=AT)
    row.refresh_from_db()
    assert row.posting is None


def test_a_line_is_no_posting_of_another_amount_account_or_book(
    collective: Collective,
) -> None:
    book_of(collective)
    statement(collective)
    row = BankLine.objects.get(amount_fen=-30_050)
    for posting in Posting.objects.all():
        with assert_no_event(), pytest.raises(Refused):
            banking.pair(
                line=row, posting_id=posting.pk, by=collective.accountant, at=AT
            )


def test_what_was_taken_back_is_no_candidate(collective: Collective) -> None:
    book_of(collective)
    first = Voucher.objects.get(number=1)
    reverse(voucher=first, day=date(2024, 1, 8), **collective.people)
    found = candidates(collective.book, "102", date(2024, 1, 1), date(2024, 3, 1))
    assert [each.amount_fen for each in found] == [-100_000]


def test_a_draft_remembers_what_the_same_counterparty_was(
    collective: Collective,
) -> None:
    add_item(
        book=collective.book, kind="counterparty", code="C1", name="县供电公司",
        personal=False, by=None, at=AT,
    )  # fmt: skip
    day = date(2024, 1, 20)
    lines = (line("514", 300, "路灯电费", counterparty="C1"), line("102", -300, "电费"))
    post(book=collective.book, entry=entry(day, *lines), **collective.people)
    text = HEAD + (
        "2024-01-20,300,,700,县供电公司,电费,1\n"
        "2024-02-20,280.5,,419.5,县供电公司,二月电费,2\n"
        "2024-02-21,,50,469.5,王五,,3\n"
    )
    statement(collective, text)
    who = {"by": collective.accountant, "at": AT}
    banking.confirm_sure(book=collective.book, account="102", **who)
    row, other = BankLine.objects.filter(posting=None).order_by("place")
    made = banking.draft(line=row, **who)
    found = made.lines.order_by("place").values_list(
        "account", "debit_fen", "credit_fen", "counterparty", "summary"
    )
    assert list(found) == [
        ("514", 28_050, 0, "C1", "二月电费 县供电公司"),
        ("102", 0, 28_050, "", "二月电费 县供电公司"),
    ]
    assert (made.day, made.source, made.source_id) == (
        date(2024, 2, 20),
        "bank",
        row.pk,
    )
    with pytest.raises(Refused) as refused:
        banking.draft(line=row, **who)
    assert refused.value.why is Why.TWICE
    unknown = banking.draft(line=other, **who)
    accounts = unknown.lines.order_by("place").values_list("account", flat=True)
    assert list(accounts) == ["102", ""]


def test_what_a_draft_became_is_sure(collective: Collective) -> None:
    book_of(collective)
    statement(collective)
    who = {"by": collective.accountant, "at": AT}
    banking.confirm_sure(book=collective.book, account="102", **who)
    row = BankLine.objects.get(posting=None)
    made = banking.draft(line=row, **who)
    Draft.objects.filter(pk=made.pk).first()
    made.lines.filter(account="").update(account="514")
    assert suggested(collective.book, "102").certain == {}
    made = submit(draft=made, version=made.version, **who)
    approve(draft=made, version=made.version, by=collective.reviewer, at=AT)
    assert list(suggested(collective.book, "102").certain) == [row.pk]
    assert banking.confirm_sure(book=collective.book, account="102", **who) == 1


def test_a_dropped_draft_may_be_written_again(collective: Collective) -> None:
    statement(collective)
    who = {"by": collective.accountant, "at": AT}
    row = BankLine.objects.order_by("pk")[0]
    first = banking.draft(line=row, **who)
    drop(draft=first, version=first.version, **who)
    row.refresh_from_db()
    assert banking.draft(line=row, **who) != first


def test_the_reconciliation_of_a_day(collective: Collective) -> None:
    book_of(collective)
    lines = (line("102", 77, "在途"), line("501", -77))
    on = date(2024, 1, 31)
    post(book=collective.book, entry=entry(on, *lines), **collective.people)
    statement(collective)
    banking.confirm_sure(
        book=collective.book, account="102", by=collective.accountant, at=AT
    )
    made = reconcile(collective.book, "102", on)
    assert (made.book_fen, made.bank_fen) == (1_207_700, 1_169_950)
    assert (made.bank_came.fen, made.bank_went.fen) == (0, -30_050)
    assert (made.book_came.fen, made.book_went.fen) == (7_700, 0)
    assert made.book_adjusted_fen == made.bank_adjusted_fen == 1_177_650
    assert made.gap_fen == 0
    later = reconcile(collective.book, "102", date(2024, 2, 1))
    # The bank paid out the cash a day before it was booked.
    assert later.bank_went.fen == -130_050
    assert later.gap_fen == 0


def test_a_cheque_under_way_at_the_first_statement(collective: Collective) -> None:
    opening = (line("102", 500, "期初"), line("301", -500, "期初"))
    post(
        book=collective.book,
        entry=entry(date(2024, 1, 1), *opening, kind="opening"),
        **collective.people,
    )
    day = date(2024, 1, 30)
    lines = (line("514", 100, "支票"), line("102", -100, "支票"))
    post(book=collective.book, entry=entry(day, *lines), **collective.people)
    statement(collective, HEAD + "2024-02-03,100,,400,,,\n")
    banking.confirm_sure(
        book=collective.book, account="102", by=collective.accountant, at=AT
    )
    made = reconcile(collective.book, "102", date(2024, 2, 5))
    assert (made.book_fen, made.bank_fen, made.gap_fen) == (40_000, 40_000, 0)
    assert (made.before_fen, made.book_went.rows) == (0, ())


def test_vouchers_taken_back_are_no_open_movements(collective: Collective) -> None:
    statement(collective, HEAD + "2024-01-02,,100,100,,,\n")
    book_of(collective)
    for number in (1, 2):
        reverse(
            voucher=Voucher.objects.get(number=number),
            day=date(2024, 2, 10),
            **collective.people,
        )
    made = reconcile(collective.book, "102", date(2024, 2, 15))
    assert (made.book_came.rows, made.book_went.rows) == ((), ())
    assert made.gap_fen == 0
    before = reconcile(collective.book, "102", date(2024, 2, 9))
    assert before.book_came.fen == 1_200_000


def test_what_differed_before_the_first_statement_is_shown(
    collective: Collective,
) -> None:
    statement(collective, HEAD + "2024-01-02,,100,350,,,\n")
    made = reconcile(collective.book, "102", date(2024, 1, 31))
    assert (made.gap_fen, made.before_fen) == (-25_000, -25_000)


def test_accounts_of_two_banks_stay_apart(collective: Collective) -> None:
    for code, name in (("10201", "信用社"), ("10202", "工行")):
        add_sub_account(book=collective.book, code=code, name=name, by=None, at=AT)
    lines = (line("10202", 100), line("501", -100))
    day = date(2024, 1, 6)
    post(book=collective.book, entry=entry(day, *lines), **collective.people)
    statement(collective, HEAD + "2024-01-06,,100,100,,,\n", "10201")
    assert suggested(collective.book, "10201").certain == {}
    statement(collective, HEAD + "2024-01-06,,100,100,,,\n", "10202")
    assert len(suggested(collective.book, "10202").certain) == 1


def test_many_lines_take_as_many_queries(
    collective: Collective, django_assert_max_num_queries: object
) -> None:
    days = [date(2024, 1, 1) + timedelta(n % 300) for n in range(600)]
    text = HEAD + "".join(
        f"{day},,{n + 1},,,,{n}\n" for n, day in enumerate(sorted(days))
    )
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        statement(collective, text)
    rows = "日期,凭证号,摘要,科目编码,借方,贷方\n" + "".join(
        f"{day},{n + 1},收,102,{n + 1},\n{day},{n + 1},收,501,,{n + 1}\n"
        for n, day in enumerate(sorted(days))
    )
    posted(collective, bring(collective, rows))
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        made = suggested(collective.book, "102")
        page_of(collective.book, "102", made)
    assert len(made.certain) == 600
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        n = banking.confirm_sure(
            book=collective.book, account="102", by=collective.accountant, at=AT
        )
    assert n == 600


def test_a_file_of_too_many_lines_is_refused(collective: Collective) -> None:
    text = HEAD + "2024-01-06,,1,,,,\n" * 20_001
    file = bring(collective, text, "bank", regime="", account="102")
    assert codes(file) == ["bank_too_many"]
    with pytest.raises(Refused):
        imports.accept(file=file, version=file.version, by=collective.cashier, at=AT)
