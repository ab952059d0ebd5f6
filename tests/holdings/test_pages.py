from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.books.collective import Collective
from tests.casework.world import hire
from tests.holdings.laying import (
    asset,
    contract,
    earn,
    household,
    land,
    member,
    posted,
    tianxing,
    usual,
)
from wugeyi.holdings.actions import (
    assets,
    contracts,
    distribution,
    dividends,
    dues,
    investments,
    shares,
)
from wugeyi.holdings.actions.depreciation import depreciate
from wugeyi.holdings.adapter.distribution import Wanted
from wugeyi.holdings.models import Asset, Contract, Depreciation, Member, Promise
from wugeyi.holdings.queries.dues import of_contract
from wugeyi.holdings.rules.contracts import Word
from wugeyi.organisations.rules import Role
from wugeyi.projects.actions.projects import Plan, begin

DAY = date(2024, 12, 20)


def client(village: Collective, user: Any = None) -> Client:
    made = Client()
    made.force_login(user or village.accountant)
    return made


def act(noun: str, pk: int, slug: str) -> str:
    return reverse("holdings:act", args=[noun, pk, slug])


CARD = {
    "code": "ZC0001",
    "name": "综合楼",
    "kind": "fixed",
    "resource": "",
    "area": "",
    "cost": "100000.50",
    "acquired_on": "2024-01-15",
    "acquired": "built",
    "acquired_note": "",
    "place": "村口",
    "state": "in_use",
    "use": "operating",
    "months": "240",
    "salvage": "5000",
}
PAPER = {
    "kind": "lease",
    "number": "2024-01",
    "title": "门面出租",
    "new_counterparty": "山水农业公司",
    "signed_on": "2024-01-15",
    "written": "on",
    "begins_on": "2024-02-01",
    "ends_on": "2027-01-31",
    "rhythm": "yearly",
    "amount": "1.2万元",
    "first_due_on": "2024-02-10",
}


def lay(village: Collective) -> dict[str, int]:
    """One of everything; the keys of the cards."""
    given = usual(village)
    book = village.book
    house = asset(village, wear=assets.Wear(240), special_fen=100)
    land(village)
    run = depreciate(book=book, month=24288 + 1, **given)
    assets.carry_fund(asset=house, day=DAY, **given)
    earn(village, date(2024, 1, 20), 500_000)
    let = contract(village, asset=house)
    posted(
        village,
        dues.draft_due(due=of_contract(let)[0], day=date(2024, 2, 12), **given),
    )
    contracts.promise(
        book=book,
        contract=let,
        kind=Word.PROMISE,
        giver="村党支部",
        text="支部兜底",
        on=DAY,
        **given,
    )
    home = household(village)
    member(village, home, "M0001", 150)
    paper = shares.certify(household=home, number="1", on=DAY, **given)
    firm = tianxing(village)
    pool = dividends.declare(
        company=firm,
        declared=dividends.Declared(DAY, DAY, 2024, 100_000_01, "决议"),
        **given,
    )
    dividends.book_dividend(dividend=pool, day=DAY, keeps=lambda book: True, **given)
    put = investments.propose(
        book=book,
        prospect=investments.Prospect(
            "加油站", "running", 3_800_000_00, 600_000_00, 20, DAY, company=firm
        ),
        **given,
    )
    plan = distribution.plan(
        book=book,
        proposal=distribution.Proposal(2024, "章程", DAY, Wanted(3000)),
        **given,
    )
    return {
        "asset": house.pk,
        "depreciation": run.pk,
        "contract": let.pk,
        "household": home.pk,
        "certificate": paper.pk,
        "company": firm.pk,
        "dividend": pool.pk,
        "investment": put.pk,
        "distribution": plan.pk,
        "notice": plan.pk,
    }


OF_BOOK = (
    "book",
    "assets",
    "depreciations",
    "contracts",
    "promises",
    "members",
    "investments",
    "distributions",
)


