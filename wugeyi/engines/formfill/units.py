"""Units of counts, money and shares, converted in exact arithmetic."""

from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Sort(StrEnum):
    """What a unit measures; numbers of two sorts are never the same."""

    MONEY = "money"
    PEOPLE = "people"
    TIMES = "times"  # person-times: one person may count twice
    SHARE = "share"
    COUNT = "count"


class Unit(NamedTuple):
    """A unit: what it measures and how many of the smallest it is."""

    sort: Sort
    factor: Fraction


_SMALLEST = {
    Sort.MONEY: ("分",),
    Sort.PEOPLE: ("人", "名", "位", "个人"),
    Sort.TIMES: ("人次", "人次数"),
    Sort.COUNT: (
        *tuple("个件次条项份场家处户座条篇只台套期批"),
        "件次",
        "宗",
        "张",
        "单",
        "起",
    ),
}
_MULTIPLES = {"百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def _table() -> dict[str, Unit]:
    table = {
        word: Unit(sort, Fraction(1))
        for sort, words in _SMALLEST.items()
        for word in words
    }
    table["角"] = Unit(Sort.MONEY, Fraction(10))
    table["元"] = table["人民币元"] = table["圆"] = Unit(Sort.MONEY, Fraction(100))
    for word, unit in list(table.items()):
        if word in {"分", "角", "人民币元", "圆"}:
            continue
        for prefix, factor in _MULTIPLES.items():
            table.setdefault(f"{prefix}{word}", Unit(unit.sort, unit.factor * factor))
    for word in ("%", "百分比", "百分率"):
        table[word] = Unit(Sort.SHARE, Fraction(1, 100))
    table["‰"] = Unit(Sort.SHARE, Fraction(1, 1000))
    table["比值"] = Unit(Sort.SHARE, Fraction(1))
    # Names of the same in English, as catalogues may give them.
    table |= {"yuan": table["元"], "fen": table["分"], "people": table["人"]}
    return table


UNITS = _table()


def unit(word: str) -> Unit | None:
    """Return the unit a word means, None if nobody knows it."""
    return UNITS.get(word.strip().replace("％", "%"))


def agree(one: str, other: str) -> bool:
    """Tell whether two units measure the same thing; an unknown one agrees with itself."""
    first, second = unit(one), unit(other)
    if first is None or second is None:
        return one == other
    return first.sort == second.sort


def convert(value: Decimal | Fraction | int, unit_from: str, unit_to: str) -> Fraction:
    """Return a value in another unit, exactly.

    Raises
    ------
    ValueError
        The units measure different things, or one is not known.

    >>> convert(49_900_000, "分", "万元")
    Fraction(499, 10)
    """
    if unit_from == unit_to:
        return Fraction(value)
    first, second = unit(unit_from), unit(unit_to)
    if first is None or second is None or first.sort != second.sort:
        raise ValueError(f"{unit_from} → {unit_to}")
    return Fraction(value) * first.factor / second.factor


def decimal(value: Fraction, places: int = 6) -> tuple[Decimal, bool]:
    """Write a fraction as a decimal; the second value tells whether it is exact.

    Halves are rounded away from zero, as clerks round.
    """
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if rest * 2 >= scaled.denominator:
        whole += 1
    # The usual 28 digits would round a number that has more.
    with localcontext(prec=len(str(whole)) + places + 1):
        number = Decimal(whole).scaleb(-places)
        number = -number if value < 0 else number
        plain = number.normalize()
        if plain == plain.to_integral_value():
            plain = plain.quantize(Decimal(1))
    return plain, rest == 0
