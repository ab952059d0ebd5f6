"""What is wrong with the definitions of this installation."""

from typing import TYPE_CHECKING

from wugeyi.figures.adapter import check
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import MeasureVersion
from wugeyi.figures.openers import kinds

if TYPE_CHECKING:
    from wugeyi.figures.adapter import Finding


def findings() -> list["Finding"]:
    """Return what is wrong, compared with what was recorded of each version."""
    known = {
        (row.code, row.version): row.digest for row in MeasureVersion.objects.all()
    }
    return check(catalogue(), known=known, openers=kinds())
