"""A table → the rows of a register, whatever its columns are called."""

from collections.abc import Iterator, Sequence

from wugeyi.imports.rules import Finding, Table, error, guess_columns
from wugeyi.organisations.rules.kinds import LEVELS
from wugeyi.organisations.rules.register import Row

ALIASES: dict[str, Sequence[str]] = {
    "code": (
        "代码",
        "统计用区划代码",
        "区划代码",
        "行政区划代码",
        "单位代码",
        "编码",
        "code",
        "gb",
    ),
    "name": ("名称", "单位名称", "区划名称", "行政区划名称", "name"),
    "kind": ("类型", "类别", "单位类型", "kind"),
    # The official files name every level above; the nearest one is the parent.
    "parent": (
        "上级代码",
        "上级编码",
        "上级单位代码",
        "上级区划代码",
        "父级代码",
        "所属代码",
        "parent",
        "parent_code",
        "streetCode",
        "areaCode",
        "cityCode",
        "provinceCode",
    ),
    "successor": ("并入代码", "撤并后代码", "继承代码", "successor"),
}
REQUIRED = ("code", "name")


def columns(table: Table) -> tuple[dict[str, int], list[Finding]]:
    """Return where each field stands, and a finding for each that is missing."""
    if not table.readable:
        return {}, []
    found = guess_columns(table.header, ALIASES)
    missing = [
        error(1, "missing_column", ALIASES[name][0], other="、".join(ALIASES[name]))
        for name in REQUIRED
        if name not in found
    ]
    return found, missing


def rows(table: Table, found: dict[str, int]) -> Iterator[Row]:
    """Yield the table's rows; long statistical codes lose the zeros that fill them.

    Where the parent's code is written short, so is the row's own: 350527000000 below
    350527000 is a unit of the smallest level.
    """
    places = [found.get(name) for name in Row._fields[1:]]
    for line, cells in table.rows:
        code, name, kind, parent, successor = (
            cells[at] if at is not None else "" for at in places
        )
        if not parent or len(parent) == LEVELS[-1]:
            code, parent = short(code), short(parent)
        yield Row(line, code, name, kind, parent, short(successor))


def short(code: str) -> str:
    """Return a statistical code without filling zeros.

    The bureau writes 520103000000 for a county when all codes have twelve digits; no
    village's own number is 000.

    >>> short("520103000000"), short("520103001000"), short("520103001201")
    ('520103', '520103001', '520103001201')
    """
    if len(code) != LEVELS[-1] or not code.endswith("000") or not code.isdigit():
        return code
    return next(code[:each] for each in LEVELS if not code[each:].strip("0"))
