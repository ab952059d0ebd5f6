"""Pages of rows behind a key, and what many tables say in the same way."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.interfaces.queries.points import points
from wugeyi.interfaces.registry import Asked, Column, Found, Kind, Value
from wugeyi.organisations.models import Organisation

Row = TypeVar("Row", bound=Model)
UNIT = (Column("unit_code", _("所属单位的代码")), Column("unit", _("所属单位")))
INVENTED = Column("invented", _("虚构"), Kind.YES_NO)
PUBLISHED = Column("published_at", _("什么时候公开的"), Kind.MOMENT)


def whole(text: str) -> int:
    """Read the key of a row; 0 for anything else, so that a broken link begins anew."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def behind(rows: QuerySet[Row], asked: Asked) -> list[Row]:
    """Return the rows behind a key, by key; one query."""
    return list(rows.filter(pk__gt=whole(asked.after)).order_by("pk")[: asked.size])


def found(
    rows: QuerySet[Row],
    asked: Asked,
    values: Callable[[Row, Asked], Sequence[Value]],
    *,
    unit: str = "",
) -> list[Found]:
    """Return a page by key; one query, or two with ``unit``.

    ``unit`` names the column of the organisation whose area a row is shown in.
    """
    page = behind(rows, asked)
    spots = points(getattr(each, unit) for each in page) if unit else {}
    return [
        Found(
            key=str(each.pk),
            values=values(each, asked),
            spot=spots.get(getattr(each, unit)) if unit else None,
        )
        for each in page
    ]


def of_unit(unit: Organisation) -> list[Value]:
    """Return what stands in the columns of ``UNIT``."""
    return [unit.code, unit.name]


def moment(at: datetime | None) -> str:
    """Write a moment with its zone, to the second."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def day(on: date | None) -> str | None:
    """Write a day; None where there is none."""
    return on.isoformat() if on is not None else None


def yuan(fen: int) -> float:
    """Return an amount in yuan, exact to the fen."""
    return fen / 100
