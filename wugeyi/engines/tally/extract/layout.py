"""What stands in an extract: rows, files, and the manifest that vouches for them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple

from wugeyi.engines.tally.rollup import Aggregate, Month, Part

FORMAT = 1
FACTS, UNITS, MANIFEST = "facts.parquet", "units.parquet", "manifest.json"


class ExtractError(ValueError):
    """An extract, or what should become one, is not in order; the message says how."""


class KeyKind(StrEnum):
    """What the keys of distinct counts are, for the whole extract."""

    NUMBER = "int64"
    TEXT = "string"


class Fact(NamedTuple):
    """One record entered (+1) or left (-1) one measure."""

    measure: int  # the measure's code
    path: str  # where the unit stood on that day
    day: date  # local
    record: int  # which one
    records: int  # +1 or -1
    value: int  # in whole units such as fen; what is taken back has it too
    key: int | str | None  # what a distinct count tells apart
    dimension: str  # or ""
    recorded_at: datetime  # aware


class Stay(NamedTuple):
    """A unit stood at a place of the tree from a day until the day before another."""

    unit: str
    path: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Content:
    """What one measure has in a month.

    Parameters
    ----------
    rows, records, value
        Facts, and the sums of their records and of records times values.
    withdrawn
        Facts with -1 records.
    keys
        Different keys.
    first_group, groups
        Its row groups in the file: no row group holds two measures.
    """

    rows: int
    records: int
    value: int
    withdrawn: int
    keys: int
    first_group: int
    groups: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a closed month is said to hold.

    Parameters
    ----------
    as_of
        Nothing recorded later is in it (ISO, UTC).
    last_recorded
        When the last of its facts was recorded (ISO, UTC), or "" without facts.
    written_at, tool
        When and by which version of the program it was written.
    content
        By the measure's code.
    files
        Name → rows, bytes, sha256.
    """

    month: Month
    as_of: str
    last_recorded: str
    written_at: str
    tool: str
    key_kind: KeyKind
    measures: tuple[Part, ...]
    content: Mapping[int, Content]
    files: Mapping[str, Mapping[str, int | str]]

    def to_json(self) -> dict[str, Any]:
        """Give what ``manifest.json`` holds."""
        return {
            "format": FORMAT,
            "month": str(self.month),
            "as_of": self.as_of,
            "last_recorded": self.last_recorded,
            "written_at": self.written_at,
            "tool": self.tool,
            "key_kind": str(self.key_kind),
            "measures": [asdict(measure) for measure in self.measures],
            "content": {str(code): asdict(one) for code, one in self.content.items()},
            "files": {name: dict(told) for name, told in self.files.items()},
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Manifest":
        """Read it back; ``ExtractError`` for another format or missing parts."""
        if found.get("format") != FORMAT:
            msg = f"format {found.get('format')!r}, this program reads {FORMAT}"
            raise ExtractError(msg)
        try:
            return cls(
                month=Month.parse(found["month"]),
                as_of=found["as_of"],
                last_recorded=found["last_recorded"],
                written_at=found["written_at"],
                tool=found["tool"],
                key_kind=KeyKind(found["key_kind"]),
                measures=tuple(
                    Part(**{**one, "aggregate": Aggregate(one["aggregate"])})
                    for one in found["measures"]
                ),
                content={
                    int(code): Content(**one) for code, one in found["content"].items()
                },
                files=found["files"],
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            msg = f"cannot be understood: {error}"
            raise ExtractError(msg) from None


def fingerprint(path: Path) -> str:
    """Give the file's SHA-256, hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def fact_schema(key_kind: KeyKind) -> Any:
    """Give the Arrow schema of ``facts.parquet``.

    ``place`` is the rank of the path among the month's paths, in tree order.
    """
    import pyarrow as pa

    key = pa.int64() if key_kind is KeyKind.NUMBER else pa.string()
    return pa.schema(
        [
            pa.field("measure", pa.int32(), nullable=False),
            pa.field("path", pa.string(), nullable=False),
            pa.field("place", pa.int32(), nullable=False),
            pa.field("day", pa.date32(), nullable=False),
            pa.field("record", pa.int64(), nullable=False),
            pa.field("records", pa.int8(), nullable=False),
            pa.field("value", pa.int64(), nullable=False),
            pa.field("key", key),
            pa.field("dimension", pa.string(), nullable=False),
            pa.field("recorded_at", pa.timestamp("us", tz="UTC"), nullable=False),
        ]
    )


def unit_schema() -> Any:
    """Give the Arrow schema of ``units.parquet``.

    ``place`` and ``last`` are a nested interval: the unit's own place, and that of
    the last one below it.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("unit", pa.string(), nullable=False),
            pa.field("path", pa.string(), nullable=False),
            pa.field("place", pa.int32(), nullable=False),
            pa.field("last", pa.int32(), nullable=False),
            pa.field("depth", pa.int16(), nullable=False),
            pa.field("valid_from", pa.date32(), nullable=False),
            pa.field("valid_until", pa.date32()),
        ]
    )
