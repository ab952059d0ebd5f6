"""The dictionaries: everybody on the staff reads, the seat's administrators change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.branchwork.actions import dictionaries as actions
from wugeyi.branchwork.forms import dictionaries as forms
from wugeyi.branchwork.models import DutyItem, HeadcountKind, Topic
from wugeyi.branchwork.views.staff import StaffRequest, show, staff
from wugeyi.organisations.models import Kind
from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import need_seat

BOOKS: dict[str, tuple[Any, type[forms.EntryForm]]] = {
    "topics": (gettext_lazy("议题"), forms.TopicForm),
    "duty-items": (gettext_lazy("经常性工作"), forms.DutyItemForm),
    "headcount-kinds": (gettext_lazy("人数类别"), forms.HeadcountKindForm),
}


def _book(name: str) -> tuple[Any, type[forms.EntryForm]]:
    if name not in BOOKS:
        raise Http404
    return BOOKS[name]


@require_safe
@staff()
def book(request: StaffRequest, name: str = "topics") -> HttpResponse:
    """List a dictionary."""
    _name, form = _book(name)
    rows: list[Any] = list(form.MODEL._default_manager.all())
    kinds = {kind.value: kind.label for kind in Kind}
    if form.MODEL is Topic:
        for row in rows:
            row.kind_names = [kinds[each] for each in row.kinds.split()]
    context = {
        "books": [(key, label) for key, (label, _form) in BOOKS.items()],
        "book": name,
        "rows": rows,
        "edits": keeps_installation(request.reach),
    }
    return show(request, "dictionary.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def entry(request: StaffRequest, name: str, pk: int = 0) -> HttpResponse:
    """Add an entry, or change one."""
    need_seat(request)
    _name, kind = _book(name)
    row = kind.MODEL._default_manager.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise Http404
    form = kind(request.POST or None, initial=_initial(row, kind), row=row)
    if request.method == "POST" and form.is_valid():
        actions.save_entry(
            model=kind.MODEL,
            row=row,
            values=form.values(),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已保存，并留痕。"))
        return redirect("branchwork:book", name=name)
    context = {
        "books": [(key, label) for key, (label, _form) in BOOKS.items()],
        "book": name,
        "row": row,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return show(request, "dictionary_entry.html", context, status=status)


def _initial(
    row: Topic | DutyItem | HeadcountKind | None, kind: type[forms.EntryForm]
) -> dict[str, object]:
    if row is None:
        return {"valid_from": timezone.localdate()}
    names = [name for name in kind.base_fields if hasattr(row, name)]
    found: dict[str, object] = {name: getattr(row, name) for name in names}
    if isinstance(row, Topic):
        found["kinds"] = row.kinds.split()
    return found


@require_POST
@staff(Role.ADMINISTRATOR)
def install(request: StaffRequest, name: str) -> HttpResponse:
    """Install what is offered: the common words, or the preset of regular duties."""
    need_seat(request)
    _book(name)
    at = timezone.now()
    if name == "duty-items":
        made = actions.install_duty_items(
            valid_from=timezone.localdate(at), by=request.user, at=at
        )
    else:
        written = actions.install_dictionaries(by=request.user, at=at)
        made = sum(written.values())
    if made:
        messages.success(request, _("已装入，都标着“未核对”；请对照原文核对后再用。"))
    else:
        messages.info(request, _("已经有了，没有改动。"))
    return redirect("branchwork:book", name=name)
