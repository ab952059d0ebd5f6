"""Declarations and SQL texts of the engine, as this app uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wugeyi.engines.tally.compile import WIDTH, Compiled, narrow, wide
from wugeyi.engines.tally.definitions import (
    Aggregate,
    Catalogue,
    Indicator,
    Measure,
    Source,
    merge,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wugeyi.engines.tally.checker import Finding as Finding


def check(
    catalogue: Catalogue,
    known: Mapping[tuple[str, int], str],
    openers: Collection[str],
) -> list[Finding]:
    """Return what is wrong with definitions; the parser is loaded only for this."""
    from wugeyi.engines.tally.checker import check as look

    return look(catalogue, known, openers)


__all__ = [
    "WIDTH",
    "Aggregate",
    "Catalogue",
    "Compiled",
    "Indicator",
    "Measure",
    "Source",
    "check",
    "merge",
    "narrow",
    "read",
    "wide",
]
