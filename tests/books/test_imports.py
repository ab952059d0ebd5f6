"""Voucher lists: read, explained, accepted by one person, reviewed by another."""

from datetime import date

import pytest

from tests.audit.helpers import assert_no_event
from tests.books.bringing import (
    KINGDEE,
    YONYOU,
    accepted,
    bring,
    codes,
    csv,
    posted,
    xlsx,
)
from tests.books.collective import AT, Collective, found, lamps, line, rent
from tests.books.collective import entry as make
from wugeyi.books.actions import imports
from wugeyi.books.actions.books import add_sub_account
from wugeyi.books.actions.months import close_month
from wugeyi.books.actions.posting import post, reverse
from wugeyi.books.models import (
    Book,
    BookFile,
    ColumnMapping,
    Item,
    Posting,
    SubAccount,
    Voucher,
)
from wugeyi.books.rules.months import month_of
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.imports.models import Batch, BatchFinding

HEAD = "日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额\n"


def lines_of(voucher: Voucher) -> list[tuple]:
    rows = voucher.postings.order_by("place")
    return list(rows.values_list("account", "debit_fen", "credit_fen", "summary"))


def test_a_list_in_the_style_of_yonyou(collective: Collective) -> None:
    file = bring(collective, YONYOU)
    assert (file.state, file.vouchers, file.errors) == ("looked", 3, 0)
    assert not Voucher.objects.exists()
    row = posted(collective, file)
    assert row.state == "posted"
    first, second, third = Voucher.objects.order_by("position")
    assert [str(each.day) for each in (first, second, third)] == [
        "2024-01-05",
        "2024-01-20",
        "2024-02-01",
    ]
    assert lines_of(second) == [
        ("514", 30050, 0, "付路灯电费"),
        ("102", 0, 30050, "付路灯电费"),
    ]
    assert first.prepared_by == collective.accountant
    assert first.reviewed_by == collective.reviewer
    assert first.batch == file.batch
    row.batch.refresh_from_db()
    assert (row.batch.status, bytes(row.batch.content)) == ("accepted", b"")


def test_a_list_in_the_style_of_kingdee(collective: Collective) -> None:
    posted(collective, bring(collective, csv(KINGDEE, "gb18030")))
    first, second = Voucher.objects.order_by("position")
    assert (first.papers, second.papers) == (2, 1)
    assert lines_of(first) == [
        ("102", 1_200_000, 0, "收门面租金"),
        ("501", 0, 1_200_000, "收门面租金"),
    ]
    assert lines_of(second)[0][0] == "514"


def test_a_workbook_with_titles_and_merged_cells(collective: Collective) -> None:
    rows = [
        ["凭证列表", None, None, None, None, None],
        ["单位：溪口村", None, "期间：2024年", None, None, None],
        ["日期", "凭证号", "摘要", "科目名称", "借方金额", "贷方金额"],
        ["2024-03-05", "记-7", "卖菜", "银行存款", 0.1 + 0.2, None],
        [None, None, None, "经营收入", None, 0.3],
    ]
    content = xlsx(rows, ["A1:F1", "A4:A5", "B4:B5", "C4:C5"])
    posted(collective, bring(collective, content))
    assert lines_of(Voucher.objects.get()) == [
        ("102", 30, 0, "卖菜"),
        ("501", 0, 30, "卖菜"),
    ]


def row(day: str, number: str, account: str, name: str, debit: str, credit: str) -> str:
    return f"{day},{number},事由,{account},{name},{debit},{credit}\n"


