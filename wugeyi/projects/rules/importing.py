"""Lists people keep of projects, technologies and grants: columns, rows, findings.

A list never asks for a person's name, and one that has such a column loses it here.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wugeyi.imports.dates import is_month_only, read_day
from wugeyi.imports.rules import (
    Finding,
    Table,
    error,
    guess_columns,
    info,
    looks_like_formula,
    warning,
)
from wugeyi.projects.rules.money import NotMoney, read_fen
from wugeyi.projects.rules.states import State

MOST_ROWS = 2_000
TITLE = 120
NUMBER = 60

KINDS: dict[str, tuple[str, ...]] = {
    "line": ("便民线路", "线路", "公交线路", "惠农专线", "line"),
    "link": ("通道、桥、梯道", "通道", "桥", "便民通道", "梯道", "连心桥", "link"),
    "technology": ("新医疗技术", "新技术", "医疗技术", "technology"),
    "research": ("科研立项", "科研", "课题", "科研项目", "research"),
    "company": ("“1+1”公司", "1+1公司", "1+1", "混合所有制", "公司", "company"),
    "fund": ("专项资金", "专项", "专款", "fund"),
    "tourism": ("旅游", "农旅", "观光", "研学", "tourism"),
    "farming": ("种植养殖", "种植", "养殖", "产业", "farming"),
    "other": ("其他", "其它", "other"),
}
LEVELS: dict[str, tuple[str, ...]] = {
    "national": ("国家级", "国家", "国家自然科学基金", "national"),
    "provincial": ("省级", "省部级", "省", "省科技厅", "provincial"),
    "city": ("市级", "市厅级", "市", "地厅级", "city"),
    "county": ("区县级", "县级", "区级", "county"),
    "own": ("本单位", "院级", "院内", "校级", "own"),
}
STATES: dict[State, tuple[str, ...]] = {
    State.PLANNED: ("计划中", "计划", "未开始", "拟建", "planned"),
    State.RUNNING: ("进行中", "在研", "在建", "在办", "实施中", "running"),
    State.DONE: ("已完成", "完成", "结题", "完工", "已结题", "竣工", "done"),
    State.STOPPED: ("已停止", "停止", "中止", "终止", "暂停", "stopped"),
    State.FAILED: ("未成功", "失败", "failed"),
}
_KIND = {word: key for key, words in KINDS.items() for word in words}
_LEVEL = {word: key for key, words in LEVELS.items() for word in words}
_STATE = {word: key for key, words in STATES.items() for word in words}

TITLES = ("项目名称", "名称", "课题名称", "技术名称", "新技术名称", "项目", "题目")
UNITS = ("单位代码", "单位", "科室", "所属单位", "承担单位", "实施单位", "支部", "部门")
DAYS = (
    "开始日期",
    "立项日期",
    "立项时间",
    "开展日期",
    "开展时间",
    "首次开展日期",
    "启动日期",
    "批准日期",
    "日期",
    "时间",
)
PERSONS = ("负责人", "项目负责人", "主持人", "姓名", "联系人", "电话", "身份证号")


@dataclass(frozen=True, slots=True)
class Form:
    """A sort of list: its columns by the words headers usually carry."""

    code: str
    # The kind of every row; "": a column says.
    kind: str
    columns: Mapping[str, Sequence[str]]


FORMS: dict[str, Form] = {
    form.code: form
    for form in (
        Form(
            "projects",
            "",
            {
                "title": TITLES,
                "kind": ("类别", "项目类别", "类型", "项目类型", "种类"),
                "unit": UNITS,
                "day": DAYS,
                "state": ("状态", "进度", "进展", "项目状态"),
                "ended": ("结束日期", "完成日期", "竣工日期", "完工日期"),
                "reason": ("原因", "停止原因", "失败原因", "备注"),
                "goal": ("目标", "建设内容", "目标任务", "绩效目标"),
                "number": ("编号", "项目编号", "文号", "批复文号"),
                "level": ("级别", "项目级别"),
                "budget_wan": ("预算(万元)", "预算万元", "总投资(万元)", "资金(万元)"),
                "budget": ("预算(元)", "预算", "预算金额", "资金", "总投资"),
            },
        ),
        Form(
            "technologies",
            "technology",
            {
                "title": TITLES,
                "unit": UNITS,
                "day": DAYS,
                "number": ("编号", "备案号", "项目编号"),
                "level": ("级别", "技术级别"),
                "goal": ("说明", "用途", "适应症", "技术内容", "目标"),
                "state": ("状态", "进展"),
            },
        ),
        Form(
            "grants",
            "research",
            {
                "title": TITLES,
                "number": (
                    "立项编号",
                    "项目编号",
                    "课题编号",
                    "编号",
                    "合同号",
                    "批准号",
                ),
                "level": ("级别", "项目级别", "课题级别", "项目来源", "来源"),
                "unit": UNITS,
                "day": DAYS,
                "state": ("状态", "进展", "是否结题"),
                "ended": ("结题日期", "结题时间", "完成日期"),
                "budget_wan": (
                    "经费(万元)",
                    "经费万元",
                    "资助金额(万元)",
                    "资助经费(万元)",
                ),
                "budget": ("经费(元)", "经费", "资助金额", "资助经费"),
                "goal": ("研究内容", "目标", "研究目标"),
            },
        ),
    )
}
NEEDED = ("title", "day")


@dataclass(frozen=True, slots=True)
class Line:
    """One row, as far as it could be read. ``unit`` "": the unit the list is for."""

    line: int
    title: str
    kind: str
    unit: str
    day: date
    state: State
    ended: date | None = None
    reason: str = ""
    goal: str = ""
    number: str = ""
    level: str = ""
    budget_fen: int = 0


@dataclass(slots=True)
class Row:
    """A row being read, with what was noticed in it."""

    line: int
    cells: Mapping[str, str]
    found: list[Finding] = field(default_factory=list)
    fault: bool = False

    def text(self, name: str, most: int) -> str:
        """Return a cell's text, cut where it is too long; formulas are refused."""
        text = " ".join(self.cells.get(name, "").split())
        if looks_like_formula(text):
            self.refuse("formula", text)
            return ""
        if len(text) > most:
            self.found.append(warning(self.line, "too_long", text, other=most))
        return text[:most]

    def refuse(self, code: str, value: str = "", other: str | int = "") -> None:
        """Keep the row out."""
        self.fault = True
        self.found.append(error(self.line, code, value, other=other))

    def day(self, name: str) -> date | None:
        """Return a cell's day; what is no day is told."""
        typed = self.cells.get(name, "").strip()
        if not typed:
            return None
        day = read_day(typed)
        if day is None:
            self.refuse("no_day", typed)
        elif is_month_only(typed):
            self.found.append(info(self.line, "month_only", typed))
        return day

    def word(self, name: str, words: Mapping[str, str], code: str) -> str:
        """Return what a cell's word means, "" for none or an unknown one."""
        typed = self.text(name, 60)
        if not typed:
            return ""
        meant = words.get(typed)
        if meant is None:
            self.found.append(warning(self.line, code, typed))
        return meant or ""


