import csv

import pytest

from wugeyi.engines.ledger.chart import (
    DATA,
    chart,
    declared,
    differing,
    meanings,
    same_name,
    subaccounts,
)
from wugeyi.engines.ledger.findings import Finding, Refused, say, yuan
from wugeyi.engines.ledger.texts import TEXTS


def test_the_chart_of_2023_has_forty_two_accounts_in_the_numbers_the_system_tells():
    kinds = [each.kind for each in chart("2023").accounts.values()]
    assert len(kinds) == 42
    counts = {kind: kinds.count(kind) for kind in set(kinds)}
    assert counts == {
        "asset": 19,
        "liability": 8,
        "equity": 4,
        "cost": 1,
        "income": 4,
        "expense": 6,
    }


def test_contra_accounts_stand_on_the_credit_side():
    contra = [each for each in chart("2023").accounts.values() if each.contra]
    assert [each.code for each in contra] == ["133", "152", "162"]
    assert {each.side for each in contra} == {"credit"}
    assert not any(each.verified for each in contra)


@pytest.mark.parametrize("regime", ["2023", "2004"])
def test_every_row_names_its_source_and_is_sound(regime):
    with (DATA / f"accounts-{regime}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert row["source"]
        assert row["verified"] in {"yes", "no"}
        assert (row["source"] == "recalled") <= (row["verified"] == "no")
        assert row["name"]
        assert row["name_en"].isascii()
        debit = row["kind"] in {"asset", "cost", "expense"}
        assert (row["side"] == "debit") == (debit != (row["contra"] == "yes"))


# The domain page, section 5, item 7.
CHANGED = {
    "131": ("牲畜(禽)资产", "消耗性生物资产"),
    "132": ("林木资产", "生产性生物资产"),
    "153": ("固定资产清理", "在建工程"),
    "154": ("在建工程", "固定资产清理"),
    "211": ("应付工资", "应付款"),
    "212": ("应付福利费", "应付工资"),
    "502": ("经营支出", "投资收益"),
    "511": ("发包及上交收入", "经营支出"),
    "521": ("农业税附加返还收入", "所得税费用"),
}
GONE = ["202", "522", "531", "541", "551", "561"]


@pytest.mark.parametrize("code", CHANGED)
def test_the_same_code_means_another_thing(code):
    found = meanings(code)
    assert (found["2004"].name, found["2023"].name) == CHANGED[code]


def test_codes_that_differ_are_listed_whole():
    assert set(differing()) == {*CHANGED, "101"}
    for code in GONE:
        assert meanings(code)["2023"] is None
        assert meanings(code)["2004"] is not None


@pytest.mark.parametrize(
    ("told", "code"), [("", "regime-missing"), ("2013", "regime-unknown")]
)
def test_books_without_a_regime_are_refused(told, code):
    with pytest.raises(Refused) as refused:
        declared(told)
    assert [each.code for each in refused.value.findings] == [code]
    assert declared(" 2004 ") == "2004"


def test_subaccounts_are_found_by_their_first_digits():
    of = chart("2023").account
    assert of("1020101").name == "银行存款"
    assert of("10201").code == "102"
    assert of("1020") is of("999") is of("1o2") is of("") is of("１０２") is None
    for code in subaccounts("2023"):
        assert of(code).code == "322"


def test_names_are_compared_without_regard_to_width():
    assert same_name("生产（劳务） 成本", "生产(劳务)成本")
    assert not same_name("应付款", "应收款")


def test_every_sentence_is_there_in_both_languages():
    for code, (chinese, english) in TEXTS.items():
        assert chinese.endswith(("。", "？", "）")), code
        assert english.endswith((".", "?", ")")), code
        assert say(Finding(code, "error")) == chinese.replace("{subject}", "")


def test_money_is_said_in_yuan():
    assert yuan(123456789) == "1,234,567.89"
    assert (yuan(-5), yuan(0), yuan("x")) == ("-0.05", "0.00", "x")
