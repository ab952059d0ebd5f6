"""What is counted: sources, measures and indicators, read from TOML.

Reading never fails on a wrong definition: what is wrong is told by ``checker``. Only a
text that is no TOML at all is an error.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

WHOLE = 2**31 - 1


class Aggregate(StrEnum):
    """How records become one number."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that measures count; one row is one record.

    ``select`` gives at least the columns ``record`` and ``organisation``; ``:now``
    inside it stands for the moment of looking. ``recorded`` names a column with the
    moment a record was written, for facts made later of records that were there.
    """

    code: str
    record: str
    select: str
    recorded: str = ""
    app: str = ""

    @property
    def number(self) -> int:
        """Return the key that stands for the source in tables, the same everywhere."""
        return number(f"source {self.code}")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted of a source, in which period it falls, and how it is added up.

    ``unit_en`` may give the word for one and for many: ``case|cases``.
    """

    code: str
    version: int
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    about_zh: str
    about_en: str
    source: str
    on: str
    until: str = ""
    where: str = ""
    aggregate: Aggregate = Aggregate.COUNT
    value: str = ""
    key: str = ""
    dimension: str = ""
    standing: bool = False
    kinds: tuple[str, ...] = ()
    article: str = ""
    verified: bool = True
    app: str = ""
    # What was written but is no setting, kept for the checker.
    unknown: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return the key of this version of the measure in tables."""
        return number(f"measure {self.code} {self.version}")

    @property
    def meaning(self) -> tuple[object, ...]:
        """Return what decides the numbers; another meaning needs another version."""
        return (
            self.source,
            " ".join(self.where.split()),
            self.on,
            self.until,
            str(self.aggregate),
            self.value,
            self.key,
            self.dimension,
            self.standing,
        )


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numerator over a denominator, both measures: never an average of shares.

    Under ``least`` (in the denominator) no percentage is given.
    """

    code: str
    version: int
    name_zh: str
    name_en: str
    about_zh: str
    about_en: str
    numerator: str
    denominator: str
    least: int = 10
    article: str = ""
    verified: bool = True
    app: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return the key of this version of the indicator in tables."""
        return number(f"indicator {self.code} {self.version}")

    @property
    def meaning(self) -> tuple[object, ...]:
        """Return what decides the numbers."""
        return (self.numerator, self.denominator, self.least)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that was declared. Codes that stand twice are kept in ``doubled``."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    doubled: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, code: str) -> Measure | Indicator:
        found = self.measures.get(code) or self.indicators.get(code)
        if found is None:
            raise KeyError(code)
        return found

    def __contains__(self, code: str) -> bool:
        return code in self.measures or code in self.indicators

    def of_source(self, source: str) -> list[Measure]:
        """Return the measures that count a source, by code."""
        return sorted(
            (each for each in self.measures.values() if each.source == source),
            key=lambda each: each.code,
        )

    def digest(self, code: str) -> str:
        """Return a hash of what decides the numbers of a measure or indicator.

        The source's rows belong to the meaning; names and explanations do not.
        """
        found = self[code]
        parts: list[object] = list(found.meaning)
        if isinstance(found, Measure) and found.source in self.sources:
            parts.append(" ".join(self.sources[found.source].select.split()))
        text = json.dumps(parts, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@lru_cache(maxsize=4096)
def number(text: str) -> int:
    """Return a positive number of 31 bits for a name; the same on every machine."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % WHOLE + 1


