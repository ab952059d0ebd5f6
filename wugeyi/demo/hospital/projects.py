"""Projects of the invented hospital and of a few communities, by the product's own actions.

The hospital's records give exactly the figures of the newspaper article within the
period of :func:`wugeyi.demo.hospital.branchwork.hospital`: 97 new technologies, 85
research grants, and one national key speciality (neurology). In the city: a footbridge
from six needs to a measured result, a growers' bus line, a "1+1" company in the manner
of domain §1.11, a special fund, a tourist trail, and a planting project that failed.

Call :func:`hospital`, then :func:`city` (after the year's cases are there).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from wugeyi.accounts.models import User
from wugeyi.branchwork.actions.records import add as add_record
from wugeyi.branchwork.models import Decision, Topic
from wugeyi.casework.actions.intake import Need, register
from wugeyi.casework.models import Case, Category
from wugeyi.demo.hospital import projects_texts as texts
from wugeyi.demo.hospital.branchwork import Scene
from wugeyi.demo.hospital.units import HospitalUnits
from wugeyi.demo.pictures import pictures
from wugeyi.organisations.models import Organisation
from wugeyi.projects.actions import money, projects, results, steps
from wugeyi.projects.actions.kinds import add_kind
from wugeyi.projects.models import OtherKind, Project
from wugeyi.projects.rules.states import State

TECHNOLOGIES, GRANTS = 97, 85
INVENTED = "（虚构）"
WAN_FEN = 1_000_000
Secretaries = Mapping[int, User]


class Story(Scene):
    """A scene in which projects happen."""

    def begin(
        self, unit: Organisation, day: date, *, cases: Iterable[Case] = (), **plan: Any
    ) -> "Told":
        """Begin a project on a day and return what goes on to be told of it."""
        made = projects.begin(
            plan=projects.Plan(
                client_id=UUID(int=self.random.getrandbits(128), version=4),
                organisation=unit,
                started_on=day,
                **plan,
            ),
            cases=cases,
            by=self.by(unit),
            at=self.at(day),
        ).project
        return Told(self, made)

    def ago(self, days: int) -> date:
        """Return the day so many days before the end."""
        return self.last - timedelta(days=days)


class Told:
    """A project, and the acts on it, each at an hour of its day."""

    def __init__(self, story: Story, project: Project) -> None:
        self.story = story
        self.project = project

    def do(self, act: Callable[..., Any], when: date, /, **values: Any) -> Any:
        """Take one act on a day."""
        unit = self.project.organisation
        by, at = self.story.by(unit), self.story.at(when)
        return act(project=self.project, by=by, at=at, **values)

    def pay(self, kind: str, account: str, yuan: int, on: date, **purse: Any) -> None:
        """Record money in whole yuan."""
        self.do(
            money.add_money,
            on,
            kind=kind,
            purse=money.Purse(account, **purse),
            amount_fen=yuan * 100,
            on=on,
        )

    def mark(self, name: str, due: date, done: date | None = None) -> Any:
        """Plan something; done on a day if one is given."""
        row = self.do(
            steps.plan_milestone, self.project.started_on, name=name, due_on=due
        )
        if done is not None and done <= self.story.last:
            self.do(steps.finish_milestone, done, milestone=row, on=done)
        return row

    def measure(self, after: str, on: date, method: str, who: str, **more: Any) -> None:
        """Record a measured result."""
        found = results.Measured(
            after=Decimal(after), on=on, method=method, measured_by=who, **more
        )
        self.do(results.add_result, on, found=found)

    def end(self, state: State, on: date, reason: str = "") -> None:
        """End the project."""
        self.do(projects.move_on, on, to=state, on=on, reason=reason)


def hospital(
    *,
    units: HospitalUnits,
    random: Random,
    until: datetime,
    secretaries: Secretaries | None = None,
) -> None:
    """Give the hospital its technologies, grants and key speciality up to ``until``."""
    story = Story(random=random, until=until, secretaries=secretaries or {})
    medical = {
        unit.name.removesuffix("党支部"): unit
        for unit in (*units.clinical, *units.technical)
    }
    _technologies(story, medical)
    _grants(story, medical)
    _speciality(story, medical["神经内科"])


def _titles(forms: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (department, title), each department in turn."""
    return [
        (ward, form.format(subject))
        for place in range(3)
        for form in forms
        for ward, group in texts.SUBJECTS.items()
        for subject in group[place : place + 1]
    ]


