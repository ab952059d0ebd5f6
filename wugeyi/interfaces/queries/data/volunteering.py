"""What volunteering shows of itself: teams, what is coming, counted months; nobody named."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Model, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.data.headings import Heading
from wugeyi.interfaces.queries.data.rows import UNIT, day, found, moment, of_unit, whole
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Source, Value
from wugeyi.organisations.models import Organisation
from wugeyi.volunteering.models import (
    Activity,
    Deed,
    Emergency,
    Help,
    Hours,
    Team,
    Voice,
)
from wugeyi.volunteering.queries.months import SOLVED, Month

Place = tuple[int, int, int]
"""Year, month, and the key of an organisation: how months are ordered."""
COUNTED = (
    "needs",
    "needs_solved",
    "needs_ended",
    "reports",
    "reports_solved",
    "reports_ended",
    "helps",
    "helps_done",
    "publicity",
    "cleanups",
    "leaflets",
    "minutes",
    "emergencies",
    "emergencies_seen",
)


def _activities(asked: Asked) -> list[Found]:
    coming = Activity.objects.filter(ends_at__gt=timezone.now(), cancelled_at=None)
    return found(
        coming.select_related("organisation", "team"),
        asked,
        activity,
        unit="organisation_id",
    )


def activity(row: Activity, asked: Asked) -> list[Value]:
    """Return what everybody may read of an activity, in the order of the columns."""
    return [
        row.title,
        row.spot,
        moment(row.starts_at),
        moment(row.ends_at),
        row.team.name if row.team is not None else "",
        row.risk,
        *of_unit(row.organisation),
        asked.base + reverse("volunteering:place", args=[row.organisation.code]),
    ]


def _teams(asked: Asked) -> list[Found]:
    rows = Team.objects.filter(closed_on=None).select_related("organisation")
    return found(rows, asked, _team, unit="organisation_id")


def _team(row: Team, asked: Asked) -> list[Value]:
    return [
        row.name,
        row.name_en,
        row.partner,
        row.about,
        day(row.since),
        *of_unit(row.organisation),
        asked.base + reverse("volunteering:place", args=[row.organisation.code]),
    ]


def _read(key: str) -> tuple[Month, int]:
    """Read the key of a month's row; the beginning for anything else."""
    text, _mark, unit = key.partition("~")
    year, _dash, month = text.partition("-")
    if whole(year) in range(1, 9999) and whole(month) in range(1, 13):
        return Month(int(year), int(month)), whole(unit)
    return Month(1, 1), 0


def _months(asked: Asked) -> list[Found]:
    """Return counted months by month and organisation.

    A few months are counted at a time, and more of them where they hold little: what is
    read is what is shown, however many years lie behind it.
    """
    month, unit = _read(asked.after)
    sums: dict[Place, dict[str, int]] = defaultdict(dict)
    for span in _spans(max(month.first, _begin(asked.today))):
        for rows, on, what, names in _counts():
            inside = rows.filter(_inside(on, span), _later(on, month, unit))
            for place, values in _grouped(inside, on, what, asked.size):
                sums[place] |= dict(zip(names, values, strict=True))
        if len(sums) >= asked.size:
            break
    # Each count gave its first rows, so the first of all are whole.
    first = sorted(sums)[: asked.size]
    units = Organisation.objects.in_bulk({key for _year, _month, key in first})
    return [
        _counted(Month(*place[:2]), units[place[2]], sums[place], asked)
        for place in first
    ]


def _counts() -> list[
    tuple[QuerySet[Any], str, Mapping[str, Aggregate], tuple[str, ...]]
]:
    """Return what is counted: rows, their day, sums, and the columns these fill."""
    voice = {
        "n": Count("pk"),
        "solved": Count("pk", filter=Q(outcome__in=SOLVED)),
        "ended": Count("pk", filter=~Q(outcome="")),
    }
    need = Q(kind=Voice.Kind.NEED.value)
    publicity, cleanup = Q(kind="publicity"), Q(kind="cleanup")
    return [
        (Voice.objects.filter(need), "on", voice, COUNTED[0:3]),
        (Voice.objects.exclude(need), "on", voice, COUNTED[3:6]),
        (
            Help.objects.all(),
            "asked_on",
            {"n": Count("pk"), "done": Count("pk", filter=Q(state="confirmed"))},
            ("helps", "helps_done"),
        ),
        (
            Deed.objects.filter(withdrawn_at=None),
            "on",
            {
                "n": Count("pk", filter=publicity),
                "m": Count("pk", filter=cleanup),
                "sum": Sum("pieces"),
            },
            ("publicity", "cleanups", "leaflets"),
        ),
        (
            Hours.objects.filter(state=Hours.State.CONFIRMED.value),
            "on",
            {"n": Sum("minutes")},
            ("minutes",),
        ),
        (
            Emergency.objects.all(),
            "received_on",
            {"n": Count("pk"), "seen": Count("noticed_at")},
            ("emergencies", "emergencies_seen"),
        ),
    ]


