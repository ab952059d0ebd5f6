"""The article's printed figures, word for word: loaded beside what records add up to."""

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from wugeyi.figures.actions import quote
from wugeyi.figures.models import QuotedFigure
from wugeyi.organisations.models import Organisation

FILE = Path(__file__).parent / "data" / "quoted.csv"


def load(*, at: datetime) -> list[QuotedFigure]:
    """Keep every line of the file; again changes nothing.

    ``organisation`` in the file is on whose page a figure is shown: only where the
    article leaves no doubt (three places are called 下坝), and, for the hospital, the
    invented one whose records lead to the same numbers. Whom the article speaks of is
    the subject, and shown with it. A code the register does not have leaves it without.
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["organisation"] for row in rows}
    units = {unit.code: unit for unit in Organisation.objects.filter(code__in=codes)}
    return [
        quote(
            code=row["code"],
            organisation=units.get(row["organisation"]),
            subject_zh=row["subject_zh"],
            subject_en=row["subject_en"],
            value=Decimal(row["value"]),
            value_to=Decimal(row["value_to"]) if row["value_to"] else None,
            qualifier=row["qualifier"],
            unit_zh=row["unit_zh"],
            unit_en=row["unit_en"],
            text_zh=row["text_zh"],
            text_en=row["text_en"],
            period_text=row["period_text"],
            cell=row["cell"],
            measure=row["measure"],
            source=row["source"],
            by=None,
            at=at,
        )
        for row in rows
    ]
