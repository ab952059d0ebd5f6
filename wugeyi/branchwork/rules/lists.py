"""Lists people already keep: which columns mean what, and what a row says.

Words of topics and units are looked up later (``queries.lists``); here a cell becomes a
day, a number, one of a few words, or a text, or else a finding says how to mend it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wugeyi.imports.dates import is_month_only, read_day
from wugeyi.imports.rules import (
    Finding,
    Table,
    error,
    info,
    looks_like_formula,
    warning,
)

MOST_ROWS = 2_000
MOST_PEOPLE = 100_000
EARLIEST = date(1949, 1, 1)
YES = frozenset(
    {"是", "有", "对", "√", "✓", "1", "yes", "y", "true", "外出", "业务骨干"}
)
NO = frozenset({"", "否", "无", "不是", "×", "0", "no", "n", "false", "本地", "-"})


class Shape(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    FLAG = "flag"
    WORD = "word"
    UNIT = "unit"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the names it goes by, and how its cells are read."""

    name: str
    aliases: tuple[str, ...]
    shape: Shape = Shape.TEXT
    needed: bool = False
    most: int = 1000
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    default: object = ""

    @property
    def title(self) -> str:
        """Return the header the template carries."""
        return self.aliases[0]


UNIT = Column(
    "unit", ("支部", "党支部", "单位", "所属支部", "组织", "科室"), Shape.UNIT
)
ADOPTED = {
    "yes": ("是", "采纳", "已采纳", "全部采纳", "同意"),
    "partly": ("部分采纳", "部分", "基本采纳"),
    "no": ("否", "未采纳", "没有采纳", "不采纳"),
    "pending": ("", "待定", "还没有定", "研究中"),
}
FROM = {
    "members": ("党员", "党员大会", "党员代表"),
    "staff": ("职工", "员工", "医务人员", "职工群众"),
    "residents": ("居民群众", "居民", "群众", "村民"),
    "reps": ("居民或村民代表", "居民代表", "村民代表", "代表"),
    "partners": ("共建单位", "物业", "辖区单位", "驻区单位"),
    "riders": ("新就业群体", "骑手", "快递员", "外卖员", "司机"),
    "branch": ("支部自己", "支部", "党支部", ""),
}
STATES = {
    "open": ("", "待研究", "未办", "研究中"),
    "adopted": ("已采纳，待落实", "已采纳", "采纳", "落实中", "办理中"),
    "declined": ("没有采纳", "未采纳", "不采纳"),
    "done": ("已落实", "落实", "已办结", "办结", "完成", "已完成"),
}
LEADS = {
    "clinical": ("临床科室", "临床", "内科", "外科"),
    "medical_technical": ("医技科室", "医技"),
    "administrative": ("行政后勤", "行政", "后勤", "机关", "职能"),
    "other": ("", "其他", "其它"),
}
POSTS = {
    "vanguard": ("党员先锋岗", "先锋岗", "先锋"),
    "demonstration": ("党员示范岗", "示范岗", "示范"),
}

