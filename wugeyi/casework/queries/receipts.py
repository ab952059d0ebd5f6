"""What a resident may read of the own case: its course in public words, no staff names."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wugeyi.casework.models import (
    Assignment,
    Callback,
    Case,
    CasePhoto,
    Pause,
    Update,
)
from wugeyi.casework.rules.masking import mask

Basis = Assignment.Basis
SAID = {
    Update.Kind.PROGRESS,
    Update.Kind.ANSWER,
    Update.Kind.REFERRAL,
    Update.Kind.CONTACT,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the course: what, by which organisation, when, and its words."""

    at: datetime
    what: str
    who: str = ""
    text: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Everything the follow page shows beside the case itself; newest entry first."""

    entries: list[Entry]
    paused: Pause | None
    photos: list[CasePhoto]


def by_code(code: str) -> Case | None:
    """Return the case a receipt belongs to; ``code`` is normalised already."""
    return _cases().filter(receipt=code).first()


def by_key(key: int) -> Case | None:
    """Return a case for somebody who proved before that they hold its receipt."""
    return _cases().filter(pk=key).first()


def of_keys(keys: list[int]) -> list[Case]:
    """Return the cases followed on this device, newest first; one query."""
    return list(_cases().filter(pk__in=keys).order_by("-registered_at"))


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related(
        "place", "handler", "category__parent", "merged_into__handler"
    )


def course(case: Case) -> Course:
    """Return what was done; five queries, six for a case that goes on in another.

    A merged case shows the other one's course as the public may read it: masked, and
    without what was said to the other reporter.
    """
    own = _entries(case, own=True)
    paused = _open_pause(case)
    if case.merged_into is not None:
        own += _entries(case.merged_into, own=False)
        paused = _open_pause(case.merged_into)
    photos = list(case.photos.select_related("upload").order_by("pk"))
    return Course(sorted(own, key=lambda entry: entry.at, reverse=True), paused, photos)


def _open_pause(case: Case) -> Pause | None:
    return case.pauses.filter(ended_at=None).first()


def _entries(case: Case, *, own: bool) -> list[Entry]:
    entries = _assignments(case, own=own) + _updates(case, own=own) + _pauses(case)
    if own:
        entries.append(
            Entry(case.registered_at, _("收到反映"), str(case.place), tone="closed")
        )
    entries += _callbacks(case, own=own)
    for merge in case.merges.all() if own else ():
        entries.append(
            Entry(
                merge.at,
                _("已与同一件事合并办理"),
                text=_("有人先反映了同一件事，两件一起办，您的查询码照样可用。"),
            )
        )
    return entries


def _assignments(case: Case, *, own: bool) -> list[Entry]:
    entries = []
    rows = case.assignments.select_related("organisation").order_by("at", "pk")
    for row in rows:
        name = str(row.organisation)
        if row.basis == Basis.REOPENED:
            entries.append(Entry(row.at, _("重新办理"), name, tone="urgent"))
            continue
        if row.basis == Basis.ROUTED:
            # The reason is made from the duty lists, not typed by a person.
            text = row.reason if own else ""
            entries.append(
                Entry(row.at, _("已转给%(name)s") % {"name": name}, text=text)
            )
        elif row.basis != Basis.REJECTED:
            entries.append(Entry(row.at, _("已转给%(name)s") % {"name": name}))
        if row.accepted_at is not None:
            entries.append(Entry(row.accepted_at, _("已签收，开始办理"), name))
    return entries


def _updates(case: Case, *, own: bool) -> list[Entry]:
    kinds = SAID if own else SAID - {Update.Kind.CONTACT}
    words = {
        Update.Kind.CONTACT: _("联系您"),
        Update.Kind.PROGRESS: _("进展"),
        Update.Kind.ANSWER: _("答复"),
        Update.Kind.REFERRAL: _("告知办理途径"),
    }
    rows = case.updates.filter(kind__in=kinds).select_related("organisation")
    return [
        Entry(
            row.at,
            words[Update.Kind(row.kind)],
            str(row.organisation or ""),
            row.text if own else mask(row.text).text,
        )
        for row in rows
    ]


def _pauses(case: Case) -> list[Entry]:
    entries = []
    for row in case.pauses.all():
        why = row.get_reason_display()
        entries.append(
            Entry(
                row.started_at,
                _("计时暂停：%(why)s") % {"why": why},
                text=mask(row.text).text,
            )
        )
        if row.ended_at is not None:
            entries.append(Entry(row.ended_at, _("计时恢复")))
    return entries


def _callbacks(case: Case, *, own: bool) -> list[Entry]:
    rows = case.callbacks.all() if own else case.callbacks.filter(result="resolved")
    said = {
        Callback.Result.RESOLVED: (_("回访：已解决"), "closed"),
        Callback.Result.UNRESOLVED: (_("回访：没有解决"), "urgent"),
        Callback.Result.UNREACHED: (_("回访时没有联系上您"), ""),
    }
    entries = []
    for row in rows:
        what, tone = said[Callback.Result(row.result)]
        mine = own and row.method == Callback.Method.RECEIPT
        if mine and row.result == Callback.Result.RESOLVED:
            what = _("您说：已解决")
        elif mine:
            what = _("您说：没有解决")
        entries.append(Entry(row.at, what, text=row.text if mine else "", tone=tone))
    return entries
