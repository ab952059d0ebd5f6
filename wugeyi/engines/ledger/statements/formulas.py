"""Lines of statements as they stand in the tables of ``data``."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from wugeyi.engines.ledger.chart import DATA, declared
from wugeyi.engines.ledger.records import Regime

_TERM = re.compile(r"([+-])\s*(\d+|[a-z_]+)(?:\.(debit|credit)|@(opening))?\s*")


class Term(NamedTuple):
    """A part of a formula: plus or minus an account or a line above.

    ``how`` is "", "debit", "credit" or "opening".
    """

    sign: int
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement; names in Chinese and English, and where it is from."""

    key: str
    zh: str
    en: str
    terms: tuple[Term, ...]
    verified: bool
    source: str


def parsed(formula: str) -> tuple[Term, ...]:
    """Return the terms of a formula.

    Raises
    ------
    ValueError
        It is not written as the head of the table says.
    """
    rest = f"+ {formula.strip()}"
    terms = []
    while rest:
        found = _TERM.match(rest)
        if found is None:
            msg = f"not understood from {rest!r}"
            raise ValueError(msg)
        sign, name, side, opening = found.groups(default="")
        terms.append(Term(1 if sign == "+" else -1, name, side or opening))
        rest = rest[found.end() :]
    return tuple(terms)


@cache
def tables(regime: Regime) -> Mapping[str, tuple[Line, ...]]:
    """Return the lines of every statement of a regime, by the statement's name."""
    path = DATA / f"statements-{declared(regime)}.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(map(_line, rows)) for name, rows in content.items()}


def reckon(
    lines: tuple[Line, ...], amount: Callable[[str, str], int]
) -> dict[str, int]:
    """Return what each line comes to.

    Parameters
    ----------
    amount
        What an account comes to, given its code and how it is meant.
    """
    found: dict[str, int] = {}
    for line in lines:
        found[line.key] = sum(
            term.sign
            * (amount(term.name, term.how) if term.name.isdigit() else found[term.name])
            for term in line.terms
        )
    return found


def _line(row: Mapping[str, str | bool]) -> Line:
    return Line(
        key=str(row["key"]),
        zh=str(row["zh"]),
        en=str(row["en"]),
        terms=parsed(str(row["formula"])),
        verified=row["verified"] is True,
        source=str(row["source"]),
    )
