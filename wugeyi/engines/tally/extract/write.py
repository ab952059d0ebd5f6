"""Writing a closed month: checked, sorted in tree order, put in place in one step."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wugeyi.engines.tally.extract.check import checked_facts, content_of, last_recorded
from wugeyi.engines.tally.extract.layout import (
    FACTS,
    MANIFEST,
    UNITS,
    Content,
    ExtractError,
    Fact,
    KeyKind,
    Manifest,
    Stay,
    fact_schema,
    fingerprint,
    unit_schema,
)
from wugeyi.engines.tally.extract.read import Closed, open_month
from wugeyi.engines.tally.extract.tree import nested
from wugeyi.engines.tally.rollup import Month, Part

# Facts in a row group: what one step of a reader holds in memory at a time.
GROUP_ROWS = 1 << 18
_ORDER = ("measure", "place", "day", "recorded_at", "value", "record", "records", "key")


@dataclass(frozen=True, slots=True)
class Closing:
    """The circumstances of a writing.

    Parameters
    ----------
    month
        Facts are to lie on its days.
    measures
        Those the facts may belong to.
    as_of
        Nothing recorded later is taken (aware): such a fact is an error.
    written_at
        Now (aware).
    tool
        The version of the program.
    key_kind
        What the keys are.
    """

    month: Month
    measures: tuple[Part, ...]
    as_of: datetime
    written_at: datetime
    tool: str
    key_kind: KeyKind = KeyKind.TEXT


def write_month(
    folder: Path, closing: Closing, facts: Iterable[Any], units: Iterable[Any]
) -> Closed:
    """Write a closed month into ``folder``, which is made if absent.

    Parameters
    ----------
    folder
        Where the months' folders are.
    closing
        Which month, and under which circumstances.
    facts
        ``Fact``s in any order, or Arrow tables or record batches with its columns.
    units
        ``Stay``s, or the same: the whole tree of the month.

    Returns
    -------
    Closed
        The month, opened.

    Raises
    ------
    ExtractError
        Facts or units are not in order, or the month is already there with other
        content. Nothing is left behind then. To write the very same again is fine.
    """
    tree = nested(_table(units, unit_schema(), Stay))
    table = _table(facts, fact_schema(closing.key_kind), Fact)
    table = _sorted(checked_facts(table, tree, closing.month, closing.measures))
    last = last_recorded(table)
    as_of = _utc(closing.as_of)
    if last > as_of:
        msg = f"{closing.month}: a fact was recorded at {last}, after {as_of}"
        raise ExtractError(msg)
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    try:
        content = _write_facts(home / FACTS, table)
        _write(home / UNITS, tree, [(0, tree.num_rows)], _UNIT_OPTIONS)
        manifest = Manifest(
            month=closing.month,
            as_of=as_of,
            last_recorded=last,
            written_at=_utc(closing.written_at),
            tool=closing.tool,
            key_kind=closing.key_kind,
            measures=closing.measures,
            content=content,
            files={
                FACTS: _told(home / FACTS, table.num_rows),
                UNITS: _told(home / UNITS, tree.num_rows),
            },
        )
        _write_manifest(home / MANIFEST, manifest)
        return _put(folder, home, manifest)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _put(folder: Path, home: Path, manifest: Manifest) -> Closed:
    final = folder / str(manifest.month)
    home.chmod(0o755)
    # Fails where the month stands already, and replaces nothing.
    with suppress(OSError):
        os.rename(home, final)
        _sync(folder)
        return Closed(final, manifest)
    there = open_month(folder, manifest.month)
    if not _same(there, home, manifest):
        msg = f"{final}: closed already, with other content; it is not written again"
        raise ExtractError(msg)
    return there


def _same(there: Closed, home: Path, manifest: Manifest) -> bool:
    """Whether two writings tell the same; a newer Parquet writer may vary the bytes."""
    if _told_of(there.manifest) != _told_of(manifest):
        return False
    import pyarrow.parquet as pq

    return all(
        there.manifest.files[name]["sha256"] == manifest.files[name]["sha256"]
        or pq.read_table(there.folder / name).equals(pq.read_table(home / name))
        for name in (FACTS, UNITS)
    )


def _told_of(manifest: Manifest) -> Manifest:
    """Leave out the circumstances of the writing."""
    return replace(manifest, written_at="", tool="", as_of="", files={})


def _table(rows: Iterable[Any], schema: Any, kind: type[Any]) -> Any:
    """Gather rows or Arrow data into a table with the columns of ``kind``."""
    import pyarrow as pa

    wanted = pa.schema([schema.field(name) for name in kind._fields])
    if isinstance(rows, pa.Table):
        pieces = [rows]
    else:
        given = list(rows)
        if not all(isinstance(one, pa.Table | pa.RecordBatch) for one in given):
            columns = list(zip(*given, strict=True)) or [()] * len(wanted)
            try:
                arrays = [
                    pa.array(column, type=field.type)
                    for column, field in zip(columns, wanted, strict=True)
                ]
            except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
                msg = f"a {kind.__name__} is not in order: {error}"
                raise ExtractError(msg) from None
            given = [pa.table(arrays, schema=wanted)]
        pieces = [
            one if isinstance(one, pa.Table) else pa.Table.from_batches([one])
            for one in given
        ]
    try:
        pieces = [one.select(wanted.names).cast(wanted) for one in pieces]
    except (KeyError, ValueError) as error:
        msg = f"the columns of {kind.__name__} are not in order: {error}"
        raise ExtractError(msg) from None
    return pa.concat_tables(pieces) if pieces else wanted.empty_table()


def _sorted(table: Any) -> Any:
    return table.sort_by([(name, "ascending") for name in (*_ORDER, "dimension")])


def _write_facts(path: Path, table: Any) -> dict[int, Content]:
    content = content_of(table, GROUP_ROWS)
    start = 0
    slices = []
    for one in content.values():
        slices.append((start, one.rows))
        start += one.rows
    _write(path, table, slices, _FACT_OPTIONS)
    return content


# Encodings that every reader named in the documentation knows; measured in
# docs/tally-scale.md.
_FACT_OPTIONS = {
    "compression": {"record": "zstd"},
    "use_dictionary": ["measure", "records", "day", "dimension"],
    "column_encoding": {
        "path": "DELTA_BYTE_ARRAY",
        "place": "DELTA_BINARY_PACKED",
        "recorded_at": "DELTA_BINARY_PACKED",
    },
}
_UNIT_OPTIONS = {
    "compression": "zstd",
    "use_dictionary": ["depth", "valid_from", "valid_until"],
    "column_encoding": {
        "path": "DELTA_BYTE_ARRAY",
        "place": "DELTA_BINARY_PACKED",
        "last": "DELTA_BINARY_PACKED",
    },
}


def _write(
    path: Path,
    table: Any,
    slices: list[tuple[int, int]],
    options: dict[str, Any],
) -> None:
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, table.schema, **options) as writer:
        for start, rows in slices:
            writer.write_table(table.slice(start, rows), row_group_size=GROUP_ROWS)
    _sync(path)


def _write_manifest(path: Path, manifest: Manifest) -> None:
    text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")
    _sync(path)
    _sync(path.parent)


def _told(path: Path, rows: int) -> dict[str, int | str]:
    return {"rows": rows, "bytes": path.stat().st_size, "sha256": fingerprint(path)}


def _sync(path: Path) -> None:
    """Have it on the disk before the rename makes it the month."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        msg = f"{moment} has no time zone"
        raise ExtractError(msg)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