def read(text: str, *, app: str = "") -> Catalogue:
    """Read the declarations of one file.

    Raises
    ------
    ValueError
        The text is no TOML; the message names line and column.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from None
    return Catalogue(
        sources={
            code: _source(code, row, app) for code, row in _rows(tables, "source")
        },
        measures={
            code: _measure(code, row, app) for code, row in _rows(tables, "measure")
        },
        indicators={
            code: _indicator(code, row, app) for code, row in _rows(tables, "indicator")
        },
    )


def merge(catalogues: Iterable[Catalogue]) -> Catalogue:
    """Put several files together; what is declared twice keeps its first meaning."""
    sources: dict[str, Source] = {}
    measures: dict[str, Measure] = {}
    indicators: dict[str, Indicator] = {}
    doubled: list[tuple[str, str]] = []
    for each in catalogues:
        for code, source in each.sources.items():
            if sources.setdefault(code, source) is not source:
                doubled.append((code, source.app))
        for code, measure in each.measures.items():
            if measures.setdefault(code, measure) is not measure:
                doubled.append((code, measure.app))
        for code, indicator in each.indicators.items():
            if indicators.setdefault(code, indicator) is not indicator:
                doubled.append((code, indicator.app))
    both = sorted(set(measures) & set(indicators))
    doubled += [(code, indicators[code].app) for code in both]
    return Catalogue(sources, measures, indicators, tuple(doubled))


def _rows(tables: Mapping[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    section = tables.get(name, {})
    if not isinstance(section, dict):
        return []
    return [(code, row) for code, row in section.items() if isinstance(row, dict)]


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    return value.strip() if isinstance(value, str) else str(value)


def _whole(row: Mapping[str, Any], name: str, default: int) -> int:
    value = row.get(name, default)
    return value if type(value) is int else default


def _flag(row: Mapping[str, Any], name: str, *, default: bool) -> bool:
    return row.get(name, default) is True


def _source(code: str, row: Mapping[str, Any], app: str) -> Source:
    return Source(
        code=code,
        record=_text(row, "record") or code,
        select=_text(row, "select"),
        recorded=_text(row, "recorded"),
        app=app,
    )


_SHARED = {
    "version",
    "name_zh",
    "name_en",
    "about_zh",
    "about_en",
    "article",
    "verified",
}
_MEASURE = _SHARED | {
    "unit_zh",
    "unit_en",
    "source",
    "on",
    "until",
    "where",
    "aggregate",
    "value",
    "key",
    "dimension",
    "standing",
    "kinds",
}
_INDICATOR = _SHARED | {"numerator", "denominator", "least"}


def _measure(code: str, row: Mapping[str, Any], app: str) -> Measure:
    known = [each.value for each in Aggregate]
    aggregate = _text(row, "aggregate") or Aggregate.COUNT.value
    unknown = sorted(set(row) - _MEASURE)
    if aggregate not in known:
        unknown.append(f"aggregate = {aggregate}")
        aggregate = Aggregate.COUNT.value
    kinds = row.get("kinds", ())
    return Measure(
        code=code,
        version=_whole(row, "version", 0),
        name_zh=_text(row, "name_zh"),
        name_en=_text(row, "name_en"),
        unit_zh=_text(row, "unit_zh"),
        unit_en=_text(row, "unit_en"),
        about_zh=_text(row, "about_zh"),
        about_en=_text(row, "about_en"),
        source=_text(row, "source"),
        on=_text(row, "on"),
        until=_text(row, "until"),
        where=_text(row, "where"),
        aggregate=Aggregate(aggregate),
        value=_text(row, "value"),
        key=_text(row, "key"),
        dimension=_text(row, "dimension"),
        standing=_flag(row, "standing", default=False),
        kinds=tuple(str(each) for each in kinds) if isinstance(kinds, list) else (),
        article=_text(row, "article"),
        verified=_flag(row, "verified", default=True),
        app=app,
        unknown=tuple(unknown),
    )


def _indicator(code: str, row: Mapping[str, Any], app: str) -> Indicator:
    return Indicator(
        code=code,
        version=_whole(row, "version", 0),
        name_zh=_text(row, "name_zh"),
        name_en=_text(row, "name_en"),
        about_zh=_text(row, "about_zh"),
        about_en=_text(row, "about_en"),
        numerator=_text(row, "numerator"),
        denominator=_text(row, "denominator"),
        least=_whole(row, "least", 10),
        article=_text(row, "article"),
        verified=_flag(row, "verified", default=True),
        app=app,
        unknown=tuple(sorted(set(row) - _INDICATOR)),
    )
