"""Everything that was done to a case, in its order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries import about
from wugeyi.casework.models import Assignment, Callback, Case, Escalation, Update
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.queries.course import Course

ACTS = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; ``tone`` is "", "closed" or "urgent"."""

    at: datetime
    what: str
    who: str = ""
    text: str = ""
    tone: str = ""
    link: int | None = None
    link_text: str = ""


def timeline(case: Case, course: Course) -> list[Entry]:
    """Return what happened to a case, newest first; one query beside its course."""
    # Of two things at one moment the later part is shown below: registered comes last.
    parts = chain(
        _assignments(course),
        _updates(course),
        _requests(course),
        _pauses(course),
        _callbacks(course),
        _exclusions(course),
        _merges(case, course),
        _parts(course),
        _escalations(course),
        _audited(case),
        _registered(case, course),
    )
    return sorted(parts, key=lambda entry: entry.at, reverse=True)


def _registered(case: Case, course: Course) -> Iterator[Entry]:
    yield Entry(
        case.registered_at,
        _("登记：%(channel)s") % {"channel": Channel(case.channel).label},
        course.who(case.recorded_by_id),
    )


def _assignments(course: Course) -> Iterator[Entry]:
    for row in course.assignments:
        unit = row.organisation_id
        to = {"basis": row.get_basis_display(), "to": course.unit(unit)}
        # What a decision or a call-back said stands there already.
        known = row.basis in {
            Assignment.Basis.UPHELD,
            Assignment.Basis.REJECTED,
            Assignment.Basis.REOPENED,
        }
        yield Entry(
            row.at,
            _("%(basis)s → %(to)s") % to,
            course.who(row.by_id),
            "" if known else row.reason,
        )
        if row.accepted_at and row.accepted_at > row.at:
            yield Entry(
                row.accepted_at, _("签收"), course.who(row.accepted_by_id, unit)
            )
        if row.objected_at:
            yield Entry(
                row.objected_at,
                _("退回，请上一级裁定"),
                course.who(row.objected_by_id, unit),
                row.objection,
                "urgent",
            )
        if row.decided_at:
            what = _("裁定：退回成立") if row.upheld else _("裁定：退回不成立")
            yield Entry(
                row.decided_at, what, course.who(row.decided_by_id), row.decision
            )


def _updates(course: Course) -> Iterator[Entry]:
    for row in course.updates:
        tone = "closed" if row.kind == Update.Kind.NOTE else ""
        yield Entry(
            row.at,
            row.get_kind_display(),
            course.who(row.by_id, row.organisation_id),
            row.text,
            tone,
        )


def _requests(course: Course) -> Iterator[Entry]:
    for row in course.requests:
        to = {"to": course.unit(row.organisation_id)}
        yield Entry(row.at, _("请「%(to)s」协办") % to, course.who(row.by_id), row.text)
        if row.replied_at:
            yield Entry(
                row.replied_at,
                _("协办回复"),
                course.who(row.replied_by_id, row.organisation_id),
                row.reply,
            )


def _pauses(course: Course) -> Iterator[Entry]:
    for row in course.pauses:
        why = {"reason": row.get_reason_display()}
        yield Entry(
            row.started_at,
            _("暂停计时：%(reason)s") % why,
            course.who(row.by_id),
            row.text,
            "closed",
        )
        if row.ended_at:
            yield Entry(row.ended_at, _("恢复计时"), course.who(row.ended_by_id))


def _callbacks(course: Course) -> Iterator[Entry]:
    for row in course.callbacks:
        what = {
            "method": row.get_method_display(),
            "result": row.get_result_display(),
        }
        said = [row.text]
        if row.satisfaction:
            said.insert(
                0, _("满意度：%(level)s") % {"level": row.get_satisfaction_display()}
            )
        yield Entry(
            row.at,
            _("%(method)s:%(result)s") % what,
            course.who(row.by_id) or _("诉求人"),
            "\n".join(filter(None, said)),
            "urgent" if row.result == Callback.Result.UNRESOLVED else "",
        )


def _exclusions(course: Course) -> Iterator[Entry]:
    for row in course.exclusions:
        why = {"reason": row.get_reason_display()}
        yield Entry(
            row.requested_at,
            _("申请不计入三率：%(reason)s") % why,
            course.who(row.requested_by_id),
            row.text,
        )
        if row.decided_at:
            what = (
                _("同意不计入三率") if row.approved else _("不同意剔除，照常计入三率")
            )
            yield Entry(
                row.decided_at, what, course.who(row.decided_by_id), row.decision
            )


def _merges(case: Case, course: Course) -> Iterator[Entry]:
    for row in course.merges:
        out = row.case_id == case.pk
        other = row.into if out else row.case
        named = {"number": other.number}
        what = _("并入 %(number)s") if out else _("%(number)s 并入这一件")
        yield Entry(
            row.at,
            what % named,
            course.who(row.by_id) or _("诉求人"),
            link=other.pk,
            link_text=other.number,
        )
        if row.undone_at:
            yield Entry(
                row.undone_at,
                _("撤销合并：%(number)s") % named,
                course.who(row.undone_by_id),
                link=other.pk,
                link_text=other.number,
            )


def _parts(course: Course) -> Iterator[Entry]:
    for row in course.parts:
        yield Entry(
            row.registered_at,
            _("分出 %(number)s") % {"number": row.number},
            course.who(row.recorded_by_id),
            link=row.pk,
            link_text=row.number,
        )


def _escalations(course: Course) -> Iterator[Entry]:
    for row in course.escalations:
        told = {
            "stage": row.get_stage_display(),
            "to": course.unit(row.organisation_id),
        }
        yield Entry(
            row.at,
            _("%(stage)s，已提醒「%(to)s」") % told,
            tone="" if row.stage == Escalation.Stage.SOON else "urgent",
        )
        if row.seen_at:
            yield Entry(row.seen_at, _("已读提醒"), course.who(row.seen_by_id))


def _audited(case: Case) -> Iterator[Entry]:
    # Acts that leave no row of their own: the audit tells of them.
    said = {
        "casework.reclassify": _("更正类别、紧急程度或地点"),
        "casework.publish": _("公开到公示页"),
        "casework.unpublish": _("从公示页撤下"),
        "casework.withdraw": _("诉求人撤回"),
        "casework.give_up": _("按“未联系上”办结"),
        "casework.erase_identity": _("删除诉求人身份信息"),
        "casework.erase_all": _("诉求人删除了内容"),
    }
    for event in about(case).filter(action__in=said):
        yield Entry(event.at, said[event.action], event.actor_name)


def acts_of(person: User, *, on: date) -> list[AuditEvent]:
    """Return what a person did to cases on a local day, newest first, at most 200."""
    start = timezone.make_aware(datetime.combine(on, datetime.min.time()))
    return list(
        AuditEvent.objects.filter(
            actor_id=person.pk,
            at__gte=start,
            at__lt=start + timedelta(days=1),
            action__startswith="casework.",
        ).order_by("-id")[:ACTS]
    )
