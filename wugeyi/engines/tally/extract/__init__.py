"""Extracts: the facts of a closed month, written once as Parquet in tree order.

A folder holds a folder for each month (``2026-09``) with ``facts.parquet``,
``units.parquet`` and ``manifest.json``. docs/tally-scale.md says what stands in
them. Needs the extra ``analysis`` (pyarrow).
"""

from wugeyi.engines.tally.extract.layout import (
    Content,
    ExtractError,
    Fact,
    KeyKind,
    Manifest,
    Stay,
)
from wugeyi.engines.tally.extract.read import Closed, open_extract, open_month
from wugeyi.engines.tally.extract.write import Closing, write_month

__all__ = [
    "Closed",
    "Closing",
    "Content",
    "ExtractError",
    "Fact",
    "KeyKind",
    "Manifest",
    "Stay",
    "open_extract",
    "open_month",
    "write_month",
]
