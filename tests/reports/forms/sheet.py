"""Laying out a form by hand, and writing down beside each blank what belongs there."""

from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

THIN = Border(*(Side(style="thin") for _ in range(4)))
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
GREY = PatternFill("solid", fgColor="EEEEEE")

Truth = tuple[str, str] | None
"""Code and word of the period (this, last, end, begin …), None: nothing on record."""


@dataclass
class Laid:
    """A laid-out form: the file, and for every blank cell what belongs in it."""

    name: str
    book: Workbook = field(default_factory=Workbook)
    truth: dict[str, Truth] = field(default_factory=dict)

    @property
    def page(self):
        return self.book.active

    def put(self, area: str, text: object, *, style: str = "label") -> None:
        """Write text into the first cell of an area and merge it."""
        first = area.split(":")[0]
        cell = self.page[first]
        cell.value = text
        if ":" in area:
            self.page.merge_cells(area)
        self._dress(area, style)

    def _dress(self, area: str, style: str) -> None:
        cells = self.page[area] if ":" in area else ((self.page[area],),)
        for row in cells:
            for cell in row:
                if style == "title":
                    cell.font = Font(name="方正小标宋简体", size=18, bold=True)
                    cell.alignment = CENTRE
                elif style == "note":
                    cell.font = Font(name="仿宋", size=10)
                    cell.alignment = LEFT
                else:
                    cell.border = THIN
                    cell.alignment = CENTRE
                    cell.font = Font(name="宋体", size=11, bold=style == "head")
                    if style == "head":
                        cell.fill = GREY

    def blank(self, area: str, truth: Truth, number_format: str = "General") -> None:
        """Leave a cell to fill, and say what belongs there."""
        first = area.split(":")[0]
        if ":" in area:
            self.page.merge_cells(area)
        self._dress(area, "blank")
        self.page[first].number_format = number_format
        self.truth[first] = truth

    def formula(self, address: str, text: str, number_format: str = "General") -> None:
        self.put(address, text, style="blank")
        self.page[address].number_format = number_format

    def widths(self, *values: float) -> None:
        for number, value in enumerate(values, start=1):
            self.page.column_dimensions[get_column_letter(number)].width = value

    def content(self) -> bytes:
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()
