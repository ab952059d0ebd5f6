"""Organisations the demo adds to the real register, each marked as invented."""

from datetime import date, datetime

from wugeyi.organisations.actions.units import add_organisation
from wugeyi.organisations.models import Organisation

SOURCE = "演示(虚构)"


def add(
    code: str, name: str, kind: str, parent: Organisation, *, on: date, at: datetime
) -> Organisation:
    """Add one below ``parent``, from a day on."""
    return add_organisation(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        by=None,
        at=at,
        on=on,
        source=SOURCE,
        invented=True,
    )
