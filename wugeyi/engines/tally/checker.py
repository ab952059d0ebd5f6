"""What is wrong with definitions, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from wugeyi.engines.tally.definitions import Catalogue


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: where, what, and what to do, in two languages."""

    app: str
    code: str
    why: str
    text_zh: str
    text_en: str


def check(
    catalogue: Catalogue, known: Mapping[str, str] | None = None
) -> list[Finding]:
    """Return what is wrong."""
    return []