def columns_of(form: Form, header: Sequence[str]) -> dict[str, int]:
    """Return which column holds what.

    A bracket tells units apart ("经费(万元)" from "经费"), so money is looked at first,
    with its bracket; everything else without.
    """
    exact = {" ".join(title.split()).strip("*"): n for n, title in enumerate(header)}
    exact = {
        key.replace("（", "(").replace("）", ")"): n
        for key, n in reversed(exact.items())
    }
    money = {
        name: exact[word]
        for name in ("budget_wan", "budget")
        for word in form.columns.get(name, ())
        if word in exact
    }
    rest = {k: v for k, v in form.columns.items() if k not in {"budget_wan", "budget"}}
    masked = ["" if n in money.values() else title for n, title in enumerate(header)]
    return {**guess_columns(masked, rest), **money}


def read_lines(
    form: Form, table: Table, columns: Mapping[str, int], *, today: date
) -> tuple[list[Line], list[Finding]]:
    """Read the rows of a list; a row with an error is left out and told.

    Returns
    -------
    tuple
        The rows in the order of the file, and what was found.
    """
    findings = _whole(form, table, columns)
    if any(each.line == 0 and each.severity == "error" for each in findings):
        return [], findings
    lines: list[Line] = []
    first: dict[str, int] = {}
    for number, cells in table.rows:
        row = Row(
            number,
            {k: cells[n] for k, n in columns.items() if n < len(cells)},
        )
        line = _line(form, row, today)
        findings += row.found
        if line is None:
            continue
        key = identity_of(
            kind=line.kind,
            number=line.number,
            title=line.title,
            started_on=line.day,
            organisation=line.unit,
        )
        if key in first:
            findings.append(warning(number, "twice", line.title, other_line=first[key]))
            continue
        first[key] = number
        lines.append(line)
    return lines, findings


