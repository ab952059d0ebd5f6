"""Saved replies: those of one's own organisations."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wugeyi.casework.actions.replies import add_reply, change_reply, drop_reply
from wugeyi.casework.forms.replies import SavedReplyForm
from wugeyi.casework.models import SavedReply
from wugeyi.casework.rules import access
from wugeyi.casework.views.staff import StaffRequest, show, staff
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Role

KEEPERS = frozenset({*access.HANDLERS, Role.DISPATCHER})
MOST = 200


def _units(request: StaffRequest) -> list[Organisation]:
    ids = {h.organisation_id for h in request.reach.holdings if h.role in KEEPERS}
    return list(Organisation.objects.filter(pk__in=ids).order_by("path"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def replies(request: StaffRequest) -> HttpResponse:
    """List the saved replies and take a new one."""
    units = _units(request)
    form = SavedReplyForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        add_reply(
            organisation=next(
                unit for unit in units if str(unit.pk) == values["organisation"]
            ),
            title=values["title"],
            text=values["text"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已保存，答复时可以直接插入。"))
        return redirect("desk:replies")
    rows = (
        SavedReply.objects.filter(organisation__in=units)
        .select_related("organisation", "created_by")
        .order_by("title", "pk")[:MOST]
    )
    status = 422 if form.is_bound else 200
    return show(request, "replies.html", {"form": form, "rows": rows}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def saved_reply(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a reply, or drop it."""
    units = _units(request)
    found = SavedReply.objects.filter(pk=pk, organisation__in=units).first()
    if found is None:
        raise Http404
    if request.method == "POST" and "drop" in request.POST:
        drop_reply(reply=found, by=request.user, at=timezone.now())
        messages.success(request, _("已删除；以前的答复不受影响。"))
        return redirect("desk:replies")
    own = [unit for unit in units if unit.pk == found.organisation_id]
    initial = {"title": found.title, "text": found.text}
    form = SavedReplyForm(request.POST or None, initial=initial, units=own)
    if request.method == "POST" and form.is_valid():
        change_reply(
            reply=found,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已修改。"))
        return redirect("desk:replies")
    status = 422 if form.is_bound else 200
    context = {"form": form, "reply": found}
    return show(request, "saved_reply.html", context, status=status)
