"""Looking at the road: surveys, what was found, the cases opened for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from wugeyi.buslines.actions.writing import By, note, take
from wugeyi.buslines.models import Line, Spot, Survey, SurveyFinding
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.buslines.rules.surveys import NOTHING
from wugeyi.casework.actions.intake import Need, register
from wugeyi.casework.models import Case, Category
from wugeyi.casework.models.cases import Channel
from wugeyi.figures.actions import refresh
from wugeyi.organisations.models import Organisation
from wugeyi.uploads.models import Upload

SOURCE = "line_surveys"
FINDINGS = "line_findings"


@dataclass(frozen=True, slots=True)
class Look:
    """A survey: the day, and who went, as kinds of people."""

    surveyed_on: date
    people: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something seen at a stop, or between two."""

    what: str
    spot: Spot
    to_spot: Spot | None = None
    text: str = ""
    lat: float | None = None
    lon: float | None = None
    photo: Upload | None = None


def record(*, line: Line, client_id: UUID, look: Look, by: By, at: datetime) -> Survey:
    """Write a survey down; the same ``client_id`` gives the one that is there.

    Raises
    ------
    Refused
        CLOSED; BAD_DAYS for a day still to come.
    """
    try:
        with transaction.atomic():
            return _record(take(line), client_id, look, by, at)
    except IntegrityError:
        known = Survey.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _record(line: Line, client_id: UUID, look: Look, by: By, at: datetime) -> Survey:
    if look.surveyed_on > timezone.localdate(at):
        raise Refused(Why.BAD_DAYS, field="surveyed_on")
    values = {
        "surveyed_on": look.surveyed_on,
        "people": look.people.strip(),
        "note": look.note.strip(),
    }
    survey = Survey.objects.create(
        client_id=client_id, line=line, recorded_by=by, recorded_at=at, **values
    )
    note(survey, line=line, action="survey", by=by, at=at, after=values)
    refresh(source=SOURCE, records=[survey.pk], at=at, new=True)
    return survey


def find(
    *, survey: Survey, client_id: UUID, seen: Seen, by: By, at: datetime
) -> SurveyFinding:
    """Add what was seen; the same ``client_id`` gives the one that is there.

    Raises
    ------
    Refused
        CLOSED; NEEDS_TEXT for a problem nobody describes; BAD_VALUE for a place of
        another line, or a section from a place to itself.
    """
    try:
        with transaction.atomic():
            return _find(survey, client_id, seen, by, at)
    except IntegrityError:
        known = SurveyFinding.objects.filter(client_id=client_id).first()
        if known is None:
            raise
        return known


def _find(
    survey: Survey, client_id: UUID, seen: Seen, by: By, at: datetime
) -> SurveyFinding:
    line = take(survey.line)
    survey = _standing(survey)
    places = [seen.spot, *([seen.to_spot] if seen.to_spot else [])]
    if any(place.line_id != line.pk for place in places) or seen.spot == seen.to_spot:
        raise Refused(Why.BAD_VALUE, field="to_spot")
    if seen.what not in SurveyFinding.What.values:
        raise Refused(Why.BAD_VALUE, field="what")
    if seen.what != NOTHING and not seen.text.strip():
        raise Refused(Why.NEEDS_TEXT, field="text")
    finding = SurveyFinding.objects.create(
        client_id=client_id,
        survey=survey,
        what=seen.what,
        spot=seen.spot,
        to_spot=seen.to_spot,
        text=seen.text.strip(),
        lat=seen.lat,
        lon=seen.lon,
        photo=seen.photo,
        recorded_at=at,
    )
    told = {
        "what": seen.what,
        "spot": seen.spot.code,
        "to_spot": seen.to_spot.code if seen.to_spot else "",
        "text": finding.text,
    }
    note(finding, line=line, action="find", by=by, at=at, after=told)
    refresh(source=FINDINGS, records=[finding.pk], at=at, new=True)
    return finding


def _standing(survey: Survey) -> Survey:
    fresh = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("line__organisation")
        .get(pk=survey.pk)
    )
    if fresh.withdrawn_at is not None:
        raise Refused(Why.CLOSED)
    return fresh


@transaction.atomic
def open_case(
    *,
    finding: SurveyFinding,
    text: str,
    category: Category,
    place: Organisation,
    by: By,
    at: datetime,
) -> Case:
    """Make a case of what was found; a second time gives the case that is there.

    Raises
    ------
    Refused
        CLOSED where it was withdrawn; BAD_VALUE where nothing was the matter;
        NEEDS_TEXT.
    """
    line = take(finding.survey.line)
    finding = (
        SurveyFinding.objects.select_for_update(of=("self",))
        .select_related("spot", "to_spot", "case", "photo")
        .get(pk=finding.pk)
    )
    if finding.case is not None:
        return finding.case
    if finding.withdrawn_at is not None:
        raise Refused(Why.CLOSED)
    if finding.what == NOTHING:
        raise Refused(Why.BAD_VALUE, field="what")
    if not text.strip():
        raise Refused(Why.NEEDS_TEXT, field="text")
    ends = [finding.spot.name, *([finding.to_spot.name] if finding.to_spot else [])]
    need = Need(
        # The finding's own key: one finding never makes two cases.
        client_id=finding.client_id,
        text=text.strip(),
        category=category,
        place=place,
        channel=Channel.DOOR.value,
        spot=" — ".join(ends)[:120],
        lon=finding.spot.lon if finding.lon is None else finding.lon,
        lat=finding.spot.lat if finding.lat is None else finding.lat,
    )
    photos = [finding.photo] if finding.photo else []
    case = register(need=need, photos=photos, by=by, at=at).case
    finding.case = case
    finding.save(update_fields=["case"])
    note(
        finding,
        line=line,
        action="open_case",
        by=by,
        at=at,
        after={"case": case.receipt},
    )
    return case


@transaction.atomic
def withdraw_finding(*, finding: SurveyFinding, by: By, at: datetime) -> SurveyFinding:
    """Take back what was written by mistake; its case, if there is one, goes on.

    Raises
    ------
    Refused
        IN_USE once a case was opened for it.
    """
    line = take(finding.survey.line)
    finding = SurveyFinding.objects.select_for_update().get(pk=finding.pk)
    if finding.case_id is not None:
        raise Refused(Why.IN_USE)
    if finding.withdrawn_at is None:
        finding.withdrawn_at = at
        finding.save(update_fields=["withdrawn_at"])
        after = {"withdrawn_at": at}
        note(finding, line=line, action="withdraw_finding", by=by, at=at, after=after)
        refresh(source=FINDINGS, records=[finding.pk], at=at)
    return finding


@transaction.atomic
def withdraw(*, survey: Survey, by: By, at: datetime) -> Survey:
    """Take back a survey that was not, or was written twice.

    Raises
    ------
    Refused
        IN_USE while something found in it stands.
    """
    line = take(survey.line)
    survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if survey.findings.filter(withdrawn_at=None).exists():
        raise Refused(Why.IN_USE)
    if survey.withdrawn_at is None:
        survey.withdrawn_at = at
        survey.save(update_fields=["withdrawn_at"])
        after = {"withdrawn_at": at}
        note(survey, line=line, action="withdraw_survey", by=by, at=at, after=after)
        refresh(source=SOURCE, records=[survey.pk], at=at)
    return survey