def test_every_page_says_what_is_there(village: Collective) -> None:
    keys = lay(village)
    visitor = client(village)
    pages = {name: reverse(f"holdings:{name}", args=[keys[name]]) for name in keys}
    pages |= {
        name: reverse(f"holdings:{name}", args=[village.book.pk]) for name in OF_BOOK
    }
    pages["overdue"] = pages["contracts"] + "?show=overdue"
    pages["ending"] = pages["contracts"] + "?show=ending"
    pages["home"] = reverse("holdings:home")
    pages["companies"] = reverse("holdings:companies")
    shown = {
        name: visitor.get(url).content.decode() for name, url in sorted(pages.items())
    }
    for name, words in {
        "asset": ("综合楼", "240 个月", "241 → 311"),
        "assets": ("后山林地", "120.50"),
        "contract": ("12,000", "支部兜底"),
        "overdue": ("门面出租", "过了"),
        "household": ("张三", "1.5"),
        "members": ("H0001", "1.5"),
        "company": ("51.11%", "以出资额为限"),
        "dividend": ("51,111.12", "44,444.45", "4,444.44", "不入村账"),
        "investment": ("6.3", "10.6"),
        "distribution": ("张三", "30%"),
        "notice": ("张*", "公示"),
        "depreciation": ("416.66",),
        "promises": ("支部兜底",),
        "companies": ("田兴农业公司",),
        "home": ("溪口村", "笔过期没有收付"),
        "book": ("资源", "田兴农业公司"),
    }.items():
        for word in words:
            assert word in shown[name], (name, word)
    assert "张三" not in shown["notice"]


def test_who_need_not_know_names_sees_them_masked(village: Collective) -> None:
    keys = lay(village)
    auditor = client(village, village.world["auditor"])
    for name in ("household", "certificate", "distribution"):
        page = auditor.get(reverse(f"holdings:{name}", args=[keys[name]]))
        assert "张三" not in page.content.decode()
        assert "张*" in page.content.decode()
    found = auditor.get(
        reverse("holdings:members", args=[village.book.pk]), {"text": "张三"}
    )
    assert "H0001" not in found.content.decode()


def test_a_card_is_opened_by_its_form(village: Collective) -> None:
    visitor = client(village)
    url = act("book", village.book.pk, "new-asset")
    assert "ZC0001" in visitor.get(url).content.decode()
    answer = visitor.post(url, CARD)
    made = Asset.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.cost_fen, made.plans.get().amount_fen) == (100_000_50, 95_000_50)
    again = visitor.post(url, CARD | {"name": "另一栋"})
    assert again.status_code == 409
    assert "ZC0001" in again.content.decode()
    assert "另一栋" in again.content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"cost": "1.234"}, "最小到分"),
        ({"cost": "很多"}, "看不懂这个金额"),
        ({"cost": "-5"}, "金额不能小于 0"),
        ({"cost": ""}, "请填原值"),
        ({"salvage": "100000.51"}, "不能比原值多"),
        ({"acquired_on": "3024-01-15"}, "太远了"),
        ({"code": "综合楼"}, "代码只用字母"),
        ({"kind": "resource", "months": ""}, "请填资源的面积"),
        ({"kind": "resource", "area": "3", "resource": "land"}, "不提折旧"),
        ({"kind": "public"}, "不提折旧"),
        ({"use": ""}, "请选用途"),
        ({"months": "0"}, "months"),
        ({"area": "1.234"}, "area"),
        ({"kind": "boat"}, "kind"),
        ({"name": ""}, "name"),
    ],
)
def test_bad_cards_are_explained_and_kept(
    village: Collective, changed: dict[str, str], sentence: str
) -> None:
    answer = client(village).post(
        act("book", village.book.pk, "new-asset"), CARD | changed
    )
    page = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert sentence in page
    assert "村口" in page
    assert not Asset.objects.exists()


