"""A set of books: its page, a new one, its settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import books as actions
from wugeyi.books.forms.books import EditBookForm, NewBookForm
from wugeyi.books.forms.refusals import explain
from wugeyi.books.models import Book, Voucher
from wugeyi.books.queries import books as queries
from wugeyi.books.queries import drafts, vouchers
from wugeyi.books.rules import access
from wugeyi.books.rules import templates as shipped_templates
from wugeyi.books.rules.months import month_of
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    readers,
    show,
)
from wugeyi.casework.forms.picking import described
from wugeyi.organisations.queries import held, lineages

NEWEST = 8
SETTINGS = ("name_zh", "name_en", "rhythm", "large_fen")


@require_safe
@readers
def book(request: StaffRequest, pk: int) -> HttpResponse:
    """Show where a set of books stands and what came last."""
    found = book_of(request, pk)
    newest = Voucher.objects.filter(book=found).order_by("-position")[:NEWEST]
    context = {
        **frame(request, found, "book"),
        "standing": queries.standing(found),
        "first_month": month_of(found.begins_on),
        "newest": vouchers.listed(
            found, newest.select_related("reverses", "reversed_by")
        ),
        "open": drafts.told(drafts.of_book(found, "").order_by("-pk")[:NEWEST]),
        "shipped": shipped_templates.shipped(found.regime).values(),
        "own": drafts.own_templates(found),
    }
    return show(request, "book.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def new(request: StaffRequest) -> HttpResponse:
    """Open a set of books."""
    own = [unit for unit in held(request.reach, access.OPENS) if unit.kind == "village"]
    above = lineages(own) if own else {}
    usual: dict[str, Any] = {
        "roots": request.reach.roots(access.OPENS),
        "suggested": [(unit, described(unit, above[unit.pk])) for unit in own],
    }
    form = NewBookForm(request.POST if request.method == "POST" else None, **usual)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            made = actions.open_book(
                organisation=values["to"],
                keeper=values["keeper"],
                regime=values["regime"],
                code=values["code"],
                begins_on=values["begins_on"],
                **{name: values[name] for name in SETTINGS},
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("账套建好了。接下来记期初余额，或直接填凭证。"))
            return redirect(made)
    context = {
        "form": form,
        "title": _("建一套账"),
        "back_url": reverse("books:home"),
        "button": _("建账"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change the settings of a set of books."""
    found = keepable(request, pk)
    known = {name: getattr(found, name) for name in SETTINGS}
    form = EditBookForm(
        request.POST if request.method == "POST" else None,
        initial={**known, "version": found.version},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.edit_book(
                book=found,
                version=form.cleaned_data["version"] or 0,
                **{name: form.cleaned_data[name] for name in SETTINGS},
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
            form.data = _newer(form.data, found)
        else:
            messages.success(request, _("已更改。"))
            return redirect(found)
    context = {
        **frame(request, found),
        "form": form,
        "title": _("账套的设置"),
        "back_url": found.get_absolute_url(),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


def _newer(data: Any, found: Book) -> Any:
    """Return what was typed with the version that stands now: sent again, it holds."""
    fresh = data.copy()
    fresh["version"] = str(
        Book.objects.values_list("version", flat=True).get(pk=found.pk)
    )
    return fresh
