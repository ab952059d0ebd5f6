"""Small forms as .xlsx, laid out by script for the demo; each says that it is invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

INVENTED = "演示（虚构）：表样由演示程序排版，不是真实的报表。"
_LINE = Border(*(Side(style="thin") for _ in range(4)))
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(slots=True)
class Sheet:
    """One page being laid out; ``columns`` are the widths of its columns."""

    title: str
    columns: Sequence[int]
    book: Workbook = field(default_factory=Workbook)

    def __post_init__(self) -> None:
        for number, width in enumerate(self.columns, start=1):
            letter = get_column_letter(number)
            self._page.column_dimensions[letter].width = width
        self.text(1, self.title)
        self._page["A1"].font = Font(name="SimSun", size=16, bold=True)
        self._page["A1"].alignment = _MIDDLE

    @property
    def _page(self):  # type: ignore[no-untyped-def]  # openpyxl has no types
        return self.book.active

    def text(self, row: int, text: str) -> None:
        """Write a line without a frame over the whole width."""
        self._page.cell(row, 1, text)
        self._page.merge_cells(
            start_row=row, end_row=row, start_column=1, end_column=len(self.columns)
        )

    def put(self, area: str, value: object = None, *, bold: bool = False) -> None:
        """Write into an area with a frame, merged if it is more than a cell; None: a blank."""
        cells = self._page[area]
        rows = ((cells,),) if isinstance(cells, Cell) else cells
        for row in rows:
            for cell in row:
                cell.border, cell.alignment = _LINE, _MIDDLE
                cell.font = Font(name="SimSun", size=11, bold=bold)
        if value is not None:
            rows[0][0].value = value
        if ":" in area:
            self._page.merge_cells(area)

    def close(self, row: int, last: str) -> bytes:
        """Write the last lines, and return the file."""
        self.text(row, last)
        self.text(row + 1, INVENTED)
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()


def branch_work() -> bytes:
    """Lay out what a hospital is asked about its branches: sections, a column of units."""
    page = Sheet("公立医院党支部作用发挥情况表", (12, 30, 12, 14))
    page.text(2, "填报单位：")
    for area, words in zip("ABCD", ("类别", "指标", "计量单位", "本期"), strict=True):
        page.put(f"{area}3", words, bold=True)
    people = (
        ("支书由业务骨干担任比例", "%"),
        ("支书外出培训", "人次"),
        ("提拔支书", "名"),
        ("发展党员", "名"),
        ("收到入党申请书", "份"),
    )
    work = (
        ("党员先锋岗", "个"),
        ("党员示范岗", "个"),
        ("参与科室重大问题决策", "次"),
        ("提出意见建议", "条"),
        ("开展新技术", "项"),
        ("科研立项", "项"),
    )
    row = 4
    for section, lines in (("队伍建设", people), ("作用发挥", work)):
        page.put(f"A{row}:A{row + len(lines) - 1}", section)
        for name, unit in lines:
            page.put(f"B{row}", name)
            page.put(f"C{row}", unit)
            page.put(f"D{row}")
            row += 1
    page.put(f"A{row}:B{row}", "岗位合计")
    page.put(f"C{row}", "个")
    page.put(f"D{row}", "=D9+D10")
    return page.close(row + 1, "填报人：      填报日期：")


def hotline(title: str, lines: int) -> bytes:
    """Lay out a list of a town's villages and communities with their three rates."""
    page = Sheet(title, (6, 18, 10, 10, 10, 10, 10))
    page.put("A2:A3", "序号", bold=True)
    page.put("B2:B3", "村（社区）", bold=True)
    page.put("C2:D2", "诉求（件）", bold=True)
    page.put("E2:G2", "三率（%）", bold=True)
    heads = ("受理数", "超期数", "响应率", "解决率", "满意率")
    for column, words in zip("CDEFG", heads, strict=True):
        page.put(f"{column}3", words, bold=True)
    for number in range(1, lines + 1):
        page.put(f"A{number + 3}", number)
        for column in "BCDEFG":
            page.put(f"{column}{number + 3}")
    last = lines + 4
    page.put(f"A{last}:B{last}", "合计")
    for column in "CD":
        page.put(f"{column}{last}", f"=SUM({column}4:{column}{last - 1})")
    for column in "EFG":
        page.put(f"{column}{last}")
    return page.close(last + 1, "填表人：      填表日期：")


def village() -> bytes:
    """Lay out a village's incomes, which no installation records, and its people."""
    page = Sheet("村集体经济和人才情况年报表", (34, 14, 14))
    page.text(2, "单位：万元")
    heads = ("项目", "本年", "上年")
    for column, words in zip("ABC", heads, strict=True):
        page.put(f"{column}3", words, bold=True)
    names = (
        "经营收入",
        "投资收益",
        "村集体经营性收入",
        "补助收入",
        "“四乡”人才（名）",
        "新来的人才（名）",
    )
    for row, name in enumerate(names, start=4):
        page.put(f"A{row}", name)
        page.put(f"B{row}")
        page.put(f"C{row}")
    return page.close(4 + len(names), "填表人：      填表日期：")


def members() -> bytes:
    """Lay out four figures, three of which the hospital's form asks already."""
    page = Sheet("党员作用发挥情况摸底表", (34, 14))
    page.put("A2", "项目", bold=True)
    page.put("B2", "数量", bold=True)
    names = (
        "党员先锋岗（个）",
        "党员示范岗（个）",
        "发展党员（名）",
        "党员志愿服务时长（小时）",
    )
    for row, name in enumerate(names, start=3):
        page.put(f"A{row}", name)
        page.put(f"B{row}")
    return page.close(3 + len(names), "填表人：      填表日期：")
