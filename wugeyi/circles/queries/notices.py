"""What a planner should know before believing a table, in both languages."""

from dataclasses import dataclass

from wugeyi.circles.adapter import Look
from wugeyi.circles.models import Circle
from wugeyi.circles.queries.inputs import Gathered
from wugeyi.places.models import Network

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Notice:
    """A finding to show: a code, a severity (error, warning, note), both languages."""

    code: str
    severity: str
    text_zh: str
    text_en: str
    lon: float | None = None
    lat: float | None = None


def notices(
    circle: Circle, gathered: Gathered, look: Look, newer: Network | None
) -> tuple[Notice, ...]:
    """Return what was noticed, the gravest first."""
    found = [
        *_streets(circle, newer),
        *_homes(gathered, look),
        *_facilities(gathered, look),
        *_template(circle, gathered),
    ]
    order = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(found, key=lambda each: order[each.severity]))


def _streets(circle: Circle, newer: Network | None) -> list[Notice]:
    found = []
    if newer is not None:
        found.append(
            Notice(
                "old_network",
                "warning",
                f"这个生活圈用的是旧路网（{circle.network.name}），"
                f"已有新的（{newer.name}），换用后重新评估。",
                f"This circle uses older streets ({circle.network.name}); newer ones "
                f"are there ({newer.name}). Use them and assess anew.",
            )
        )
    if circle.network.invented:
        found.append(
            Notice(
                "invented_network",
                "note",
                "路网里有为演示虚构的路，不是实测。",
                "The streets contain invented ways, for demonstration.",
            )
        )
    return found


def _homes(gathered: Gathered, look: Look) -> list[Notice]:
    homes = gathered.homes
    if not homes:
        return [
            Notice(
                "no_homes",
                "error",
                "还没有登记住户：先在“设施和住户”里导入住处、户数和人数。",
                "No homes are recorded yet: import homes with their residents first.",
            )
        ]
    found = []
    blank = sum(home.residents is None for home in homes)
    if blank:
        found.append(
            Notice(
                "homes_without_residents",
                "warning",
                f"{blank} 处住处没有登记人数，算作 0 人。",
                f"{blank} homes have no number of residents and count as 0 people.",
            )
        )
    away = look.unattached_homes
    if away:
        first = homes[min(away)]
        found.append(
            Notice(
                "homes_unattached",
                "warning",
                f"{len(away)} 处住处离路太远（如{first.name}），不知道走多久，"
                "列在“不清楚”。",
                f"{len(away)} homes lie too far from any way (such as {first.name}); "
                "they are counted as not known.",
                first.lon,
                first.lat,
            )
        )
    if look.shifted is not None:
        found.append(Notice("shifted", "warning", *look.shifted))
    return found


def _facilities(gathered: Gathered, look: Look) -> list[Notice]:
    found = []
    present = {facility.kind for facility in gathered.facilities}
    empty = [kind for kind in gathered.kinds if kind.code not in present]
    if empty:
        zh = "、".join(kind.name_zh for kind in empty)
        en = ", ".join(kind.name_en or kind.name_zh for kind in empty)
        found.append(
            Notice(
                "empty_kinds",
                "warning",
                f"走得到的范围里一处也没有登记：{zh}。是真没有，还是还没登记？",
                f"None is recorded within reach: {en}. Is there none, or was it not "
                "written down yet?",
            )
        )
    away = look.unattached_facilities
    if away:
        names = [gathered.facilities[at].name for at in sorted(away)[:MOST_NAMED]]
        first = gathered.facilities[min(away)]
        found.append(
            Notice(
                "facilities_unattached",
                "warning",
                f"{len(away)} 处设施离路太远，没有算进去：{'、'.join(names)}。",
                f"{len(away)} facilities lie too far from any way and are left out: "
                f"{', '.join(names)}.",
                first.lon,
                first.lat,
            )
        )
    return found


def _template(circle: Circle, gathered: Gathered) -> list[Notice]:
    if circle.template.verified and all(kind.verified for kind in gathered.kinds):
        return []
    return [
        Notice(
            "unverified_template",
            "note",
            f"设施清单“{circle.template.name_zh}”还没有和原文核对。",
            f"The list “{circle.template.name_en or circle.template.name_zh}” was not "
            "checked against its source.",
        )
    ]
