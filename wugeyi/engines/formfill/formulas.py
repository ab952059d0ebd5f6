"""The formulas of a form: which refer to themselves, and what the plain ones give.

Enough for totals: + - * / ^ %, comparisons, SUM AVERAGE MIN MAX COUNT ROUND ABS IF
IFERROR. Anything else gives nothing and is left to the spreadsheet.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow

from wugeyi.engines.formfill.grid import Grid
from wugeyi.engines.formfill.scan import address, area, place

Spot = tuple[str, int, int]
Value = Decimal | str | bool | None
_MOST = 20_000
"""Cells one reference may cover; a form has fewer."""
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?)"
    r'|(?P<text>"(?:[^"]|"")*")'
    r"|(?P<ref>(?:'(?:[^']|'')+'!|[^\s'!(),:+\-*/^%&<>=]+!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)(?![\w(])"
    r"|(?P<name>[A-Za-z][A-Za-z0-9.]*)"
    r"|(?P<sign><=|>=|<>|[-+*/^%(),<>=&]))"
)


class Unsupported(Exception):
    """A formula that is left to the spreadsheet."""


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup is None:
            raise Unsupported(text)
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


def _cells(reference: str, sheet: str) -> Iterator[Spot]:
    name, mark, inner = reference.rpartition("!")
    if mark:
        sheet = name.strip("'").replace("''", "'")
    top, left, bottom, right = area(inner.replace("$", ""))
    if (bottom - top + 1) * (right - left + 1) > _MOST:
        raise Unsupported(reference)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield sheet, row, column


def _formulas(grids: Sequence[Grid]) -> dict[Spot, str]:
    return {
        (grid.sheet, *spot): value[1:]
        for grid in grids
        for spot, value in grid.values.items()
        if isinstance(value, str) and value.startswith("=")
    }


def _needs(text: str, sheet: str) -> set[Spot]:
    try:
        return {
            spot
            for kind, word in _tokens(text)
            if kind == "ref"
            for spot in _cells(word, sheet)
        }
    except (Unsupported, ValueError):
        return set()


def circular(grids: Sequence[Grid]) -> set[str]:
    """Return the cells whose formulas lead back to themselves, such as ``表1!D8``."""
    written = _formulas(grids)
    needs = {
        spot: _needs(text, spot[0]) & written.keys() for spot, text in written.items()
    }
    # Whatever rests on nothing open can be computed; what is left lies on a circle or
    # behind one. Taking away what nothing rests on leaves the circles.
    left = dict(needs)
    while ready := [spot for spot, on in left.items() if not on & left.keys()]:
        for spot in ready:
            del left[spot]
    while True:
        wanted = {spot for on in left.values() for spot in on}
        idle = [spot for spot in left if spot not in wanted]
        if not idle:
            break
        for spot in idle:
            del left[spot]
    return {f"{sheet}!{address(row, column)}" for sheet, row, column in left}


def values(
    grids: Sequence[Grid], filled: Mapping[str, object]
) -> dict[str, Decimal | str]:
    """Compute the plain formulas of a form with the filled cells' values.

    Parameters
    ----------
    filled
        ``表1!D5`` → number or text.

    Returns
    -------
    dict
        Only formulas that gave a number or text; circles and what is not supported
        are not in it.
    """
    known: dict[Spot, Value] = {
        (grid.sheet, *spot): _value(value)
        for grid in grids
        for spot, value in grid.values.items()
        if not (isinstance(value, str) and value.startswith("="))
    }
    for where, given in filled.items():
        sheet, _mark, inner = where.rpartition("!")
        known[sheet, *place(inner)] = _value(given)
    computer = _Computer(_formulas(grids), known, circular(grids))
    return computer.all()


def _value(given: object) -> Value:
    if isinstance(given, bool) or given is None or isinstance(given, Decimal):
        return given
    if isinstance(given, int | float):
        return Decimal(str(given))
    return str(given)


class _Computer:
    def __init__(
        self, formulas: dict[Spot, str], known: dict[Spot, Value], circles: set[str]
    ) -> None:
        self.formulas = formulas
        self.known = known
        self.depth = 0
        self.dead = {
            (sheet, *place(inner))
            for sheet, _mark, inner in (each.rpartition("!") for each in circles)
        }

    def all(self) -> dict[str, Decimal | str]:
        found: dict[str, Decimal | str] = {}
        for spot in self.formulas:
            try:
                value = self.at(spot)
            except (
                Unsupported,
                ValueError,
                DivisionByZero,
                InvalidOperation,
                Overflow,
            ):
                continue
            if isinstance(value, Decimal | str):
                found[f"{spot[0]}!{address(spot[1], spot[2])}"] = value
        return found

    def at(self, spot: Spot) -> Value:
        if spot in self.dead or self.depth > 50:
            raise Unsupported(str(spot))
        if spot not in self.known and spot in self.formulas:
            self.depth += 1
            try:
                reader = _Parser(_tokens(self.formulas[spot]), spot[0], self)
                self.known[spot] = reader.whole()
            finally:
                self.depth -= 1
        return self.known.get(spot)


class _Parser:
    """Reads by falling precedence: comparison, sum, product, power, sign, atom."""

    def __init__(
        self, tokens: list[tuple[str, str]], sheet: str, computer: _Computer
    ) -> None:
        self.tokens = tokens
        self.sheet = sheet
        self.computer = computer
        self.at = 0

    def whole(self) -> Value:
        value = self.comparison()
        if self.at != len(self.tokens):
            raise Unsupported
        return value

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *signs: str) -> str:
        if self.at < len(self.tokens):
            kind, word = self.tokens[self.at]
            if kind == "sign" and word in signs:
                self.at += 1
                return word
        return ""

    def comparison(self) -> Value:
        left = self.sum()
        while sign := self.take("<=", ">=", "<>", "<", ">", "="):
            left = _compare(sign, left, self.sum())
        return left

    def sum(self) -> Value:
        left = self.product()
        while sign := self.take("+", "-"):
            right = _number(self.product())
            left = _number(left) + (right if sign == "+" else -right)
        return left

    def product(self) -> Value:
        left = self.power()
        while sign := self.take("*", "/"):
            right = _number(self.power())
            left = _number(left) * right if sign == "*" else _number(left) / right
        return left

    def power(self) -> Value:
        left = self.signed()
        while self.take("^"):
            left = _number(left) ** _number(self.signed())
        return left

    def signed(self) -> Value:
        if self.take("-"):
            return -_number(self.signed())
        self.take("+")
        value = self.atom()
        while self.take("%"):
            value = _number(value) / 100
        return value

    def atom(self) -> Value:
        if self.take("("):
            value = self.comparison()
            self.close()
            return value
        if self.at >= len(self.tokens):
            raise Unsupported
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Decimal(word)
        if kind == "text":
            return word[1:-1].replace('""', '"')
        if kind == "ref" and ":" not in word:
            return self.computer.at(next(_cells(word, self.sheet)))
        if kind == "name" and self.take("("):
            return self.call(word.upper())
        raise Unsupported(word)

    def close(self) -> None:
        if not self.take(")"):
            raise Unsupported

    def call(self, name: str) -> Value:
        if name in {"IF", "IFERROR"}:
            return self.choice(name)
        work = _WORK.get(name)
        if work is None:
            raise Unsupported(name)
        given: list[Value] = []
        while not self.take(")"):
            given += self.argument()
            if not self.take(","):
                self.close()
                break
        return work(given)

    def argument(self) -> list[Value]:
        kind, word = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "ref" and ":" in word:
            self.at += 1
            return [self.computer.at(spot) for spot in _cells(word, self.sheet)]
        return [self.comparison()]

    def choice(self, name: str) -> Value:
        """Take one branch; the other may divide by zero."""
        parts: list[Value] = []
        failed: list[bool] = []
        while True:
            value, bad = self.branch()
            parts.append(value)
            failed.append(bad)
            if not self.take(","):
                self.close()
                break
        if name == "IFERROR":
            chosen = 1 if failed[0] else 0
        else:
            if failed[0]:
                raise Unsupported
            chosen = 1 if parts[0] else 2
        if chosen >= len(parts) or failed[chosen]:
            raise Unsupported
        return parts[chosen]

    def branch(self) -> tuple[Value, bool]:
        start = self.at
        try:
            return self.comparison(), False
        except (DivisionByZero, InvalidOperation):
            self.at = start
            self.skip()
            return None, True

    def skip(self) -> None:
        depth = 0
        while self.at < len(self.tokens):
            word = self.tokens[self.at][1]
            if depth == 0 and word in {",", ")"}:
                return
            depth += (word == "(") - (word == ")")
            self.at += 1


def _number(value: Value) -> Decimal:
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    raise Unsupported(value)


def _compare(sign: str, left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        one: str | Decimal = "" if left is None else str(left)
        two: str | Decimal = "" if right is None else str(right)
    else:
        one, two = _number(left), _number(right)
    return {
        "=": one == two,
        "<>": one != two,
        "<": one < two,  # type: ignore[operator]
        ">": one > two,  # type: ignore[operator]
        "<=": one <= two,  # type: ignore[operator]
        ">=": one >= two,  # type: ignore[operator]
    }[sign]


def _numbers(given: list[Value]) -> list[Decimal]:
    # As a spreadsheet does: texts and empty cells are passed over.
    return [each for each in given if isinstance(each, Decimal)]


def _round(given: list[Value]) -> Decimal:
    places = int(_number(given[1])) if len(given) > 1 else 0
    return _number(given[0]).quantize(
        Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP"
    )


_WORK: dict[str, Callable[[list[Value]], Decimal]] = {
    "SUM": lambda given: sum(_numbers(given), Decimal(0)),
    "AVERAGE": lambda given: sum(_numbers(given), Decimal(0)) / len(_numbers(given)),
    "MIN": lambda given: min(_numbers(given), default=Decimal(0)),
    "MAX": lambda given: max(_numbers(given), default=Decimal(0)),
    "COUNT": lambda given: Decimal(len(_numbers(given))),
    "ROUND": _round,
    "ABS": lambda given: abs(_number(given[0])),
}
