"""What stations lack against a list, with totals by county; the dictionaries."""

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

from wugeyi.organisations.queries import keeps_installation
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import need_seat, staff
from wugeyi.stations.actions import dictionaries as actions
from wugeyi.stations.forms.kinds import FORMS, WantedForm
from wugeyi.stations.models import Checklist, Item, StationKind
from wugeyi.stations.queries import staff as queries
from wugeyi.stations.views.common import (
    FARTHEST,
    StaffRequest,
    page_keys,
    readers,
    show,
    words,
)


@require_safe
@readers
def checklist(request: StaffRequest) -> HttpResponse:
    """Hold one's stations against a list."""
    today = timezone.localdate()
    lists = queries.checklists(today)
    asked = words(request, "list", 20)
    chosen = next((each for each in lists if each[0].code == asked), None)
    chosen = chosen or (lists[0] if lists else None)
    context: dict[str, object] = {"lists": lists, "today": today}
    if chosen is not None:
        found = queries.checked(
            request.reach, chosen[0], chosen[1], today=today, **page_keys(request)
        )
        context |= {
            "found": found,
            "totals": [(each, each.lacks(found.items)) for each in found.totals],
            "all": found.all.lacks(found.items),
            "tabs": [
                {
                    "url": f"{reverse('stations:checklist')}?list={row.code}",
                    "label": str(row),
                    "current": row == chosen[0],
                    "count": None,
                }
                for row, _items in lists
            ],
        }
    return show(request, "checklist.html", context)


@require_safe
@readers
def dictionaries(request: StaffRequest) -> HttpResponse:
    """Show kinds, facilities and lists, each with where it is from."""
    today = timezone.localdate()
    context = {
        "kinds": StationKind.objects.all(),
        "items": Item.objects.all(),
        "lists": [
            (row, [each.item for each in row.wanted.all() if each.holds(today)])
            for row in Checklist.objects.prefetch_related("wanted__item")
        ],
        "edits": keeps_installation(request.reach),
    }
    return show(request, "dictionaries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def word(request: StaffRequest, what: str, pk: int = 0) -> HttpResponse:
    """Add or change a row of a dictionary."""
    need_seat(request)
    if what not in FORMS or pk >= FARTHEST:
        raise Http404
    make, model = FORMS[what]
    row = model.objects.filter(pk=pk).first() if pk else None
    if pk and row is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = make(sent, instance=row)
    if form.is_bound and form.is_valid():
        actions.save_word(
            model=model,
            row=row,
            values=form.cleaned_data,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已保存，并留痕。"))
        return redirect("stations:dictionaries")
    context = {
        "form": form,
        "title": str(row) if row else _("加一条"),
        "back_url": reverse("stations:dictionaries"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def wanted(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what a list asks for, from a day on."""
    need_seat(request)
    row = Checklist.objects.filter(pk=pk).first() if pk < FARTHEST else None
    if row is None:
        raise Http404
    today = timezone.localdate()
    asked = [each.item_id for each in row.wanted.filter(valid_to=None)]
    form = WantedForm(
        request.POST if request.method == "POST" else None,
        initial={"items": asked, "on": today},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change_list(
                checklist=row,
                items=list(form.cleaned_data["items"]),
                on=form.cleaned_data["on"],
                by=request.user,
                at=timezone.now(),
            )
        except ValueError:
            form.add_error("on", _("这一天比现在的清单还早，请写以后的日子。"))
        else:
            messages.success(request, _("清单改好了，以前的照原来的算。"))
            return redirect("stations:dictionaries")
    context = {
        "form": form,
        "title": str(row),
        "back_url": reverse("stations:dictionaries"),
    }
    return show(request, "form.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff(Role.ADMINISTRATOR)
def defaults(request: StaffRequest) -> HttpResponse:
    """Put the shipped dictionaries in."""
    need_seat(request)
    actions.install_defaults(by=request.user, at=timezone.now())
    messages.success(request, _("放进来了，都可以改。"))
    return redirect("stations:dictionaries")
