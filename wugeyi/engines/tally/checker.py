"""What is wrong with definitions: as data, in two languages, with what to do.

Every text of SQL is parsed; only what SQLite, PostgreSQL, DuckDB and Spark read alike is
let through. Nothing is run.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from wugeyi.engines.tally.definitions import (
    Aggregate,
    Catalogue,
    Indicator,
    Measure,
    Source,
)

# By the class that parsing gives them: they mean the same everywhere.
FUNCTIONS = (
    exp.Coalesce,
    exp.Lower,
    exp.Upper,
    exp.Length,
    exp.Abs,
    exp.Nullif,
    exp.Case,
    exp.If,
    exp.Cast,
    exp.Trim,
    exp.Count,
    exp.Sum,
    exp.Min,
    exp.Max,
    exp.Exists,
    exp.Substring,
    # Written with words or signs, parsed as functions.
    exp.And,
    exp.Or,
    exp.Not,
    exp.Between,
)
CODE = re.compile(r"[a-z][a-z0-9_]{1,58}")
DIALECTS = ("sqlite", "postgres", "duckdb", "spark")
NEEDED = ("record", "organisation")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: whose, where, what kind, and the words for it."""

    app: str
    code: str
    why: str
    text_zh: str
    text_en: str


WORDS: dict[str, tuple[str, str]] = {
    "bad_code": (
        "代码只能用小写字母、数字和下划线,字母开头",
        "a code is lower-case letters, digits and underscores, a letter first",
    ),
    "declared_twice": (
        "这个代码已经有了,换一个",
        "this code is taken; choose another",
    ),
    "unknown_setting": (
        "不认识的设置:{it}",
        "unknown setting: {it}",
    ),
    "no_version": (
        "缺版本号:写 version = 1",
        "no version: write version = 1",
    ),
    "no_name": (
        "缺 {it}",
        "{it} is missing",
    ),
    "no_source": (
        "来源“{it}”没有定义",
        "the source {it!r} is declared nowhere",
    ),
    "unused_source": (
        "没有指标用到这个来源",
        "no measure uses this source",
    ),
    "not_read": (
        "SQL 读不懂:{it}",
        "the SQL cannot be read: {it}",
    ),
    "not_a_select": (
        "来源必须是一条 SELECT",
        "a source is one SELECT",
    ),
    "column_missing": (
        "来源没有给出“{it}”这一列",
        "the source gives no column {it!r}",
    ),
    "unknown_column": (
        "来源没有“{it}”这一列",
        "the source has no column {it!r}",
    ),
    "star": (
        "不要写 *,把要用的列写出来",
        "no star: name the columns",
    ),
    "not_portable": (
        "“{it}”不是每种数据库都有,换一种写法",
        "{it} does not mean the same in every database; write it another way",
    ),
    "no_day": (
        "缺 on:按哪一天归入时期",
        "no day: which column places a record in a period (on)",
    ),
    "sum_without_value": (
        "求和要写 value:加哪一列",
        "a sum needs a value: which column is added",
    ),
    "latest_without_value": (
        "取最近一次要写 value",
        "the latest needs a value",
    ),
    "distinct_without_key": (
        "去重计数要写 key:按哪一列去重",
        "a distinct count needs a key: which column is counted",
    ),
    "value_unused": (
        "只计条数,value 和 key 用不上,删掉或改 aggregate",
        "a count has no use for value or key; drop them or change the aggregate",
    ),
    "until_without_standing": (
        "有 until 就要写 standing = true",
        "until needs standing = true",
    ),
    "standing_not_counted": (
        "在位数只能计条数或求和",
        "what stands can only be counted or added",
    ),
    "no_numerator": (
        "分子“{it}”没有定义",
        "the numerator {it!r} is declared nowhere",
    ),
    "no_denominator": (
        "分母“{it}”没有定义",
        "the denominator {it!r} is declared nowhere",
    ),
    "of_itself": (
        "分子和分母是同一个,永远是 100%",
        "numerator and denominator are the same: always 100 %",
    ),
    "of_an_indicator": (
        "分子分母只能是指标,不能是比率“{it}”",
        "a share is of measures, not of the share {it!r}",
    ),
    "always_zero": (
        "分母“{it}”的条件永远不成立,会除以零",
        "the condition of the denominator {it!r} can never hold: a division by zero",
    ),
    "never": (
        "条件永远不成立,这个数永远是零",
        "the condition can never hold: always zero",
    ),
    "least": (
        "least 至少是 1",
        "least is 1 or more",
    ),
    "changed_meaning": (
        "含义变了,版本号没变:写 version = {it}",
        "the meaning changed, the version did not: write version = {it}",
    ),
    "same_records": (
        "与来源“{it}”是同一类记录、同一条 SELECT,合成一个",
        "the same records by the same SELECT as the source {it!r}; make them one",
    ),
    "no_opener": (
        "没有人登记怎样打开“{it}”,数字点不开",
        "nobody opens records of the kind {it!r}: the figures would not open",
    ),
}


