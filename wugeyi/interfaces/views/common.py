"""What every answer to a program has: key, limits, language, format, refusals."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from math import ceil
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, allow_here, client_address, key_of
from wugeyi.interfaces.actions.keys import note_use
from wugeyi.interfaces.forms.refusals import errors
from wugeyi.interfaces.models import ApiKey
from wugeyi.interfaces.queries import keys
from wugeyi.interfaces.rules.georeport import Refused, Why
from wugeyi.interfaces.rules.markup import document

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
READS_PER_MINUTE = 120
"""For one address without a key."""
WRONG_KEYS_PER_MINUTE = 30
LANGUAGES = {"zh": "zh-hans", "zh-hans": "zh-hans", "en": "en"}
XML, JSON = "text/xml; charset=utf-8", "application/json; charset=utf-8"
FRESH_SECONDS = 60


def for_programs(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Answer a program: in the language it asks for, refusals as lists of errors.

    No cookie is read, so no page of another site can act for somebody here.
    """

    @csrf_exempt
    @wraps(view)
    def answered(
        request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        with translation.override(language(request)):
            try:
                response = view(request, *args, **kwargs)
            except Refused as refused:
                response = refusal(str(kwargs.get("form", "")), refused)
            if request.method in {"GET", "HEAD"}:
                # Everybody's: pages of other sites may read it, without cookies.
                response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Content-Language"] = translation.get_language() or ""
        return response

    return answered


def language(request: HttpRequest) -> str:
    """Return the language a program asks for with ``lang``; Chinese without."""
    return LANGUAGES.get(request.GET.get("lang", ""), settings.LANGUAGE_CODE)


def refusal(form: str, refused: Refused) -> HttpResponse:
    """Answer with a list of errors, in XML unless JSON was asked for."""
    found = errors(refused)
    form = form if form in {"json", "geojson", "csv"} else "xml"
    if form == "xml":
        body, kind = document("errors", found, item="error"), XML
    else:
        body, kind = json.dumps(found, ensure_ascii=False), JSON
    response = HttpResponse(body, content_type=kind, status=refused.status)
    response.headers["Cache-Control"] = "no-store"
    if refused.why is Why.TOO_OFTEN:
        response.headers["Retry-After"] = refused.value
    return response


def answer(
    form: str, rows: object, *, root: str, item: str = "", fresh: bool = False
) -> HttpResponse:
    """Answer with rows as XML or JSON; ``fresh`` ones a cache may keep for a minute.

    Raises
    ------
    Refused
        NO_FORMAT.
    """
    if form == "json":
        body, kind = json.dumps(rows, ensure_ascii=False), JSON
    elif form == "xml":
        body, kind = document(root, rows, item=item), XML
    else:
        raise Refused(Why.NO_FORMAT)
    response = HttpResponse(body, content_type=kind)
    kept = f"public, max-age={FRESH_SECONDS}" if fresh else "no-store"
    response.headers["Cache-Control"] = kept
    return response


def check_format(form: str, forms: Sequence[str] = ("xml", "json")) -> None:
    """Refuse a format there is not, before anything is read.

    Raises
    ------
    Refused
        NO_FORMAT.
    """
    if form not in forms:
        raise Refused(Why.NO_FORMAT)


def shown_key(request: HttpRequest, sent: Any = None) -> str:
    """Return the key a program shows: as an argument, or in a header."""
    given = (sent if sent is not None else request.GET).get("api_key", "").strip()
    if given:
        return str(given)
    words = request.headers.get("Authorization", "").split()
    if len(words) == 2 and words[0].lower() == "bearer":
        return words[1]
    return request.headers.get("X-Api-Key", "").strip()


def let_in(request: HttpRequest, sent: Any = None) -> ApiKey | None:
    """Count a request; return its key, None where it shows none.

    Raises
    ------
    Refused
        BAD_KEY: it shows one that opens nothing; TOO_OFTEN.
    """
    now = timezone.now()
    text = shown_key(request, sent)
    if not text:
        here = key_of("open-read", client_address(request))
        if not allow_here(here, limit=READS_PER_MINUTE, per=MINUTE, at=now):
            raise too_often(now, MINUTE)
        return None
    today = timezone.localdate(now)
    key = keys.key_of(text, on=today)
    if key is None:
        here = key_of("open-guess", client_address(request))
        if not allow_here(here, limit=WRONG_KEYS_PER_MINUTE, per=MINUTE, at=now):
            raise too_often(now, MINUTE)
        raise Refused(Why.BAD_KEY)
    for per, limit in ((MINUTE, key.per_minute), (DAY, key.per_day)):
        name = key_of(f"open-key-{per.days}", str(key.pk))
        if not allow(name, limit=limit, per=per, at=now):
            raise too_often(now, per)
    note_use(key=key, on=today)
    return key


def too_often(now: datetime, per: timedelta) -> Refused:
    """Return the refusal that says after how many seconds to try again."""
    seconds = ceil((window_of(now, per).end - now).total_seconds())
    return Refused(Why.TOO_OFTEN, str(max(1, seconds)))


def site(request: HttpRequest) -> str:
    """Return the address of this site, without a slash at the end."""
    return request.build_absolute_uri("/").rstrip("/")
