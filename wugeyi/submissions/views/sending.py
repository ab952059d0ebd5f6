"""What phones ask: take this, how far is this photograph, who am I.

Nothing here asks for a CSRF token: a queue may be older than any. Every request carries
a header of its own, which no other site's page can send without being allowed to by us
(a form cannot, and a script's request is asked about first), and the browser's word
about where it comes from is heard where it gives one.
"""

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, allow_here, client_address, key_of
from wugeyi.submissions import registry
from wugeyi.submissions.actions import photos as photo_actions
from wugeyi.submissions.actions.accepting import (
    Conflicting,
    Letter,
    PhotosNeeded,
    accept,
)
from wugeyi.submissions.models import Photo, Submission
from wugeyi.submissions.persons import account_of, tag_of
from wugeyi.submissions.queries.offline import person_tag
from wugeyi.submissions.registry import Kind, NotTaken
from wugeyi.submissions.rules import (
    CHUNK_BYTES,
    LONGEST_FIELDS,
    Clock,
    read_moment,
)

WINDOW = timedelta(minutes=10)
# One phone that comes back with a hundred waiting passes; a flood does not. A whole
# village may stand behind one address: its phones try again by themselves.
TAKES_PER_WINDOW = 120
REQUESTS_PER_WINDOW = 3000
MOST_PHOTOS = 20

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def _answer(state: str, status: int = 200, **told: Any) -> HttpResponse:
    response = JsonResponse({"state": state, **told}, status=status)
    add_never_cache_headers(response)
    return response


def _later(seconds: float, text: str) -> HttpResponse:
    response = _answer("later", 429, text=text)
    response.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return response


