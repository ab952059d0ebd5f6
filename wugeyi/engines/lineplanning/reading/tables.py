"""The tables of a case: files, columns, what a cell holds, what an empty one means."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "decimal", "time", "date", "yes"]
Default = str | int | None


class _Needed:
    """Marks a cell that may not be empty."""


NEEDED = _Needed()


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    name, title
        English, as in the records, and Chinese.
    empty
        What an empty cell means; ``NEEDED`` where there must be something.
    """

    name: str
    title: str
    kind: Kind = "text"
    empty: Default | _Needed = NEEDED


@dataclass(frozen=True, slots=True)
class Table:
    """One file.

    Parameters
    ----------
    needed
        Whether the file must be there.
    """

    file: str
    columns: tuple[Column, ...]
    needed: bool = True


CODE = Column("code", "编号")
NAME = Column("name", "名称", empty="")
DATED = (
    Column("valid_from", "起用日期", "date", None),
    Column("valid_until", "停用日期", "date", None),
)
"""Any table may have these: a row holds from a day (included) to a day (not)."""
APART = (
    Column("hard_minutes", "与常规车至少错开分钟", "number", None),
    Column("soft_minutes", "少于此分钟要付代价", "number", None),
    Column("price_fen", "每少一分钟代价(分)", "number", None),
)
WHERE = (
    Column("lat", "纬度", "decimal", None),
    Column("lon", "经度", "decimal", None),
)
TABLES = {
    "stops": Table(
        "stops.csv",
        (
            CODE,
            NAME,
            Column("longest_cm", "限车长(厘米)", "number", None),
            *APART,
            *WHERE,
        ),
    ),
    "markets": Table(
        "markets.csv",
        (
            CODE,
            NAME,
            Column("opens_minute", "开始进车", "time", 0),
            Column("closes_minute", "停止进车", "time", 2879),
            *APART,
            *WHERE,
        ),
    ),
    "depots": Table("depots.csv", (CODE, NAME, *WHERE)),
    "ways": Table(
        "ways.csv",
        (
            Column("here", "从"),
            Column("there", "到"),
            Column("minutes", "分钟", "number"),
            Column("metres", "米", "number"),
        ),
    ),
    "vehicles": Table(
        "vehicles.csv",
        (
            CODE,
            NAME,
            Column("depot", "车场"),
            Column("count", "辆数", "number"),
            Column("seats", "载客", "number"),
            Column("basket_places", "筐位", "number"),
            Column("length_cm", "车长(厘米)", "number"),
            Column("cost_fen_per_km", "每公里成本(分)", "number"),
            Column("fixed_fen", "出车成本(分)", "number"),
            Column("floor_dm2", "共用地板(平方分米)", "number", 0),
            Column("from_minute", "最早出场", "time", 0),
            Column("until_minute", "最晚回场", "time", 2879),
        ),
    ),
    "regular_duties": Table(
        "regular_duties.csv",
        (
            CODE,
            NAME,
            Column("vehicle", "车"),
            Column("number", "第几辆", "number", 1),
            Column("starts_minute", "开始", "time"),
            Column("starts_at", "起点"),
            Column("ends_minute", "结束", "time"),
            Column("ends_at", "终点"),
            Column("same_driver", "同一驾驶员", "yes", empty=False),
        ),
        needed=False,
    ),
    "requests": Table(
        "requests.csv",
        (
            CODE,
            NAME,
            Column("stop", "上车站"),
            Column("market", "市场"),
            Column("persons", "人数", "number"),
            Column("baskets", "筐数", "number"),
            Column("earliest_minute", "最早到达", "time"),
            Column("latest_minute", "最晚到达", "time"),
            Column("home", "回程", "yes", empty=False),
        ),
    ),
    "departures": Table(
        "departures.csv",
        (
            Column("place", "站点"),
            Column("minute", "时刻", "time"),
            Column("line", "线路", empty=""),
        ),
        needed=False,
    ),
    "rules": Table(
        "rules.csv",
        (Column("rule", "规则"), Column("number", "数值", "number")),
        needed=False,
    ),
}
RULE_TITLES = {
    "ride_limit_minutes": "最长乘车分钟",
    "stops_limit": "每班最多停站",
    "call_minutes": "每批上车分钟",
    "baskets_per_minute": "每分钟装筐",
    "turnaround_minutes": "市场停留分钟",
    "person_dm2": "每人占地板(平方分米)",
    "basket_dm2": "每筐占地板(平方分米)",
    "person_fen": "每人价值(分)",
    "basket_fen": "每筐价值(分)",
    "hard_minutes": "与常规车至少错开分钟",
    "soft_minutes": "少于此分钟要付代价",
    "price_fen": "每少一分钟代价(分)",
}
