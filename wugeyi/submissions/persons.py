"""Whose an entry of a phone's queue is: an account's, and what other apps know people by.

A tag stands for people and tells nobody who they are. Its parts are the account's (as
it was before there were others) and one for each app that registered how it knows
people: ``<account>~<code>=<part>``. A part that is missing was nobody.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wugeyi.submissions import registry
from wugeyi.submissions.queries.offline import person_tag

HEADER = "Queue-Person"
LENGTH = 24


def tag_of(request: HttpRequest) -> str:
    """Return what stands for whoever is asking now; empty for nobody."""
    parts = [
        f"~{code}={part}"
        for code in registry.persons()
        if (part := _now(request, code))
    ]
    return person_tag(request.user) + "".join(parts)


def account_of(request: HttpRequest) -> str:
    """Return the account's part of the tag that came with an entry."""
    return request.headers.get(HEADER, "").partition("~")[0]


def wrote(request: HttpRequest, code: str) -> bool | None:
    """Tell whether who is asking now wrote an entry, as an app knows people.

    None: nobody was known to that app when it was written.
    """
    _account, _mark, rest = request.headers.get(HEADER, "").partition("~")
    named = dict(each.partition("=")[::2] for each in rest.split("~"))
    then = named.get(code, "")
    return then == _now(request, code) if then else None


def _now(request: HttpRequest, code: str) -> str:
    known = registry.persons()[code](request)
    if not known:
        return ""
    return salted_hmac(f"wugeyi.submissions.{code}", known).hexdigest()[:LENGTH]
