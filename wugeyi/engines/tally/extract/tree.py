"""The tree as nested intervals: a place for every path, in the order of bytes."""

from typing import Any

from wugeyi.engines.tally.extract.layout import ExtractError, unit_schema
from wugeyi.engines.tally.rollup import STEP


def nested(stays: Any) -> Any:
    """Give a table of ``Stay``s their intervals, sorted by path, then by days.

    Raises
    ------
    ExtractError
        A path that is none, or a stay that ends before it begins.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    _check(stays)
    stays = stays.sort_by(
        [("path", "ascending"), ("valid_from", "ascending"), ("unit", "ascending")]
    )
    paths = np.array(stays["path"].to_pylist(), dtype=np.bytes_)
    known, place = np.unique(paths, return_inverse=True)
    last = np.searchsorted(known, _after(known)) - 1 if len(known) else known
    depth = pc.subtract(pc.divide(pc.binary_length(stays["path"]), STEP), 1)
    return pa.table(
        [
            stays["unit"],
            stays["path"],
            pa.array(place.astype(np.int32)),
            pa.array(last[place].astype(np.int32)),
            depth.cast(pa.int16()),
            stays["valid_from"],
            stays["valid_until"],
        ],
        schema=unit_schema(),
    )


def _after(paths: Any) -> Any:
    """Give the smallest string above every path below each of these."""
    import numpy as np

    letters = paths.view(np.uint8).reshape(len(paths), -1).copy()
    ends = np.char.str_len(paths) - 1
    letters[np.arange(len(paths)), ends] += 1
    return letters.view(paths.dtype).reshape(-1)


def _check(stays: Any) -> None:
    import pyarrow.compute as pc

    regular = pc.match_substring_regex(stays["path"], f"^([0-9A-Z]{{{STEP}}})+$")
    bad = stays.filter(pc.invert(regular))
    if bad.num_rows:
        msg = f"{bad.num_rows} units with a path that is none, as {bad['path'][0]}"
        raise ExtractError(msg)
    bad = stays.filter(pc.less_equal(stays["valid_until"], stays["valid_from"]))
    if bad.num_rows:
        msg = f"{bad.num_rows} stays end before they begin, as that of {bad['unit'][0]}"
        raise ExtractError(msg)
