"""Orders that the 12345 hotline transfers as a table: columns, rows, what is wrong with one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from wugeyi.casework.rules.intake import SPOT_LIMIT, TEXT_LIMIT, clean, clean_line
from wugeyi.imports.rules import Finding, Table, error, info, warning

ZONE = ZoneInfo("Asia/Shanghai")
MOST_ROWS = 500
# Clocks differ by minutes: only what lies further ahead is called the future.
AHEAD = timedelta(minutes=10)

ALIASES: dict[str, tuple[str, ...]] = {
    "number": ("工单编号", "工单号", "编号", "受理编号", "来电编号"),
    "text": ("诉求内容", "工单内容", "内容", "诉求", "主要内容", "来电内容"),
    "category": ("类别", "诉求类别", "工单类别", "内容分类", "分类"),
    "place": ("社区", "所属社区", "村社区", "村居", "地址", "诉求地址", "地点"),
    "spot": ("具体位置", "详细地址", "事发地址", "位置"),
    "name": ("联系人", "诉求人", "来电人", "姓名", "称呼"),
    "phone": ("联系电话", "电话", "来电号码", "手机"),
    "accepted": ("受理时间", "来电时间", "登记时间", "创建时间", "派单时间"),
    "due": ("办理时限", "办结时限", "截止时间", "到期时间", "要求办结时间"),
    "urgency": ("紧急程度", "缓急", "等级", "优先级"),
}
NEEDED = ("number", "text")
URGENCIES = {
    "urgent": ("紧急", "特急", "急", "非常紧急"),
    "timely": ("及时", "加急", "较急"),
    "general": ("", "一般", "普通", "正常", "平件"),
    "complex": ("复杂", "疑难", "疑难复杂"),
}
_URGENCY = {word: key for key, words in URGENCIES.items() for word in words}
_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
)


@dataclass(frozen=True, slots=True)
class Order:
    """One order, as far as it could be read. Times are aware."""

    line: int
    number: str
    text: str
    category: str
    place: str
    spot: str
    name: str
    phone: str
    accepted: datetime | None
    due: datetime | None
    urgency: str


def moment(text: str) -> datetime | None:
    """Read a time as tables write it, in China's time; None if it is none.

    >>> moment("2026/3/18 9:05").isoformat()
    '2026-03-18T09:05:00+08:00'
    """
    plain = re.sub(r"[/.]", "-", text.strip()).replace("T", " ")
    plain = re.sub(r"(?<=:\d\d)-\d+\Z", "", plain)
    for form in _FORMATS:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=ZONE)
        except ValueError:
            continue
    return None


def orders(
    table: Table, columns: Mapping[str, int], *, now: datetime
) -> tuple[list[Order], list[Finding]]:
    """Read the rows of a table; a row with an error is left out.

    Returns
    -------
    tuple
        The orders in the order of the file, and what was found.
    """
    findings: list[Finding] = []
    found: list[Order] = []
    first: dict[str, int] = {}
    if len(table.rows) > MOST_ROWS:
        findings.append(
            error(0, "too_many_rows", str(len(table.rows)), other=MOST_ROWS)
        )
        return [], findings
    for line, row in table.rows:
        order = _order(line, row, columns, now, findings)
        if order is None:
            continue
        if order.number in first:
            findings.append(
                warning(
                    line, "number_twice", order.number, other_line=first[order.number]
                )
            )
            continue
        first[order.number] = line
        found.append(order)
    return found, findings


def _order(
    line: int,
    row: list[str],
    columns: Mapping[str, int],
    now: datetime,
    findings: list[Finding],
) -> Order | None:
    def value(name: str) -> str:
        place = columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    number = clean_line(value("number"))
    text = clean(value("text"))
    if not number or len(number) > 60:
        findings.append(error(line, "no_number", number[:60]))
        return None
    if not text:
        findings.append(error(line, "no_text", number))
        return None
    if len(text) > TEXT_LIMIT:
        findings.append(error(line, "long_text", number, other=len(text)))
        return None
    accepted = _time(line, "accepted", value("accepted"), findings)
    if accepted is not None and accepted > now + AHEAD:
        findings.append(warning(line, "future", number, other=value("accepted")))
        accepted = None
    word = clean_line(value("urgency"))
    urgency = _URGENCY.get(word)
    if urgency is None:
        findings.append(info(line, "unknown_urgency", word))
    return Order(
        line=line,
        number=number,
        text=text,
        category=clean_line(value("category")),
        place=clean_line(value("place")),
        spot=clean_line(value("spot"))[:SPOT_LIMIT],
        name=clean_line(value("name"))[:40],
        phone=clean_line(value("phone"))[:30],
        accepted=accepted,
        due=_time(line, "due", value("due"), findings),
        urgency=urgency or "general",
    )


def _time(line: int, name: str, text: str, findings: list[Finding]) -> datetime | None:
    if not text.strip():
        return None
    found = moment(text)
    if found is None:
        findings.append(info(line, f"unread_{name}", text))
    return found
