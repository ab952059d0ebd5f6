"""The receipt, the way of a case in public words, and what its reporter may do.

Acts carry the receipt code in their body. It is a secret only its holder knows, so a
forged request cannot be made without it and no CSRF token is needed on top; that lets
people act whose browser refuses cookies.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.throttle import throttled
from wugeyi.casework.actions import closing, erasing, telling
from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.forms.receipt import AnswerForm, CodeForm, EraseForm, HeldForm
from wugeyi.casework.forms.refusals import explain
from wugeyi.casework.models import Callback, Case, CasePhoto
from wugeyi.casework.queries import deadlines, receipts
from wugeyi.casework.queries.retention import kept
from wugeyi.casework.queries.standing import by_when, standing
from wugeyi.casework.rules.closing import REOPEN_WITHIN, may_reopen
from wugeyi.casework.rules.receipts import display
from wugeyi.casework.rules.refusals import Refused
from wugeyi.casework.rules.states import OPEN, Outcome, State
from wugeyi.casework.views import remembered
from wugeyi.casework.views.report import to_case
from wugeyi.notices.views.following import block
from wugeyi.uploads.views import picture_response

LOOK_UPS_PER_WINDOW = 60
WINDOW = timedelta(minutes=10)
WRONG = 422
CONFLICT = 409
MAY_COME_BACK = frozenset({Outcome.RESOLVED, Outcome.UNREACHED})


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="receipt")
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what is followed on this device."""
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid():
            case = receipts.by_code(form.cleaned_data["code"])
            if case is not None:
                return to_case(request, case, "public:case")
            form.add_error("code", _("没有这个查询码。请对照回执再看一遍。"))
        return _ask(request, form, status=WRONG)
    return _ask(request, CodeForm())


def _ask(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    mine = [
        {"case": case, "standing": standing(case)}
        for case in receipts.of_keys(remembered.keys(request))
    ]
    context = {"form": form, "mine": mine, "now": timezone.now()}
    return render(request, "casework/public/follow.html", context, status=status)


def _mine(request: HttpRequest, pk: int) -> Case | HttpResponse:
    """Return the case if this device follows it, else the page that asks for the code."""
    case = receipts.by_key(pk) if remembered.opens(request, pk) else None
    if case is None:
        return redirect("public:follow")
    if "t" in request.GET and pk in remembered.keys(request):
        return redirect(request.path)
    return case


@never_cache
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the slip: the code in big type, when somebody calls, when there is an answer."""
    case = _mine(request, pk)
    if isinstance(case, HttpResponse):
        return case
    address = request.build_absolute_uri(reverse("public:follow"))
    rule = None
    if not case.danger and case.state != State.MERGED:
        rule = deadlines.rule_for(
            case.category, case.urgency, case.handler.kind, on=case.registered_on
        )
    context = {
        "case": case,
        "code": display(case.receipt),
        "address": address,
        # After the number sign: browsers never send that part to anybody.
        "qr": _qr(f"{address}#{display(case.receipt)}"),
        "rule": rule,
        "contact_by": by_when(case.contact_due_at),
        "answer_by": by_when((case.merged_into or case).due_at),
        "has_phone": hasattr(case, "reporter") and bool(case.reporter.phone),
        "ticket": request.GET.get("t", ""),
        "tell": block(telling.TOPIC, case.pk, case.receipt),
        "now": timezone.now(),
    }
    return render(request, "casework/public/receipt.html", context)


def _qr(text: str) -> SafeString:
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True)
    return SafeString(drawn)  # drawn by us from modules; the text is not in it


@never_cache
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was done, in public words."""
    found = _mine(request, pk)
    if isinstance(found, HttpResponse):
        return found
    return _case_page(request, found)


def _case_page(
    request: HttpRequest,
    found: Case,
    *,
    form: AnswerForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    main = found.merged_into or found
    course = receipts.course(found)
    initial = {"code": found.receipt, "version": found.version}
    context = {
        "case": found,
        "main": main,
        "code": display(found.receipt),
        "standing": standing(found),
        "course": course,
        "answer_by": by_when(main.due_at),
        "photo_tokens": [
            (photo, remembered.picture_ticket(photo.pk)) for photo in course.photos
        ],
        "may_answer": found.state == State.ANSWERED,
        "may_come_back": _may_come_back(found, now),
        "reopen_until": found.closed_at + REOPEN_WITHIN if found.closed_at else None,
        "may_withdraw": State(found.state) in OPEN,
        "erased": found.text == erasing.ERASED,
        "tell": block(telling.TOPIC, found.pk, found.receipt),
        "form": form or AnswerForm(initial=initial),
        "refused": refused,
        "now": now,
    }
    return render(request, "casework/public/case.html", context, status=status)


def _may_come_back(found: Case, now: datetime) -> bool:
    return (
        found.state == State.CLOSED
        and found.outcome in MAY_COME_BACK
        and may_reopen(found.closed_at, now)
    )


def _held(request: HttpRequest, pk: int, form: HeldForm) -> Case:
    """Return the case whose code the request carries; anything else is not there."""
    form.is_valid()
    found = receipts.by_key(pk)
    sent = str(form.cleaned_data.get("code", ""))
    if found is None or not secrets.compare_digest(found.receipt, sent):
        raise Http404
    return found


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="receipt")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the reporter's word: solved, or not."""
    form = AnswerForm(request.POST)
    found = _held(request, pk, form)
    if form.errors:
        return _case_page(request, found, form=form, status=WRONG)
    values = form.cleaned_data
    try:
        closing.call_back(
            case=found,
            method=Callback.Method.RECEIPT.value,
            result=values["result"],
            satisfaction=values["satisfaction"],
            text=values["text"],
            by=RESIDENT,
            at=timezone.now(),
            version=values["version"],
        )
    except Refused as refusal:
        fresh = receipts.by_key(pk) or found
        data = request.POST.copy()
        data["version"] = str(fresh.version)
        return _case_page(
            request,
            fresh,
            form=AnswerForm(data),
            refused=explain(refusal.why),
            status=CONFLICT,
        )
    return to_case(request, found, "public:case")


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="receipt")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the report back, after asking once more."""
    form = HeldForm(request.POST)
    found = _held(request, pk, form)
    if "sure" not in request.POST:
        return _confirm(
            request,
            found,
            title=_("撤回这件诉求？"),
            text=_("撤回后不再办理，也不再联系您。已经写下的经过会保留。"),
            button=_("撤回"),
        )
    try:
        closing.withdraw(case=found, by=RESIDENT, at=timezone.now())
    except Refused as refusal:
        fresh = receipts.by_key(pk) or found
        return _case_page(request, fresh, refused=explain(refusal.why), status=CONFLICT)
    return to_case(request, found, "public:case")


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="receipt")
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase who asked, or everything they gave, after explaining and asking once more."""
    form = EraseForm(request.POST)
    found = _held(request, pk, form)
    if form.errors:
        raise Http404
    everything = form.cleaned_data["what"] == "all"
    if not form.cleaned_data["sure"]:
        return _confirm_erase(request, found, everything=everything)
    act = erasing.erase_all if everything else erasing.erase_identity
    act(case=found, by=RESIDENT, at=timezone.now())
    return to_case(request, found, "public:case")


