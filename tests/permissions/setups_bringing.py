"""Files sent for the books of the community, each as far as its row says."""

from collections.abc import Callable
from typing import Any

from tests.casework.world import NOW, World
from tests.permissions.setups_books import SETUPS as BOOKS
from wugeyi.books.actions import imports
from wugeyi.books.models import Book, BookFile

Laid = tuple[dict[str, Any], dict[str, Any]]
LIST = """\
日期,凭证号,摘要,科目编码,科目名称,借方金额,贷方金额
2026-01-10,记-1,租金,102,银行存款,1,
2026-01-10,记-1,租金,501,经营收入,,1
"""
STATEMENT = "交易日期,支出,收入,余额\n2026-01-10,,1,1\n"


def _book(world: World) -> Book:
    kwargs, _data = BOOKS["vb-book"](world)
    return Book.objects.get(pk=kwargs["pk"])


def _file(world: World, kind: str) -> BookFile:
    bank = kind == BookFile.Kind.BANK
    return imports.keep(
        book=_book(world),
        kind=kind,
        filename="a.csv",
        content=(STATEMENT if bank else LIST).encode(),
        regime="" if bank else "2023",
        account="102" if bank else "",
        by=world["accountant"],
        at=NOW,
    )


def _asked(file: BookFile, act: str) -> Laid:
    keys = {"pk": file.book_id, "file": file.pk}
    return keys, {"act": act, "version": file.version}


def looked(world: World) -> Laid:
    return _asked(_file(world, "vouchers"), "accept")


def waiting(world: World) -> Laid:
    file = _file(world, "vouchers")
    row = imports.accept(
        file=file, version=file.version, by=world["accountant"], at=NOW
    )
    return _asked(row, "approve")


def statement(world: World) -> Laid:
    return _asked(_file(world, "bank"), "accept")


def account(world: World) -> Laid:
    return {"pk": _book(world).pk, "account": "102"}, {"act": "sure"}


SETUPS: dict[str, Callable[[World], Laid]] = {
    "f-blank": lambda world: ({"kind": "vouchers"}, {}),
    "f-looked": looked,
    "f-waiting": waiting,
    "f-statement": statement,
    "f-account": account,
    "f-csv": lambda world: ({"pk": _book(world).pk, "form": "csv"}, {}),
}
