"""How words stand on a PDF: Chinese and Latin in one line, fitted, cut, and a QR code.

Chinese is set in STSong-Light, which PDF readers bring along, so that no font file of
ours is needed; everything else in the Latin font every reader has.
"""

from collections.abc import Sequence
from functools import cache

import segno
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

CHINESE = "STSong-Light"
LATIN = "Helvetica"
# Beyond these letters the Latin font of every PDF reader has none.
LAST_LATIN = 0xFF
INK = HexColor("#16211d")
SOFT = HexColor("#4b5a53")
LINE = HexColor("#c4cfc9")
PINE = HexColor("#0b5b4c")
WHITE = HexColor("#ffffff")

Point = tuple[float, float]
Code = Sequence[Sequence[bool]]
"""The squares of a QR code, row by row; true is dark."""


@cache
def prepare() -> None:
    """Let the Chinese font be known; once a process."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))


def runs(text: str) -> list[tuple[str, bool]]:
    """Part a text into runs, each with whether it is Chinese: the fonts differ."""
    found: list[tuple[str, bool]] = []
    for letter in text:
        chinese = ord(letter) > LAST_LATIN
        if found and found[-1][1] == chinese:
            found[-1] = found[-1][0] + letter, chinese
        else:
            found.append((letter, chinese))
    return found


def _font(*, chinese: bool, bold: bool) -> str:
    if chinese:
        return CHINESE
    return f"{LATIN}-Bold" if bold else LATIN


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in points."""
    widths: list[float] = [
        pdfmetrics.stringWidth(run, _font(chinese=chinese, bold=bold), size)
        for run, chinese in runs(text)
    ]
    return sum(widths)


def write(
    canvas: Canvas,
    at: Point,
    text: str,
    size: float,
    *,
    bold: bool = False,
    align: float = 0.0,
) -> None:
    """Set a text; ``align`` is where its point lies: 0 left, 0.5 middle, 1 right.

    The Chinese font has no bold, so it is filled and outlined.
    """
    words = canvas.beginText(at[0] - align * width_of(text, size, bold=bold), at[1])
    canvas.setLineWidth(size / 30)
    for run, chinese in runs(text):
        words.setFont(_font(chinese=chinese, bold=bold), size)
        words.setTextRenderMode(2 if bold and chinese else 0)
        words.textOut(run)
    words.setTextRenderMode(0)
    canvas.drawText(words)


def fitting(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """Return the size at which a text fits into a width, at most ``size``."""
    wide = width_of(text, size, bold=bold)
    return size if wide <= width else size * width / wide


def cut(text: str, size: float, width: float) -> str:
    """Return as much of a text as fits."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, size: float, width: float, most: int = 99) -> list[str]:
    """Part a text into lines that fit; Chinese between any two letters, Latin at spaces.

    What does not fit into ``most`` lines is cut.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in _words(paragraph):
            if line and width_of(line + word.rstrip(), size) > width:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(lines[most - 1] + "……", size, width)]
    return lines


def _words(text: str) -> list[str]:
    found: list[str] = []
    for letter in text:
        joins = found and ord(letter) <= LAST_LATIN and letter != " "
        if joins and ord(found[-1][-1]) <= LAST_LATIN and found[-1][-1] != " ":
            found[-1] += letter
        elif found and letter in " ，。、；：？！）”":
            # Never at the beginning of a line.
            found[-1] += letter
        else:
            found.append(letter)
    return found


def code_of(address: str) -> Code:
    """Return the QR code of an address."""
    made = segno.make(address, error="m", micro=False)
    return [[bool(cell) for cell in row] for row in made.matrix]


def draw_code(canvas: Canvas, code: Code, left: float, top: float, size: float) -> None:
    """Draw a QR code; its edge has no quiet zone of its own."""
    cell = size / len(code)
    canvas.setFillColor(INK)
    for row, cells in enumerate(code):
        for column, dark in enumerate(cells):
            if dark:
                canvas.rect(
                    left + column * cell,
                    top - (row + 1) * cell,
                    # A little over, so that no hair's breadth stays white between two.
                    cell * 1.02,
                    cell * 1.02,
                    stroke=0,
                    fill=1,
                )