def test_a_contract_is_signed_with_a_new_counterparty(village: Collective) -> None:
    visitor = client(village)
    url = act("book", village.book.pk, "new-contract")
    answer = visitor.post(url, PAPER)
    made = Contract.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.counterparty.code, made.counterparty.name) == (
        "WL0001",
        "山水农业公司",
    )
    assert [each.amount_fen for each in of_contract(made)] == [12_000_00] * 3
    # Refused as a whole: no counterparty is left behind.
    again = visitor.post(url, PAPER | {"new_counterparty": "别的公司"})
    assert again.status_code == 409
    assert village.book.items.filter(kind="counterparty").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_on": "2024-01-31"}, "结束不能早于开始"),
        ({"amount": "1200.005"}, "最小到分"),
        ({"amount": "0"}, "金额不能是 0"),
        ({"amount": "-1"}, "金额不能小于 0"),
        ({"amount": "十万"}, "看不懂这个金额"),
        ({"written": ""}, "第二十三条"),
        ({"new_counterparty": ""}, "请选对方"),
        ({"non_cash": "on"}, "第二十一条"),
        ({"step_percent": "5"}, "每几年调一次"),
        ({"step_percent": "5.123", "step_years": "3"}, "step_percent"),
        ({"ends_on": "2099-01-31", "rhythm": "monthly"}, "600"),
        ({"counterparty": "999"}, "counterparty"),
        ({"first_due_on": "2024-02-30"}, "first_due_on"),
    ],
)
def test_bad_contracts_are_explained_and_kept(
    village: Collective, changed: dict[str, str], sentence: str
) -> None:
    answer = client(village).post(
        act("book", village.book.pk, "new-contract"), PAPER | changed
    )
    page = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert sentence in page
    assert "门面出租" in page
    assert not Contract.objects.exists()


def test_a_guarantee_is_refused_with_its_articles(village: Collective) -> None:
    answer = client(village).post(
        act("book", village.book.pk, "new-promise"),
        {"kind": "guarantee", "giver": "村集体", "text": "担保", "on": "2024-02-01"},
    )
    assert answer.status_code == 409
    assert "第三十五条" in answer.content.decode()
    assert "第二十三条" in answer.content.decode()
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("reason", "article"), [("study", "第十八条"), ("marriage", "第八条")]
)
def test_nobody_is_removed_for_that(
    village: Collective, reason: str, article: str
) -> None:
    row = member(village, household(village), "M0001")
    answer = client(village).post(
        act("member", row.pk, "leave"), {"on": "2025-01-01", "reason": reason}
    )
    assert answer.status_code == 409
    assert article in answer.content.decode()
    assert Member.objects.get().left_on is None


@pytest.mark.parametrize("typed", ["-1", "1.005", "很多", "999999999999"])
def test_bad_shares_are_explained(village: Collective, typed: str) -> None:
    row = member(village, household(village), "M0001")
    answer = client(village).post(
        act("member", row.pk, "shares"),
        {"from_on": "2025-01-01", "shares": typed, "reason": "量化到人"},
    )
    assert answer.status_code == 422
    assert "量化到人" in answer.content.decode()
    assert row.shares.count() == 1


def test_a_collective_is_no_general_partner(village: Collective) -> None:
    firm = tianxing(village)
    answer = client(village).post(
        act("company", firm.pk, "investor"),
        {
            "party": "collective",
            "book": str(village.book.pk),
            "subscribed": "5",
            "joined_on": "2024-03-02",
            "liability": "general",
        },
    )
    assert answer.status_code == 409
    assert "第三十五条第七项" in answer.content.decode()


def test_an_older_page_does_not_overwrite(village: Collective) -> None:
    house = asset(village)
    visitor = client(village)
    url = act("asset", house.pk, "use")
    given = {"state": "idle", "on": "2024-05-01", "version": "1"}
    assert visitor.post(url, given).status_code == 302
    late = visitor.post(url, given | {"state": "leased", "on": "2024-06-01"})
    assert late.status_code == 409
    assert 'name="version" value="2"' in late.content.decode()


def test_a_month_is_charged_by_one_press(village: Collective) -> None:
    asset(village, wear=assets.Wear(10))
    visitor = client(village)
    url = act("book", village.book.pk, "depreciate")
    assert visitor.post(url, {"month": "2024-13"}).status_code == 422
    answer = visitor.post(url, {"month": "2024-02"})
    assert answer.headers["Location"] == Depreciation.objects.get().get_absolute_url()
    again = visitor.post(url, {"month": "2024-02"})
    assert again.status_code == 409
    assert "不能提两次" in again.content.decode()


