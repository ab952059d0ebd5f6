"""The dictionary of kinds, kept by the seat's administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.views.staff import StaffRequest, staff
from wugeyi.projects.actions.kinds import add_kind, end_kind
from wugeyi.projects.forms.projects import KindForm
from wugeyi.projects.forms.refusals import explain
from wugeyi.projects.models import OtherKind
from wugeyi.projects.rules.refusals import Refused
from wugeyi.projects.views.common import show

keepers = staff()


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def kinds(request: StaffRequest) -> HttpResponse:
    """Show the kinds; the seat's administrators add to them."""
    keeps = keeps_installation(request.reach)
    if request.method == "POST" and not keeps:
        raise PermissionDenied(_("类别由管理单位的管理员维护。"))
    form = KindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_kind(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("code", explain(refusal.why))
        else:
            messages.success(request, _("类别已加上。"))
            return redirect("projects:kinds")
    rows = list(OtherKind.objects.order_by("ended_on", "name_zh"))
    context = {"form": form, "rows": rows, "keeps": keeps}
    return show(request, "kinds.html", context, status=422 if form.is_bound else 200)


@require_POST
@keepers
def switch(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a kind no longer, or again."""
    if not keeps_installation(request.reach):
        raise PermissionDenied(_("类别由管理单位的管理员维护。"))
    kind = get_object_or_404(OtherKind, pk=pk)
    at = timezone.now()
    on = None if kind.ended_on else timezone.localdate(at)
    end_kind(kind=kind, on=on, by=request.user, at=at)
    return redirect("projects:kinds")
