"""What views do again and again: find a row or answer 404, act and tell how it went."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils import timezone

from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.rules.refusals import Refused

Row = TypeVar("Row")


def or_404(row: Row | None) -> Row:
    """Return a row that is there.

    Raises
    ------
    django.http.Http404
    """
    if row is None:
        raise Http404
    return row


def attempt(
    request: HttpRequest, act: Callable[..., object], said: str, **values: Any
) -> bool:
    """Act now, and tell how it went."""
    try:
        act(at=timezone.now(), **values)
    except Refused as refused:
        messages.error(request, explain(refused))
        return False
    messages.success(request, said)
    return True