def _begin(today: date) -> date:
    """Return the first day anything is counted on; five looks into an index."""
    days = [
        rows.order_by(on).values_list(on, flat=True).first()
        for rows, on in (
            (Voice.objects, "on"),
            (Help.objects, "asked_on"),
            (Deed.objects, "on"),
            (Hours.objects, "on"),
            (Emergency.objects, "received_on"),
        )
    ]
    return min((found for found in days if found is not None), default=today)


def _spans(begin: date) -> Iterator[tuple[date, date]]:
    """Divide all days from the month of ``begin``: one month, then longer and longer."""
    first = begin.replace(day=1)
    for months in (1, 3, 12, 48):
        end = Month(first.year, first.month)
        for _each in range(months):
            end = end.later
        yield first, end.first
        first = end.first
    yield first, date.max


def _inside(on: str, span: tuple[date, date]) -> Q:
    return Q(**{f"{on}__gte": span[0], f"{on}__lt": span[1]})


def _later(on: str, month: Month, unit: int) -> Q:
    return Q(**{f"{on}__gt": month.last}) | Q(organisation__gt=unit)


def _grouped(
    rows: QuerySet[Model], on: str, what: Mapping[str, Aggregate], size: int
) -> list[tuple[Place, list[int]]]:
    """Return sums by month and organisation in that order, the first ones; one query."""
    grouped = (
        rows.annotate(year_of=ExtractYear(on), month_of=ExtractMonth(on))
        .values("year_of", "month_of", "organisation")
        .annotate(**what)
        .order_by("year_of", "month_of", "organisation")
    )
    return [
        (
            (row["year_of"], row["month_of"], row["organisation"]),
            [row[name] or 0 for name in what],
        )
        for row in grouped[:size]
    ]


def _counted(
    month: Month, unit: Organisation, sums: Mapping[str, int], asked: Asked
) -> Found:
    page = reverse("volunteering:month", args=[unit.code])
    return Found(
        key=f"{month.text}~{unit.pk}",
        values=[
            month.text,
            *of_unit(unit),
            *(sums.get(name, 0) for name in COUNTED),
            month.last < asked.today,
            f"{asked.base}{page}?m={month.text}",
        ],
    )


def key_before(day: date) -> str:
    """Return the key behind which the rows of a day's month begin."""
    return f"{Month(day.year, day.month).text}~0"


ACTIVITIES = Source(
    code="activities",
    title=_("志愿活动"),
    about=_("各社区还没有结束的志愿活动，谁都可以报名。谁报了名不公开。"),
    columns=(
        Column("title", _("做什么")),
        Column("spot", _("在哪里")),
        Column("starts_at", _("几点开始"), Kind.MOMENT),
        Column("ends_at", _("几点结束"), Kind.MOMENT),
        Column("team", _("哪个队")),
        Column("risk", _("可能有人身危险，已经上了保险"), Kind.YES_NO),
        *UNIT,
        Column("page", _("在这里报名"), Kind.LINK),
    ),
    rows=_activities,
    group=Heading.PEOPLE,
)
TEAMS = Source(
    code="volunteer-teams",
    title=_("五闪志愿队"),
    about=_("各社区的志愿队。队里有谁不公开。"),
    columns=(
        Column("name", _("队名")),
        Column("name_en", _("英文队名")),
        Column("partner", _("共建单位")),
        Column("about", _("做什么")),
        Column("since", _("哪天成立"), Kind.DAY),
        *UNIT,
        Column("page", _("它的页面"), Kind.LINK),
    ),
    rows=_teams,
    group=Heading.PEOPLE,
)
MONTHS = Source(
    code="volunteering-months",
    title=_("志愿服务每月做了什么"),
    about=_(
        "每个单位自己的，一个月一行；下面各级的在它们自己的行里。诉求算在提出的那个月，"
        "结果看今天。"
    ),
    columns=(
        Column("month", _("哪个月，例如 2026-03")),
        *UNIT,
        Column("needs", _("骑手的诉求和建议"), Kind.WHOLE),
        Column("needs_solved", _("其中已解决"), Kind.WHOLE),
        Column("needs_ended", _("其中已办结，解决和没有解决的都算"), Kind.WHOLE),
        Column("reports", _("闪拍报的事"), Kind.WHOLE),
        Column("reports_solved", _("其中已解决"), Kind.WHOLE),
        Column("reports_ended", _("其中已办结，解决和没有解决的都算"), Kind.WHOLE),
        Column("helps", _("请人帮的忙"), Kind.WHOLE),
        Column("helps_done", _("其中帮好了"), Kind.WHOLE),
        Column("publicity", _("闪宣次数"), Kind.WHOLE),
        Column("cleanups", _("闪除次数"), Kind.WHOLE),
        Column("leaflets", _("发放材料，份"), Kind.WHOLE),
        Column("minutes", _("确认过的服务时长，分钟"), Kind.WHOLE),
        Column("emergencies", _("闪报"), Kind.WHOLE),
        Column("emergencies_seen", _("其中值班的人看到了"), Kind.WHOLE),
        Column("complete", _("这个月已经过完"), Kind.YES_NO),
        Column("page", _("这个月的页面"), Kind.LINK),
    ),
    rows=_months,
    group=Heading.PEOPLE,
)
