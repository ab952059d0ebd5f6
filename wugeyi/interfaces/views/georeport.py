"""Open311 GeoReport v2: services, requests, tokens; for real and to try."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.audit.rules import Actor
from wugeyi.casework.rules.intake import dangers
from wugeyi.casework.rules.receipts import display
from wugeyi.interfaces.actions.posting import keep_other, post
from wugeyi.interfaces.forms.georeport import NOT_CONTENT, read
from wugeyi.interfaces.models import ApiKey, Posted
from wugeyi.interfaces.queries import georeport as queries
from wugeyi.interfaces.queries.georeport import Wanted
from wugeyi.interfaces.queries.keys import by_token
from wugeyi.interfaces.queries.posted import Report, known
from wugeyi.interfaces.rules import georeport as rules
from wugeyi.interfaces.rules.georeport import Refused, Why
from wugeyi.interfaces.views.common import (
    answer,
    check_format,
    for_programs,
    let_in,
    site,
)
from wugeyi.organisations.rules import inside
from wugeyi.submissions.rules import content_of
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload

PRODUCTION, TRIAL = "v2", "test"


@require_safe
@for_programs
def services(request: HttpRequest, *, base: str, form: str) -> HttpResponse:
    """Answer with what can be reported."""
    check_format(form)
    let_in(request)
    queries.jurisdiction(request.GET.get("jurisdiction_id", ""))
    rows = queries.services()
    return answer(form, rows, root="services", item="service", fresh=True)


@require_safe
@for_programs
def service(request: HttpRequest, *, base: str, code: str, form: str) -> HttpResponse:
    """Answer with what else a service asks."""
    check_format(form)
    let_in(request)
    queries.jurisdiction(request.GET.get("jurisdiction_id", ""))
    found = queries.definition(code)
    return answer(form, found, root="service_definition", fresh=True)


@require_http_methods(["GET", "HEAD", "POST"])
@for_programs
def requests(request: HttpRequest, *, base: str, form: str) -> HttpResponse:
    """Answer with published cases, or take a new one."""
    check_format(form)
    if request.method == "POST":
        return _post(request, form, trial=base == TRIAL)
    key = let_in(request)
    asked = request.GET
    wanted = rules.codes(asked.get("service_request_id", ""))
    place = queries.jurisdiction(asked.get("jurisdiction_id", ""))
    if wanted:
        # "This overrides all other arguments."
        rows = queries.by_numbers(wanted, base=site(request), key=key)
    else:
        part = rules.page(asked.get("page", ""), asked.get("page_size", ""))
        start, end = asked.get("start_date", ""), asked.get("end_date", "")
        filters = Wanted(
            place=place,
            span=rules.span(start, end, now=timezone.now()),
            codes=rules.codes(asked.get("service_code", "")),
            statuses=rules.statuses(asked.get("status", "")),
        )
        rows = queries.requests(filters, part, base=site(request))
    return _requests(form, rows, fresh=key is None)


@require_safe
@for_programs
def request_of(
    request: HttpRequest, *, base: str, number: str, form: str
) -> HttpResponse:
    """Answer with one case: a published one, or one that this very key made."""
    check_format(form)
    key = let_in(request)
    queries.jurisdiction(request.GET.get("jurisdiction_id", ""))
    rows = queries.by_numbers([number], base=site(request), key=key)
    if not rows:
        raise Refused(Why.NO_REQUEST)
    return _requests(form, rows, fresh=key is None)


@require_safe
@for_programs
def token(request: HttpRequest, *, base: str, code: str, form: str) -> HttpResponse:
    """Answer with the case that was posted under a token (its Idempotency-Key)."""
    check_format(form)
    let_in(request)
    queries.jurisdiction(request.GET.get("jurisdiction_id", ""))
    found = by_token(code)
    if found is None:
        raise Refused(Why.NO_TOKEN)
    row = {"service_request_id": found.case.number, "token": found.token}
    return _requests(form, [row], fresh=False)


@for_programs
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer to an address there is not as to any other fault."""
    raise Refused(Why.NO_REQUEST)


def _requests(form: str, rows: object, *, fresh: bool) -> HttpResponse:
    return answer(form, rows, root="service_requests", item="request", fresh=fresh)


def _sent(request: HttpRequest) -> tuple[QueryDict, list["UploadedFile[Any]"]]:
    """Return the arguments, in the address or the body, and the pictures."""
    try:
        sent = request.GET.copy()
        sent.update(request.POST)
        files = [
            *request.FILES.getlist("media"),
            *request.FILES.getlist("media[]"),
        ]
    except (MultiPartParserError, UnreadablePostError, SuspiciousOperation) as fault:
        raise Refused(Why.BAD_FORM) from fault
    return sent, files


def _post(request: HttpRequest, form: str, *, trial: bool) -> HttpResponse:
    sent, files = _sent(request)
    key = let_in(request, sent)
    if key is None:
        raise Refused(Why.NO_KEY)
    if not key.writes:
        raise Refused(Why.NO_WRITING)
    report = read(sent, files, token=request.headers.get("Idempotency-Key", "").strip())
    if not inside(report.place.path, key.organisation.path):
        raise Refused(Why.OUT_OF_REACH, key.organisation.name)
    if trial:
        return _tried(form, report)
    now = timezone.now()
    try:
        posted = known(key=key, report=report, at=now)
        if posted is None:
            photos = [_store(file, key) for file in files]
            posted = post(key=key, report=report, photos=photos, at=now)
    except Refused as refused:
        if refused.why is Why.OTHER_CONTENT:
            _keep_other(key, report, sent, files)
        raise
    return _requests(form, [_receipt(request, posted, report)], fresh=False)


def _keep_other(
    key: ApiKey, report: Report, sent: QueryDict, files: "list[UploadedFile[Any]]"
) -> None:
    """Keep what is refused, for people to judge: the pictures that are some, too."""
    photos = []
    for file in files:
        with suppress(Refused):
            photos.append(_store(file, key))
    written = [(name, each) for name, each in sent.lists() if name not in NOT_CONTENT]
    keep_other(
        key=key,
        report=report,
        content=content_of(written),
        photos=photos,
        at=timezone.now(),
    )


def _store(file: "UploadedFile[Any]", key: ApiKey) -> Upload:
    try:
        return store(file=file, by=Actor(key.name), at=timezone.now())
    except PictureError as fault:
        raise Refused(Why.BAD_MEDIA, str(fault)) from fault


def _receipt(request: HttpRequest, posted: Posted, report: Report) -> dict[str, str]:
    words = [
        _("收到了。办理情况在 %(address)s 用查询码 %(code)s 查。")
        % {
            "address": site(request) + reverse("public:follow"),
            "code": display(posted.case.receipt),
        }
    ]
    return {
        "service_request_id": posted.case.number,
        "service_notice": " ".join([*_emergency(report), *words]),
        "account_id": "",
    }


def _tried(form: str, report: Report) -> HttpResponse:
    """Answer as if a case had been made; nothing was written."""
    row = {
        "service_request_id": f"TEST-{report.content[:12]}",
        "service_notice": " ".join(
            [*_emergency(report), _("这是试用地址：内容没有问题，但没有立案。")]
        ),
        "account_id": "",
    }
    return _requests(form, [row], fresh=False)


def _emergency(report: Report) -> list[str]:
    if not dangers(report.text):
        return []
    return [_("有人身危险时，请先打 110、119、120 或 122。")]