def from_here(view: View[Given]) -> View[Given]:
    """Let in only requests of our own pages, and not without end."""

    @wraps(view)
    def checked(
        request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponse:
        if not _own(request):
            text = _("这次发送不是从本站页面来的，没有收下。")
            return _answer("refused", 403, text=text, errors={})
        now = timezone.now()
        key = key_of("send", client_address(request))
        if not allow_here(key, limit=REQUESTS_PER_WINDOW, per=WINDOW, at=now):
            return _busy(now)
        return view(request, *args, **kwargs)

    return cast("View[Given]", checked)


def _busy(now: Any) -> HttpResponse:
    left = (window_of(now, WINDOW).end - now).total_seconds()
    return _later(left, _("这个网络刚才发得太多，过几分钟会自己再发。"))


def _own(request: HttpRequest) -> bool:
    if "Idempotency-Key" not in request.headers:
        return False
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    same = not origin or urlsplit(origin).netloc == request.get_host()
    return site == "same-origin" and same


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@csrf_exempt
@require_POST
@from_here
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take what a phone sent; a repeat gets the first answer."""
    kind = registry.kind_of(code)
    letter = _letter(request)
    if kind is None or letter is None:
        text = _(
            "这一项现在不能这样发送了。请打开原来的页面重新提交，写好的内容都还在。"
        )
        return _answer("refused", 404 if kind is None else 400, text=text, errors={})
    by = _writer(request)
    if kind.sign_in and by is None:
        return _sign_in(request)
    if len(letter.photos) > kind.photos:
        text = _("最多 %(most)s 张照片，请去掉几张再发。") % {"most": kind.photos}
        return _answer("refused", 422, text=text, errors={"photos": [text]})
    now = timezone.now()
    who = key_of("send-take", client_address(request))
    first = Submission.objects.filter(client_id=letter.client_id).first()
    taking = first is None and _is_whole(letter)
    if taking and not allow(who, limit=TAKES_PER_WINDOW, per=WINDOW, at=now):
        return _busy(now)
    return _judged(request, kind, letter, by, first)


def _is_whole(letter: Letter) -> bool:
    """Tell whether this may become a record: its pictures are here."""
    if not letter.photos:
        return True
    here = Photo.objects.filter(pk__in=letter.photos).exclude(upload=None)
    return here.count() == len(letter.photos)


def _judged(
    request: HttpRequest,
    kind: Kind,
    letter: Letter,
    by: User | None,
    first: Submission | None,
) -> HttpResponse:
    try:
        row = accept(
            request=request,
            kind=kind,
            letter=letter,
            first=first,
            by=by,
            at=timezone.now(),
        )
    except NotTaken as problem:
        if problem.needs_sign_in:
            why = _first_text(problem.errors)
            return _answer("sign-in", 401, text=why, claim=problem.claim)
        # Who is looking is only asked something: no fault for the browser to report.
        status = 200 if letter.attended else 422
        text = _first_text(problem.errors)
        return _answer("refused", status, text=text, errors=problem.errors)
    except PhotosNeeded as needed:
        return _answer(
            "photos",
            missing=[str(key) for key in needed.missing],
            problems={str(key): text for key, text in needed.problems.items()},
        )
    except Conflicting:
        text = _("同一个编号先收到过另一份内容。两份都留着，工作人员会核对，不用再发。")
        return _answer("conflict", 409, text=text)
    return _taken(request, kind, row)


def _taken(request: HttpRequest, kind: Kind, row: Submission) -> HttpResponse:
    text = row.text or _("早就收到过了，不用再发。")
    response = _answer("taken", text=text)
    url = row.url or reverse(kind.page)
    if kind.opened and row.key:
        url = kind.opened(request, response, row.key)
    response.content = JsonResponse(
        {"state": "taken", "url": url, "text": text}
    ).content
    return response


def _first_text(errors: Mapping[str, list[str]]) -> str:
    return next((text for each in errors.values() for text in each), "")


def _letter(request: HttpRequest) -> Letter | None:
    """Read what arrived; None if it is nothing a page of ours sends."""
    client_id = _uuid(request.headers["Idempotency-Key"])
    listed = request.headers.get("Queue-Photos", "")
    names = [each for each in listed.split(",") if each.strip()][: MOST_PHOTOS + 1]
    keys = [_uuid(each.strip()) for each in names]
    try:
        length = _whole(request.META.get("CONTENT_LENGTH", "")) or 0
        too_long = length > LONGEST_FIELDS
        fields = QueryDict() if too_long else request.POST
    except (RequestDataTooBig, UnicodeDecodeError):
        return None
    if client_id is None or None in keys or too_long:
        return None
    return Letter(
        client_id=client_id,
        fields=fields,
        photos=tuple(dict.fromkeys(key for key in keys if key is not None)),
        clock=Clock(
            read_moment(request.headers.get("Queue-Written", "")),
            read_moment(request.headers.get("Queue-Sent", "")),
        ),
        attended="Queue-Attended" in request.headers,
    )


def _writer(request: HttpRequest) -> User | None:
    """Return who wrote it, if that is who is signed in now."""
    tag = person_tag(request.user)
    same = tag and account_of(request) == tag
    return request.user if same else None  # type: ignore[return-value]


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Say why it waits: nobody is signed in, somebody else is, or nobody knows whose it is."""
    owner = account_of(request)
    if not request.user.is_authenticated:
        text = _("登录以后会自己发送。内容都留在这部手机上。")
    elif owner:
        text = _("这是另一位使用者写的，不会用您的名义发送。请由本人登录后再发。")
    else:
        text = _("写的时候没有登录。请确认是您写的，再用您的名义发送。")
    claim = request.user.is_authenticated and not owner
    return _answer("sign-in", 401, text=text, claim=claim)


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
@from_here
def photo(request: HttpRequest, key: UUID) -> HttpResponse:
    """Tell how far a photograph has arrived, or keep its next part."""
    if request.method == "HEAD":
        known = Photo.objects.filter(pk=key).first()
        return _far(known or Photo(pk=key, size_bytes=0))
    offset = _whole(request.headers.get("Upload-Offset", ""))
    size = _whole(request.headers.get("Upload-Length", ""))
    try:
        octets = request.body
    except RequestDataTooBig:
        octets = b""
        size = None
    if offset is None or size is None or len(octets) > CHUNK_BYTES:
        text = _("照片的这一段没有看懂，请重新选一次照片。")
        return _answer("refused", 400, text=text)
    try:
        row = photo_actions.receive(
            key=key,
            size_bytes=size,
            offset=offset,
            octets=octets,
            at=timezone.now(),
        )
    except photo_actions.WrongPlace as wrong:
        return _far(wrong.photo, status=409)
    if row.problem:
        return _answer("refused", 422, text=row.problem)
    return _far(row, status=200)


def _far(row: Photo, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(status=status)
    response.headers["Upload-Offset"] = str(row.received_bytes)
    response.headers["Upload-Length"] = str(row.size_bytes)
    add_never_cache_headers(response)
    return response


def _whole(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if fits else None


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Tell a page whose queue it is now, and that there is a way to the server."""
    return _answer("here", person=tag_of(request))
