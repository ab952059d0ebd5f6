"""What the demo's riders, neighbours and duty desks do in a year: all of it invented."""

from datetime import datetime, timedelta

from wugeyi.accounts.models import User
from wugeyi.casework.actions import closing, handling, publishing
from wugeyi.casework.models import Case, Category
from wugeyi.casework.rules.masking import mask
from wugeyi.casework.rules.refusals import Refused as CaseRefused
from wugeyi.demo import cast, clock
from wugeyi.demo.riding import NEAR, Act, Life, day_of
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.actions import deeds, emergencies, helps, hours, takes, voices
from wugeyi.volunteering.actions.writing import NEIGHBOUR
from wugeyi.volunteering.models import Deed, Emergency, Help, Hours, Voice, Volunteer
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.refusals import Refused

ASKED = (
    ("carry", "一袋米搬上五楼（虚构）", "一袋米，上五楼"),
    ("carry", "旧柜子抬到楼下（虚构）", "旧柜子，两个人抬"),
    ("buy", "代买一盒常用药（虚构）", "代买一盒药，有处方"),
    ("buy", "取一个大件快递（虚构）", "大件快递，送上门"),
    ("visit", "老人一个人在家，帮忙看一眼（虚构）", "看看独居老人"),
    ("other", "换一个灯泡（虚构）", "换灯泡，要上凳子"),
)
NEEDED = (
    ("station", "中午没有地方歇脚，驿站能不能开到下午五点。（虚构）"),
    ("station", "驿站的充电口不够，换电要排队。（虚构）"),
    ("parking", "电动车进不了小区，希望开一个骑手侧门。（虚构）"),
    ("suggestion", "楼栋号看不清，能不能在路口立一块牌子。（虚构）"),
    ("station", "驿站晚上九点就关门，夜里没有热水。（虚构）"),
    ("question", "换了平台，工伤保险去哪里问。（虚构）"),
)
REPORTED = (
    ("road-damage", "路口井盖松动，压上去会响。（虚构）"),
    ("rubbish", "垃圾桶满了，堆到路上。（虚构）"),
    ("street-light", "巷口路灯不亮。（虚构）"),
    ("parking", "消防通道被占。（虚构）"),
)
TOLD = ("有老人摔倒（虚构）", "楼道冒烟（虚构）", "", "电动车撞了人（虚构）")
TOPICS = ("反诈宣传", "防火安全", "骑行安全", "垃圾分类")
WALLS = ("电线杆上的小广告", "楼道口的小广告", "公交站牌上的贴纸")
ANSWERS = (
    "已和物业商定，本周落实。",
    "已经办好，请去看看。",
    "已列入下月安排，先临时解决。",
)


def wish(
    life: Life, unit: Organisation, told: tuple[str, str], until: datetime, near: str
) -> helps.Wish:
    """Return what a neighbour asks for: a kind and words."""
    kind, text = told
    return helps.Wish(
        client_id=life.key(),
        organisation=unit,
        kind=kind,
        text=text,
        near=near or life.random.choice(NEAR),
        until=until,
        address="虚构小区 3 栋 502",
        phone=cast.phone(life.random),
        name=cast.courtesy(life.random),
    )


def ask(life: Life, at: datetime) -> None:
    """Let a neighbour ask for a hand; mostly somebody takes it."""
    *told, notice = life.random.choice(ASKED)
    unit = life.place()
    until = at + timedelta(days=2)
    row = helps.ask(wish=wish(life, unit, (told[0], told[1]), until, ""), at=at)
    high = "凳子" in notice
    cover = (
        Cover(
            risk=True,
            insurer="某保险公司志愿者意外险（虚构）",
            until=day_of(at) + timedelta(days=60),
        )
        if high
        else Cover()
    )

    def publish(when: datetime) -> None:
        showing = helps.Showing(notice, cover)
        helps.publish(help=row, showing=showing, by=life.staff[unit.pk], at=when)

    life.at(at + timedelta(minutes=life.random.randrange(5, 90)), publish)
    if life.random.random() < 0.8:
        taken = at + timedelta(hours=life.random.uniform(2, 9))
        life.at(taken, lambda when: _take(life, row, when))
    life.at(at + timedelta(days=2, minutes=1), lambda when: helps.expire(at=when))


def _take(life: Life, row: Help, at: datetime) -> None:
    rider = life.rider()
    try:
        takes.take(help=row, volunteer=rider, at=at)
    except Refused:
        return
    minutes = life.random.randrange(12, 70)
    done = at + timedelta(minutes=minutes + 5)

    def finish(when: datetime) -> None:
        takes.say_done(help=row, volunteer=rider, at=when)
        claim(life, rider, row.organisation, "help", when, minutes, help_=row)

    life.at(done, finish)
    life.at(
        done + timedelta(hours=3),
        lambda when: helps.confirm(help=row, by=NEIGHBOUR, at=when),
    )


