"""What sharing adds to figures, told in the transaction of each act."""

from datetime import datetime

from wugeyi.figures.actions import refresh
from wugeyi.sharing.models import Booking, Partner, Thing


def partner_changed(row: Partner, *, at: datetime, new: bool = False) -> None:
    """Count a partner that came, changed or left."""
    refresh(source="sharing_partners", records=[row.pk], at=at, new=new)


def thing_changed(row: Thing, *, at: datetime, new: bool = False) -> None:
    """Count a thing that is shared, or not any more."""
    refresh(source="sharing_things", records=[row.pk], at=at, new=new)


def booking_used(row: Booking, *, at: datetime) -> None:
    """Count a booking that was used; before that it is no figure."""
    refresh(source="sharing_uses", records=[row.pk], at=at, new=True)