def check(
    catalogue: Catalogue,
    known: Mapping[tuple[str, int], str] | None = None,
    openers: Collection[str] | None = None,
) -> list[Finding]:
    """Return everything wrong with definitions, in the order of their codes.

    Parameters
    ----------
    known
        Digests recorded of earlier versions, by code and version.
    openers
        Kinds of records that can be opened; None: not looked at.
    """
    found = [_finding(app, code, "declared_twice") for code, app in catalogue.doubled]
    columns = {}
    for code, source in sorted(catalogue.sources.items()):
        columns[code], wrong = _source(source, catalogue, openers)
        found += wrong
    for measure in sorted(catalogue.measures.values(), key=lambda each: each.code):
        found += _shared(measure, catalogue, known or {})
        found += _measure(measure, columns.get(measure.source))
    for share in sorted(catalogue.indicators.values(), key=lambda each: each.code):
        found += _shared(share, catalogue, known or {})
        found += _indicator(share, catalogue)
    return found


def _finding(app: str, code: str, why: str, it: object = "") -> Finding:
    chinese, english = WORDS[why]
    return Finding(app, code, why, chinese.format(it=it), english.format(it=it))


def _parsed(sql: str) -> exp.Expr | str:
    """Return a text parsed, or why it cannot be."""
    try:
        return sqlglot.parse_one(sql.replace(":now", "'2000-01-01'"), read="postgres")
    except sqlglot.errors.SqlglotError as error:
        return str(error).splitlines()[0]


def _unportable(tree: exp.Expr) -> Iterator[str]:
    for each in tree.find_all(exp.Func):
        if not isinstance(each, FUNCTIONS):
            name = each.name if isinstance(each, exp.Anonymous) else each.sql_name()
            yield name.lower()


def _source(
    source: Source, catalogue: Catalogue, openers: Collection[str] | None
) -> tuple[set[str] | None, list[Finding]]:
    """Return the columns of a source (None: not known), and what is wrong with it."""
    columns, wrong = _select(source)
    wrong = [*_use(source, catalogue, openers), *wrong]
    return columns, [_finding(source.app, source.code, *each) for each in wrong]


def _use(
    source: Source, catalogue: Catalogue, openers: Collection[str] | None
) -> Iterator[tuple[str, str]]:
    if not CODE.fullmatch(source.code):
        yield "bad_code", ""
    if not catalogue.of_source(source.code):
        yield "unused_source", ""
    if openers is not None and source.record not in openers:
        yield "no_opener", source.record
    for other in catalogue.sources.values():
        if (
            other.code < source.code
            and other.record == source.record
            and other.select.split() == source.select.split()
        ):
            yield "same_records", other.code


def _select(source: Source) -> tuple[set[str] | None, list[tuple[str, str]]]:
    tree = _parsed(source.select)
    if isinstance(tree, str):
        return None, [("not_read", tree)]
    if not isinstance(tree, exp.Query):
        return None, [("not_a_select", "")]
    found = [("not_portable", name) for name in sorted(set(_unportable(tree)))]
    columns = set(tree.named_selects)
    if "*" in columns:
        return None, [*found, ("star", "")]
    found += [
        ("column_missing", name)
        for name in (*NEEDED, source.recorded)
        if name and name not in columns
    ]
    return columns, found


