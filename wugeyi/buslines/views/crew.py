"""Days on which a driver does not drive; a record found by its code."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.buslines.actions import records as actions
from wugeyi.buslines.forms.records import AwayForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.queries import records as queries
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    line_of,
    readers,
    show,
    writable,
    writers,
)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def away(request: StaffRequest, pk: int, row: int) -> HttpResponse:
    """Write down days off; show those that are."""
    line = writable(request, pk)
    driver = queries.one(line, "drivers", row)
    if driver is None:
        raise Http404
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.away(
                driver=driver,
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("休假记下了，排班时不排这几天。"))
            return redirect("buslines:driver-away", pk=pk, row=row)
    context = {
        **frame(request, line),
        "form": form,
        "driver": driver,
        "title": _("%(name)s休假") % {"name": driver},
        "kind_label": _("驾驶员"),
        "back_url": reverse("buslines:records", args=[pk, "drivers"]),
    }
    return show(request, "away.html", context, status=422 if form.is_bound else 200)


@require_POST
@writers
def back(request: StaffRequest, pk: int, row: int, absence: int) -> HttpResponse:
    """Take days off back."""
    line = writable(request, pk)
    driver = queries.one(line, "drivers", row)
    found = driver and driver.absences.filter(pk=absence).first()
    if found:
        found.driver = driver
        try:
            actions.not_away(absence=found, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, explain(refused))
        else:
            messages.success(request, _("已取消这次休假。"))
    return redirect("buslines:driver-away", pk=pk, row=row)


@require_safe
@readers
def by_code(request: StaffRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Go where the record of a code can be mended, or seen."""
    line = line_of(request, pk)
    found = queries.by_code(line, kind, code, today=timezone.localdate())
    if found is None:
        raise Http404
    if frame(request, line)["writes"]:
        return redirect("buslines:record-edit", pk=pk, kind=kind, row=found.pk)
    address = reverse("buslines:records", args=[pk, kind])
    return redirect(f"{address}#{kind}-{found.pk}")
