"""The one page on which every act is done: a form about a row, then its action."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wugeyi.sharing.forms.refusals import explain
from wugeyi.sharing.forms.staff import StaffForm
from wugeyi.sharing.rules import access
from wugeyi.sharing.rules.refusals import Refused
from wugeyi.sharing.views.acts.nouns import NOUNS
from wugeyi.sharing.views.acts.spec import Act, Noun, Sent
from wugeyi.sharing.views.common import (
    FARTHEST,
    StaffRequest,
    need_writing,
    readers,
    show,
)


def _row(request: StaffRequest, noun: Noun, pk: int) -> Any:
    row = noun.load(pk) if pk < FARTHEST else None
    if row is None or not access.reads(request.reach, noun.unit(row).path):
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def act(request: StaffRequest, noun: str, pk: int, slug: str) -> HttpResponse:
    """Show or take the form of one act on one row."""
    what = NOUNS.get(noun)
    spec = what.acts.get(slug) if what else None
    if what is None or spec is None:
        raise Http404
    row = _row(request, what, pk)
    need_writing(request, what.unit(row))
    if request.method != "POST":
        known = spec.initial(row, timezone.localdate())
        known["version"] = getattr(row, "version", None)
        return _page(request, what, spec, row, spec.form(subject=row, initial=known))
    form = spec.form(request.POST, subject=row)
    if not form.is_valid():
        return _page(request, what, spec, row, form, status=422)
    return _do(request, what, spec, row, form)


def _do(
    request: StaffRequest, what: Noun, spec: Act, row: Any, form: StaffForm
) -> HttpResponse:
    sent = Sent(row, dict(form.cleaned_data), request.user, timezone.now())
    try:
        made = spec.do(sent)
    except Refused as refusal:
        fresh = _row(request, what, row.pk)
        data = request.POST.copy()
        data["version"] = str(getattr(fresh, "version", ""))
        form.data = data
        form.add_error(None, explain(refusal))
        return _page(request, what, spec, fresh, form, status=409)
    messages.success(request, str(spec.done))
    if made is not None:
        return redirect(made)
    return redirect(what.page(row)[0])


def _page(
    request: StaffRequest,
    what: Noun,
    spec: Act,
    row: Any,
    form: StaffForm,
    *,
    status: int = 200,
) -> HttpResponse:
    url, name = what.page(row)
    context = {
        "title": spec.title,
        "lead": spec.lead,
        "button": spec.button,
        "dangerous": spec.dangerous,
        "form": form,
        "back_url": url,
        "back_name": name,
        "unit": what.unit(row),
    }
    return show(request, "form.html", context, status=status)
