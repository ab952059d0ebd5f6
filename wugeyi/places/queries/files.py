"""Reads of files that were sent: streets and tables waiting to be looked at."""

from django.db.models import Q, QuerySet

from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation
from wugeyi.places.models import OsmFile, PlaceFile

RECENT = 10


def waiting(unit: Organisation) -> list[Batch]:
    """Return files of a unit that wait for somebody to decide, newest first."""
    mine = Q(osm_file__organisation=unit) | Q(place_file__organisation=unit)
    rows = Batch.objects.filter(mine, status=Batch.Status.PREVIEWED)
    return list(_light(rows)[:RECENT])


def recent(unit: Organisation) -> list[Batch]:
    """Return a unit's last files, newest first."""
    mine = Q(osm_file__organisation=unit) | Q(place_file__organisation=unit)
    return list(_light(Batch.objects.filter(mine))[:RECENT])


def _light(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.defer("content").order_by("-pk")


def osm_file(key: int) -> OsmFile | None:
    """Return a file of streets by its batch, with what its page shows; one query."""
    return (
        OsmFile.objects.select_related("batch", "organisation", "template", "network")
        .filter(batch=key)
        .first()
    )


def place_file(key: int) -> PlaceFile | None:
    """Return a table by its batch; one query."""
    return (
        PlaceFile.objects.select_related("batch", "organisation")
        .filter(batch=key)
        .first()
    )