def _shared(
    found: Measure | Indicator,
    catalogue: Catalogue,
    known: Mapping[tuple[str, int], str],
) -> Iterator[Finding]:
    def wrong(why: str, it: object = "") -> Finding:
        return _finding(found.app, found.code, why, it)

    if not CODE.fullmatch(found.code):
        yield wrong("bad_code")
    if found.version < 1:
        yield wrong("no_version")
    for name in ("name_zh", "name_en", "about_zh", "about_en"):
        if not getattr(found, name):
            yield wrong("no_name", name)
    for name in found.unknown:
        yield wrong("unknown_setting", name)
    before = known.get((found.code, found.version))
    if before is not None and before != catalogue.digest(found.code):
        yield wrong("changed_meaning", found.version + 1)


def _measure(measure: Measure, columns: set[str] | None) -> Iterator[Finding]:
    wrong: list[tuple[str, str]] = []
    if columns is None:
        wrong.append(("no_source", measure.source))
    if not measure.on:
        wrong.append(("no_day", ""))
    wrong += [(why, "") for why in _incomplete(measure)]
    if columns is not None:
        named = (
            measure.on,
            measure.until,
            measure.value,
            measure.key,
            measure.dimension,
        )
        wrong += [
            ("unknown_column", each) for each in named if each not in {"", *columns}
        ]
        wrong += _condition(measure, columns)
    for each in wrong:
        yield _finding(measure.app, measure.code, *each)


def _condition(measure: Measure, columns: set[str]) -> Iterator[tuple[str, str]]:
    if not measure.where:
        return
    tree = _parsed(f"SELECT 1 WHERE {measure.where}")
    if isinstance(tree, str):
        yield "not_read", tree
        return
    for name in sorted(set(_unportable(tree))):
        yield "not_portable", name
    for name in sorted({each.name for each in tree.find_all(exp.Column)} - columns):
        yield "unknown_column", name
    if never(measure):
        yield "never", ""


def _incomplete(measure: Measure) -> Iterator[str]:
    if measure.aggregate is Aggregate.SUM and not measure.value:
        yield "sum_without_value"
    if measure.aggregate is Aggregate.LATEST and not measure.value:
        yield "latest_without_value"
    if measure.aggregate is Aggregate.DISTINCT and not measure.key:
        yield "distinct_without_key"
    if measure.aggregate is Aggregate.COUNT and (measure.value or measure.key):
        yield "value_unused"
    if measure.until and not measure.standing:
        yield "until_without_standing"
    if measure.standing and measure.aggregate in (
        Aggregate.DISTINCT,
        Aggregate.LATEST,
    ):
        yield "standing_not_counted"


def never(measure: Measure) -> bool:
    """Tell whether a condition is false for every record, as far as its text shows."""
    if not measure.where:
        return False
    tree = _parsed(f"SELECT 1 WHERE {measure.where}")
    if isinstance(tree, str):
        return False
    condition = tree.args["where"].this
    parts = list(condition.flatten()) if isinstance(condition, exp.And) else [condition]
    equal: dict[str, str] = {}
    for part in parts:
        part = part.unnest()
        if isinstance(part, exp.Boolean) and not part.this:
            return True
        if not isinstance(part, exp.EQ):
            continue
        left, right = part.this.unnest(), part.expression.unnest()
        if isinstance(left, exp.Literal) and isinstance(right, exp.Literal):
            if left.this != right.this:
                return True
        elif (
            isinstance(left, exp.Column)
            and isinstance(right, exp.Literal)
            and equal.setdefault(left.name, right.this) != right.this
        ):
            return True
    return False


def _indicator(share: Indicator, catalogue: Catalogue) -> Iterator[Finding]:
    def wrong(why: str, it: object = "") -> Finding:
        return _finding(share.app, share.code, why, it)

    for why, code in (
        ("no_numerator", share.numerator),
        ("no_denominator", share.denominator),
    ):
        if code in catalogue.indicators:
            yield wrong("of_an_indicator", code)
        elif code not in catalogue.measures:
            yield wrong(why, code)
    if share.numerator == share.denominator:
        yield wrong("of_itself")
    if share.least < 1:
        yield wrong("least")
    below = catalogue.measures.get(share.denominator)
    if below is not None and never(below):
        yield wrong("always_zero", share.denominator)


def transpiled(sql: str, dialect: str) -> str:
    """Write a checked text in another dialect, such as ``duckdb`` or ``spark``.

    Raises
    ------
    ValueError
        The text cannot be read.
    """
    try:
        return sqlglot.transpile(sql, read="postgres", write=dialect)[0]
    except sqlglot.errors.SqlglotError as error:
        raise ValueError(str(error)) from None
