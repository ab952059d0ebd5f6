"""Drawn pictures instead of photographs: nobody and nowhere is on them."""

from datetime import datetime
from io import BytesIO
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from wugeyi.uploads.actions import store
from wugeyi.uploads.models import Upload

SIZE = (1024, 768)
GROUNDS = ("#b9c4bd", "#c9bfae", "#a9b8c6", "#c6b3a9", "#b4b89f", "#bdb3c4")


def pictures(random: Random, at: datetime) -> list[Upload]:
    """Draw and store six pictures: a street, a wall, something broken."""
    return [
        store(file=ContentFile(_draw(random, ground), name="demo.png"), by=None, at=at)
        for ground in GROUNDS
    ]


def _draw(random: Random, ground: str) -> bytes:
    picture = Image.new("RGB", SIZE, ground)
    pen = ImageDraw.Draw(picture)
    width, height = SIZE
    horizon = random.randrange(300, 420)
    pen.rectangle((0, 0, width, horizon), fill="#dfe6e4")
    for _ in range(6):
        left = random.randrange(0, width - 120)
        top = random.randrange(80, horizon - 60)
        pen.rectangle(
            (left, top, left + random.randrange(70, 160), horizon), fill="#8f9c97"
        )
    pen.polygon(
        [(380, horizon), (640, horizon), (900, height), (120, height)], fill="#77807c"
    )
    x, y = random.randrange(380, 620), random.randrange(horizon + 120, height - 120)
    pen.ellipse((x, y, x + 150, y + 60), fill="#3d4441")
    pen.line((x - 40, y + 30, x - 40, y - 160), fill="#c8452f", width=12)
    pen.ellipse((x - 62, y - 200, x - 18, y - 156), fill="#c8452f")
    sheet = BytesIO()
    picture.save(sheet, "PNG")
    return sheet.getvalue()
