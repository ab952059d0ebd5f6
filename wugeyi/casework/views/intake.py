"""Writing a need down for somebody else, on one screen, one after another."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.casework.actions.intake import Asker, Need, register
from wugeyi.casework.forms.intake import CHANNELS, IntakeForm
from wugeyi.casework.forms.picking import typed_name
from wugeyi.casework.models import Case
from wugeyi.casework.queries import access as access_queries
from wugeyi.casework.queries.guesses import category_of, described, places_in
from wugeyi.casework.queries.near import Similar, similar
from wugeyi.casework.rules import access
from wugeyi.casework.rules.intake import dangers
from wugeyi.casework.rules.pasted import take_phone
from wugeyi.casework.rules.states import OPEN
from wugeyi.casework.views.staff import StaffRequest, show, staff
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import search

SESSION_KEY = "desk-receipt"
# Long enough to read a code out over the telephone, twice.
RECEIPT_SHOWN = timedelta(minutes=15)
SUGGESTED = 10


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.REGISTERS)
def new(request: StaffRequest) -> HttpResponse:
    """Take a need down."""
    roots = request.reach.roots(access.REGISTERS)
    if request.method != "POST":
        channel = request.GET.get("channel", "")
        known = {each.value for each in CHANNELS}
        initial = {
            "client_id": uuid4(),
            "channel": channel if channel in known else CHANNELS[0].value,
        }
        form = IntakeForm(initial=initial, roots=roots)
        return _page(request, form)
    data = request.POST.copy()
    notes, suggested = _guess(data, request)
    form = IntakeForm(data, roots=roots, suggested=suggested)
    valid = form.is_valid()
    if notes or "look" in data:
        # What was filled in is looked at by a person before it is registered.
        return _page(request, form, notes=notes, quiet=True)
    if not valid:
        return _page(request, form, status=422)
    alike = _alike(form)
    seen = _mark(form)
    if alike and data.get("seen") != seen and not form.cleaned_data["join"]:
        data["seen"] = seen
        form.data = data
        return _page(request, form, alike=alike)
    return _register(request, form)


def _page(
    request: StaffRequest, form: IntakeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    text = str(form.data.get("text", ""))
    context = {
        "form": form,
        "danger_words": dangers(text),
        "person": ("name", "phone", "address"),
        **more,
    }
    return show(request, "new.html", context, status=status)


def _guess(
    data: QueryDict, request: StaffRequest
) -> tuple[list[str], list[tuple[Organisation, str]]]:
    """Fill in what the text tells and nobody typed; return what was filled in."""
    text = data.get("text", "").strip()
    if not text:
        return [], []
    notes: list[str] = []
    if not data.get("phone"):
        split = take_phone(text)
        if split.phone:
            data["phone"], data["text"] = split.phone, split.text
            notes.append(_("电话已从正文移到“联系电话”"))
    if not data.get("category"):
        category = category_of(text)
        if category is not None:
            data["category"] = str(category.pk)
            notes.append(_("类别选了“%(name)s”") % {"name": category})
    suggested: list[tuple[Organisation, str]] = []
    if not data.get("to"):
        units = places_in(text, request.reach, access.REGISTERS)
        suggested = described(units)
        if len(units) == 1 and not data.get("to_pick"):
            data["to_pick"] = str(units[0].pk)
            notes.append(_("地点选了“%(name)s”") % {"name": suggested[0][1]})
    return notes, suggested


def _alike(form: IntakeForm) -> list[Similar]:
    values = form.cleaned_data
    if values["category"] is None:
        return []
    return similar(values["text"], category=values["category"], place=values["to"])


def _mark(form: IntakeForm) -> str:
    """Name what the hint was shown for: another place or category asks again."""
    values = form.cleaned_data
    return f"{values['to'].pk}-{values['category'].pk if values['category'] else 0}"


def _register(request: StaffRequest, form: IntakeForm) -> HttpResponse:
    values = form.cleaned_data
    if values["category"] is None:
        form.add_error("category", _("请选一个类别；拿不准就选“其他”。"))
        return _page(request, form, status=422)
    join = _to_join(request, values["join"])
    if values["join"] and join is None:
        form.add_error(None, _("要加入的那一件已经办结或转走了，请单独登记。"))
        return _page(request, form, status=409)
    at = timezone.now()
    result = register(
        need=Need(
            client_id=values["client_id"],
            text=values["text"],
            category=values["category"],
            place=values["to"],
            channel=values["channel"],
            urgency=values["urgency"],
            danger=values["danger"],
            spot=values["spot"],
            asker=Asker(values["name"], values["phone"], values["address"]),
        ),
        join=join,
        by=request.user,
        at=at,
    )
    # Shown to read out; afterwards only the reporter has it.
    request.session[SESSION_KEY] = [
        result.case.pk,
        result.case.receipt,
        at.timestamp(),
    ]
    return redirect("desk:registered", pk=result.case.pk)


def _to_join(request: StaffRequest, key: int | None) -> Case | None:
    case = access_queries.load(key) if key else None
    if case is None or case.state not in {state.value for state in OPEN}:
        return None
    return case if access.sees(request.reach, access_queries.where(case)) else None


@require_safe
@staff(*access.REGISTERS)
def registered(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the receipt's code once, to read out or print."""
    kept = request.session.get(SESSION_KEY, [0, "", 0])
    now = timezone.now()
    fresh = kept[0] == pk and now.timestamp() - kept[2] < RECEIPT_SHOWN.total_seconds()
    case = access_queries.load(pk)
    if case is None or not access.sees(request.reach, access_queries.where(case)):
        # Joined or routed out of one's reach: the code is still to be read out.
        case = None
    if not fresh and case is not None:
        return redirect("desk:case", pk=pk)
    if not fresh:
        return redirect("desk:list")
    return show(request, "registered.html", {"case": case, "code": kept[1], "pk": pk})


@require_safe
@staff()
def organisations(request: StaffRequest) -> HttpResponse:
    """Suggest units for what is typed; the form works without."""
    found = search(request.GET.get("q", "")[:60], limit=SUGGESTED)
    rows = [
        {
            "value": typed_name(each),
            "label": " / ".join(
                [*(unit.name for unit in each.lineage[-2:]), each.organisation.name]
            ),
        }
        for each in found
    ]
    return JsonResponse(
        {"units": rows}, headers={"Cache-Control": "private, max-age=60"}
    )