def claim(
    life: Life,
    rider: Volunteer,
    unit: Organisation,
    kind: str,
    at: datetime,
    minutes: int,
    *,
    help_: Help | None = None,
    deed: Deed | None = None,
) -> Hours | None:
    """Let a rider write down minutes until now; None where they were busy elsewhere."""
    try:
        return hours.claim(
            span=hours.Span(
                client_id=life.key(),
                organisation=unit,
                kind=kind,
                starts_at=at - timedelta(minutes=minutes),
                ends_at=at,
                help=help_,
                deed=deed,
            ),
            volunteer=rider,
            at=at,
        )
    except Refused:
        return None


def speak(life: Life, kind: Voice.Kind, text: str, category: Category) -> Act:
    """Return the act of saying something that becomes a case."""

    def say(at: datetime) -> None:
        made = voices.speak(
            words=voices.Words(
                client_id=life.key(), kind=kind.value, text=text, category=category
            ),
            where=life.where(life.place()),
            volunteer=life.rider(),
            photos=(
                [life.random.choice(life.pictures)]
                if kind is Voice.Kind.REPORT and life.pictures
                else []
            ),
            at=at,
        )
        life.at(clock.office(at, 4), lambda when: _work(life, made.case, when))

    return say


def _work(life: Life, case: Case, at: datetime) -> None:
    """Let a community work on it; what others handle waits, as it does."""
    worker = life.staff.get(case.handler_id)
    if worker is None or life.random.random() < 0.1:
        return
    try:
        case = handling.accept(case=case, by=worker, at=at)
    except CaseRefused:
        return

    def answer(when: datetime) -> None:
        said = life.random.choice(ANSWERS)
        done = handling.answer(case=case, text=said, by=worker, at=when)
        life.at(clock.office(when, 6), lambda later: _call_back(life, done, later))

    life.at(clock.office(at, life.random.uniform(6, 40)), answer)


def _call_back(life: Life, case: Case, at: datetime) -> None:
    solved = life.random.random() < 0.85
    done = closing.call_back(
        case=case,
        method="phone",
        result="resolved" if solved else "unresolved",
        satisfaction="yes" if solved else "",
        by=life.calls_back,
        at=at,
    )
    if solved and life.random.random() < 0.5:
        text = mask(done.text).text
        publishing.publish(case=done, public_text=text, by=life.calls_back, at=at)


def publicity(life: Life, at: datetime) -> None:
    """闪宣: tell people something."""
    _deed(
        life,
        at,
        Deed.Kind.PUBLICITY,
        life.random.choice(TOPICS),
        sessions=1,
        pieces=life.random.randrange(0, 60),
    )


def cleanup(life: Life, at: datetime) -> None:
    """闪除: take postings off."""
    _deed(life, at, Deed.Kind.CLEANUP, life.random.choice(WALLS))


def _deed(
    life: Life,
    at: datetime,
    kind: Deed.Kind,
    text: str,
    *,
    sessions: int = 0,
    pieces: int = 0,
) -> None:
    rider, unit = life.rider(), life.place()
    row = deeds.do(
        done=deeds.Done(
            client_id=life.key(),
            kind=kind.value,
            text=f"{text}（虚构）",
            on=day_of(at),
            sessions=sessions,
            pieces=pieces,
        ),
        where=life.where(unit),
        volunteer=rider,
        at=at,
    )
    worker = life.staff[unit.pk]
    seen = clock.office(at, 3)
    life.at(seen, lambda when: deeds.see(deed=row, by=worker, at=when))
    if life.random.random() < 0.4:
        minutes = life.random.randrange(15, 90)
        written = claim(life, rider, unit, kind.value, at, minutes, deed=row)
        if written is not None:
            life.at(seen, lambda when: _confirm(written, worker, when))


def _confirm(row: Hours, worker: User, at: datetime) -> None:
    hours.confirm(hours=row, minutes=row.minutes, by=worker, at=at)


def alarm(life: Life, at: datetime) -> None:
    """闪报: tell the duty desk, which sees it and settles it."""
    unit = life.place()
    row = emergencies.sound(
        alarm=emergencies.Alarm(
            client_id=life.key(),
            text=life.random.choice(TOLD),
            called=life.random.choice(("120", "110", "no", "")),
            phone=cast.phone(life.random),
        ),
        where=life.where(unit),
        volunteer=life.rider(),
        at=at,
    )
    worker = life.staff[unit.pk]
    seconds = life.random.choice((25, 50, 90, 140, 200, 280, 420))
    for minute in (5, 10, 20):
        life.at(at + timedelta(minutes=minute), lambda when: emergencies.go_up(at=when))
    seen = at + timedelta(seconds=seconds)
    life.at(seen, lambda when: emergencies.notice(emergency=row, by=worker, at=when))
    life.at(
        seen + timedelta(minutes=25),
        lambda when: emergencies.settle(
            emergency=row,
            end=life.random.choice(
                (Emergency.End.HELPED, Emergency.End.OTHERS, Emergency.End.NOTHING)
            ),
            what="已到现场处置（虚构）",
            by=worker,
            at=when,
        ),
    )
