"""The invented line is looked at eighteen times, and talked over with growers."""

from datetime import datetime, timedelta
from itertools import groupby

from wugeyi.accounts.models import User
from wugeyi.branchwork.actions.suggestions import follow
from wugeyi.branchwork.rules.suggestions import State
from wugeyi.buslines.actions import surveys
from wugeyi.buslines.actions.records import change
from wugeyi.buslines.actions.suggestions import Said, suggest
from wugeyi.buslines.actions.surveys import Look, Seen
from wugeyi.buslines.models import Line, Spot, SurveyFinding
from wugeyi.buslines.rules.surveys import CATEGORIES
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.models import Case, Category
from wugeyi.demo import clock
from wugeyi.demo.busline.keys import key
from wugeyi.demo.busline.texts import CASES, SEEN, SUGGESTED
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.rules import Role, ancestors

SURVEYS = 18
FIRST_DAYS, EVERY_DAYS = 290, 14
PEOPLE = "党员 4 人，驾驶员 2 人"
VILLAGE = "520112105201"  # 下坝村(乌当)
SUGGESTED_DAYS = 280


def look(line: Line, spots: dict[str, Spot], *, by: User, until: datetime) -> None:
    """Survey the road, open cases for what is broken, mend most of it, listen."""
    seen = list(enumerate(SEEN))
    for number in range(SURVEYS):
        at = _at(until, FIRST_DAYS - EVERY_DAYS * number)
        survey = surveys.record(
            line=line,
            client_id=key(f"survey {number}"),
            look=Look(at.date(), people=PEOPLE),
            by=by,
            at=at,
        )
        place, (what, here, there, text) = seen[number]
        finding = surveys.find(
            survey=survey,
            client_id=key(f"finding {place}"),
            seen=Seen(
                what=what,
                spot=spots[_code(here)],
                to_spot=None if there is None else spots[_code(there)],
                text=text,
            ),
            by=by,
            at=at,
        )
        if place in CASES:
            _case(finding, by=by, at=at, mended=CASES[place], until=until)
    _listen(line, spots, by=by, until=until)
    for number in (0, 10, 13):
        spot = Spot.objects.get(pk=spots[_code(number)].pk)
        day = _at(until, 120)
        values = {"shelter": True}
        change(row=spot, values=values, on=day.date(), by=by, at=day)


def _code(stop: int) -> str:
    return f"S{stop + 1:02d}"


def _at(until: datetime, ago: int, hours: float = 2) -> datetime:
    return clock.office(until - timedelta(days=ago), hours)


def _case(
    finding: SurveyFinding, *, by: User, at: datetime, mended: bool, until: datetime
) -> None:
    """Open a case; whoever handles it answers, and somebody else looks."""
    ends = [finding.spot.name, *([finding.to_spot.name] if finding.to_spot else [])]
    case = surveys.open_case(
        finding=finding,
        text=f"虚构惠农专线 {'至'.join(ends)}：{finding.text}",
        category=Category.objects.get(code=CATEGORIES[finding.what]),
        place=Organisation.objects.get(code=VILLAGE),
        by=by,
        at=at,
    )
    if not mended or case.state != "assigned":
        return
    worker, checker = _holder(case.handler), _dispatcher(case.handler)
    if worker is None or checker is None:
        return
    _mend(case, worker, checker, at, until)


def _mend(
    case: Case, worker: User, checker: User, at: datetime, until: datetime
) -> None:
    case = handling.accept(case=case, by=worker, at=clock.office(at, 4))
    done = min(clock.office(at, 40), until)
    case = handling.answer(case=case, text="已经修好，请看现场。", by=worker, at=done)
    closing.call_back(
        case=case,
        method="check",
        result="resolved",
        text="到现场看过，修好了。",
        by=checker,
        at=min(clock.office(done, 6), until),
    )


def _holder(unit: Organisation) -> User | None:
    posts = Post.objects.filter(
        organisation=unit,
        valid_to=None,
        role__in=(Role.WORKER.value, Role.DEPARTMENT.value),
    ).select_related("person")
    post = posts.order_by("pk").first()
    return post.person if post else None


def _dispatcher(unit: Organisation) -> User | None:
    above = [*ancestors(unit.path), unit.path]
    posts = Post.objects.filter(
        organisation__path__in=above, valid_to=None, role=Role.DISPATCHER.value
    ).select_related("person")
    post = posts.order_by("-organisation__path").first()
    return post.person if post else None


def _listen(line: Line, spots: dict[str, Spot], *, by: User, until: datetime) -> None:
    """Write down what was suggested at four meetings, and what came of each."""
    told = list(enumerate(SUGGESTED))
    for meeting, group in groupby(told, key=lambda each: each[0] // 7):
        at = _at(until, SUGGESTED_DAYS - 45 * meeting, 3)
        for number, (text, stop, state, result) in group:
            row = suggest(
                line=line,
                client_id=key(f"suggestion {number}"),
                said=Said(
                    text=text,
                    made_on=at.date(),
                    spot=None if stop is None else spots[_code(stop)],
                ),
                by=by,
                at=at,
            )
            if row.suggestion.state != State.OPEN.value:
                continue
            later = clock.office(at, 8 * (10 + number % 12))
            follow(
                suggestion=row.suggestion,
                state=State(state),
                result=result,
                on=later.date(),
                by=by,
                at=later,
            )
