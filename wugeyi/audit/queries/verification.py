"""Verifying the whole chain: every event read once, in bounded memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from wugeyi.audit import gateway, rules
from wugeyi.audit.models import AuditEvent, AuditHead, AuditSeal

PAGE = 2_000
_ID = rules.EVENT_COLUMNS.index("id")
SHOWN = 100
"""Findings kept; of more, only the number is known."""


@dataclass(slots=True)
class Report:
    """What a verification found."""

    sealed: int = 0
    unsealed: int = 0
    heads: int = 0
    """Distinct published heads the chain was held against."""
    head: rules.Head = field(default_factory=lambda: rules.Head(0, rules.START))
    """Where the chain ends now."""
    findings: list[rules.Finding] = field(default_factory=list)
    finding_count: int = 0

    def add(self, finding: rules.Finding) -> None:
        """Count a finding, and keep it unless there are very many."""
        self.finding_count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(finding)


def verify(
    *,
    heads: Iterable[rules.Head] = (),
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Walk the whole chain and hold it against heads; safe while people work.

    Parameters
    ----------
    heads
        Heads kept elsewhere. Those published in this database are always used too,
        though whoever can change events can change these.
    progress
        Called with the number of seals of each page.
    """
    known = {*heads, *_published()}
    report = Report(heads=len(known))
    chain = rules.Chain(known)
    for seals in _pages():
        events = _events([seal.event_id for seal in seals])
        for seal in seals:
            event = events.get(seal.event_id)
            for finding in chain.follow(seal, event):
                report.add(finding)
        report.sealed += len(seals)
        if progress:
            progress(len(seals))
    for finding in chain.end():
        report.add(finding)
    report.head = rules.Head(chain.position, chain.digest)
    _count_unsealed(report)
    for table in gateway.unguarded_tables():
        report.add(rules.Finding(rules.FindingKind.UNGUARDED, found=table))
    return report


def _published() -> Iterator[rules.Head]:
    rows = AuditHead.objects.values_list("position", "digest")
    return (rules.Head(position, digest) for position, digest in rows.iterator())


def _pages() -> Iterator[list[rules.Seal]]:
    seals = AuditSeal.objects.order_by("position").values_list(
        "position", "event_id", "digest"
    )
    page = [rules.Seal(*row) for row in seals[:PAGE]]
    while page:
        yield page
        behind = seals.filter(position__gt=page[-1].position)
        page = [rules.Seal(*row) for row in behind[:PAGE]]


def _events(ids: list[int]) -> dict[int, bytes]:
    rows = AuditEvent.objects.filter(pk__in=ids).values_list(*rules.EVENT_COLUMNS)
    return {row[_ID]: rules.event_bytes(row) for row in rows}


def _count_unsealed(report: Report) -> None:
    # The end of the chain is read first: an event before it that has no seal a
    # moment later will never get one.
    last = AuditSeal.objects.order_by("-position").first()
    unsealed = AuditEvent.objects.filter(
        ~Exists(AuditSeal.objects.filter(event_id=OuterRef("pk")))
    )
    report.unsealed = unsealed.count()
    if last is None or not report.unsealed:
        return
    for event_id in _up_to(unsealed, last).values_list("pk", flat=True):
        report.add(rules.Finding(rules.FindingKind.SKIPPED_EVENT, event_id=event_id))


def _up_to(events: QuerySet[AuditEvent], last: AuditSeal) -> QuerySet[AuditEvent]:
    before: RawSQL = RawSQL(
        "(audit_auditevent.writer, audit_auditevent.id) <= (%s, %s)",
        (last.writer, last.event_id),
        output_field=BooleanField(),
    )
    return events.filter(before).order_by("writer", "id")
