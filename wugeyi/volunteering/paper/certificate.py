"""A certificate of hours on one sheet, with its code and the hash of what it says."""

import io
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from wugeyi.casework.rules.receipts import display
from wugeyi.organisations.queries import installation
from wugeyi.ui.paper import (
    INK,
    LINE,
    PINE,
    SOFT,
    code_of,
    cut,
    draw_code,
    fitting,
    prepare,
    wrapped,
    write,
)
from wugeyi.volunteering.queries.certificates import Checked

WIDTH: float = A4[0]
HEIGHT: float = A4[1]
MARGIN = 56.0
WIDE = WIDTH - 2 * MARGIN
CODE = 104.0
ROW = 22.0
# What does not fit on the sheet is summed up in a last line.
MOST_ROWS = 12


def amount(minutes: int) -> str:
    """Return minutes as people say them, in the reader's language."""
    return _("%(hours)s 小时 %(minutes)s 分钟") % {
        "hours": minutes // 60,
        "minutes": minutes % 60,
    }


def pdf(found: Checked, address: str) -> bytes:
    """Draw a certificate in the active language; ``address`` is where it is checked."""
    prepare()
    out = io.BytesIO()
    canvas: Any = Canvas(out, pagesize=A4, pageCompression=1)
    canvas.setTitle(_("志愿服务证明"))
    _rules(canvas, HEIGHT - MARGIN)
    place = installation()
    y = HEIGHT - MARGIN - 40
    canvas.setFillColor(SOFT)
    if place is not None:
        write(canvas, (MARGIN, y), cut(str(place), 13, WIDE), 13)
    if place is not None and place.demo:
        write(canvas, (WIDTH - MARGIN, y), _("演示数据，虚构"), 13, align=1.0)
    y -= 54
    canvas.setFillColor(INK)
    canvas.setStrokeColor(INK)
    write(canvas, (MARGIN, y), _("志愿服务证明"), 34, bold=True)
    y = _body(canvas, found, y - 40)
    _parts(canvas, found, y)
    _foot(canvas, found, address)
    if found.certificate.revoked_at is not None:
        canvas.setFillColor(INK)
        write(canvas, (WIDTH / 2, HEIGHT - MARGIN - 14), _("已作废"), 22, align=0.5)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rules(canvas: Canvas, y: float) -> None:
    canvas.setFillColor(PINE)
    canvas.rect(MARGIN, y, WIDE, 5, stroke=0, fill=1)
    canvas.rect(MARGIN, y - 4, WIDE, 1, stroke=0, fill=1)


def _body(canvas: Canvas, found: Checked, y: float) -> float:
    said = found.said
    words = _(
        "%(name)s 在 %(first)s 至 %(last)s 参加志愿服务，经被帮助的人或社区确认，共 %(amount)s。"
    ) % {
        "name": said.name,
        "first": date_format(said.first, "DATE_FORMAT"),
        "last": date_format(said.last, "DATE_FORMAT"),
        "amount": amount(said.minutes),
    }
    canvas.setFillColor(INK)
    for line in wrapped(words, 16, WIDE, most=5):
        write(canvas, (MARGIN, y), line, 16)
        y -= 27
    canvas.setFillColor(SOFT)
    about = _("志愿服务自愿、无偿；本证明依据《志愿服务条例》第十九条免费出具。")
    for line in wrapped(about, 11, WIDE, most=3):
        write(canvas, (MARGIN, y - 4), line, 11)
        y -= 17
    return y - 22


def _parts(canvas: Canvas, found: Checked, y: float) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.7)
    rows = [(part.organisation, part.times, part.minutes) for part in found.said.parts]
    if len(rows) > MOST_ROWS:
        rest = rows[MOST_ROWS - 1 :]
        rows = rows[: MOST_ROWS - 1]
        rows.append((_("其他"), sum(r[1] for r in rest), sum(r[2] for r in rest)))
    for name, times, minutes in rows:
        canvas.setStrokeColor(LINE)
        canvas.line(MARGIN, y + 16, WIDTH - MARGIN, y + 16)
        canvas.setFillColor(INK)
        write(canvas, (MARGIN, y), cut(name, 12, WIDE * 0.56), 12)
        write(
            canvas,
            (MARGIN + WIDE * 0.7, y),
            _("%(n)s 次") % {"n": times},
            12,
            align=1.0,
        )
        write(canvas, (WIDTH - MARGIN, y), amount(minutes), 12, align=1.0)
        y -= ROW
    canvas.line(MARGIN, y + 16, WIDTH - MARGIN, y + 16)


def _foot(canvas: Canvas, found: Checked, address: str) -> None:
    top = MARGIN + CODE + 34
    draw_code(canvas, code_of(address), WIDTH - MARGIN - CODE, top, CODE)
    room = WIDE - CODE - 24
    said, row = found.said, found.certificate
    lines = [
        (display(said.code), 20.0, True),
        (
            _("出具：%(on)s") % {"on": date_format(said.issued_at, "DATE_FORMAT")},
            11.0,
            False,
        ),
        (_("谁都可以扫码，或打开下面的网址核对："), 11.0, False),
        (address, 9.0, False),
        (_("内容校验值（SHA-256）："), 9.0, False),
        (row.digest[:32], 9.0, False),
        (row.digest[32:], 9.0, False),
    ]
    y = top - 16
    for text, size, bold in lines:
        canvas.setFillColor(INK if bold else SOFT)
        canvas.setStrokeColor(INK)
        fits = fitting(text, size, room, bold=bold)
        write(canvas, (MARGIN, y), text, fits, bold=bold)
        y -= 26 if bold else 16
    _rules(canvas, MARGIN - 6)