def _whole(form: Form, table: Table, columns: Mapping[str, int]) -> list[Finding]:
    """Look at the file as a whole."""
    findings = []
    if len(table.rows) > MOST_ROWS:
        findings.append(
            error(0, "too_many_rows", str(len(table.rows)), other=MOST_ROWS)
        )
    for name in NEEDED:
        if name not in columns:
            words = form.columns[name]
            findings.append(
                error(0, "missing_column", words[0], other="、".join(words[:6]))
            )
    findings += [
        info(0, "person_left_out", title)
        for title in table.header
        if title.strip("* ") in PERSONS
    ]
    return findings


def _line(form: Form, row: Row, today: date) -> Line | None:
    title = row.text("title", TITLE)
    if not title and not row.fault:
        row.refuse("no_title")
    day = row.day("day")
    if day is None and not row.fault:
        row.refuse("no_day")
    elif day is not None and day > today:
        row.found.append(warning(row.line, "future", row.cells.get("day", "")))
    kind = form.kind or row.word("kind", _KIND, "unknown_kind") or "other"
    budget_fen = _money(row)
    ended = row.day("ended")
    state = _state(row, ended)
    reason = row.text("reason", 500)
    if state in {State.STOPPED, State.FAILED} and not reason:
        row.refuse("no_reason", title)
    if day is not None and ended is not None and ended < day:
        row.refuse("ends_before", title)
    if row.fault or day is None:
        return None
    line = Line(
        line=row.line,
        title=title,
        kind=kind,
        unit=row.text("unit", 80),
        day=day,
        state=state,
        ended=ended,
        reason=reason if state in {State.STOPPED, State.FAILED} else "",
        goal=row.text("goal", 2000),
        number=row.text("number", NUMBER),
        level=row.word("level", _LEVEL, "unknown_level"),
        budget_fen=budget_fen,
    )
    # A formula in one of the cells read last keeps the row out as well.
    return None if row.fault else line


def _state(row: Row, ended: date | None) -> State:
    typed = row.text("state", 60)
    meant = _STATE.get(typed)
    if typed and meant is None:
        row.found.append(warning(row.line, "unknown_state", typed))
    if meant is None:
        return State.DONE if ended is not None else State.RUNNING
    return meant


def _money(row: Row) -> int:
    for name, unit in (("budget_wan", "万元"), ("budget", "元")):
        typed = row.cells.get(name, "").strip()
        if not typed:
            continue
        try:
            fen = read_fen(typed, unit=unit)
        except NotMoney:
            row.refuse("no_money", typed)
            return 0
        if fen < 0:
            row.refuse("no_money", typed)
            return 0
        return fen
    return 0


def identity_of(
    *, kind: str, number: str, title: str, started_on: date, organisation: str
) -> str:
    """Return what makes two records the same project.

    A number if there is one (a grant's, an approval's); otherwise its name, its day
    and its organisation.
    """
    if number.strip():
        parts = [kind, "number", "".join(number.split()).lower()]
    else:
        parts = [
            kind,
            "name",
            "".join(title.split()).lower(),
            started_on.isoformat(),
            organisation,
        ]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
