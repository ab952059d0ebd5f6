"""What lines add to pages of others: a place to go."""

from django.utils.translation import gettext as _

from wugeyi.buslines.rules import access
from wugeyi.organisations.navigation import Place


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [Place("buslines:list", _("惠农专线"), "map", access.READS, order=87)]


def public_places() -> list[Place]:
    """Return the list of lines that run."""
    return [Place("buslines:lines", _("惠农专线"), "map", order=87)]
