"""Every page opens, for whom it should, at a fixed number of queries; forms lose nothing."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.branchwork.approving import approve
from tests.branchwork.test_actions import DAY, decide, suggest
from tests.casework.world import report
from wugeyi.audit.models import AuditEvent
from wugeyi.branchwork import panels
from wugeyi.branchwork.actions import dictionaries, records
from wugeyi.branchwork.models import (
    Decision,
    DutyItem,
    DutyRecord,
    Suggestion,
    Topic,
    Training,
    VanguardPost,
)
from wugeyi.branchwork.queries import records as queries
from wugeyi.organisations.queries import reach_of

KINDS = [
    "decisions",
    "suggestions",
    "duty-records",
    "terms",
    "trainings",
    "posts",
    "headcounts",
]


@pytest.fixture
def secretary(client, world):
    client.force_login(world["secretary"])
    return client


def sent(**more: object) -> dict[str, object]:
    """What the form of a decision sends."""
    values = {
        "matter": "巷口装几盏路灯",
        "topic": Topic.objects.get(code="public-works").pk,
        "opinion": "先装三盏",
        "adopted": "pending",
        "held_on": timezone.localdate().isoformat(),
        "client_id": str(uuid4()),
    }
    return values | more


def full(client, world) -> dict[str, str]:
    """Fill the community with a record of each kind; return the addresses."""
    dictionaries.install_duty_items(
        valid_from=date(2026, 1, 1), by=None, at=world.now()
    )
    case = report(world)
    decision = decide(world, cases=[case]).row
    suggestion = suggest(world, decision=decision, case=case)
    approved = decide(world, matter="买一台烘干机").row
    approve(approved, at=world.now())
    values = {"kind": "vanguard", "name": "导诊台", "valid_from": date(2026, 3, 1)}
    post = records.add(
        model=VanguardPost,
        organisation=world.community,
        values=values,
        by=None,
        at=world.now(),
    ).row
    return {
        "decision": reverse("branchwork:decision", args=[decision.pk]),
        "decision print": reverse("branchwork:print-decision", args=[decision.pk]),
        "outcome": reverse("branchwork:outcome", args=[decision.pk]),
        "procedure": reverse("branchwork:procedure", args=[decision.pk]),
        "meetings": reverse("branchwork:meetings", args=[approved.pk]),
        "minutes": reverse("branchwork:minutes", args=[approved.pk, "assembly"]),
        "approved": reverse("branchwork:decision", args=[approved.pk]),
        "approved print": reverse("branchwork:print-decision", args=[approved.pk]),
        "register": reverse("branchwork:register", args=[approved.pk]),
        "correct": reverse("branchwork:correct", args=["decisions", decision.pk]),
        "withdraw": reverse("branchwork:withdraw", args=["decisions", decision.pk]),
        "suggestion": reverse("branchwork:suggestion", args=[suggestion.pk]),
        "follow": reverse("branchwork:follow", args=[suggestion.pk]),
        "post": reverse("branchwork:record", args=["posts", post.pk]),
        "end": reverse("branchwork:end", args=["posts", post.pk]),
        "case": reverse("desk:case", args=[case.pk]),
        "home": reverse("branchwork:home"),
        "duties": reverse("branchwork:duties"),
        "imports": reverse("branchwork:imports"),
        "new decision": f"{reverse('branchwork:new-decision')}?case={case.pk}",
        "new suggestion": (
            f"{reverse('branchwork:new-suggestion')}?decision={decision.pk}"
        ),
        **{kind: reverse("branchwork:records", args=[kind]) for kind in KINDS},
        **{
            f"new {kind}": reverse("branchwork:new-record", args=[kind])
            for kind in KINDS[2:]
        },
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(secretary, world, language) -> None:
    secretary.cookies["django_language"] = language
    for name, address in full(secretary, world).items():
        assert secretary.get(address).status_code == 200, name


def test_lists_and_home_ask_as_often_with_many_rows(secretary, world) -> None:
    full(secretary, world)
    pages = [reverse("branchwork:home"), reverse("branchwork:duties")]
    pages += [reverse("branchwork:records", args=[kind]) for kind in KINDS[:2]]

    def count(page: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert secretary.get(page).status_code == 200
        return len(asked)

    for page in pages:
        count(page)
    few = [count(page) for page in pages]
    for number in range(12):
        decide(world, matter=f"第 {number} 件")
        suggest(world, text=f"第 {number} 条")
    assert [count(page) for page in pages] == few
    assert max(few) <= 30


def test_a_decision_page_asks_as_often_with_many_suggestions(secretary, world) -> None:
    address = full(secretary, world)["decision"]

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            secretary.get(address)
        return len(asked)

    count()
    before = count()
    decision = Decision.objects.earliest("pk")
    for number in range(6):
        suggest(world, text=f"第 {number} 条", decision=decision)
    assert count() == before


class TestQuickEntry:
    def test_one_screen_asks_for_nothing_that_follows(self, secretary, world) -> None:
        page = secretary.get(reverse("branchwork:new-decision")).content.decode()
        # One post, one organisation: not asked. The day is today.
        assert f'type="hidden" name="organisation" value="{world.community.pk}"' in page
        assert f'value="{timezone.localdate():%Y-%m-%d}"' in page

    def test_sending_twice_records_once_and_says_so(self, secretary, world) -> None:
        data = sent(organisation=world.community.pk)
        first = secretary.post(reverse("branchwork:new-decision"), data)
        again = secretary.post(reverse("branchwork:new-decision"), data, follow=True)
        row = Decision.objects.get()
        assert first.headers["Location"].startswith(row.get_absolute_url())
        assert "没有重复记" in again.content.decode()

    def test_what_is_likely_next_is_offered(self, secretary, world) -> None:
        data = sent(organisation=world.community.pk)
        page = secretary.post(
            reverse("branchwork:new-decision"), data, follow=True
        ).content.decode()
        row = Decision.objects.get()
        assert f"{reverse('branchwork:new-suggestion')}?decision={row.pk}" in page
        assert reverse("branchwork:correct", args=["decisions", row.pk]) in page

    def test_a_case_found_without_a_script_is_linked(self, secretary, world) -> None:
        case = report(world, text="三号楼电梯停了")
        other = report(world, place=world.neighbour, text="邻社区电梯停了")
        address = reverse("branchwork:new-decision")
        data = sent(organisation=world.community.pk)
        looked = secretary.post(address, data | {"find": "1", "words": "电梯"})
        assert looked.status_code == 200
        page = looked.content.decode()
        assert case.number in page
        assert other.number not in page
        assert "巷口装几盏路灯" in page
        assert not Decision.objects.exists()
        # A case out of reach cannot be linked by its key either.
        secretary.post(address, data | {"case": [case.pk, other.pk]})
        assert [each.case for each in Decision.objects.get().causes.all()] == [case]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("matter", "   "),
            ("matter", "长" * 1001),
            ("topic", "999999"),
            ("held_on", "2090-01-01"),
            ("held_on", "昨天"),
            ("adopted", "maybe"),
            ("organisation", "1"),
        ],
    )
    def test_a_refused_form_keeps_the_rest(self, secretary, world, field, value):
        data = sent(organisation=world.community.pk) | {field: value}
        answer = secretary.post(reverse("branchwork:new-decision"), data)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "先装三盏" in page
        assert not Decision.objects.exists()

    def test_a_hospitals_secretary_chooses_among_its_branches(
        self, client, world
    ) -> None:
        from tests.casework.world import hire, plant
        from wugeyi.organisations.rules import Role

        hospital = plant("县医院", "hospital", "990101-h", world.county)
        ward = plant("内科党支部", "branch", "990101-h-1", hospital)
        elsewhere = plant("外院党支部", "branch", "990101-x-1", world.county)
        client.force_login(hire("head", Role.SECRETARY, hospital))
        page = client.get(reverse("branchwork:new-decision")).content.decode()
        assert "内科党支部" in page
        assert "外院党支部" not in page
        # The six kinds of hospitals, not villages' land.
        assert "设备配置" in page
        assert "土地和宅基地" not in page
        data = sent(organisation=ward.pk, topic=Topic.objects.get(code="equipment").pk)
        client.post(reverse("branchwork:new-decision"), data)
        assert Decision.objects.get().organisation == ward
        data = sent(organisation=elsewhere.pk)
        answer = client.post(reverse("branchwork:new-decision"), data)
        assert answer.status_code == 422

    def test_other_kinds_are_one_screen_as_well(self, secretary, world) -> None:
        data = {
            "organisation": world.community.pk,
            "topic": "示范培训班",
            "on": timezone.localdate().isoformat(),
            "days": "3",
            "outside": "on",
            "secretaries": "2",
            "others": "0",
            "client_id": str(uuid4()),
        }
        address = reverse("branchwork:new-record", args=["trainings"])
        nobody = secretary.post(address, data | {"secretaries": "0"})
        assert nobody.status_code == 422
        assert secretary.post(address, data).status_code == 302
        row = Training.objects.get()
        assert (row.days, row.outside, row.secretaries) == (3, True, 2)

    def test_a_new_secretary_reminds_of_the_one_before(self, secretary, world) -> None:
        address = reverse("branchwork:new-record", args=["terms"])
        data = {
            "organisation": world.community.pk,
            "leads_unit": "other",
            "valid_from": "2026-03-01",
        }
        secretary.post(address, data | {"person": "前任"})
        page = secretary.post(address, data | {"person": "后任"}, follow=True)
        assert "前任还记着在任" in page.content.decode()


class TestPuttingRight:
    def test_a_correction_needs_a_reason_and_shows_what_stood(
        self, secretary, world
    ) -> None:
        row = decide(world).row
        address = reverse("branchwork:correct", args=["decisions", row.pk])
        data = sent(organisation=world.community.pk, version=row.version)
        assert secretary.post(address, data).status_code == 422
        answer = secretary.post(address, data | {"why": "少写了几盏"}, follow=True)
        page = answer.content.decode()
        assert "巷口装几盏路灯" in page
        assert "少写了几盏" in page
        assert "巷口装不装路灯" in page
        earlier = Decision.objects.get(replaced_by=row.pk)
        old = secretary.get(earlier.get_absolute_url()).content.decode()
        assert "更正以前的写法" in old
        assert row.get_absolute_url() in old

    def test_a_stale_correction_is_told_and_changes_nothing(
        self, secretary, world
    ) -> None:
        row = decide(world).row
        data = sent(organisation=world.community.pk, version=0, why="x")
        address = reverse("branchwork:correct", args=["decisions", row.pk])
        page = secretary.post(address, data, follow=True).content.decode()
        assert "刚刚被改过" in page
        assert Decision.objects.get().matter == "巷口装不装路灯"

    def test_a_withdrawn_record_stays_readable_and_cannot_be_written(
        self, secretary, world
    ) -> None:
        row = decide(world).row
        args = ["decisions", row.pk]
        secretary.post(
            reverse("branchwork:withdraw", args=args),
            {"why": "记重了", "version": row.version},
        )
        page = secretary.get(row.get_absolute_url()).content.decode()
        assert "已经撤回" in page
        assert reverse("branchwork:correct", args=args) not in page
        listed = secretary.get(reverse("branchwork:records", args=["decisions"]))
        assert "巷口装不装路灯" not in listed.content.decode()

    def test_the_day_of_a_decision_stays_before_its_outcome(
        self, secretary, world
    ) -> None:
        row = decide(world, outcome="装了", outcome_on=date(2026, 3, 12)).row
        data = sent(
            organisation=world.community.pk,
            version=row.version,
            why="x",
            held_on="2026-03-13",
        )
        address = reverse("branchwork:correct", args=["decisions", row.pk])
        assert secretary.post(address, data).status_code == 422


class TestFollowing:
    def test_a_worker_tells_the_outcome_but_corrects_nothing(
        self, client, world
    ) -> None:
        row = decide(world).row
        client.force_login(world["worker"])
        data = {"adopted": "yes", "outcome": "装好了", "outcome_on": "2026-03-12"}
        client.post(reverse("branchwork:outcome", args=[row.pk]), data)
        row.refresh_from_db()
        assert row.outcome == "装好了"
        assert row.outcome_by == world["worker"]
        answer = client.get(reverse("branchwork:correct", args=["decisions", row.pk]))
        assert answer.status_code == 403

    def test_declining_says_why(self, secretary, world) -> None:
        row = suggest(world)
        address = reverse("branchwork:follow", args=[row.pk])
        data = {"state": "declined", "on": "2026-03-12", "result": ""}
        assert secretary.post(address, data).status_code == 422
        secretary.post(address, data | {"result": "没有钱"})
        row.refresh_from_db()
        assert (row.state, row.result) == ("declined", "没有钱")


class TestReach:
    def test_neighbours_see_neither_records_nor_cases_of_others(
        self, client, world
    ) -> None:
        case = report(world)
        row = decide(world, cases=[case]).row
        client.force_login(world["neighbour"])
        assert client.get(row.get_absolute_url()).status_code == 404
        listed = client.get(reverse("branchwork:records", args=["decisions"]))
        assert row.matter not in listed.content.decode()

    def test_a_cases_page_tells_how_many_decisions_one_may_not_read(
        self, client, world
    ) -> None:
        case = report(world)
        decide(world, cases=[case])
        at_home = {"topic": Topic.objects.get(code="safety"), "held_on": DAY}
        records.add(
            model=Decision,
            organisation=world.town,
            values=at_home | {"matter": "街道层面怎么统筹"},
            cases=[case],
            by=None,
            at=world.now(),
        )
        client.force_login(world["secretary"])
        page = client.get(reverse("desk:case", args=[case.pk])).content.decode()
        assert "巷口装不装路灯" in page
        assert "街道层面怎么统筹" not in page
        assert "另有 1 次议事不在您的范围里" in page
        assert f"{reverse('branchwork:new-decision')}?case={case.pk}" in page

    def test_a_higher_app_shows_a_panel(self, secretary, world) -> None:
        row = decide(world).row

        def maker(request, decision):
            facts = [("项目", f"由第 {decision.pk} 号议事而来")]
            return panels.Panel("ui/facts.html", {"facts": facts})

        panels.register(maker)
        panels.register(maker)
        try:
            page = secretary.get(row.get_absolute_url()).content.decode()
        finally:
            panels.unregister(maker)
        assert page.count(f"由第 {row.pk} 号议事而来") == 1


def test_pages_by_key_show_every_row_once_both_ways(world) -> None:
    today = timezone.localdate()
    for number in range(11):
        decide(world, held_on=today - timedelta(days=number % 3), matter=str(number))
    rows = queries.readable(Decision, reach_of(world["secretary"], on=today))
    order = list(rows.order_by("-held_on", "-pk"))
    seen, pages, older = [], [], ""
    while True:
        page = queries.page(rows, older=older, size=3)
        seen += page.rows
        pages.append(page)
        if not page.older:
            break
        older = page.older
    assert seen == order
    back = queries.page(rows, newer=pages[-1].newer, size=3)
    assert back.rows == pages[-2].rows
    assert not queries.page(rows, older="nonsense", size=3).newer


class TestDuties:
    def test_this_period_by_item_without_any_score(self, secretary, world) -> None:
        address = reverse("branchwork:duties")
        assert "没有设经常性工作" in secretary.get(address).content.decode()
        dictionaries.install_duty_items(
            valid_from=date(2026, 1, 1), by=None, at=world.now()
        )
        item = DutyItem.objects.filter(period="month").first()
        today = timezone.localdate()
        secretary.post(
            reverse("branchwork:new-record", args=["duty-records"]),
            {
                "organisation": world.community.pk,
                "item": item.pk,
                "held_on": today.isoformat(),
                "attendance": "12",
                "client_id": str(uuid4()),
            },
        )
        row = DutyRecord.objects.get()
        page = secretary.get(address).content.decode()
        assert row.get_absolute_url() in page
        assert "未核对" in page
        past = secretary.get(address, {"on": "2026-02-10"}).content.decode()
        assert "无记录" in past
        assert row.get_absolute_url() not in past
        for word in ("得分", "名次", "完成率", "逾期"):
            assert word not in page + past

    @pytest.mark.parametrize("day", ["2026-02-30", "x", "9999-01-01", "0001-01-01"])
    def test_a_bad_day_in_the_address_is_today(self, secretary, world, day) -> None:
        answer = secretary.get(reverse("branchwork:duties"), {"on": day})
        assert answer.status_code == 200


class TestDictionaries:
    def test_the_seats_administrator_keeps_them(self, client, world) -> None:
        client.force_login(world["administrator"])
        data = {
            "name_zh": "河道",
            "name_en": "Rivers",
            "code": "rivers",
            "kinds": ["village", "community"],
            "active": "on",
        }
        address = reverse("branchwork:new-entry", args=["topics"])
        assert client.post(address, data).status_code == 302
        row = Topic.objects.get(code="rivers")
        assert row.suits("village")
        assert not row.suits("hospital")
        assert client.post(address, data).status_code == 422  # the code is taken
        page = client.get(reverse("branchwork:book", args=["topics"]))
        assert "河道" in page.content.decode()
        assert (
            client.get(reverse("branchwork:entry", args=["topics", row.pk])).status_code
            == 200
        )

    def test_a_lesser_administrator_does_not(self, client, world) -> None:
        from tests.casework.world import hire
        from wugeyi.organisations.rules import Role

        client.force_login(hire("lesser", Role.ADMINISTRATOR, world.town))
        address = reverse("branchwork:install", args=["duty-items"])
        assert client.post(address).status_code == 403
        assert not DutyItem.objects.exists()

    def test_every_act_has_a_name_in_the_trail(self, secretary, world) -> None:
        from wugeyi.audit import phrases

        decide(world)
        suggest(world)
        for action in AuditEvent.objects.filter(
            action__startswith="branchwork."
        ).values_list("action", flat=True):
            assert phrases.act_name(action) != action
        assert Suggestion.objects.count() == 1
