"""A book as a folder: book.toml, vouchers.csv, and if there are any accounts, members."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from wugeyi.engines.ledger.chart import chart, declared
from wugeyi.engines.ledger.checking.vouchers import account
from wugeyi.engines.ledger.columns import ACCOUNTS, MEMBERS
from wugeyi.engines.ledger.distribution import Share
from wugeyi.engines.ledger.exports.table import table, written
from wugeyi.engines.ledger.findings import Finding, Refused
from wugeyi.engines.ledger.reading import cells
from wugeyi.engines.ledger.reading.sheets import rows
from wugeyi.engines.ledger.reading.vouchers import read_vouchers
from wugeyi.engines.ledger.records import Book, Month


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds.

    Parameters
    ----------
    reserve_share
        Of the charter; None if book.toml does not tell it.
    """

    book: Book
    shares: tuple[Share, ...] = ()
    reserve_share: Fraction | None = None


def read(folder: Path) -> tuple[Folder, tuple[Finding, ...]]:
    """Return what a folder holds, and what is wrong with its rows.

    Vouchers are not checked here; see ``check_book``.

    Raises
    ------
    Refused
        A table cannot be used at all, or book.toml does not say which book this is and
        by which system it is kept.
    OSError
        A file cannot be read.
    """
    head = _head(folder / "book.toml")
    regime = declared(str(head.get("regime", "")))
    code = str(head.get("code", ""))
    if not code:
        raise Refused(Finding("book-code", "error", "book.toml"))
    path = folder / "vouchers.csv"
    vouchers, found = read_vouchers(path.read_bytes(), path.name, code, regime)
    names, of_names = _names(folder / "accounts.csv")
    for each in names:
        of_names.extend(account(each, chart(regime), "accounts.csv"))
    shares, of_shares = _shares(folder / "members.csv")
    book = Book(
        code=code,
        regime=regime,
        vouchers=vouchers,
        name=str(head.get("name", "")),
        names=MappingProxyType(names),
        closed=_month(head),
    )
    kept = Folder(book, shares, _share(head))
    return kept, (*found, *of_names, *of_shares)


def write(kept: Folder, folder: Path) -> None:
    """Write a book as a folder, which is made if it is not there.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    book = kept.book
    (folder / "book.toml").write_text(toml(kept), encoding="utf-8")
    files = {"vouchers.csv": table(book)}
    if book.names:
        titles = [chinese for chinese, _ in ACCOUNTS.values()]
        files["accounts.csv"] = written([titles, *map(list, book.names.items())])
    if kept.shares:
        titles = [chinese for chinese, _ in MEMBERS.values()]
        people = [[x.member, x.household, str(x.count)] for x in kept.shares]
        files["members.csv"] = written([titles, *people])
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8-sig", newline="")


def toml(kept: Folder) -> str:
    """Return what book.toml says of a book."""
    return "\n".join(_toml(kept)) + "\n"


def _toml(kept: Folder) -> Iterator[str]:
    yield f"code = {_quoted(kept.book.code)}"
    yield f"name = {_quoted(kept.book.name)}"
    yield f"regime = {_quoted(kept.book.regime)}"
    if kept.book.closed is not None:
        yield f"closed = {_quoted(str(kept.book.closed))}"
    if kept.reserve_share is not None:
        yield f"reserve_share = {_quoted(str(kept.reserve_share))}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each for each in escaped if each.isprintable()) + '"'


def _head(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as problem:
        values = {"detail": str(problem)}
        raise Refused(Finding("table-damaged", "error", path.name, values)) from problem


def _month(head: Mapping[str, object]) -> Month | None:
    told = str(head.get("closed", ""))
    if not told:
        return None
    found = re.fullmatch(r"([1-9]\d{3})-(0[1-9]|1[0-2])", told)
    if found is None:
        raise Refused(Finding("book-closed", "error", "book.toml", {"value": told}))
    return Month(int(found[1]), int(found[2]))


def _share(head: Mapping[str, object]) -> Fraction | None:
    told = str(head.get("reserve_share", ""))
    return cells.count(told) if told else None


def _names(path: Path) -> tuple[dict[str, str], list[Finding]]:
    if not path.exists():
        return {}, []
    found: dict[str, str] = {}
    for row in rows(path.read_bytes(), path.name, ACCOUNTS, tuple(ACCOUNTS)):
        found[row.cells["code"].strip()] = row.cells["name"].strip()
    return found, []


def _shares(path: Path) -> tuple[tuple[Share, ...], list[Finding]]:
    if not path.exists():
        return (), []
    made, found = [], []
    for row in rows(path.read_bytes(), path.name, MEMBERS, tuple(MEMBERS)):
        try:
            count = cells.count(row.cells.get("shares", ""))
        except Refused as problem:
            values = {**problem.findings[0].values, "title": MEMBERS["shares"][0]}
            found.append(Finding("cell-number", "error", row.subject, values))
            continue
        member = row.cells.get("member", "").strip()
        household = row.cells.get("household", "").strip()
        made.append(Share(member, household or member, count))
    return tuple(made), found
