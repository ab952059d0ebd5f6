"""The kinds: everybody on the staff reads, the seat's administrators change."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import StaffRequest, need_seat, staff
from wugeyi.talents import actions
from wugeyi.talents.forms import KindForm
from wugeyi.talents.models import TalentKind
from wugeyi.talents.views.frame import show

FIELDS = ("code", "name_zh", "name_en", "about", "source", "verified", "active")


@require_safe
@staff()
def kinds(request: StaffRequest) -> HttpResponse:
    """List the kinds."""
    context = {
        "rows": TalentKind.objects.all(),
        "edits": keeps_installation(request.reach),
    }
    return show(request, "kinds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def kind(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """Add or change a kind."""
    need_seat(request)
    row = TalentKind.objects.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in FIELDS} if row else {"active": True}
    form = KindForm(request.POST or None, initial=initial, row=row)
    if form.is_bound and form.is_valid():
        actions.save_kind(
            kind=row, values=form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("已保存，并留痕。"))
        return redirect("talents:kinds")
    status = 422 if form.is_bound else 200
    return show(request, "kind.html", {"row": row, "form": form}, status=status)


@require_POST
@staff(Role.ADMINISTRATOR)
def defaults(request: StaffRequest) -> HttpResponse:
    """Put the four shipped kinds in, unverified."""
    need_seat(request)
    actions.install_defaults(by=request.user, at=timezone.now())
    return redirect("talents:kinds")
