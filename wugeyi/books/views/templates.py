"""Templates: those that are shipped, those made from one's own vouchers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.books.actions import templates as actions
from wugeyi.books.adapter.statements import choices
from wugeyi.books.forms.months import TemplateEditForm, TemplateForm
from wugeyi.books.forms.refusals import explain
from wugeyi.books.models import Template
from wugeyi.books.rules import templates as shipped_templates
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
from wugeyi.books.views.vouchers import voucher_of


@require_safe
@readers
def templates(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every template of a book."""
    book = book_of(request, pk)
    own = Template.objects.filter(book=book).order_by("-active", "pk")
    context = {
        **frame(request, book, "templates"),
        "shipped": shipped_templates.shipped(book.regime).values(),
        "own": own.prefetch_related("lines")[:200],
        "names": {each.code: each.full for each in choices(book)},
    }
    return show(request, "templates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a template of a voucher."""
    voucher = voucher_of(request, pk)
    book = keepable(request, voucher.book_id)
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_template(
                voucher=voucher,
                name=form.cleaned_data["name"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("存成模板了。填凭证时可以从它开始。"))
            return redirect("books:templates", pk=book.pk)
    context = {
        **frame(request, book),
        "form": form,
        "title": _("把 %(number)s 号凭证存成模板") % {"number": voucher},
        "lead": _("记下科目、摘要和辅助项，不记金额。"),
        "back_url": voucher.get_absolute_url(),
        "button": _("存成模板"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Rename a template, or no longer offer it."""
    template = Template.objects.filter(pk=pk).first() if pk < 2**63 else None
    if template is None or template.book_id is None:
        raise Http404
    book = keepable(request, template.book_id)
    form = TemplateEditForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": template.name_zh,
            "active": template.active,
            "version": template.version,
        },
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_template(
                template=template,
                version=form.cleaned_data["version"] or 0,
                name=form.cleaned_data["name"],
                active=form.cleaned_data["active"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("已更改。"))
            return redirect("books:templates", pk=book.pk)
    context = {
        **frame(request, book),
        "form": form,
        "title": _("改模板“%(name)s”") % {"name": template},
        "back_url": reverse("books:templates", args=[book.pk]),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)
