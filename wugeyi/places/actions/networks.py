"""Networks: read from a file somebody sent, looked at, accepted, replaced."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.organisations.models import Organisation
from wugeyi.places.adapter import NetworkFacts, Told
from wugeyi.places.models import Network, NetworkFinding


@dataclass(frozen=True, slots=True)
class Naming:
    """What people say of a network that its file does not."""

    name: str
    source: str
    data_on: date | None = None
    invented: bool = False


def draft(
    *,
    organisation: Organisation,
    naming: Naming,
    facts: NetworkFacts,
    findings: Iterable[Told],
    at: datetime,
) -> Network:
    """Keep a network that was read, for somebody to look at; part of reading a file."""
    west, south, east, north = facts.bounds
    row = Network.objects.create(
        organisation=organisation,
        name=naming.name,
        source=naming.source or facts.source,
        licence=facts.licence,
        attribution=facts.attribution,
        data_on=naming.data_on,
        digest=facts.digest,
        file=facts.file,
        size_bytes=facts.size_bytes,
        nodes=facts.nodes,
        edges=facts.edges,
        components=facts.components,
        length_m=facts.length_m,
        has_rise=facts.has_rise,
        west=west,
        south=south,
        east=east,
        north=north,
        invented=naming.invented,
        read_at=at,
    )
    NetworkFinding.objects.bulk_create(
        (
            NetworkFinding(
                network=row,
                severity=each.severity,
                code=each.code,
                subject=each.subject,
                lon=each.lon,
                lat=each.lat,
                text_zh=each.text_zh,
                text_en=each.text_en,
            )
            for each in findings
        ),
        batch_size=1_000,
    )
    return row


@transaction.atomic
def accept_network(*, network: Network, by: User | None, at: datetime) -> Network:
    """Make a network that was read its organisation's own, from today on.

    The one before is replaced, not removed: what was computed on it says so. A network
    that was accepted already is left as it is.
    """
    # Two acceptances at once must see each other.
    Organisation.objects.select_for_update(of=("self",)).get(pk=network.organisation_id)
    row = Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    if row.accepted_at is not None:
        return row
    own = Network.objects.filter(
        organisation=row.organisation_id, accepted_at__isnull=False
    )
    before = own.order_by("-version").first()
    today = timezone.localdate(at)
    if before is not None:
        before.valid_to = today
        before.replaced_by = row
        before.save(update_fields=["valid_to", "replaced_by"])
    row.version = (before.version or 0) + 1 if before is not None else 1
    row.accepted_at, row.accepted_by = at, by
    # The first one also holds for days before anybody brought it.
    row.valid_from = today if before is not None else None
    row.save(update_fields=["version", "accepted_at", "accepted_by", "valid_from"])
    record(
        action="places.accept_network",
        subject=row,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        before={"replaces": before.pk if before is not None else None},
        after={"name": row.name, "version": row.version, "digest": row.digest},
    )
    return row


@transaction.atomic
def bring_network(
    *,
    organisation: Organisation,
    naming: Naming,
    facts: NetworkFacts,
    findings: Iterable[Told] = (),
    by: User | None,
    at: datetime,
) -> Network:
    """Keep and accept a network at once: for commands, where nobody looks between."""
    row = draft(
        organisation=organisation,
        naming=naming,
        facts=facts,
        findings=findings,
        at=at,
    )
    return accept_network(network=row, by=by, at=at)
