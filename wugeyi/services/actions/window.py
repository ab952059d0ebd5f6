"""One window in front: somebody comes, everything missing is told at once.

The matter is a case like any other: registered, sent to the step behind the window,
answered and called back by casework. Here stands only what a window adds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.casework.actions import handling
from wugeyi.casework.actions.intake import Asker, Need, register
from wugeyi.casework.models import Case, Pause
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.rules.states import OPEN, State
from wugeyi.organisations.models import Organisation
from wugeyi.services.actions.counting import count_matters, count_visits
from wugeyi.services.actions.following import follow
from wugeyi.services.models import Material, Matter, Service, Visit, VisitMaterial
from wugeyi.services.queries.catalogue import materials, steps
from wugeyi.services.queries.matters import line_of, told_before
from wugeyi.services.queries.promises import promised_at
from wugeyi.services.rules.materials import New, Papers, missing, newly_told
from wugeyi.services.rules.refusals import DeskRefused, Why
from wugeyi.services.rules.trips import Result, Stage, waited_seconds

HANDLED = frozenset({State.NEW.value, State.ASSIGNED.value, State.WORKING.value})
PaperState = VisitMaterial.State


@dataclass(frozen=True, slots=True)
class Coming:
    """A trip as it was written down at the window."""

    client_id: UUID
    result: str
    papers: Papers = field(default_factory=Papers)
    # What was answered, when it was done at once.
    answer: str = ""
    # From the queue; None for who came straight to the window.
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The papers held against the list."""

    wanted: Mapping[int, Material]
    papers: Papers
    missing: frozenset[int]

    @property
    def complete(self) -> bool:
        """Tell whether nothing is missing."""
        return not self.missing and not self.papers.extra


def check(service: Service, papers: Papers) -> Checked:
    """Hold what was brought against what the list asks for today; one query."""
    wanted = {row.pk: row for row in materials(service)}
    return Checked(wanted, papers, missing(wanted, papers.brought, papers.not_needed))


@transaction.atomic
def first_trip(
    *,
    desk: Organisation,
    service: Service,
    coming: Coming,
    note: str = "",
    asker: Asker | None = None,
    by: User,
    at: datetime,
) -> Visit:
    """Take a new matter in: a case, its first trip, and everything missing at once.

    The same ``client_id``, or a number that was served already, gives the visit that is
    there.

    Raises
    ------
    DeskRefused
        Done although something is missing, told although nothing is, a number of
        another desk or of somebody who left.
    casework Refused
        The case cannot take the step.
    """
    known = _known(coming, desk)
    if known is not None:
        return known
    checked = check(service, coming.papers)
    _allow(coming.result, checked)
    made = register(
        need=Need(
            client_id=coming.client_id,
            text=_words(service, note),
            category=service.category,
            place=desk,
            channel=Channel.DOOR.value,
            asker=asker or Asker(),
        ),
        by=by,
        at=at,
    )
    if not made.created:
        return Visit.objects.get(matter__case=made.case, trip=1)
    matter = Matter.objects.create(
        case=made.case,
        organisation=desk,
        service=service,
        opened_at=at,
        opened_on=timezone.localdate(at),
        case_version=made.case.version,
    )
    return _trip(matter, coming, checked, New(), by=by, at=at)


@transaction.atomic
def next_trip(*, matter: Matter, coming: Coming, by: User, at: datetime) -> Visit:
    """Write down that somebody came again for the same matter.

    What is missing now and could have been told before is our failure and counted.
    Raises as ``first_trip`` does.
    """
    desk = matter.organisation
    known = _known(coming, desk)
    if known is not None:
        return known
    matter = (
        Matter.objects.select_for_update(of=("self",))
        .select_related("service", "organisation", "case__handler")
        .get(pk=matter.pk)
    )
    if Visit.objects.filter(client_id=coming.client_id).exists():
        return Visit.objects.get(client_id=coming.client_id)
    if coming.result == Result.ASKED:
        checked, new = Checked({}, Papers(), frozenset()), New()
    else:
        if State(matter.case.state) not in OPEN or matter.done_at is not None:
            raise DeskRefused(Why.ENDED)
        checked = check(matter.service, coming.papers)
        _allow(coming.result, checked)
        new = _newly(matter, checked)
    matter.trips += 1
    return _trip(matter, coming, checked, new, by=by, at=at)


def _known(coming: Coming, desk: Organisation) -> Visit | None:
    """Return the visit of an earlier, identical call; hold the number until the end."""
    if coming.visit is None:
        return Visit.objects.filter(client_id=coming.client_id, trip__gt=0).first()
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=coming.visit.pk)
    if visit.organisation_id != desk.pk:
        raise DeskRefused(Why.NOT_YOURS)
    if visit.stage is Stage.SERVED:
        return visit
    if visit.stage is Stage.LEFT:
        raise DeskRefused(Why.GONE)
    return None


def _allow(result: str, checked: Checked) -> None:
    if result == Result.DONE and not checked.complete:
        raise DeskRefused(Why.STILL_MISSING)
    if result == Result.TOLD and checked.complete:
        raise DeskRefused(Why.NOTHING_MISSING)


def _words(service: Service, note: str) -> str:
    # Stored, so in the installation's own language.
    with translation.override("zh-hans"):
        text = _("到窗口办理：%(name)s") % {"name": service.name_zh}
    return f"{text}\n{note}" if note else text


