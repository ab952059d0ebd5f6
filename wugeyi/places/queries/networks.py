"""Reads of networks and of the files they come from."""

from datetime import date

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import ancestors
from wugeyi.places.models import Network, NetworkFinding
from wugeyi.places.queries.days import on_day


def network_of(unit: Organisation, *, day: date) -> Network | None:
    """Return the network a unit walks on, on a day: its own, or of the nearest above.

    One query.
    """
    paths = [*ancestors(unit.path), unit.path]
    return (
        Network.objects.filter(
            on_day(day), organisation__path__in=paths, accepted_at__isnull=False
        )
        .select_related("organisation")
        .order_by("-organisation__path", "-version")
        .first()
    )


def networks_of(
    unit: Organisation, *, older: int = 0, limit: int = 25
) -> list[Network]:
    """Return a page of a unit's own accepted networks, newest first, one more if any."""
    rows = Network.objects.filter(organisation=unit, accepted_at__isnull=False)
    if older:
        rows = rows.filter(version__lt=older)
    return list(rows.select_related("replaced_by").order_by("-version")[: limit + 1])


def network(key: int) -> Network | None:
    """Return an accepted network; one query."""
    return (
        Network.objects.select_related("organisation", "replaced_by", "accepted_by")
        .filter(pk=key, accepted_at__isnull=False)
        .first()
    )


def findings(
    network: Network, *, severity: str = "", after: int = 0, limit: int = 50
) -> list[NetworkFinding]:
    """Return a page of a network's findings as they were noticed, one more if any."""
    rows = NetworkFinding.objects.filter(network=network, pk__gt=after)
    if severity:
        rows = rows.filter(severity=severity)
    return list(rows.order_by("pk")[: limit + 1])
