"""What every page knows: whose installation this is, and where one may go."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wugeyi.organisations.queries import installation as current


def installation(request: HttpRequest) -> dict[str, Any]:
    """Offer the installation (None before set-up) to templates, read when used."""
    return {"installation": SimpleLazyObject(current)}
