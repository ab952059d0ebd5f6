"""Tables of sharing."""

from wugeyi.sharing.models.bookings import Booker, Booking, Hold, Thanks
from wugeyi.sharing.models.partners import Partner
from wugeyi.sharing.models.things import Opening, OtherDay, Piece, Thing
from wugeyi.sharing.models.words import Word

__all__ = [
    "Booker",
    "Booking",
    "Hold",
    "Opening",
    "OtherDay",
    "Partner",
    "Piece",
    "Thanks",
    "Thing",
    "Word",
]
