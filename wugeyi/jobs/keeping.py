"""What apps keep of people and forget by the clock: what, why, how long; for everybody.

Apps add theirs at start-up, beside the daily task that forgets it. ``decide`` is set by
the app in which an installation changes days; whoever forgets asks ``days_of``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
INFERRED = _("个人信息保护法第 6、17、19 条；天数为推定")


@dataclass(frozen=True, slots=True)
class Keeping:
    """One row of what is kept.

    ``field`` is its code for good, ``days`` how long unless the installation decided
    otherwise (only where ``settable``), ``span`` from when they count, as a sentence
    with ``%(days)s``. ``verified``: somebody compared the days with their source.
    """

    field: str
    group: Words
    name: Words
    purpose: Words
    days: int
    span: Words
    basis: Words = INFERRED
    verified: bool = False
    settable: bool = False


_ROWS: dict[str, Keeping] = {}
_DECIDED: list[Callable[[], Mapping[str, int]]] = []


def register(*rows: Keeping) -> None:
    """Add rows, shown in the order of registering; the same field keeps the last."""
    for row in rows:
        _ROWS[row.field] = row


def rows() -> list[Keeping]:
    """Return every row."""
    return list(_ROWS.values())


def row_of(field: str) -> Keeping | None:
    """Return one row."""
    return _ROWS.get(field)


def decide(decided: Callable[[], Mapping[str, int]]) -> None:
    """Ask ``decided`` which days an installation chose, by field; the last one counts."""
    _DECIDED[:] = [decided]


def days_of(field: str) -> int:
    """Return for how many days a field is kept here.

    Raises
    ------
    KeyError
        No app registered it.
    """
    row = _ROWS[field]
    if not row.settable or not _DECIDED:
        return row.days
    return _DECIDED[0]().get(field, row.days)
