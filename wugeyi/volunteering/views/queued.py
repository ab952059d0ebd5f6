"""Flashes that waited on a phone: the same forms, the same actions."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wugeyi.casework.forms.where import WhereForm
from wugeyi.casework.queries.near import Similar
from wugeyi.casework.views import remembered
from wugeyi.organisations.models import Organisation
from wugeyi.submissions import persons, registry
from wugeyi.submissions.registry import Check, NotTaken, Opened, Sent, Take, Taken
from wugeyi.volunteering.forms.refusals import explain
from wugeyi.volunteering.models import Volunteer
from wugeyi.volunteering.queries import people
from wugeyi.volunteering.rules.refusals import Refused
from wugeyi.volunteering.views import finding
from wugeyi.volunteering.views.first import alike, joined, told
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


WHO = "volunteer"


def known(request: HttpRequest) -> str:
    """Return what volunteers are known by, with an account or a link; "" for others."""
    own = volunteer_of(request)
    return str(own.pk) if own is not None else ""


def _writer(request: HttpRequest, sent: Sent, flash: Flash) -> Volunteer | None:
    """Return who wrote it: never who merely uses the phone by now.

    Raises
    ------
    NotTaken
        It waits for its writer. An emergency waits for nobody, nor does what tells
        nothing of a volunteer.
    """
    own = volunteer_of(request)
    wrote = True if sent.attended else persons.wrote(request, WHO)
    if flash.sure or not flash.signed:
        return own if wrote is not False else None
    if flash.registered and own is None:
        raise _waits(_("请先打开您的个人链接或登录，再发送。"))
    if wrote is False and own is not None:
        raise _waits(
            _("这是另一位志愿者写的，不会记在您名下。请由本人打开个人链接后再发。")
        )
    if wrote is None and flash.registered:
        raise _waits(
            _("写的时候还不知道是谁。请确认是您写的，再记在您名下。"), claim=True
        )
    return own if wrote else None


def _waits(text: str, *, claim: bool = False) -> NotTaken:
    return NotTaken({"": [text]}, needs_sign_in=True, claim=claim)


def _read(
    request: HttpRequest, sent: Sent, flash: Flash
) -> tuple[WhereForm, Organisation, Volunteer | None]:
    volunteer = _writer(request, sent, flash)
    form = flash.form(sent.fields)
    form.is_valid()
    # On the page and in the queue it is one and the same.
    form.cleaned_data["client_id"] = sent.client_id
    search = finding.find(form, people.checked_in(volunteer), sure=flash.sure)
    if form.errors or search.place is None:
        raise NotTaken(
            {name: [str(each) for each in found] for name, found in form.errors.items()}
        )
    return form, search.place, volunteer


def _offered(
    flash: Flash, form: WhereForm, unit: Organisation, sent: Sent
) -> list[Similar]:
    """Return alike cases: who is looking is sent to the page, which shows them.

    What waited on the phone is not asked: the desk sees them.
    """
    if not sent.attended and not form.cleaned_data.get("join"):
        return []
    found = alike(flash, form, unit)
    if sent.attended and not told(flash, form, found):
        raise NotTaken({"": [_("请先看一下页面上的提示，再提交。")]})
    return found


def check_of(flash: Flash) -> Check:
    """Return what refuses by the words alone, before pictures are sent."""

    def check(request: HttpRequest, sent: Sent) -> None:
        form, unit, _volunteer = _read(request, sent, flash)
        _offered(flash, form, unit, sent)

    return check


def take_of(flash: Flash) -> Take:
    """Return what makes the record of one kind of flash."""

    def take(request: HttpRequest, sent: Sent) -> Taken:
        form, unit, volunteer = _read(request, sent, flash)
        found = _offered(flash, form, unit, sent)
        act = Act(
            form=form,
            unit=unit,
            volunteer=volunteer,
            photos=sent.photos,
            client_id=sent.client_id,
            at=sent.received_at,
            written_at=sent.written_at,
            join=joined(flash, form, found),
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
    registry.register_person(WHO, known)
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