def _newly(matter: Matter, checked: Checked) -> New:
    lines = {key: line_of(row) for key, row in checked.wanted.items()}
    extra = [checked.papers.extra] if checked.papers.extra else []
    return newly_told(
        (lines[key] for key in checked.missing),
        extra,
        told_before(matter),
        {line_of(row): row.added_at for row in checked.wanted.values()},
    )


def _trip(
    matter: Matter,
    coming: Coming,
    checked: Checked,
    new: New,
    *,
    by: User,
    at: datetime,
) -> Visit:
    """Write the trip, let the case go where the result says, compute the matter."""
    visit = _visit(matter, coming, new, by=by, at=at)
    late = {key for key, row in checked.wanted.items() if line_of(row) in new.lines}
    _write_papers(visit, checked, late=late, late_extra=bool(new.extra))
    _move(matter, coming, checked, by=by, at=at)
    matter.told |= not checked.complete
    matter.told_again += len(new)
    matter.on_the_spot |= coming.result == Result.DONE and matter.trips == 1
    matter.save()
    matter.case.refresh_from_db()
    follow(matter, at=at)
    record(
        action="services.trip",
        subject=visit,
        by=by,
        at=at,
        organisation_id=matter.organisation_id,
        after={
            "service": matter.service_id,
            "case": matter.case_id,
            "trip": visit.trip,
            "result": visit.result,
            "missing": len(checked.missing) + bool(checked.papers.extra),
            "new_missing": len(new),
            "waited_seconds": visit.waited_seconds,
        },
    )
    count_visits([visit], at=at, new=True)
    count_matters([matter], at=at, new=matter.trips == 1)
    return visit


def _visit(
    matter: Matter, coming: Coming, new: New, *, by: User, at: datetime
) -> Visit:
    visit = coming.visit and Visit.objects.get(pk=coming.visit.pk)
    if visit is None:
        visit = Visit(
            client_id=coming.client_id,
            organisation=matter.organisation,
            day=timezone.localdate(at),
            arrived_at=at,
        )
    if visit.served_at is None:
        visit.served_at = at
        visit.waited_seconds = waited_seconds(
            visit.arrived_at, at, queued=visit.number is not None
        )
    visit.service = matter.service
    visit.matter = matter
    visit.trip = matter.trips
    visit.result = coming.result
    visit.finished_at = at
    visit.new_missing = len(new)
    visit.by = by
    visit.save()
    return visit


def _write_papers(
    visit: Visit, checked: Checked, *, late: set[int], late_extra: bool
) -> None:
    def state(key: int) -> str:
        if key in checked.missing:
            return PaperState.MISSING.value
        brought = key in checked.papers.brought
        return (PaperState.BROUGHT if brought else PaperState.NOT_NEEDED).value

    rows = [
        VisitMaterial(visit=visit, material=row, state=state(key), late=key in late)
        for key, row in checked.wanted.items()
    ]
    if checked.papers.extra:
        rows.append(
            VisitMaterial(
                visit=visit,
                words=checked.papers.extra,
                state=PaperState.MISSING.value,
                late=late_extra,
            )
        )
    VisitMaterial.objects.bulk_create(rows)


def _move(
    matter: Matter, coming: Coming, checked: Checked, *, by: User, at: datetime
) -> None:
    """Let the case follow the result of the trip."""
    if coming.result == Result.ASKED:
        return
    case = matter.case
    desk = matter.organisation
    if case.state in HANDLED:
        first = next(iter(steps(matter.service, desk)), None)
        to = first.organisation if first else desk
        if coming.result == Result.DONE:
            to = desk
        if matter.trips == 1 or coming.result == Result.DONE:
            case = _hand(case, to, by=by, at=at)
    if coming.result == Result.TOLD:
        _pause(case, checked, by=by, at=at)
        return
    if case.pauses.filter(ended_at=None).exists():
        case = handling.resume(case=case, by=by, at=at)
    if matter.accepted_at is None:
        matter.accepted_at = at
        matter.promised_at = promised_at(
            start=at, days=matter.service.promised_days, desk=desk
        )
    if coming.result == Result.DONE:
        _answer(case, coming.answer, by=by, at=at)


def _hand(case: Case, to: Organisation, *, by: User, at: datetime) -> Case:
    if case.handler_id == to.pk and case.state != State.NEW:
        return case
    with translation.override("zh-hans"):
        reason = _("窗口受理，按服务事项的办理步骤交给%(name)s。") % {"name": to.name}
    return handling.assign(case=case, to=to, reason=reason, by=by, at=at)


def _pause(case: Case, checked: Checked, *, by: User, at: datetime) -> None:
    """Stop the clock while the visitor fetches what is missing."""
    if case.pauses.filter(ended_at=None).exists():
        return
    names = [checked.wanted[key].name for key in sorted(checked.missing)]
    names += [checked.papers.extra] if checked.papers.extra else []
    with translation.override("zh-hans"):
        text = _("还缺：%(names)s") % {"names": "、".join(names)}
    reason = Pause.Reason.MATERIALS.value
    handling.pause(case=case, reason=reason, text=text[:300], by=by, at=at)


def _answer(case: Case, text: str, *, by: User, at: datetime) -> None:
    if case.state == State.ASSIGNED:
        case = handling.accept(case=case, by=by, at=at)
    with translation.override("zh-hans"):
        said = text or _("窗口当场办好。")
    handling.answer(case=case, text=said, by=by, at=at)