def _technologies(story: Story, medical: Mapping[str, Organisation]) -> None:
    for ward, title in _titles(texts.TECHNOLOGIES)[:TECHNOLOGIES]:
        story.begin(
            medical[ward],
            story.day(),
            kind="technology",
            title=f"{title}{INVENTED}",
            level="own",
        )


def _grants(story: Story, medical: Mapping[str, Organisation]) -> None:
    levels = [
        (level, f"{mark}{story.last.year}-{number:03}")
        for level, count, mark in texts.LEVELS
        for number in range(1, count + 1)
    ]
    money_of = {"national": 50, "provincial": 10, "city": 5, "own": 2}
    titles = _titles(texts.STUDIES)[:GRANTS]
    for (ward, title), (level, number) in zip(titles, levels, strict=True):
        story.begin(
            medical[ward],
            story.day(),
            kind="research",
            title=f"{title}{INVENTED}",
            number=number,
            level=level,
            budget_fen=money_of[level] * WAN_FEN,
        )


def _speciality(story: Story, unit: Organisation) -> None:
    kind = OtherKind.objects.filter(code="key-specialty").first() or add_kind(
        code="key-specialty",
        name_zh="临床重点专科",
        name_en="Key clinical speciality",
        by=None,
        at=story.at(story.first),
    )
    day = story.first + timedelta(days=20)
    told = story.begin(
        unit,
        day,
        kind="other",
        other_kind=kind,
        level="national",
        title="神经内科国家临床重点专科建设项目",
        goal=projects.Goal(
            text="卒中患者从进门到用药更快。",
            indicator="进门到溶栓的中位时间",
            unit="分钟",
            baseline=Decimal(52),
            baseline_on=day,
            target=Decimal(40),
            target_on=story.last + timedelta(days=200),
        ),
        budget_fen=500 * WAN_FEN,
    )
    told.pay("paid", projects.WHOLE, 1_860_000, story.ago(60))
    told.mark("卒中中心流程改造", day + timedelta(days=60), day + timedelta(days=58))
    told.mark("建设期中期检查", story.last + timedelta(days=120))
    told.measure("43", story.ago(20), "counted", "医务科")


def city(
    *,
    units: Iterable[Organisation],
    random: Random,
    until: datetime,
    secretaries: Secretaries | None = None,
) -> None:
    """Let a few communities and villages of the stage carry projects through."""
    story = Story(random=random, until=until, secretaries=secretaries or {})
    places = {unit.code: unit for unit in units}
    tales = {
        "520115007005": _footbridge,
        "520112105201": _bus_line,
        "520111204218": _company,
        "520181103243": _special_fund,
        "520181201214": _trail,
    }
    for code, tale in tales.items():
        if code in places:
            tale(story, places[code])
    if "520181103243" in places:
        _failed(story, places["520181103243"])


def _decide(
    story: Story, unit: Organisation, on: date, matter: str, cases: list[Case]
) -> Decision:
    return add_record(
        model=Decision,
        organisation=unit,
        values={
            "topic": Topic.objects.get(code="public-works"),
            "held_on": on,
            "matter": matter,
            "opinion": "同意，先做起来，做完要量一量结果",
            "adopted": "yes",
        },
        client_id=UUID(int=story.random.getrandbits(128), version=4),
        cases=cases,
        by=story.by(unit),
        at=story.at(on),
    ).row


def _need(story: Story, unit: Organisation, text: str, on: date) -> Case:
    return register(
        need=Need(
            client_id=UUID(int=story.random.getrandbits(128), version=4),
            text=text,
            category=Category.objects.get(code="pavement"),
            place=unit,
            channel="door",
        ),
        by=story.by(unit),
        at=story.at(on),
    ).case


