"""Headings, cells and digests: what is proposed, what is refused."""

import csv
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.books.rules import columns, importcells
from wugeyi.books.rules.importaccounts import Accounts, Chart
from wugeyi.books.rules.importcells import Named, Unreadable, account, day, mark, money
from wugeyi.books.rules.importitems import Items

FEN = st.integers(-(10**13), 10**13)


@given(FEN, st.booleans())
def test_money_comes_back(fen: int, grouped: bool) -> None:
    whole, part = divmod(abs(fen), 100)
    text = f"{whole:,}.{part:02d}" if grouped else f"{whole}.{part:02d}"
    assert money(text) == abs(fen)
    assert money(f"-{text}") == -abs(fen)
    assert money(f"（{text}）") == -abs(fen)
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    assert money(f"￥{text.translate(wide)}元") == abs(fen)


@given(st.integers(0, 10**11), st.integers(0, 10**11))
def test_what_excel_computes_in_binary_is_an_amount(one: int, another: int) -> None:
    assert money(repr(one / 100 + another / 100)) == one + another


@given(st.integers(0, 10**9), st.integers(1, 9))
def test_a_third_decimal_is_never_dropped(fen: int, more: int) -> None:
    with pytest.raises(Unreadable) as refused:
        money(f"{fen // 100}.{fen % 100:02d}{more}")
    assert refused.value.code == "decimals"


def told(read: Callable[[], object]) -> object:
    """What a cell says, or the code of the refusal: nothing else is raised."""
    try:
        return read()
    except Unreadable as refused:
        return refused.code


@given(st.text(max_size=12))
def test_any_text_is_money_or_refused(text: str) -> None:
    found = told(lambda: money(text))
    assert found in {"amount", "decimals", "large"} or isinstance(found, int)
    if isinstance(found, int):
        assert abs(found) <= importcells.MOST_FEN


@given(st.text(max_size=12), st.one_of(st.none(), st.integers(1990, 2100)))
def test_any_text_is_a_day_or_refused(text: str, year: int | None) -> None:
    found = told(lambda: day(text, year))
    assert isinstance(found, date) or found in {"day", "day_missing", "year_missing"}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_comes_back_in_all_usual_forms(on: date) -> None:
    year, month, of_month = on.year, on.month, on.day
    for text in (
        on.isoformat(),
        f"{on:%Y%m%d}",
        f"{year}/{month}/{of_month}",
        f"{year}.{month}.{of_month}",
        f"{year}年{month}月{of_month}日",
        f"{on} 00:00:00",
        f"{on:%y}-{month}-{of_month}",
    ):
        assert day(text) == on
    for text in (
        f"{month}月{of_month}日",
        f"{month}-{of_month}",
        f"{month}.{of_month}",
    ):
        assert day(text, year) == on


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1e5", "amount"),
        ("壹佰元", "amount"),
        ("115万元", "amount"),
        ("1,23", "amount"),
        ("=A1+B1", "amount"),
        ("--5", "amount"),
        ("-(5)", "amount"),
        (".", "amount"),
        ("0.005", "decimals"),
        ("99999999999999999", "amount"),
        ("9999999999999.99", ""),
        ("99999999999999.99", "large"),
    ],
)
def test_amounts_that_are_none(text: str, code: str) -> None:
    if not code:
        assert money(text) == 999_999_999_999_999
        return
    with pytest.raises(Unreadable) as refused:
        money(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text", ["记-12", "记字第0012号", "记12", "记 - 0012", "记_12", "记字12", "記-12"]
)
def test_numbers_of_vouchers(text: str) -> None:
    assert mark(text).number == 12


@pytest.mark.parametrize("text", ["记", "记-0", "十二", "", "2024-12-1", "-"])
def test_numbers_that_are_none(text: str) -> None:
    with pytest.raises(Unreadable):
        mark(text)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (("102", "银行存款"), Named("102", ("银行存款",))),
        (("102.01", "银行存款\\基本户"), Named("10201", ("银行存款", "基本户"))),
        (("", "10201 银行存款-基本户"), Named("10201", ("银行存款", "基本户"))),
        (("102-01-02", ""), Named("1020102", ())),
        (("", "生产(劳务)成本"), Named("", ("生产(劳务)成本",))),
        (("131", "牲畜（禽）资产"), Named("131", ("牲畜（禽）资产",))),
        (("", "应收款_张三"), Named("", ("应收款", "张三"))),
        (("12", "x"), Named("12", ("x",))),
        (("", ""), Named("", ())),
    ],
)
def test_accounts_as_files_tell_them(told: tuple[str, str], found: Named) -> None:
    assert account(*told) == found


def test_headings_of_usual_programs() -> None:
    yonyou = [
        "制单日期",
        "凭证字号",
        "摘要",
        "科目编码",
        "科目名称",
        "借方金额",
        "贷方金额",
    ]
    assert columns.lacking("vouchers", columns.guess("vouchers", yonyou)) == []
    kingdee = ["日期", "凭证字", "凭证号", "摘要", "科目", "方向", "金额"]
    guessed = columns.guess("vouchers", kingdee)
    assert columns.lacking("vouchers", guessed) == []
    assert (guessed["direction"], guessed["amount"]) == (5, 6)
    bank = ["交易时间", "收入金额", "支出金额", "账户余额", "对方户名", "附言"]
    assert columns.lacking("bank", columns.guess("bank", bank)) == []


def test_the_heading_is_found_below_titles() -> None:
    rows = [
        ["凭证列表"],
        ["单位：溪口村", "", "期间：2024"],
        ["日期", "凭证号", "摘要", "科目编码", "借方", "贷方"],
        ["2024-01-05", "1", "摘要", "102", "1", ""],
    ]
    assert columns.find_header("vouchers", rows) == 2
    assert columns.find_header("vouchers", [["甲", "乙"]]) is None


def test_every_synonym_names_a_field_once() -> None:
    with columns.DATA.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    assert len(rows) == len(set(rows))
    for kind, field, heading in rows:
        assert field in columns.FIELDS[kind]
        others = {f for k, f, h in rows if (k, h) == (kind, heading)}
        assert others == {field}, heading


CHART = Chart("2023", {"102": "银行存款", "112": "应收款"}, "2004", {"202": "应付款"})


def test_the_same_words_are_told_once_unless_they_are_wrong() -> None:
    accounts = Accounts(CHART)
    told = Named("102", ("存款",))
    assert [f.code for f in accounts.find(2, told)[1]] == ["account_name"]
    assert accounts.find(3, told) == ("102", [])
    wrong = Named("202", ())
    assert [f.line for f in accounts.find(4, wrong)[1]] == [4]
    assert [f.line for f in accounts.find(5, wrong)[1]] == [5]


def test_a_code_is_never_made_of_a_name() -> None:
    items = Items([("household", "H0007", "张三")])
    assert items.find(2, "household", "张三")[0] == "H0007"
    code, said = items.find(3, "household", "李四")
    assert (code, [each.code for each in said]) == ("H0008", ["item_new"])
    assert items.find(4, "household", "李四") == ("H0008", [])


def test_two_of_one_name_must_be_told_apart() -> None:
    items = Items([("household", "H1", "张三"), ("household", "H2", "张三")])
    code, said = items.find(2, "household", "张三")
    assert (code, said[0].code) == ("", "item_ambiguous")
    assert items.find(3, "household", "H2") == ("H2", [])