def _confirm_erase(
    request: HttpRequest, found: Case, *, everything: bool
) -> HttpResponse:
    if everything:
        title = _("删除我提供的全部内容？")
        text = _(
            "会删除：您的称呼和电话、您写的话、地点、照片和公开页上的内容。"
            "保留：类别、社区和工作人员写的办理经过。删除以后找不回来，"
            "工作人员也可能因为看不到内容而办不下去。"
        )
    else:
        title = _("删除我的称呼和电话？")
        text = _(
            "诉求会继续办理，但不能再打电话给您，请凭查询码看进展。删除以后找不回来。"
        )
    return _confirm(
        request,
        found,
        title=title,
        text=text,
        button=_("删除"),
        extra={"what": "all" if everything else "identity"},
    )


def _confirm(
    request: HttpRequest,
    found: Case,
    *,
    title: str,
    text: str,
    button: str,
    extra: dict[str, str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": title,
        "text": text,
        "button": button,
        "sent": {"code": found.receipt, "sure": "on", **(extra or {})},
        "case": found,
        "now": timezone.now(),
    }
    return render(request, "casework/public/confirm.html", context)


@never_cache
@csrf_exempt
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case off this device's list: phones are shared."""
    response = redirect("public:follow")
    remembered.drop(request, response, pk)
    return response


@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show a photograph of one's own case, by the ticket its page gave."""
    key = remembered.read_picture_ticket(token)
    photo = CasePhoto.objects.select_related("upload").filter(pk=key or 0).first()
    if photo is None:
        raise Http404
    return picture_response(photo.upload, thumb="full" not in request.GET)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, why, how long, and what people may ask for."""
    context = {"rows": kept(), "now": timezone.now()}
    return render(request, "casework/public/privacy.html", context)