def _footbridge(story: Story, unit: Organisation) -> None:
    """Six needs, a decision, a bridge, and the same walk measured again."""
    cases = [
        _need(story, unit, text, story.ago(300 - 6 * number))
        for number, text in enumerate(texts.CROSSING)
    ]
    decided = story.ago(250)
    decision = _decide(story, unit, decided, "在河边修便民通道连心桥", cases)
    told = story.begin(
        unit,
        story.ago(240),
        kind="link",
        title="便民通道连心桥",
        decision=decision,
        goal=projects.Goal(
            text="河两边的居民过河不用再绕行，轮椅也能过。",
            indicator="到对岸菜场的步行时间",
            unit="分钟",
            baseline=Decimal(18),
            baseline_on=story.ago(245),
            target=Decimal(5),
            target_on=story.ago(90),
        ),
        budget_fen=86 * WAN_FEN,
    )
    told.pay("paid", projects.WHOLE, 516_000, story.ago(170))
    told.pay("paid", projects.WHOLE, 323_500, story.ago(100))
    told.pay("verified", projects.WHOLE, 839_500, story.ago(85))
    told.mark("设计公示", story.ago(225), story.ago(226))
    moved = told.mark("桥面合龙", story.ago(130))
    told.do(
        steps.move_milestone,
        story.ago(140),
        milestone=moved,
        to=story.ago(110),
        reason="汛期水位高，不能施工",
    )
    told.do(steps.finish_milestone, story.ago(112), milestone=moved, on=story.ago(112))
    told.mark("验收、通行", story.ago(90), story.ago(88))
    risk = told.do(
        steps.see_risk,
        story.ago(200),
        kind="nature",
        text="汛期可能停工",
        seen_on=story.ago(200),
    )
    told.do(
        steps.end_risk,
        story.ago(112),
        risk=risk,
        happened=True,
        outcome="停工二十天，桥面合龙改期，没有超预算",
        on=story.ago(112),
    )
    drawn = pictures(story.random, story.at(story.ago(245)))
    (before,) = told.do(
        results.add_evidence,
        story.ago(238),
        uploads=drawn[:1],
        phase="before",
        caption="修桥前：要绕行（示意图）",
    )
    told.do(
        results.add_evidence,
        story.ago(87),
        uploads=drawn[1:2],
        phase="after",
        caption="通行后（示意图）",
        pair=before,
    )
    told.measure("4", story.ago(84), "measured", "社区网格员和两位居民代表")
    told.measure(
        "0",
        story.ago(10),
        "counted",
        "社区工作人员",
        name="半年里反映过河绕路的诉求",
        unit="件",
        before=Decimal(len(cases)),
        before_on=story.ago(250),
    )
    told.end(State.DONE, story.ago(84))
    told.do(
        projects.publish,
        story.ago(80),
        goal="河两边的居民过河不用再绕行，轮椅也能过。",
        result="到对岸菜场的步行时间由 18 分钟变为 4 分钟。",
    )


def _bus_line(story: Story, unit: Organisation) -> None:
    told = story.begin(
        unit,
        story.ago(210),
        kind="line",
        title="菜农早班专线",
        decision=_decide(story, unit, story.ago(215), "开一条菜农早班专线", []),
        goal=projects.Goal(
            text="带筐进城卖菜，赶得上早市，和上班的人错开。",
            indicator="从村里到市场的时间",
            unit="分钟",
            baseline=Decimal(70),
            baseline_on=story.ago(212),
            target=Decimal(45),
            target_on=story.ago(60),
        ),
    )
    told.mark("坝坝会听意见", story.ago(205), story.ago(205))
    told.mark("站点和票价公示", story.ago(190), story.ago(188))
    told.mark("第一班车开出", story.ago(170), story.ago(171))
    told.measure("40", story.ago(50), "measured", "村委会随车记录")