def two(
    day: str = "2024-03-05",
    number: str = "1",
    debit: str = "10",
    credit: str = "10",
    other: tuple[str, str] = ("501", "经营收入"),
) -> str:
    return row(day, number, "102", "银行存款", debit, "") + row(
        day, number, *other, "", credit
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (two(debit="10.005", credit="10.005"), "cell_decimals"),
        (two(debit="十元"), "cell_amount"),
        (two(debit="1e3", credit="1000"), "cell_amount"),
        (two(credit="9.99"), "unbalanced"),
        (two(day="2023-12-31"), "before_books"),
        (two(day="2027-01-01"), "future"),
        (two(day="2024-02-30"), "cell_day"),
        (two(day="2024-03"), "cell_day_missing"),
        (two(day="3月5日"), "cell_year_missing"),
        (two(number="甲"), "cell_number"),
        (two(other=("999", "")), "account_unknown"),
        (two(other=("1020", "")), "account_digits"),
        (two(other=("", "卖东西")), "account_no_name"),
        (two(other=("50101", "")), "sub_account_unnamed"),
        (two(other=("513", "公益支出")), "account_contradicts"),
        (two() + two(number="2") + two(), "voucher_twice"),
        (two() + two(number="2") + two(debit="20", credit="20"), "number_twice"),
        (two() + row("2024-03-06", "", "102", "", "1", ""), "number_missing"),
        (row("", "1", "102", "银行存款", "10", "") , "day_none"),
        (row("2024-03-05", "1", "102", "银行存款", "0", "0"), "too_few_lines"),
        (two() + row("2024-03-05", "2", "102", "银行存款", "1", "1"), "both_sides"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_taken(
    collective: Collective, text: str, code: str
) -> None:
    file = bring(collective, HEAD + text)
    assert code in codes(file)
    with assert_no_event(), pytest.raises(Refused):
        accepted(collective, file)
    assert not Voucher.objects.exists()


@pytest.mark.parametrize(
    ("regime", "code", "name", "finding"),
    [
        # Codes whose meaning changed, by the name that they have in the other system.
        ("2023", "131", "牲畜（禽）资产", "account_regime_name"),
        ("2023", "132", "林木资产", "account_regime_name"),
        ("2023", "153", "固定资产清理", "account_regime_name"),
        ("2023", "154", "在建工程", "account_regime_name"),
        ("2023", "211", "应付工资", "account_regime_name"),
        ("2023", "212", "应付福利费", "account_regime_name"),
        ("2023", "502", "经营支出", "account_regime_name"),
        ("2023", "511", "发包及上交收入", "account_regime_name"),
        ("2023", "521", "农业税附加返还收入", "account_regime_name"),
        ("2004", "131", "消耗性生物资产", "account_regime_name"),
        ("2004", "211", "应付款", "account_regime_name"),
        ("2004", "502", "投资收益", "account_regime_name"),
        # Codes that only the other system has, and names without a code.
        ("2023", "522", "补助收入", "account_other_regime"),
        ("2023", "541", "管理费用", "account_other_regime"),
        ("2004", "514", "公益支出", "account_other_regime"),
        ("2023", "", "发包及上交收入", "account_other_name"),
        ("2004", "", "公益支出", "account_other_name"),
    ],
)
def test_an_account_of_the_other_system_is_found_by_its_name(
    db: None, regime: str, code: str, name: str, finding: str
) -> None:
    collective = found(regime=regime)
    file = bring(collective, HEAD + two(other=(code, name)))
    assert {finding, "regimes_mixed"} <= set(codes(file))


def test_the_system_must_be_declared_and_that_of_the_books(
    collective: Collective,
) -> None:
    assert "regime_differs" in codes(bring(collective, YONYOU, regime="2004"))
    assert "regime_differs" in codes(bring(collective, YONYOU, regime=""))


def test_a_code_alone_that_means_two_things_is_pointed_out(
    collective: Collective,
) -> None:
    file = bring(collective, HEAD + two(other=("502", "")))
    assert codes(file) == []
    assert "account_code_only" in codes(file, "warning")


def test_accounts_whose_name_begins_like_a_total_are_none(
    collective: Collective,
) -> None:
    text = (
        row("2024-03-05", "1", "513", "管理费用", "10", "")
        + row("2024-03-05", "1", "152", "累计折旧", "", "10")
        + "本年累计,,,,,10,10\n,,合计：壹拾元整,,,10,10\n"
    )
    file = bring(collective, HEAD + text)
    assert (file.vouchers, codes(file)) == (1, [])
    assert codes(file, "info") == ["totals_skipped"]
    posted(collective, file)
    assert Voucher.objects.get().postings.filter(account="152").exists()


def test_red_letters_go_to_the_other_side(collective: Collective) -> None:
    text = HEAD + (
        row("2024-03-05", "记-3", "501", "经营收入", "", "-50.00")
        + row("2024-03-05", "记-3", "102", "银行存款", "-50.00", "")
    )
    file = bring(collective, text)
    assert codes(file, "warning") == ["red_credit", "red_debit"]
    posted(collective, file)
    assert [row[:3] for row in lines_of(Voucher.objects.get())] == [
        ("501", 5_000, 0),
        ("102", 0, 5_000),
    ]


def test_a_day_in_a_closed_month_is_refused(collective: Collective) -> None:
    close_month(
        book=collective.book,
        month=month_of(date(2024, 1, 1)),
        by=collective.accountant,
        reviewed_by=collective.reviewer,
        at=AT,
    )
    assert codes(bring(collective, YONYOU)) == ["month_closed", "month_closed"]


def test_a_month_closed_after_accepting_stops_the_posting(
    collective: Collective,
) -> None:
    file = accepted(collective, bring(collective, YONYOU))
    close_month(
        book=collective.book,
        month=month_of(date(2024, 1, 1)),
        by=collective.accountant,
        reviewed_by=collective.reviewer,
        at=AT,
    )
    with assert_no_event(), pytest.raises(Refused):
        imports.approve(file=file, version=file.version, by=collective.reviewer, at=AT)
    file.refresh_from_db()
    assert (file.state, Voucher.objects.count()) == ("waiting", 0)


def test_another_year_than_told_is_an_error(collective: Collective) -> None:
    text = HEAD + two() + two(day="2025-03-05")
    assert codes(bring(collective, text)) == []
    assert codes(bring(collective, text, year=2024)) == ["other_year"]


def test_a_day_without_a_year_takes_the_year_told(collective: Collective) -> None:
    file = bring(collective, HEAD + two(day="3月5日"), year=2025)
    posted(collective, file)
    assert Voucher.objects.get().day == date(2025, 3, 5)


def test_an_odd_year_among_many_is_pointed_out(collective: Collective) -> None:
    many = "".join(
        two(number=str(n), debit=str(n), credit=str(n)) for n in range(1, 101)
    )
    file = bring(collective, HEAD + many + two(day="2025-03-05"))
    assert codes(file, "warning") == ["odd_year"]


def test_lines_pasted_twice_are_pointed_out(collective: Collective) -> None:
    file = bring(collective, HEAD + two() + two())
    assert (codes(file), codes(file, "warning")) == ([], ["voucher_doubled"])


def test_the_same_number_of_another_month_is_another_voucher(
    collective: Collective,
) -> None:
    file = bring(collective, HEAD + two() + two(day="2024-04-05"))
    assert (file.vouchers, file.errors) == (2, 0)


def test_rows_of_one_number_that_stand_apart_are_brought_together(
    collective: Collective,
) -> None:
    text = (
        row("2024-03-05", "1", "102", "银行存款", "10", "")
        + two(number="2", debit="7", credit="7")
        + row("2024-03-05", "1", "501", "经营收入", "", "10")
    )
    file = bring(collective, HEAD + text)
    assert codes(file, "warning") == ["rows_scattered"]
    assert (file.vouchers, file.errors) == (2, 0)


def test_what_was_posted_is_left_out(collective: Collective) -> None:
    posted(collective, bring(collective, YONYOU))
    more = YONYOU + "2024-02-03,记-2,收承包费,102,银行存款,88,\n"
    more += "2024-02-03,记-2,收承包费,501,经营收入,,88\n"
    file = bring(collective, more)
    assert codes(file, "info").count("posted_left_out") == 3
    posted(collective, file)
    assert Voucher.objects.count() == 4


def test_the_same_file_twice_posts_once(collective: Collective) -> None:
    first, second = bring(collective, YONYOU), bring(collective, YONYOU)
    accepted(collective, first)
    accepted(collective, second)
    for file, many in ((first, 3), (second, 3)):
        file.refresh_from_db()
        if file == first:
            imports.approve(
                file=file, version=file.version, by=collective.reviewer, at=AT
            )
        else:
            with pytest.raises(Refused) as refused:
                imports.approve(
                    file=file, version=file.version, by=collective.reviewer, at=AT
                )
            assert refused.value.why is Why.CHANGED
        assert Voucher.objects.count() == many
    third = bring(collective, YONYOU)
    assert "file_posted" in codes(third, "warning")
    assert "nothing_new" in codes(third)


def test_what_was_taken_back_may_be_brought_again(collective: Collective) -> None:
    posted(collective, bring(collective, HEAD + two()))
    reverse(voucher=Voucher.objects.get(), day=date(2024, 3, 6), **collective.people)
    file = bring(collective, HEAD + two())
    posted(collective, file)
    assert Voucher.objects.count() == 3


def test_two_alike_are_two_where_one_was_posted(collective: Collective) -> None:
    post(
        book=collective.book,
        entry=make(date(2024, 3, 5), line("102", 10), line("501", -10)),
        **collective.people,
    )
    file = bring(collective, HEAD + two() + two(number="2"))
    assert (file.vouchers, codes(file, "info")) == (1, ["posted_left_out"])


def test_likeness_can_be_overruled(collective: Collective) -> None:
    posted(collective, bring(collective, HEAD + two()))
    file = bring(collective, HEAD + two(number="9"))
    assert file.vouchers == 0
    file = choose(collective, file, skip_posted=False)
    assert (file.vouchers, codes(file, "warning")) == (1, ["posted_before"])


def choose(c: Collective, file: BookFile, **more: object) -> BookFile:
    usual: dict = {
        "chosen": {
            "day": 0, "number": 1, "summary": 2, "account": 3, "account_name": 4,
            "debit": 5, "credit": 6,
        },
        "regime": c.book.regime,
        "year": None,
        "skip_posted": True,
    }  # fmt: skip
    return imports.choose(
        file=file, version=file.version, **(usual | more), by=c.accountant, at=AT
    )


def test_columns_chosen_once_are_known_by_their_headings(
    collective: Collective,
) -> None:
    text = "哪天,几号,什么事,码,名,左,右\n" + two()
    file = bring(collective, text)
    assert set(codes(file)) == {"columns_wanting"}
    file = choose(collective, file)
    assert (file.errors, file.vouchers) == (0, 1)
    assert ColumnMapping.objects.count() == 7
    again = bring(collective, text.replace("10,", "11,").replace(",10\n", ",11\n"))
    assert (again.errors, again.vouchers) == (0, 1)


def test_sub_accounts_and_items_of_the_file_are_added_on_accepting(
    collective: Collective,
) -> None:
    text = (
        "日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额,往来单位,户,项目\n"
        "2024-03-05,1,借款,112.01,应收款/张家坝,500,,县农机公司,,P7 水渠\n"
        "2024-03-05,1,借款,113,内部往来,200,,,李四,\n"
        "2024-03-05,1,借款,102,银行存款,,700,,,\n"
    )
    file = bring(collective, text)
    assert codes(file) == []
    assert not SubAccount.objects.exists()
    assert not Item.objects.exists()
    posted(collective, file)
    assert list(SubAccount.objects.values_list("code", "name")) == [("11201", "张家坝")]
    items = Item.objects.order_by("kind").values_list(
        "kind", "code", "name", "personal"
    )
    assert list(items) == [
        ("counterparty", "C0001", "县农机公司", False),
        ("household", "H0001", "李四", True),
        ("project", "P7", "水渠", False),
    ]
    lines = Posting.objects.order_by("place")
    assert [(p.account, p.counterparty, p.household, p.project) for p in lines] == [
        ("11201", "C0001", "", "P7"),
        ("113", "", "H0001", ""),
        ("102", "", "", ""),
    ]


def test_items_in_one_cell(collective: Collective) -> None:
    text = (
        "日期,凭证号,摘要,科目编码,借方,贷方,辅助核算\n"
        '2024-03-05,1,付款,112,500,,"【客户：县农机公司】【项目：水渠】"\n'
        "2024-03-05,1,付款,102,,500,\n"
    )
    file = bring(collective, text)
    posted(collective, file)
    first = Posting.objects.get(place=1)
    assert (first.counterparty, first.project) == ("C0001", "P0001")


def test_a_sub_account_by_name_alone(collective: Collective) -> None:
    add_sub_account(book=collective.book, code="10201", name="基本户", by=None, at=AT)
    file = bring(collective, HEAD + two(other=("", "银行存款-基本户")))
    posted(collective, file)
    assert Posting.objects.get(place=2).account == "10201"


def test_who_accepted_does_not_review(collective: Collective) -> None:
    file = accepted(collective, bring(collective, YONYOU))
    with assert_no_event(), pytest.raises(Refused) as refused:
        imports.approve(
            file=file, version=file.version, by=collective.accountant, at=AT
        )
    assert refused.value.why is Why.SAME_PERSON


def test_a_file_is_given_back_changed_and_accepted_again(
    collective: Collective,
) -> None:
    file = accepted(collective, bring(collective, YONYOU))
    with pytest.raises(Refused):
        imports.return_(
            file=file, version=file.version, remark=" ", by=collective.reviewer, at=AT
        )
    file = imports.return_(
        file=file,
        version=file.version,
        remark="电费记错科目",
        by=collective.reviewer,
        at=AT,
    )
    assert (file.state, file.remark) == ("returned", "电费记错科目")
    file = choose(collective, file)
    posted(collective, file)
    assert Voucher.objects.count() == 3


def test_a_file_thrown_away_posts_nothing(collective: Collective) -> None:
    file = bring(collective, YONYOU)
    imports.discard(file=file, by=collective.accountant, at=AT)
    file.refresh_from_db()
    with pytest.raises(Refused):
        accepted(collective, file)
    assert file.state == "dropped"
    assert bytes(Batch.objects.get().content) == b""


def test_an_old_version_is_refused(collective: Collective) -> None:
    file = bring(collective, YONYOU)
    choose(collective, file)
    with pytest.raises(Refused) as refused:
        accepted(collective, file)
    assert refused.value.why is Why.CHANGED


def test_a_large_matter_needs_its_own_voucher(collective: Collective) -> None:
    Book.objects.filter(pk=collective.book.pk).update(large_fen=10_000)
    collective.book.refresh_from_db()
    text = row("2024-03-05", "1", "514", "公益支出", "100", "") + row(
        "2024-03-05", "1", "102", "银行存款", "", "100"
    )
    assert codes(bring(collective, HEAD + text)) == ["large_undecided"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"PK\x03\x04broken", "只有表头,没有\n".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"],
)  # fmt: skip
def test_what_is_no_table_is_told(collective: Collective, content: bytes) -> None:
    file = bring(collective, content)
    assert file.errors
    assert codes(file)


def test_findings_of_one_kind_are_bounded(collective: Collective) -> None:
    text = HEAD + "".join(two(number=str(n), debit="x") for n in range(1, 2_301))
    file = bring(collective, text)
    assert file.errors >= 2_300
    assert BatchFinding.objects.filter(code="cell_amount").count() == 2_000


def test_reading_takes_as_many_queries_for_many_rows(
    collective: Collective, django_assert_max_num_queries: object
) -> None:
    for day in (date(2024, 1, 5), date(2024, 2, 5)):
        post(book=collective.book, entry=rent(day), **collective.people)
        post(book=collective.book, entry=lamps(day), **collective.people)
    text = HEAD + "".join(
        two(number=str(n), debit=str(n), credit=str(n)) for n in range(1, 301)
    )
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        bring(collective, text)
