"""The rows as a table that a person confirms in any spreadsheet program."""

from collections.abc import Sequence

from wugeyi.engines.ledger.chart import chart
from wugeyi.engines.ledger.columns import CARRIED
from wugeyi.engines.ledger.exports.accounts import amount
from wugeyi.engines.ledger.exports.table import dimension_title, written
from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.reading import cells
from wugeyi.engines.ledger.reading.sheets import Row, rows
from wugeyi.engines.ledger.transition.proposing import Carried, proposal

YES = {"是", "yes", "y", "1", "√"}
NEEDED = ("old", "balance", "new", "confirmed")


def written_proposed(carried: Sequence[Carried]) -> str:
    """Return rows as CSV with Chinese titles.

    Beside each balance stand the codes to choose from, what they are called, and a
    warning where the same code means something else in the new system.
    """
    names = sorted({name for each in carried for name, _ in each.dimensions})
    titles = [chinese for chinese, _ in CARRIED.values()]
    table = [titles + [dimension_title(name) for name in names]]
    return written([*table, *(_cells(each, names) for each in carried)])


def read_proposed(
    content: bytes, name: str
) -> tuple[tuple[Carried, ...], tuple[Finding, ...]]:
    """Return the rows of such a table, and what is wrong with their amounts.

    Raises
    ------
    Refused
        The table cannot be used at all.
    """
    made, found = [], []
    for row in rows(content, name, CARRIED, NEEDED):
        try:
            fen = cells.money(row.cells.get("balance", ""))
        except Refused as problem:
            values = {**problem.findings[0].values, "title": CARRIED["balance"][0]}
            code = problem.findings[0].code
            found.append(Finding(code, "error", row.subject, values))
            continue
        made.append(_carried(row, fen))
    return tuple(made), tuple(found)


def _carried(row: Row, fen: int) -> Carried:
    told = {key: row.cells.get(key, "").strip() for key in NEEDED}
    confirmed = told["confirmed"].lower() in YES
    return Carried(told["old"], row.dimensions, fen, told["new"], confirmed)


def _cells(each: Carried, names: Sequence[str]) -> list[str]:
    may = proposal(each.old)
    old, new = chart("2004").account(each.old), chart("2023")
    choice = "、".join(
        f"{code} {found.name}" for code in may.targets if (found := new.account(code))
    )
    same = new.account(each.old)
    warning = f"新制度里 {each.old[:3]} 是“{same.name}”" if may.turns and same else ""
    told = dict(each.dimensions)
    return [
        each.old,
        old.name if old else "",
        amount(each.fen),
        choice,
        warning,
        may.remark,
        each.new,
        "是" if each.confirmed else "",
        *(told.get(name, "") for name in names),
    ]
