from decimal import Decimal

import pytest
from django.test import Client

from tests.books.collective import Collective
from tests.holdings.laying import asset, household, member
from tests.holdings.test_pages import act, client
from wugeyi.holdings.models import Asset, Household, Member

MEMBERS = (
    "户编号\t户主\t成员编号\t姓名\t成为成员日期\t份额\t小组\n"
    "H0001\t张三\tM0001\t张三\t2024-01-15\t1.5\t一组\n"
    "H0001\t张三\tM0002\t李四\t2024年1月15日\t1\t一组\n"
    "\n"
    "H0002\t王五\tM0003\t王五\t2024/1/15\t\t\n"
)
CARDS = (
    "ZC0001,综合楼,固定资产,2024-01-15,100000.50,240,5000,0,经营,,村口\n"
    "ZC0002,果园,productive,2024-01-15,3万元,84,,1000,生产,,后山\n"
    "ZY0001,后山林地,资源,1984-01-01,,,,,,120.5,后山\n"
)


def paste(village: Collective, slug: str, text: str, *, sure: bool) -> tuple[int, str]:
    visitor: Client = client(village)
    data = {"rows": text} | ({"sure": "on"} if sure else {})
    answer = visitor.post(act("book", village.book.pk, slug), data)
    return answer.status_code, answer.content.decode()


def test_members_are_looked_at_before_they_are_taken(village: Collective) -> None:
    status, page = paste(village, "member-list", MEMBERS, sure=False)
    assert status == 422
    assert "将登记 2 户、3 人，份额一共 2.5 份" in page
    assert not Member.objects.exists()
    status, _page = paste(village, "member-list", MEMBERS, sure=True)
    assert status == 302
    assert list(
        Member.objects.order_by("code").values_list("code", "household__item__code")
    ) == [("M0001", "H0001"), ("M0002", "H0001"), ("M0003", "H0002")]
    status, page = paste(village, "member-list", MEMBERS, sure=True)
    assert status == 422
    assert "第 2 行：编号“M0001”已经有了" in page
    assert Member.objects.count() == 3


def test_a_household_that_is_there_takes_more_members(village: Collective) -> None:
    member(village, household(village), "M0009")
    paste(village, "member-list", MEMBERS, sure=True)
    assert Household.objects.count() == 2
    assert Household.objects.get(item__code="H0001").members.count() == 3


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("H1\t张\tM1\t张\t2024-02-30\t1", "看不懂"),
        ("H1\t张\tM1\t张\t2024-01-01\t-1", "份额“-1”"),
        ("H1\t张\tM1\t张\t2024-01-01\t1.005", "份额“1.005”"),
        ("户一\t张\tM1\t张\t2024-01-01\t1", "户编号“户一”"),
        ("H1\t张\t\t张\t2024-01-01\t1", "成员编号"),
        ("H1\t张\tM1\t\t2024-01-01\t1", "姓名不能空着"),
        ("H1\t张\tM0001\t张\t2024-01-01\t1", "M0001"),
        ("H1", "看不懂"),
    ],
)
def test_one_bad_line_takes_none(village: Collective, line: str, sentence: str) -> None:
    status, page = paste(village, "member-list", MEMBERS + line, sure=True)
    assert status == 422
    assert "第 6 行" in page
    assert sentence in page
    assert "王五" in page
    assert not Member.objects.exists()


def test_cards_are_pasted(village: Collective) -> None:
    status, page = paste(village, "asset-list", CARDS, sure=False)
    assert status == 422
    assert "将登记 3 张卡片，原值一共 130,000.50 元" in page
    status, _page = paste(village, "asset-list", CARDS, sure=True)
    assert status == 302
    house, trees, land = Asset.objects.order_by("item__code")
    assert (house.cost_fen, house.plans.get().amount_fen) == (100_000_50, 95_000_50)
    assert (trees.kind, trees.plans.get().amount_fen) == ("productive", 29_000_00)
    assert (land.cost_fen, land.area_mu) == (None, Decimal("120.50"))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("X1,楼,固定资产,2024-01-15,1.234,,,,,,", "最小到分"),
        ("X1,楼,固定资产,2024-01-15,-5,,,,,,", "金额不能小于 0"),
        ("X1,楼,固定资产,2024-01-15,,,,,,,", "请填原值"),
        ("X1,楼,飞机,2024-01-15,5,,,,,,", "不认得种类"),
        ("X1,楼,固定资产,昨天,5,,,,,,", "看不懂"),
        ("X1,楼,固定资产,2024-01-15,5,12,6,,经营,,", "不能比原值多"),
        ("X1,楼,固定资产,2024-01-15,5,12,,,,,", "不认得用途"),
        ("X1,地,资源,2024-01-15,5,,,,,3,", "不记价值"),
        ("X1,地,资源,2024-01-15,,,,,,,", "请填资源的面积"),
        ("X1,树,公益性生物资产,2024-01-15,5,12,,,公益,,", "不提折旧"),
        ("ZC0009,楼,固定资产,2024-01-15,5,,,,,,", "ZC0009"),
    ],
)
def test_one_bad_card_takes_none(village: Collective, line: str, sentence: str) -> None:
    asset(village, "ZC0009")
    status, page = paste(village, "asset-list", CARDS + line, sure=True)
    assert status == 422
    assert "第 4 行" in page
    assert sentence in page
    assert Asset.objects.count() == 1


def test_too_many_rows_and_none(village: Collective) -> None:
    many = "\n".join(f"H1\t张\tM{n}\t张\t2024-01-01\t1" for n in range(501))
    assert "一次最多 500 行" in paste(village, "member-list", many, sure=True)[1]
    assert "没有读到内容" in paste(village, "member-list", "户编号\t户主", sure=True)[1]
    assert not Member.objects.exists()
