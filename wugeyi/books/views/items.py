"""What lines may be about: projects and counterparties, households and assets."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import books as actions
from wugeyi.books.adapter.statements import choices, item_balances
from wugeyi.books.forms.books import NewItemForm, RenameItemForm
from wugeyi.books.forms.refusals import explain
from wugeyi.books.models import Item
from wugeyi.books.rules.refusals import Refused
from wugeyi.books.views.common import (
    StaffRequest,
    book_of,
    frame,
    keepable,
    keepers,
    page_keys,
    readers,
    show,
)
from wugeyi.books.views.periods import day_of
from wugeyi.ui import paging

# Households and assets come from their own registers.
OWN = (Item.Kind.PROJECT.value, Item.Kind.COUNTERPARTY.value)


@require_safe
@readers
def items(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Show one page of items of a kind with their balances at a day's end."""
    book = book_of(request, pk)
    if kind not in Item.Kind.values:
        raise Http404
    day = day_of(request, book)
    page = paging.cut(
        Item.objects.filter(book=book, kind=kind),
        **page_keys(request),
    )
    balances = item_balances(book, kind, day)
    named = {each.code: each.full for each in choices(book)}
    context = {
        **frame(request, book, "items"),
        "kind": kind,
        "kinds": Item.Kind.choices,
        "label": Item.Kind(kind).label,
        "own": kind in OWN,
        "pages": page,
        "day": day,
        "rows": [
            (
                each,
                [
                    (code, named.get(code, ""), fen)
                    for code, fen in sorted(balances.get(each.code, {}).items())
                ],
            )
            for each in page.rows
        ],
    }
    return show(request, "items.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def new(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Add a project or a counterparty."""
    book = keepable(request, pk)
    if kind not in OWN:
        raise Http404
    form = NewItemForm(request.POST if request.method == "POST" else None, kind=kind)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            actions.add_item(
                book=book,
                kind=kind,
                code=values["code"],
                name=values["name"],
                personal=values.get("personal", False),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("code", explain(refused))
        else:
            messages.success(request, _("加上了。填凭证时可以选它。"))
            return redirect("books:items", pk=pk, kind=kind)
    context = {
        **frame(request, book),
        "form": form,
        "title": _("加一个项目") if kind == "project" else _("加一个往来单位或个人"),
        "back_url": reverse("books:items", args=[pk, kind]),
        "button": _("加上"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def rename(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the name of a project or counterparty right."""
    item = Item.objects.filter(pk=pk, kind__in=OWN).first() if pk < 2**63 else None
    if item is None:
        raise Http404
    book = keepable(request, item.book_id)
    form = RenameItemForm(
        request.POST if request.method == "POST" else None,
        initial={"name": item.name, "version": item.version},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.rename_item(
                item=item,
                version=form.cleaned_data["version"] or 0,
                name=form.cleaned_data["name"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("已更改。"))
            return redirect("books:items", pk=book.pk, kind=item.kind)
    context = {
        **frame(request, book),
        "form": form,
        "title": _("更正“%(code)s”的名称") % {"code": item.code},
        "back_url": reverse("books:items", args=[book.pk, item.kind]),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)
