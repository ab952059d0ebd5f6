import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from tests.ledger.books import book, books, cr, dr, voucher
from wugeyi.engines.ledger import reference
from wugeyi.engines.ledger.exports import beancount, journal
from wugeyi.engines.ledger.exports.accounts import path

SALE = voucher(
    1,
    date(2024, 3, 5),
    dr("1020101", 123456, '卖"菜"; 早市 | a:b [1]\\', ("项目", "早市")),
    cr("501", 123456, ""),
)

BEANCOUNT = r"""option "title" "V1"
option "operating_currency" "CNY"
2024-03-05 open Assets:102 CNY
  name: "银行存款"
2024-03-05 open Assets:102:01 CNY
  name: "银行存款"
2024-03-05 open Assets:102:01:01 CNY
  name: "银行存款"
2024-03-05 open Income:501 CNY
  name: "经营收入"

2024-03-05 * "卖\"菜\"; 早市 | a:b [1]\\"
  voucher: "2024-1"
  kind: "ordinary"
  nature: "ordinary"
  Assets:102:01:01  1234.56 CNY
    summary: "卖\"菜\"; 早市 | a:b [1]\\"
    dimension1: "项目=早市"
  Income:501  -1234.56 CNY

2024-03-06 balance Assets:102  1234.56 ~ 0.00 CNY
2024-03-06 balance Assets:102:01  1234.56 ~ 0.00 CNY
2024-03-06 balance Assets:102:01:01  1234.56 ~ 0.00 CNY
2024-03-06 balance Income:501  -1234.56 ~ 0.00 CNY
"""

JOURNAL = r"""; V1
; 102 银行存款
account Assets:102
; 10201 银行存款
account Assets:102:01
; 1020101 银行存款
account Assets:102:01:01
; 501 经营收入
account Income:501

2024-03-05 * (2024-1) 卖"菜"； 早市 ｜ a：b ［1］\
    Assets:102:01:01  1234.56 CNY
    ; 卖"菜"； 早市 ｜ a：b ［1］\
    ; 项目=早市
    Income:501  -1234.56 CNY
"""


def test_a_beancount_file_by_hand():
    assert beancount(book(SALE)) == BEANCOUNT


def test_a_journal_by_hand():
    assert journal(book(SALE)) == JOURNAL


def test_an_empty_book_is_an_empty_file():
    assert beancount(book()).count("\n") == 2
    assert journal(book()) == "; V1\n"


def amounts(text):
    found = re.findall(r"^\s+(\w+):([\d:]+)  (-?\d+\.\d\d) CNY$", text, re.MULTILINE)
    return [
        (code.replace(":", ""), int(Decimal(yuan) * 100)) for _, code, yuan in found
    ]


@given(books())
def test_every_line_is_in_either_text_and_balances_are_the_references(kept):
    lines = [
        (line.account, line.net_fen)
        for each in sorted(kept.vouchers, key=lambda each: each.day)
        for line in each.postings
    ]
    assert amounts(journal(kept)) == lines
    text = beancount(kept)
    assert amounts(text) == lines
    asserted = re.findall(r" balance \w+:([\d:]+)  (\S+) ~ 0.00 CNY", text)
    for code, yuan in asserted:
        balance = reference.balance(kept, code.replace(":", ""), date.max)
        assert int(Decimal(yuan) * 100) == balance


def test_an_account_that_is_none_of_the_chart_has_no_name():
    with pytest.raises(KeyError):
        path(book(), "541")
    assert path(book(), "4010203") == "Assets:401:02:03"
