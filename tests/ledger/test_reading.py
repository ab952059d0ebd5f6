from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.books import book, books, cr, dr, voucher
from wugeyi.engines.ledger.checking import check_book
from wugeyi.engines.ledger.distribution import Share
from wugeyi.engines.ledger.exports import table
from wugeyi.engines.ledger.findings import Refused, errors, say, yuan
from wugeyi.engines.ledger.reading import Folder, cells, read, read_vouchers, write
from wugeyi.engines.ledger.records import Month

HEAD = "凭证号,日期,摘要,科目编码,科目名称,借方,贷方\n"
SOUND = "1,2024-03-05,租金,102,银行存款,100,\n1,2024-03-05,租金,501,经营收入,,100\n"


def given_rows(text, regime="2023"):
    return read_vouchers(text.encode(), "vouchers.csv", "V1", regime)


@given(books())
def test_what_is_written_is_read_again(kept):
    made, found = read_vouchers(
        table(kept).encode("utf-8-sig"), "vouchers.csv", "V1", "2023"
    )
    assert (made, found) == (kept.vouchers, ())


def test_a_folder_is_read_as_it_was_written(tmp_path):
    sale = voucher(
        1, date(2024, 3, 5), dr("1020101", 100, "x", ("林", "a")), cr("501", 100)
    )
    kept = Folder(
        replace(
            book(sale, name='下坝"村', closed=Month(2024, 3)),
            names={"1020101": "基本户"},
        ),
        (Share("M1", "H1", Fraction(3, 2)),),
        Fraction(3, 10),
    )
    write(kept, tmp_path / "new" / "book")
    again, found = read(tmp_path / "new" / "book")
    assert found == ()
    assert replace(again.book, names={}) == replace(kept.book, names={})
    assert dict(again.book.names) == kept.book.names
    assert (again.shares, again.reserve_share) == (kept.shares, kept.reserve_share)


def test_titles_may_be_english_in_any_order_and_encodings_differ():
    text = "debit,credit,account,day,number\n1,,102,2024/3/5,1\n,1,501,2024年3月5日,1\n"
    (made,), found = given_rows(text)
    assert found == ()
    assert made.day == date(2024, 3, 5)
    (made,), _ = read_vouchers((HEAD + SOUND).encode("gb18030"), "x", "V1", "2023")
    assert made.postings[0].summary == "租金"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (",100,\n", ",1.005,\n", "cell-decimals"),
        (",100,\n", ",一百,\n", "cell-amount"),
        (",100,\n", ',"1,00",\n', "cell-amount"),
        (",100,\n", ",1e5,\n", "cell-amount"),
        (",100,\n", f",{'9' * 5000},\n", "cell-large"),
        ("2024-03-05", "2024-02-30", "cell-day"),
        ("2024-03-05", "三月五日", "cell-day"),
        ("1,2024", "一,2024", "cell-number"),
        ("1,2024", ",2024", "cell-empty"),
        ("102,", ",", "cell-empty"),
    ],
)
def test_cells_that_cannot_be_used_are_told_by_row(old, new, code):
    _, found = given_rows(HEAD + SOUND.replace(old, new, 1))
    assert found[0].code == code
    assert found[0].subject == "vouchers.csv:2"
    assert "{" not in say(found[0])


def test_rows_of_one_voucher_stay_together_and_agree():
    other = SOUND.replace("1,2024", "2,2024")
    _, found = given_rows(HEAD + SOUND + other + SOUND)
    assert [each.code for each in found] == ["rows-scattered"]
    _, found = given_rows(HEAD + SOUND.replace("05,租金,501", "06,租金,501"))
    assert [each.code for each in found] == ["rows-differ"]


def test_names_of_the_other_system_are_an_error_that_says_both():
    _, found = given_rows(HEAD + SOUND.replace("501,经营收入", "502,经营支出"))
    (finding,) = found
    assert finding.code == "regime-names"
    assert "2023 年制度里是“投资收益”" in say(finding)
    assert "2004 年制度里 502 是“经营支出”" in say(finding)
    _, found = given_rows(HEAD + SOUND.replace("经营收入", "卖菜"))
    assert [(each.code, each.severity) for each in found] == [
        ("account-name", "warning")
    ]


def test_dates_of_another_year_are_told_by_the_check():
    text = "年度," + HEAD + "".join(f"2023,{line}\n" for line in SOUND.splitlines())
    made, found = given_rows(text)
    assert found == ()
    assert [each.code for each in check_book(book(*made))] == ["voucher-year"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table-empty"),
        (b"\x00\x01\xff\xfe", "table-encoding"),
        ("日期,凭证号\n".encode(), "column-missing"),
        ((HEAD.strip() + ",日期\n").encode(), "column-twice"),
        (HEAD.encode() + b'"open', "table-damaged"),
    ],
)
def test_what_is_no_table_of_vouchers_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        read_vouchers(content, "vouchers.csv", "V1", "2023")
    assert refused.value.findings[0].code == code


@given(st.binary(max_size=200) | st.text().map(lambda text: (HEAD + text).encode()))
def test_nothing_that_is_read_raises_but_refused(content):
    try:
        made, found = read_vouchers(content, "vouchers.csv", "V1", "2023")
    except Refused:
        return
    for finding in (*found, *check_book(book(*made))):
        assert say(finding)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ('code = "V1"', "regime-missing"),
        ('code = "V1"\nregime = "2013"', "regime-unknown"),
        ('regime = "2023"', "book-code"),
        ('code = "V1"\nregime = "2023"\nclosed = "2024-13"', "book-closed"),
        ("code = ", "table-damaged"),
    ],
)
def test_a_folder_that_does_not_say_what_it_is_is_refused(tmp_path, head, code):
    (tmp_path / "book.toml").write_text(head, encoding="utf-8")
    (tmp_path / "vouchers.csv").write_text(HEAD + SOUND, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read(tmp_path)
    assert refused.value.findings[0].code == code


def test_members_and_accounts_that_cannot_be_used_are_told(tmp_path):
    (tmp_path / "book.toml").write_text('code = "V1"\nregime = "2023"')
    (tmp_path / "vouchers.csv").write_text(HEAD + SOUND, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("code,name\n54101,差旅\n", encoding="utf-8")
    (tmp_path / "members.csv").write_text(
        "member,household,shares\nM1,H1,一\nM2,,0.5\n", encoding="utf-8"
    )
    kept, found = read(tmp_path)
    assert [each.code for each in errors(found)] == [
        "account-other-regime",
        "cell-number",
    ]
    assert kept.shares == (Share("M2", "M2", Fraction(1, 2)),)


@given(st.integers(-(10**15), 10**15))
def test_money_is_read_as_it_is_said(fen):
    assert cells.money(yuan(fen)) == fen
    assert cells.money(f" ¥{yuan(fen)} 元") == fen or fen < 0


def test_full_width_digits_are_money_too():
    assert cells.money("１，２３４．５０") == 123_450
    assert cells.money("5.") == 500
    assert cells.day("２０２４０３０５") == date(2024, 3, 5)