def _company(story: Story, unit: Organisation) -> None:
    """Found a company as in domain §1.11: 115, 100 and 10 (x 10,000 yuan). Invented."""
    day = story.ago(320)
    told = story.begin(
        unit,
        day,
        kind="company",
        title=f"“1+1”果蔬有限公司{INVENTED}",
        decision=_decide(story, unit, story.ago(330), "成立“1+1”果蔬公司", []),
        goal=projects.Goal(
            text="村集体有稳定的分红。",
            indicator="村集体一年的分红",
            unit="万元",
            baseline=Decimal(0),
            baseline_on=day,
            target=Decimal(12),
            target_on=story.last + timedelta(days=30),
        ),
    )
    for kind, name, wan, people in (
        ("collective", f"村股份经济合作社{INVENTED}", 115, None),
        ("state", f"实业有限公司{INVENTED}", 100, None),
        ("villagers", "村民", 10, 1),
    ):
        gives = money.Contribution(
            kind=kind,
            name=name,
            people=people,
            contribution_fen=wan * WAN_FEN,
            paid_in_fen=wan * WAN_FEN,
            on=day,
        )
        told.do(money.add_partner, day, gives=gives)
    told.do(
        money.undertake,
        story.ago(318),
        kind="promise",
        giver="collective",
        text="第一年亏了，支部牵头找销路（承诺，不是担保）",
        on=story.ago(318),
    )
    told.pay("budget", "大棚建设", 1_200_000, story.ago(300), source="股东出资")
    told.pay("paid", "大棚建设", 1_236_400, story.ago(230))
    told.do(
        steps.see_risk,
        story.ago(150),
        kind="market",
        text="夏季菜价低，合同价没有锁定",
        seen_on=story.ago(150),
    )
    told.measure("8.4", story.ago(15), "reported", "公司财务报表，村监委会核对")


def _special_fund(story: Story, unit: Organisation) -> None:
    told = story.begin(
        unit,
        story.ago(280),
        kind="fund",
        title="红色美丽村庄试点专项资金",
        goal=projects.Goal(text="修好步道和党群服务中心，钱一笔一笔看得见。"),
    )
    for account, source, plan_yuan, paid, checked in (
        ("红色步道", "中央财政补助", 1_600_000, 1_580_000, 1_580_000),
        ("党群服务中心修缮", "中央财政补助", 900_000, 912_300, 600_000),
        ("标识标牌", "市级配套", 120_000, 0, 0),
    ):
        told.pay("budget", account, plan_yuan, story.ago(270), source=source)
        if paid:
            told.pay("paid", account, paid, story.ago(160))
        if checked:
            told.pay("verified", account, checked, story.ago(90))
    told.do(
        money.form_asset,
        story.ago(80),
        account=told.project.accounts.get(name="红色步道"),
        asset="步道 1.8 公里",
        on=story.ago(80),
        book_reference="演示凭证 记-027",
    )
    told.mark("步道验收", story.ago(95), story.ago(92))
    told.mark("服务中心验收", story.ago(20))


def _trail(story: Story, unit: Organisation) -> None:
    told = story.begin(
        unit,
        story.ago(260),
        kind="tourism",
        title="乡村研学路线",
        goal=projects.Goal(
            text="周末有人来，村民在家门口有活干。",
            indicator="一个月接待研学团队",
            unit="批",
            baseline=Decimal(2),
            baseline_on=story.ago(262),
            target=Decimal(10),
            target_on=story.last + timedelta(days=60),
        ),
        budget_fen=45 * WAN_FEN,
    )
    told.pay("paid", projects.WHOLE, 287_000, story.ago(140))
    told.mark("路线和讲解员确定", story.ago(220), story.ago(215))
    told.measure("7", story.ago(12), "counted", "村委会接待登记")


def _failed(story: Story, unit: Organisation) -> None:
    """Keep what did not work, with what was learnt."""
    told = story.begin(
        unit,
        story.ago(350),
        kind="farming",
        title="高山蔬菜种植",
        goal=projects.Goal(
            text="三十亩坡地种高山蔬菜，增加集体收入。",
            indicator="一季的净收入",
            unit="万元",
            baseline=Decimal(0),
            baseline_on=story.ago(350),
            target=Decimal(6),
            target_on=story.ago(100),
        ),
        budget_fen=18 * WAN_FEN,
    )
    told.pay("paid", projects.WHOLE, 176_500, story.ago(250))
    risk = told.do(
        steps.see_risk,
        story.ago(330),
        kind="nature",
        text="倒春寒",
        seen_on=story.ago(330),
    )
    told.do(
        steps.end_risk,
        story.ago(240),
        risk=risk,
        happened=True,
        outcome="苗冻死一半，补种误了季节",
        on=story.ago(240),
    )
    told.measure("-3.2", story.ago(110), "reported", "村集体财务")
    told.end(
        State.FAILED,
        story.ago(105),
        "没有先小面积试种，也没有买保险；品种不耐寒。再做要先试种一季。",
    )
