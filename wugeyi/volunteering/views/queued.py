"""Flashes that waited on a phone: the same forms, the same actions."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.casework.views import remembered
from wugeyi.submissions import registry
from wugeyi.submissions.registry import Check, NotTaken, Opened, Sent, Take, Taken
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.forms.where import WhereForm
from wugeyi.volunteering.queries import people
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views import finding
from wugeyi.volunteering.views.finding import Search
from wugeyi.volunteering.views.flashes import warned
from wugeyi.volunteering.views.kinds import FLASHES, Act, Flash
from wugeyi.volunteering.views.who import volunteer_of

PAGES = {
    "help": "ask",
    "report": "report",
    "publicity": "publicity",
    "cleanup": "cleanup",
    "emergency": "emergency",
    "need": "need",
}


def _read(request: HttpRequest, sent: Sent, flash: Flash) -> tuple[WhereForm, Search]:
    volunteer = volunteer_of(request)
    if flash.registered and volunteer is None:
        raise NotTaken(
            {"": [_("请先打开您的个人链接或登录，再发送。")]}, needs_sign_in=True
        )
    form = flash.form(sent.fields)
    form.is_valid()
    search = finding.find(form, people.checked_in(volunteer), sure=flash.sure)
    if form.errors or search.place is None:
        raise NotTaken(
            {name: [str(each) for each in found] for name, found in form.errors.items()}
        )
    if flash.warns and sent.attended and not warned(form):
        raise NotTaken({"": [_("请先看一下页面上的提示，再提交。")]})
    return form, search


def check_of(flash: Flash) -> Check:
    """Return what refuses by the words alone, before pictures are sent."""

    def check(request: HttpRequest, sent: Sent) -> None:
        _read(request, sent, flash)

    return check


def take_of(flash: Flash) -> Take:
    """Return what makes the record of one kind of flash."""

    def take(request: HttpRequest, sent: Sent) -> Taken:
        form, search = _read(request, sent, flash)
        if search.place is None:
            raise NotTaken({"": []})
        act = Act(
            form=form,
            unit=search.place,
            volunteer=volunteer_of(request),
            photos=sent.photos,
            client_id=sent.client_id,
            at=sent.received_at,
            written_at=sent.written_at,
        )
        try:
            done = flash.do(act)
        except Refused as refused:
            raise NotTaken({"": [explain(refused)]}) from refused
        return Taken(
            url=done.url,
            text=done.text,
            key=f"{done.case or ''} {done.url}",
            staff_url=done.staff_url,
            organisation_id=done.organisation_id,
        )

    return take


def opened(request: HttpRequest, response: HttpResponse, key: str) -> str:
    """Let this device follow what became a case."""
    case, _mark, url = key.partition(" ")
    if not case:
        return url
    remembered.remember(request, response, int(case))
    return f"{url}?t={remembered.ticket(int(case))}"


def register() -> None:
    """Hand the flashes to the queue."""
    handler: Opened = opened
    for code, flash in FLASHES.items():
        registry.register(
            f"flash-{code}",
            take_of(flash),
            label=flash.label,
            page=f"volunteering:{PAGES[code]}",
            photos=flash.photos,
            check=check_of(flash),
            opened=handler,
        )
    registry.offline_page("volunteering:home")