LISTS: dict[str, tuple[Column, ...]] = {
    "posts": (
        Column("kind", ("岗位类型", "类型", "类别"), Shape.WORD, needed=True, words=POSTS),
        Column("name", ("岗位名称", "岗位", "名称", "地点", "窗口"), needed=True, most=80),
        Column("valid_from", ("设立日期", "设立时间", "创建日期", "起始日期", "日期"), Shape.DAY, needed=True),
        Column("valid_to", ("撤销日期", "停用日期", "终止日期"), Shape.DAY),
        UNIT,
    ),
    "trainings": (
        Column("topic", ("培训内容", "培训主题", "主题", "内容", "课程", "培训名称"), needed=True, most=120),
        Column("on", ("培训日期", "开始日期", "日期", "时间"), Shape.DAY, needed=True),
        Column("days", ("天数", "培训天数"), Shape.COUNT, default=1),
        Column("outside", ("外出培训", "是否外出", "外出"), Shape.FLAG),
        Column("secretaries", ("书记人次", "支部书记人次", "书记"), Shape.COUNT, default=0),
        Column("others", ("其他人次", "其他人员人次", "其他"), Shape.COUNT, default=0),
        UNIT,
    ),
    "decisions": (
        Column("topic", ("议题类别", "类别", "议题类型", "分类"), Shape.TOPIC, needed=True),
        Column("held_on", ("议事日期", "会议日期", "日期", "时间"), Shape.DAY, needed=True),
        Column("matter", ("议题", "事项", "议什么事", "内容", "议题内容"), needed=True),
        Column("opinion", ("支部意见", "意见", "意见建议")),
        Column("adopted", ("是否采纳", "采纳情况", "采纳"), Shape.WORD, words=ADOPTED, default="pending"),
        Column("outcome", ("落实情况", "结果", "后来怎样", "成效")),
        Column("outcome_on", ("落实日期", "结果日期"), Shape.DAY),
        UNIT,
    ),
    "suggestions": (
        Column("text", ("建议内容", "意见建议", "建议", "内容"), needed=True),
        Column("made_on", ("提出日期", "日期", "时间", "提出时间"), Shape.DAY, needed=True),
        Column("kind", ("提出人类别", "谁提的", "来源", "提出人"), Shape.WORD, words=FROM, default="branch"),
        Column("state", ("办理状态", "状态", "落实情况", "采纳情况"), Shape.WORD, words=STATES, default="open"),
        Column("result", ("办理结果", "结果", "答复")),
        Column("ended_on", ("办结日期", "落实日期", "答复日期"), Shape.DAY),
        UNIT,
    ),
    "terms": (
        Column("person", ("书记姓名", "姓名", "支部书记", "书记"), needed=True, most=40),
        Column("valid_from", ("任职日期", "任职时间", "起始日期", "任职起"), Shape.DAY, needed=True),
        Column("valid_to", ("离任日期", "免职日期", "终止日期", "任职止"), Shape.DAY),
        Column("role", ("业务职务", "职称", "职务", "业务职务或职称"), most=80),
        Column("backbone", ("业务骨干", "是否业务骨干", "双带头人"), Shape.FLAG),
        Column("leads_unit", ("科室类别", "支部所在", "科室类型"), Shape.WORD, words=LEADS, default="other"),
        UNIT,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A row that could be read: values by column, the unit and topic still as words."""

    line: int
    values: Mapping[str, object]
    unit: str = ""
    topic: str = ""


def aliases(kind: str) -> dict[str, tuple[str, ...]]:
    """Return by column the headers it goes by."""
    return {column.name: column.aliases for column in LISTS[kind]}


def lines(
    kind: str, table: Table, columns: Mapping[str, int], *, today: date
) -> tuple[list[Line], list[Finding]]:
    """Read the rows of a list; a row with an error is left out and says why."""
    if len(table.rows) > MOST_ROWS:
        rows = str(len(table.rows))
        return [], [error(0, "too_many_rows", rows, other=MOST_ROWS)]
    missing = [
        error(0, "missing_column", each.title, other="、".join(each.aliases))
        for each in LISTS[kind]
        if each.needed and each.name not in columns
    ]
    if missing:
        return [], missing
    findings: list[Finding] = []
    found: list[Line] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in table.rows:
        line = _line(kind, number, cells, columns, today, findings)
        if line is None:
            continue
        key = (line.unit, line.topic, *sorted(map(str, line.values.items())))
        if key in seen:
            findings.append(warning(number, "row_twice", other_line=seen[key]))
            continue
        seen[key] = number
        found.append(line)
    return found, findings


def _line(
    kind: str,
    number: int,
    cells: Sequence[str],
    columns: Mapping[str, int],
    today: date,
    findings: list[Finding],
) -> Line | None:
    values: dict[str, object] = {}
    own: list[Finding] = []
    for column in LISTS[kind]:
        place = columns.get(column.name)
        text = cells[place].strip() if place is not None and place < len(cells) else ""
        values[column.name] = _cell(column, number, text, today, own)
    own += _together(kind, number, values)
    findings += own
    if any(each.severity == "error" for each in own):
        return None
    unit = str(values.pop("unit", ""))
    topic = str(values.pop("topic")) if kind == "decisions" else ""
    return Line(number, values, unit, topic)


def _cell(
    column: Column, line: int, text: str, today: date, own: list[Finding]
) -> object:
    if not text and column.needed:
        own.append(error(line, "empty_cell", column.title))
        return None
    if looks_like_formula(text) and column.shape is Shape.TEXT:
        own.append(error(line, "formula", text))
        return None
    return READERS[column.shape](column, line, text, today, own)


def _text(c: Column, line: int, text: str, today: date, own: list[Finding]) -> object:
    if len(text) > c.most:
        own.append(error(line, "long_cell", c.title, other=c.most))
    return text


def _day(c: Column, line: int, text: str, today: date, own: list[Finding]) -> object:
    if not text:
        return None
    day = read_day(text)
    if day is None or day < EARLIEST:
        own.append(error(line, "unread_day", text, other=c.title))
    elif day > today:
        own.append(error(line, "future_day", text, other=c.title))
    elif is_month_only(text):
        own.append(info(line, "only_month", text, other=day.isoformat()))
    return day


def _count(c: Column, line: int, text: str, today: date, own: list[Finding]) -> object:
    if not text:
        return c.default
    found = re.fullmatch(r"(\d{1,6})(?:\.0+)?\s*(?:天|人次|人|名|个|次)?", text)
    if found is None or int(found[1]) > MOST_PEOPLE:
        own.append(error(line, "unread_count", text, other=c.title))
        return None
    return int(found[1])


def _flag(c: Column, line: int, text: str, today: date, own: list[Finding]) -> object:
    plain = text.lower()
    if plain not in YES | NO:
        own.append(error(line, "unread_flag", text, other=c.title))
    return plain in YES


def _word(c: Column, line: int, text: str, today: date, own: list[Finding]) -> object:
    if not text:
        return c.default
    for code, words in c.words.items():
        if text == code or text in words:
            return code
    offered = "、".join(words[0] or words[1] for words in c.words.values())
    own.append(error(line, "unknown_word", text, other=offered))
    return None


Reader = Callable[[Column, int, str, date, list[Finding]], object]
READERS: dict[Shape, Reader] = {
    Shape.TEXT: _text,
    Shape.DAY: _day,
    Shape.COUNT: _count,
    Shape.FLAG: _flag,
    Shape.WORD: _word,
    Shape.UNIT: _text,
    Shape.TOPIC: _text,
}


def _together(kind: str, line: int, values: dict[str, object]) -> list[Finding]:
    """Hold the cells of a row against each other, filling what follows from others."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if isinstance(first, date) and isinstance(last, date) and last <= first:
        return [error(line, "ends_before", str(last), other=str(first))]
    if kind == "trainings" and values.get("days") == 0:
        return [error(line, "unread_count", "0", other="天数")]
    if kind == "decisions":
        return _outcome(line, values)
    return _ending(line, values) if kind == "suggestions" else []


def _outcome(line: int, values: dict[str, object]) -> list[Finding]:
    on, held = values.get("outcome_on"), values.get("held_on")
    if not values.get("outcome"):
        values["outcome_on"] = None
        return []
    if on is None:
        values["outcome_on"] = held
    elif isinstance(on, date) and isinstance(held, date) and on < held:
        return [error(line, "ends_before", str(on), other=str(held))]
    return []


def _ending(line: int, values: dict[str, object]) -> list[Finding]:
    made, ended = values.get("made_on"), values.get("ended_on")
    if values.get("state") in {"open", "adopted"}:
        values["ended_on"] = None
        values["decided_on"] = made if values.get("state") == "adopted" else None
        return []
    if ended is None and isinstance(made, date):
        ended = made
        values["ended_on"] = made
    values["decided_on"] = ended
    if isinstance(ended, date) and isinstance(made, date) and ended < made:
        return [error(line, "ends_before", str(ended), other=str(made))]
    return []
