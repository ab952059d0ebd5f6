"""What is kept, why and how long, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from wugeyi.casework.models import Retention
from wugeyi.jobs import keeping
from wugeyi.jobs.keeping import Keeping


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the retention table as people read it.

    ``span`` tells from when the days count; ``settable``: the installation decides.
    """

    field: str
    group: str
    name: str
    purpose: str
    days: int
    span: str
    basis: str
    verified: bool
    settable: bool = True


def kept() -> list[Kept]:
    """Return casework's own rows in order, then those of the other apps; one query."""
    rows = list(Retention.objects.order_by("pk"))
    decided = {row.field: row for row in rows}
    others = keeping.rows()
    registered = {each.field for each in others}
    own = [_shown(row) for row in rows if row.field not in registered]
    return own + [_other(each, decided.get(each.field)) for each in others]


def kept_of(field: str) -> Kept | None:
    """Return the row of one field; None where the installation has none. One query."""
    row = Retention.objects.filter(field=field).first()
    known = keeping.row_of(field)
    if known is not None:
        return _other(known, row)
    return _shown(row) if row is not None else None


def decided() -> dict[str, int]:
    """Return the days this installation chose, by field; one query."""
    return dict(Retention.objects.values_list("field", "days"))


def row_of(field: str) -> Retention | None:
    """Return what may be changed of a field: not yet saved if nobody changed it before."""
    row = Retention.objects.filter(field=field).first()
    if row is not None:
        return row
    known = keeping.row_of(field)
    if known is None or not known.settable:
        return None
    values: dict[str, str] = {}
    for language, ending in (("zh-hans", ""), ("en", "_en")):
        with override(language):
            values[f"name{ending}"] = str(known.name)
            values[f"purpose{ending}"] = str(known.purpose)
    with override("zh-hans"):
        basis = str(known.basis)
    return Retention(field=field, days=known.days, basis=basis, **values)


def _shown(row: Retention) -> Kept:
    english = (get_language() or "").startswith("en")
    purpose = row.purpose_en if english else row.purpose
    span = _("办结后 %(days)s 天") % {"days": row.days}
    return Kept(
        row.field,
        _("诉求"),
        str(row),
        purpose,
        row.days,
        span,
        _basis(row),
        row.verified,
    )


def _basis(row: Retention) -> str:
    """Return what a row rests on; what every installation begins with is translated."""
    return _(row.basis) if row.basis else ""


def _other(row: Keeping, chosen: Retention | None) -> Kept:
    if not row.settable:
        chosen = None
    days = chosen.days if chosen is not None else row.days
    return Kept(
        row.field,
        str(row.group),
        str(row.name),
        str(row.purpose),
        days,
        str(row.span) % {"days": days},
        _basis(chosen) if chosen is not None else str(row.basis),
        chosen.verified if chosen is not None else row.verified,
        row.settable,
    )
