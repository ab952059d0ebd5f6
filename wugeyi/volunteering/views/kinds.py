"""What each flash does with a form that is right: the one place for page and queue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.forms.where import WhereForm
from wugeyi.casework.models import Case, Category
from wugeyi.casework.queries import categories
from wugeyi.casework.rules.intake import dangers, suggest
from wugeyi.casework.rules.receipts import display
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions import deeds, emergencies, helps, voices
from wugeyi.volunteering.forms import flashes as forms
from wugeyi.volunteering.models import Deed, Voice, Volunteer
from wugeyi.volunteering.rules.keeping import ASKER, CALLER
from wugeyi.volunteering.views.finding import where

# So long a phone may have waited for signal and still be believed about the day.
WAITS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Act:
    """Everything an act needs: a valid form, a place, who, what time."""

    form: Any
    unit: Organisation
    volunteer: Volunteer | None
    photos: Sequence[Upload]
    client_id: UUID
    at: datetime
    written_at: datetime | None = None
    # A case about the same thing, which this one goes on in.
    join: Case | None = None

    @property
    def meant_at(self) -> datetime:
        """Return when "today" was said: the phone's clock only where it can be right."""
        said = self.written_at
        plausible = said is not None and self.at - WAITS <= said <= self.at
        return said if plausible and said is not None else self.at


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the page of what was made is; ``case`` if it became one."""

    url: str
    text: str
    staff_url: str
    organisation_id: int
    case: int | None = None


@dataclass(frozen=True, slots=True)
class Flash:
    """A kind of flash: its form, its page, what it does."""

    code: str
    label: Promise
    form: type[WhereForm]
    template: str
    do: Callable[[Act], Outcome]
    photos: int = 0
    registered: bool = False
    # Whether the record tells which volunteer it came from, if they registered.
    signed: bool = True
    # Never refused for want of a place.
    sure: bool = False
    # Emergency numbers and alike cases are seen first.
    asks: bool = False
    # What of people it keeps, by its code.
    keeps: str = ""


def ask(act: Act) -> Outcome:
    """闪帮: a request, followed by its code."""
    values = act.form.cleaned_data
    row = helps.ask(
        wish=helps.Wish(
            client_id=act.client_id,
            organisation=act.unit,
            kind=values["kind"],
            text=values["text"],
            near=values["near"],
            until=act.form.until(act.meant_at),
            address=values["address"],
            phone=values["phone"],
            name=values["name"],
            written_at=act.written_at,
        ),
        at=act.at,
    )
    return Outcome(
        reverse("volunteering:asked", args=[display(row.code)]),
        _("收到了，社区看过就公布"),
        reverse("volunteering:desk-help", args=[row.pk]),
        row.organisation_id,
    )


def category_of(text: str, preferred: str = "") -> Category:
    """Return the category of a code, or what the words suggest, or "other"."""
    rows = categories.active()
    by_code = {row.code: row for row in rows}
    found = suggest(text, ((row, row.keywords.split()) for row in rows))
    return (
        by_code.get(preferred)
        or (found.key if found else None)
        or by_code.get("other")
        or rows[-1]
    )


def _speak(act: Act, kind: Voice.Kind, preferred: str = "") -> Outcome:
    text = act.form.cleaned_data["text"]
    row = voices.speak(
        words=voices.Words(
            client_id=act.client_id,
            kind=kind.value,
            text=text,
            category=category_of(text, preferred),
            danger=bool(dangers(text)),
            written_at=act.written_at,
        ),
        where=where(act.form, act.unit),
        volunteer=act.volunteer,
        photos=act.photos,
        join=act.join,
        at=act.at,
    )
    return Outcome(
        reverse("public:receipt", args=[row.case_id]),
        _("收到了，查询码 %(code)s") % {"code": display(row.case.receipt)},
        reverse("desk:case", args=[row.case_id]),
        row.organisation_id,
        row.case_id,
    )


def report(act: Act) -> Outcome:
    """闪拍: a case."""
    return _speak(act, Voice.Kind.REPORT)


def need(act: Act) -> Outcome:
    """Make a case of what a rider needs."""
    return _speak(act, Voice.Kind.NEED)


def _do(act: Act, kind: Deed.Kind, **values: Any) -> Outcome:
    if act.volunteer is None:
        raise ValueError("a deed needs its volunteer")
    row = deeds.do(
        done=deeds.Done(
            client_id=act.client_id,
            kind=kind.value,
            text=act.form.cleaned_data["text"],
            on=act.form.cleaned_data["on"] or timezone.localdate(act.meant_at),
            written_at=act.written_at,
            **values,
        ),
        where=where(act.form, act.unit),
        volunteer=act.volunteer,
        at=act.at,
    )
    return Outcome(
        reverse("volunteering:deed", args=[row.pk]),
        _("记下了，谢谢您"),
        reverse("volunteering:desk-deed", args=[row.pk]),
        row.organisation_id,
    )


def publicity(act: Act) -> Outcome:
    """闪宣: sessions and pieces."""
    values = act.form.cleaned_data
    return _do(
        act,
        Deed.Kind.PUBLICITY,
        sessions=values["sessions"] or 0,
        pieces=values["pieces"] or 0,
        after=act.photos[0] if act.photos else None,
    )


def cleanup(act: Act) -> Outcome:
    """闪除: done, or a case where volunteers must not."""
    if act.form.cleaned_data["safe"] == "no":
        return _speak(act, Voice.Kind.CLEANUP, "posters")
    return _do(
        act,
        Deed.Kind.CLEANUP,
        before=act.photos[0] if len(act.photos) > 1 else None,
        after=act.photos[-1] if act.photos else None,
    )


def emergency(act: Act) -> Outcome:
    """闪报: the duty desk is told."""
    values = act.form.cleaned_data
    row = emergencies.sound(
        alarm=emergencies.Alarm(
            client_id=act.client_id,
            text=values["text"],
            called=values["called"],
            phone=values["phone"] or (act.volunteer.phone if act.volunteer else ""),
            written_at=act.written_at,
        ),
        where=where(act.form, act.unit),
        volunteer=act.volunteer,
        at=act.at,
    )
    return Outcome(
        reverse("volunteering:sounded", args=[row.client_id]),
        _("已经告诉%(unit)s值班室") % {"unit": act.unit.name},
        reverse("volunteering:desk-emergency", args=[row.pk]),
        row.organisation_id,
    )


FLASHES = {
    flash.code: flash
    for flash in (
        Flash(
            "help",
            gettext_lazy("闪帮：请人帮忙"),
            forms.AskForm,
            "ask.html",
            ask,
            signed=False,
            keeps=ASKER,
        ),
        Flash(
            "report",
            gettext_lazy("闪拍"),
            forms.ReportForm,
            "report.html",
            report,
            photos=3,
            asks=True,
        ),
        Flash(
            "publicity",
            gettext_lazy("闪宣"),
            forms.PublicityForm,
            "publicity.html",
            publicity,
            photos=1,
            registered=True,
        ),
        Flash(
            "cleanup",
            gettext_lazy("闪除"),
            forms.CleanupForm,
            "cleanup.html",
            cleanup,
            photos=2,
            registered=True,
        ),
        Flash(
            "emergency",
            gettext_lazy("闪报：紧急情况"),
            forms.EmergencyForm,
            "emergency.html",
            emergency,
            sure=True,
            keeps=CALLER,
        ),
        Flash(
            "need",
            gettext_lazy("骑手的建议和需求"),
            forms.NeedForm,
            "need.html",
            need,
            asks=True,
        ),
    )
}
