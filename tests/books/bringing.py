"""Files in the styles of accounting programs and banks, and what is done with them."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from tests.books.collective import AT, Collective
from wugeyi.books.actions import imports
from wugeyi.books.models import BookFile
from wugeyi.imports.models import BatchFinding

# 用友: number and day on every line, code and name apart, two columns of amounts.
YONYOU = """\
单位：溪口村股份经济合作社,,,,期间：2024.01-2024.02,,
日期,凭证字号,摘要,科目编码,科目名称,借方金额,贷方金额
2024-01-05,记-1,收门面租金,102,银行存款,"12,000.00",
2024-01-05,记-1,收门面租金,501,经营收入,,"12,000.00"
2024-01-20,记-2,付路灯电费,514,公益支出,300.50,
2024-01-20,记-2,付路灯电费,102,银行存款,,300.50
合计,,,,,"12,300.50","12,300.50"
2024-02-01,记-1,提现,101,库存现金,1000,
2024-02-01,记-1,提现,102,银行存款,,1000
"""
# 金蝶: word and number apart, the second line leaves out what stands above, one column
# of amounts with its side, names in one cell level by level.
KINGDEE = """\
凭证日期\t凭证字\t凭证号\t附件数\t摘要\t科目\t方向\t金额
2024年1月5日\t收\t1\t2\t收门面租金\t102 银行存款\t借\t12000
\t\t\t\t\t501 经营收入\t贷\t12000
2024年1月20日\t付\t1\t1\t付路灯电费\t公益支出\t借\t300.5
\t\t\t\t\t银行存款\t贷\t300.5
"""
BANK = """\
贵州省农村信用社 账户明细,,,,,,
账号：2021****0001,,,,,,
交易日期,借方发生额,贷方发生额,余额,对方户名,摘要,交易流水号
2024-01-06,,"12,000.00","12,000.00",张三,门面租金,F0001
2024-01-21,300.50,,"11,699.50",县供电公司,电费,F0002
2024-02-01,1000.00,,"10,699.50",,取现,F0003
"""


def csv(text: str, encoding: str = "utf-8-sig") -> bytes:
    return text.encode(encoding)


def xlsx(rows: Iterable[Sequence[Any]], merges: Iterable[str] = ()) -> bytes:
    """A workbook; None is an empty cell."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                page.write(at, place, cell)
    for area in merges:
        page.merge_range(area, "")
    # Merging empties its cells; what stood there is written once more.
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                page.write(at, place, cell)
    book.close()
    return file.getvalue()


def bring(
    c: Collective, content: bytes | str, kind: str = "vouchers", **more: Any
) -> BookFile:
    """Send a file as the accountant does."""
    return imports.keep(
        book=c.book,
        kind=kind,
        filename="file.csv",
        content=csv(content) if isinstance(content, str) else content,
        **({"regime": c.book.regime} | more),
        by=more.pop("by", c.accountant),
        at=AT,
    )


def accepted(c: Collective, file: BookFile) -> BookFile:
    return imports.accept(file=file, version=file.version, by=c.accountant, at=AT)


def posted(c: Collective, file: BookFile) -> BookFile:
    """Accept a file and let the reviewer approve it."""
    row = accepted(c, file)
    return imports.approve(file=row, version=row.version, by=c.reviewer, at=AT)


def codes(file: BookFile, severity: str = "error") -> list[str]:
    rows = BatchFinding.objects.filter(batch=file.batch, severity=severity)
    return list(rows.order_by("pk").values_list("code", flat=True))
