"""Something is broken: what is broken, send. Sent from the page or by the phone's queue.

Exempt from the CSRF check as reports are: it acts for nobody, and people whose browser
refuses cookies must be able to tell. A flood is stopped by address.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wugeyi.accounts.models import User
from wugeyi.accounts.rules import window_of
from wugeyi.accounts.throttle import allow, client_address, key_of, too_often
from wugeyi.casework.actions.writing import RESIDENT
from wugeyi.casework.views import remembered
from wugeyi.casework.views.report import to_case
from wugeyi.stations.actions import breakages as actions
from wugeyi.stations.actions.breakages import Broken
from wugeyi.stations.forms.public import BrokenForm
from wugeyi.stations.forms.refusals import explain
from wugeyi.stations.models import Breakage, Station
from wugeyi.stations.queries import public as queries
from wugeyi.stations.rules.refusals import Refused
from wugeyi.submissions.registry import NotTaken, Sent, Taken
from wugeyi.uploads.actions import store
from wugeyi.uploads.errors import PictureError
from wugeyi.uploads.models import Upload

WINDOW = timedelta(minutes=10)
PER_WINDOW = 20
CODE = "station-broken"


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def broken(request: HttpRequest) -> HttpResponse:
    """Take what is broken and go to its receipt; without a station ask for its code."""
    if request.method != "POST":
        station = queries.load(request.GET.get("station", "")[:12])
        form = BrokenForm(
            initial={
                "client_id": uuid4(),
                "station": station.code if station else "",
            }
        )
        return _page(request, form)
    now = timezone.now()
    form = BrokenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form)
    if not allow(
        key_of(CODE, client_address(request)), limit=PER_WINDOW, per=WINDOW, at=now
    ):
        retry_at = window_of(now, WINDOW).end
        return too_often(request, retry_at, content=_again(request, form, 429))
    photo, fault = _photo(form, at=now)
    if fault:
        form.add_error("photos", fault)
        return _again(request, form)
    try:
        row = _report(form, photo, by=_who(request), at=now)
    except Refused as refused:
        form.add_error(None, explain(refused))
        return _again(request, form, 409)
    return to_case(request, row.case, "public:receipt")


def _who(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _photo(form: BrokenForm, *, at: datetime) -> tuple[Upload | None, str]:
    sent = form.cleaned_data["photos"]
    try:
        return (store(file=sent[0], by=None, at=at), "") if sent else (None, "")
    except PictureError as problem:
        return None, str(problem)


def _report(
    form: BrokenForm, photo: Upload | None, *, by: User | None, at: datetime
) -> Breakage:
    values = form.cleaned_data
    station: Station = values["station"]
    told = Broken(values["client_id"], form.meant, values["text"], photo)
    return actions.report(station=station, broken=told, by=by or RESIDENT, at=at)


def _again(request: HttpRequest, form: BrokenForm, status: int = 422) -> HttpResponse:
    return _page(request, form, status=status)


def _page(request: HttpRequest, form: BrokenForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "now": timezone.now()}
    return render(request, "stations/public/broken.html", context, status=status)


def check(request: HttpRequest, sent: Sent) -> None:
    """Say what is wrong before photographs are sent."""
    _checked(sent)


def _checked(sent: Sent) -> BrokenForm:
    fields = sent.fields.copy()
    fields["client_id"] = str(sent.client_id)
    form = BrokenForm(fields)
    if not form.is_valid():
        errors = {
            "" if name == "__all__" else name: [str(text) for text in texts]
            for name, texts in form.errors.items()
        }
        raise NotTaken(errors)
    return form


def take(request: HttpRequest, sent: Sent) -> Taken:
    """Take what the phone's queue sends, once."""
    form = _checked(sent)
    photo = sent.photos[0] if sent.photos else None
    try:
        row = _report(form, photo, by=sent.by, at=sent.received_at)
    except Refused as refused:
        raise NotTaken({"": [explain(refused)]}) from refused
    return Taken(
        url=reverse("public:receipt", args=[row.case_id]),
        text=_("收到了。修好以前，驿站的页面上会写着它坏了。"),
        key=str(row.case_id),
        staff_url=reverse("stations:desk-station", args=[row.station_id]),
        organisation_id=row.station.organisation_id,
    )


def opened(request: HttpRequest, response: HttpResponse, key: str) -> str:
    """Remember the case on this phone, and give an address that opens it."""
    remembered.remember(request, response, int(key))
    address = reverse("public:receipt", args=[int(key)])
    return f"{address}?t={remembered.ticket(int(key))}"
