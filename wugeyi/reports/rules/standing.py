"""What stands behind a form, and whether it may still be asked for."""

from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """Whether a form may be asked for; everything but ``VALID`` is shown everywhere."""

    VALID = "valid"
    STOPPED = "stopped"
    EXPIRED = "expired"
    NO_BASIS = "no_basis"
    NOT_APPROVED = "not_approved"


def standing(
    *,
    basis: str,
    approved_by: str,
    valid_until: date | None,
    stopped: bool,
    today: date,
) -> Standing:
    """Return how a form stands on a day; its last valid day still counts."""
    if stopped:
        return Standing.STOPPED
    if valid_until is not None and valid_until < today:
        return Standing.EXPIRED
    if not basis.strip():
        return Standing.NO_BASIS
    if not approved_by.strip():
        return Standing.NOT_APPROVED
    return Standing.VALID