def test_drafts_are_made_by_who_keeps_the_books(village: Collective) -> None:
    asset(village, wear=assets.Wear(10), special_fen=100)
    let = contract(village)
    worker = hire("vworker", Role.WORKER, village.village)
    visitor = client(village, worker)
    pk = village.book.pk
    assert visitor.get(act("book", pk, "new-asset")).status_code == 200
    for url in (
        act("book", pk, "depreciate"),
        act("book", pk, "new-distribution"),
        act("due", of_contract(let)[0].pk, "draft"),
    ):
        assert visitor.post(url, {}).status_code == 403
    cashier = client(village, village.cashier)
    assert cashier.get(act("book", pk, "new-asset")).status_code == 403
    stranger = client(village, village.world["outsider"])
    assert stranger.get(reverse("holdings:book", args=[pk])).status_code == 404
    assert stranger.post(act("book", pk, "new-asset"), CARD).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/holdings/books/99999999999999999999",
        "/holdings/assets/99999999999999999999",
        "/holdings/act/book/99999999999999999999/new-asset",
        "/holdings/act/payin/99999999999999999999/withdraw",
        "/holdings/act/ship/1/sink",
        "/holdings/dividends/99999999999999999999",
    ],
)
def test_what_is_not_there(village: Collective, path: str) -> None:
    assert client(village).get(path).status_code == 404


@pytest.mark.parametrize("text", ["\x00", "%", "😀" * 80, "' OR 1=1"])
def test_any_words_may_be_looked_for(village: Collective, text: str) -> None:
    asset(village)
    visitor = client(village)
    for name in ("assets", "contracts", "members"):
        url = reverse(f"holdings:{name}", args=[village.book.pk])
        assert visitor.get(url, {"text": text, "older": text}).status_code == 200


def test_a_project_shows_what_it_became(village: Collective) -> None:
    project = begin(
        plan=Plan(
            client_id=uuid4(),
            organisation=village.village,
            kind="fund",
            title="后山便民步道",
            started_on=date(2024, 1, 2),
        ),
        **usual(village),
    ).project
    secretary = client(village, hire("vsecretary", Role.SECRETARY, village.village))
    url = reverse("projects:project", args=[project.pk])
    assert "台账里的" not in secretary.get(url).content.decode()
    asset(village, name="便民步道", project=project, special_fen=50_000_00)
    page = secretary.get(url).content.decode()
    assert "便民步道" in page
    assert "专项资金 50,000 元形成" in page


def queries(visitor: Client, url: str) -> int:
    visitor.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert visitor.get(url).status_code == 200
    return len(caught)


def test_queries_do_not_grow_with_rows(village: Collective) -> None:
    visitor = client(village)
    book = village.book
    home = household(village)
    let = contract(village)
    urls = [
        reverse("holdings:home"),
        *(reverse(f"holdings:{name}", args=[book.pk]) for name in OF_BOOK),
        reverse("holdings:contracts", args=[book.pk]) + "?show=overdue",
        reverse("holdings:household", args=[home.pk]),
        reverse("holdings:contract", args=[let.pk]),
    ]

    def fill(number: int) -> None:
        house = asset(village, f"ZC{number:04d}", assets.Wear(100))
        contract(village, number=f"2024-{number}x", asset=house)
        member(village, home, f"M{number:04d}")
        member(
            village, household(village, f"H1{number:03d}"), f"M1{number:03d}", name="李"
        )

    fill(1)
    depreciate(book=book, month=24289, **usual(village))
    before = [queries(visitor, url) for url in urls]
    for number in range(2, 9):
        fill(number)
        depreciate(book=book, month=24289 + number, **usual(village))
    assert [queries(visitor, url) for url in urls] == before


def test_pages_are_read_by_key(village: Collective) -> None:
    for number in range(35):
        asset(village, f"ZC{number:04d}")
    visitor = client(village)
    url = reverse("holdings:assets", args=[village.book.pk])
    first = visitor.get(url).content.decode()
    assert "ZC0034" in first
    assert "ZC0004" not in first
    older = Asset.objects.get(item__code="ZC0005").pk
    second = visitor.get(url, {"older": str(older)}).content.decode()
    assert "ZC0004" in second
    assert "ZC0005" not in second
    assert "COUNT" not in _statements(lambda: visitor.get(url))


def _statements(do: Callable[[], object]) -> str:
    with CaptureQueriesContext(connection) as caught:
        do()
    return " ".join(each["sql"] for each in caught)
