"""The one page on which every act is done: a form about a row, then its action."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wugeyi.books.forms.refusals import explain_all
from wugeyi.books.rules.refusals import Refused as BooksRefused
from wugeyi.holdings.forms.base import HoldingForm
from wugeyi.holdings.forms.companies import InvestorForm, collectives
from wugeyi.holdings.forms.refusals import explain
from wugeyi.holdings.rules import access
from wugeyi.holdings.rules.refusals import Refused
from wugeyi.holdings.views.acts.nouns import NOUNS, Noun, address
from wugeyi.holdings.views.acts.spec import Act, Needs, Sent
from wugeyi.holdings.views.common import (
    StaffRequest,
    need_keeping,
    need_registering,
    readers,
    show,
)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def act(request: StaffRequest, noun: str, pk: int, slug: str) -> HttpResponse:
    """Show or take the form of one act on one row."""
    what = NOUNS.get(noun)
    spec = what.acts.get(slug) if what else None
    if what is None or spec is None:
        raise Http404
    row = what.load(request, pk)
    _need(request, what, spec, row)
    if request.method != "POST":
        known = spec.initial(row, timezone.localdate())
        known["version"] = getattr(row, "version", None)
        return _page(request, what, spec, row, _form(request, spec, row, initial=known))
    form = _form(request, spec, row, data=request.POST)
    if not form.is_valid():
        return _page(request, what, spec, row, form, status=422)
    return _do(request, what, spec, row, form)


def _need(request: StaffRequest, what: Noun, spec: Act, row: Any) -> None:
    unit = what.unit(row)
    if spec.needs is Needs.REGISTERS:
        need_registering(request, unit)
    elif spec.needs is Needs.KEEPS:
        need_keeping(request, unit)
    elif not request.reach.holds(*access.KEEPS):
        raise PermissionDenied(_("凭证草稿由会计来做，您现在的岗位只能查看。"))


def _form(request: StaffRequest, spec: Act, row: Any, **more: Any) -> HoldingForm:
    form = spec.form(subject=row, **more)
    if isinstance(form, InvestorForm):
        form.offer(collectives(request.reach.roots(access.READS)))
    return form


def _do(
    request: StaffRequest, what: Noun, spec: Act, row: Any, form: HoldingForm
) -> HttpResponse:
    sent = Sent(
        row, dict(form.cleaned_data), request.user, timezone.now(), request.reach
    )
    try:
        # An act may make an item of the books first: all of it or nothing.
        with transaction.atomic():
            made = spec.do(sent)
    except (Refused, BooksRefused) as refusal:
        fresh = what.load(request, row.pk)
        data = request.POST.copy()
        data["version"] = str(getattr(fresh, "version", ""))
        form.data = data
        for sentence in _said(refusal):
            form.add_error(None, sentence)
        return _page(request, what, spec, fresh, form, status=409)
    messages.success(request, str(spec.done))
    return redirect(address(what.page(row) if made is None else made))


def _said(refusal: Refused | BooksRefused) -> list[str]:
    if isinstance(refusal, Refused):
        return [explain(refusal)]
    return explain_all(refusal)


def _page(
    request: StaffRequest,
    what: Noun,
    spec: Act,
    row: Any,
    form: HoldingForm,
    *,
    status: int = 200,
) -> HttpResponse:
    page = what.page(row)
    context = {
        "title": spec.title,
        "lead": spec.lead,
        "button": spec.button,
        "dangerous": spec.dangerous,
        "form": form,
        "back_url": address(page),
        "back_name": str(page),
        "unit": what.unit(row),
    }
    return show(request, "form.html", context, status=status)
