"""Everything that was done to a case, in its order; a fixed number of queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries import about
from wugeyi.casework.models import (
    Assignment,
    Callback,
    Case,
    Escalation,
    Exclusion,
    Merge,
    Pause,
    Request,
    Update,
)
from wugeyi.casework.models.cases import Channel

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


def timeline(case: Case) -> list[Entry]:
    """Return what happened to a case, newest first; ten queries."""
    # Of two things at one moment the later part is shown below: registered comes last.
    parts: list[Callable[[Case], Iterator[Entry]]] = [
        _assignments,
        _updates,
        _requests,
        _pauses,
        _callbacks,
        _exclusions,
        _merges,
        _parts,
        _escalations,
        _audited,
        _registered,
    ]
    entries = chain.from_iterable(part(case) for part in parts)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _who(person: User | None, unit: object | None = None) -> str:
    names = [str(each) for each in (person, unit) if each is not None]
    return " · ".join(names)


def _registered(case: Case) -> Iterator[Entry]:
    yield Entry(
        case.registered_at,
        _("登记：%(channel)s") % {"channel": Channel(case.channel).label},
        _who(case.recorded_by) if case.recorded_by_id else "",
    )


def _assignments(case: Case) -> Iterator[Entry]:
    rows = Assignment.objects.filter(case=case).select_related(
        "organisation", "by", "accepted_by", "objected_by", "decided_by"
    )
    for row in rows:
        to = {"basis": row.get_basis_display(), "to": row.organisation.name}
        # What a decision or a call-back said stands there already.
        known = row.basis in {
            Assignment.Basis.UPHELD,
            Assignment.Basis.REJECTED,
            Assignment.Basis.REOPENED,
        }
        yield Entry(
            row.at,
            _("%(basis)s → %(to)s") % to,
            _who(row.by),
            "" if known else row.reason,
        )
        if row.accepted_at and row.accepted_at > row.at:
            yield Entry(
                row.accepted_at, _("签收"), _who(row.accepted_by, row.organisation)
            )
        if row.objected_at:
            yield Entry(
                row.objected_at,
                _("退回，请上一级裁定"),
                _who(row.objected_by, row.organisation),
                row.objection,
                "urgent",
            )
        if row.decided_at:
            what = _("裁定：退回成立") if row.upheld else _("裁定：退回不成立")
            yield Entry(row.decided_at, what, _who(row.decided_by), row.decision)


def _updates(case: Case) -> Iterator[Entry]:
    rows = Update.objects.filter(case=case).select_related("by", "organisation")
    for row in rows:
        tone = "closed" if row.kind == Update.Kind.NOTE else ""
        yield Entry(
            row.at,
            row.get_kind_display(),
            _who(row.by, row.organisation),
            row.text,
            tone,
        )


def _requests(case: Case) -> Iterator[Entry]:
    rows = Request.objects.filter(case=case).select_related(
        "by", "organisation", "replied_by"
    )
    for row in rows:
        to = {"to": row.organisation.name}
        yield Entry(row.at, _("请「%(to)s」协办") % to, _who(row.by), row.text)
        if row.replied_at:
            yield Entry(
                row.replied_at,
                _("协办回复"),
                _who(row.replied_by, row.organisation),
                row.reply,
            )


def _pauses(case: Case) -> Iterator[Entry]:
    rows = Pause.objects.filter(case=case).select_related("by", "ended_by")
    for row in rows:
        why = {"reason": row.get_reason_display()}
        yield Entry(
            row.started_at,
            _("暂停计时：%(reason)s") % why,
            _who(row.by),
            row.text,
            "closed",
        )
        if row.ended_at:
            yield Entry(row.ended_at, _("恢复计时"), _who(row.ended_by))


def _callbacks(case: Case) -> Iterator[Entry]:
    for row in Callback.objects.filter(case=case).select_related("by"):
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
            _who(row.by) or _("诉求人"),
            "\n".join(filter(None, said)),
            "urgent" if row.result == Callback.Result.UNRESOLVED else "",
        )


def _exclusions(case: Case) -> Iterator[Entry]:
    rows = Exclusion.objects.filter(case=case).select_related(
        "requested_by", "decided_by"
    )
    for row in rows:
        why = {"reason": row.get_reason_display()}
        yield Entry(
            row.requested_at,
            _("申请不计入三率：%(reason)s") % why,
            _who(row.requested_by),
            row.text,
        )
        if row.decided_at:
            what = (
                _("同意不计入三率") if row.approved else _("不同意剔除，照常计入三率")
            )
            yield Entry(row.decided_at, what, _who(row.decided_by), row.decision)


def _merges(case: Case) -> Iterator[Entry]:
    rows = Merge.objects.filter(Q(case=case) | Q(into=case)).select_related(
        "case", "into", "by", "undone_by"
    )
    for row in rows:
        out = row.case_id == case.pk
        other = row.into if out else row.case
        named = {"number": other.number}
        what = _("并入 %(number)s") if out else _("%(number)s 并入这一件")
        yield Entry(
            row.at,
            what % named,
            _who(row.by) or _("诉求人"),
            link=other.pk,
            link_text=other.number,
        )
        if row.undone_at:
            yield Entry(
                row.undone_at,
                _("撤销合并：%(number)s") % named,
                _who(row.undone_by),
                link=other.pk,
                link_text=other.number,
            )


def _parts(case: Case) -> Iterator[Entry]:
    rows = Case.objects.filter(split_from=case).select_related("recorded_by")
    for row in rows.only(
        "registered_at", "registered_on", "recorded_by__name", "split_from"
    ):
        yield Entry(
            row.registered_at,
            _("分出 %(number)s") % {"number": row.number},
            _who(row.recorded_by),
            link=row.pk,
            link_text=row.number,
        )


def _escalations(case: Case) -> Iterator[Entry]:
    rows = Escalation.objects.filter(case=case).select_related(
        "organisation", "seen_by"
    )
    for row in rows:
        told = {"stage": row.get_stage_display(), "to": row.organisation.name}
        yield Entry(
            row.at,
            _("%(stage)s，已提醒「%(to)s」") % told,
            tone="" if row.stage == Escalation.Stage.SOON else "urgent",
        )
        if row.seen_at:
            yield Entry(row.seen_at, _("已读提醒"), _who(row.seen_by))


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
