"""The books of an invented village, as a folder."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from tests.ledger.books import book, cr, dr, voucher
from wugeyi.engines.ledger.distribution import Share
from wugeyi.engines.ledger.reading import Folder, write
from wugeyi.engines.ledger.records import Month

VILLAGE = replace(
    book(
        voucher(
            1,
            date(2024, 1, 1),
            dr("1020101", 500_000_00, "期初"),
            cr("301", 480_000_00, "期初"),
            dr("32202", 20_000_01, "期初亏损"),
            cr("211", 40_000_01, "期初"),
            kind="opening",
        ),
        voucher(
            2,
            date(2024, 2, 1),
            dr("1020101", 143_000_00, "鱼塘租金", ("project", "鱼塘")),
            cr("501", 143_000_00, "鱼塘租金", ("project", "鱼塘")),
            attachments=2,
        ),
        voucher(
            3,
            date(2024, 3, 1),
            dr("141", 115_000_00, "入股"),
            cr("1020101", 115_000_00, "入股"),
        ),
        voucher(
            4,
            date(2024, 6, 30),
            dr("513", 43_000_00, "办公"),
            cr("1020101", 43_000_00, "办公"),
        ),
    ),
    name="下坝村（虚构）",
    names=MappingProxyType({"10201": "开户银行", "1020101": "基本户"}),
    closed=Month(2024, 11),
)
SHARES = tuple(
    Share(f"M{n}", f"H{(n + 1) // 2}", Fraction(count))
    for n, count in enumerate(["1", "1", "1", "1", "0.5", "1", "1.5"], start=1)
)


def write_village(folder):
    write(Folder(VILLAGE, SHARES, Fraction(3, 10)), folder)
    return folder
