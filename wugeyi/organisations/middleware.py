"""Give every request what its person may reach."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wugeyi.organisations.queries import reach_of
from wugeyi.organisations.rules import NOBODY, Reach

Handler = Callable[[HttpRequest], HttpResponse]


def reach(get_response: Handler) -> Handler:
    """Set ``request.reach``, read from the posts in force today on first use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        def load() -> Reach:
            if not request.user.is_authenticated:
                return NOBODY
            return reach_of(request.user, on=timezone.localdate())

        request.reach = SimpleLazyObject(load)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
