"""Files of OpenStreetMap: kept, read by the worker, decided by somebody, once."""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.imports.actions import discard
from wugeyi.imports.models import Batch, BatchFinding
from wugeyi.jobs.actions import ask
from wugeyi.organisations.models import Organisation
from wugeyi.places import gateway
from wugeyi.places.actions import networks, writing
from wugeyi.places.actions.networks import Naming
from wugeyi.places.adapter import FoundFacility, FoundHome, Reading, Told
from wugeyi.places.models import Facility, Home, Network, OsmFile, Source, Template
from wugeyi.places.queries.allocating import has_area, units_at
from wugeyi.places.queries.kinds import kinds_of
from wugeyi.places.rules.files import OSM, READ_OSM


@dataclass(frozen=True, slots=True)
class Sent:
    """A file in this app's folder (``gateway.keep``)."""

    file: str
    sha256: str
    filename: str


@transaction.atomic
def keep_osm(
    *,
    sent: Sent,
    organisation: Organisation,
    template: Template,
    source: str,
    data_on: date | None,
    by: User | None,
    at: datetime,
) -> OsmFile:
    """Keep a file and ask the worker to read it; nothing else is recorded yet."""
    batch = Batch.objects.create(
        kind=OSM,
        filename=sent.filename[:200],
        sha256=sent.sha256,
        created_at=at,
        created_by=by,
    )
    row = OsmFile.objects.create(
        batch=batch,
        organisation=organisation,
        template=template,
        file=sent.file,
        source=source,
        data_on=data_on,
    )
    record(
        action="places.keep_osm",
        subject=batch,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        after={"file": batch.filename, "sha256": sent.sha256},
    )
    ask(
        kind=READ_OSM,
        subject=batch.pk,
        organisation_id=organisation.pk,
        by=by,
        at=at,
    )
    return row


def read_again(*, osm_file: OsmFile, by: User | None, at: datetime) -> None:
    """Ask the worker once more, after it failed or was stopped."""
    ask(
        kind=READ_OSM,
        subject=osm_file.batch_id,
        organisation_id=osm_file.organisation_id,
        by=by,
        at=at,
    )


@transaction.atomic
def keep_reading(*, osm_file: OsmFile, reading: Reading, at: datetime) -> bool:
    """Keep what the worker read, for somebody to look at; False if it was decided.

    No act: nobody decided anything. Reading again replaces what was read before.
    """
    row = OsmFile.objects.select_for_update(of=("self",)).get(pk=osm_file.pk)
    batch = Batch.objects.get(pk=row.batch_id)
    if batch.status != Batch.Status.PREVIEWED:
        return False
    before = row.network
    row.network = networks.draft(
        organisation=row.organisation,
        naming=Naming(name=batch.filename[:80], source=row.source, data_on=row.data_on),
        facts=reading.network,
        findings=reading.findings,
        at=at,
    )
    row.facilities_found = len(reading.facilities)
    row.homes_found = sum(home.lived_in for home in reading.homes)
    row.buildings_found = len(reading.homes) - row.homes_found
    row.save()
    if before is not None:
        before.delete()
    batch.rows = len(reading.facilities) + len(reading.homes)
    batch.save(update_fields=["rows"])
    batch.findings.all().delete()
    gateway.stage(
        row.file,
        {
            "facilities": [astuple(each) for each in reading.facilities],
            "homes": [astuple(each) for each in reading.homes],
        },
    )
    return True


@transaction.atomic
def keep_refusal(*, osm_file: OsmFile, finding: Told) -> None:
    """Keep why a file cannot be used, in both languages; part of reading it."""
    BatchFinding.objects.filter(batch=osm_file.batch_id).delete()
    BatchFinding.objects.create(
        batch_id=osm_file.batch_id,
        severity=BatchFinding.Severity.ERROR,
        code="refused",
        value=finding.text_zh[:200],
        other=finding.text_en[:200],
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to take of a file besides its streets."""

    facilities: bool = True
    homes: bool = False
    # Buildings of which nobody said what they are for.
    buildings: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How many were not on record before."""

    facilities: int = 0
    homes: int = 0


@transaction.atomic
def accept_osm(
    *, osm_file: OsmFile, wanted: Wanted, by: User | None, at: datetime
) -> Taken | None:
    """Make the streets the organisation's own, and take what is wanted; once.

    None: it was decided already, or is not read yet. A thing that came from
    OpenStreetMap before, for whichever organisation, is left as it is.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=osm_file.batch_id)
    row = OsmFile.objects.select_related("organisation", "template", "network").get(
        pk=osm_file.pk
    )
    if batch.status != Batch.Status.PREVIEWED or row.network is None:
        return None
    found = gateway.staged(row.file)
    networks.accept_network(network=row.network, by=by, at=at)
    facilities = [FoundFacility(*each) for each in found["facilities"]]
    homes = [FoundHome(*each) for each in found["homes"]]
    taken = take(
        organisation=row.organisation,
        template=row.template,
        facilities=facilities if wanted.facilities else [],
        homes=[
            home
            for home in homes
            if (wanted.homes if home.lived_in else wanted.buildings)
        ],
        batch=batch,
        by=by,
        at=at,
    )
    file, row.file = row.file, ""
    row.facilities_taken, row.homes_taken = taken.facilities, taken.homes
    row.save(update_fields=["file", "facilities_taken", "homes_taken"])
    batch.status, batch.accepted_at = Batch.Status.ACCEPTED, at
    batch.save(update_fields=["status", "accepted_at"])
    record(
        action="places.import_osm",
        subject=batch,
        by=by,
        at=at,
        organisation_id=row.organisation_id,
        after={**asdict(taken), "sha256": batch.sha256},
    )
    _forget(file)
    return taken


@transaction.atomic
def discard_osm(*, osm_file: OsmFile, by: User | None, at: datetime) -> None:
    """Throw a file and what was read of it away; its digest stays.

    Raises
    ------
    ValidationError
        It was accepted or thrown away already.
    """
    row = OsmFile.objects.select_related("batch", "network").get(pk=osm_file.pk)
    discard(batch=row.batch, by=by, at=at)
    network, file = row.network, row.file
    row.network, row.file = None, ""
    row.save(update_fields=["network", "file"])
    if network is not None:
        arrays = network.file
        network.delete()
        if not Network.objects.filter(file=arrays).exists():
            transaction.on_commit(lambda: gateway.remove(arrays))
    _forget(file)


def _forget(file: str) -> None:
    """Remove a file nobody else waits for, once the decision stands."""
    if file and not OsmFile.objects.filter(file=file).exists():
        transaction.on_commit(lambda: gateway.remove(file))


def take(
    *,
    organisation: Organisation,
    template: Template,
    facilities: Sequence[FoundFacility],
    homes: Sequence[FoundHome],
    batch: Batch,
    by: User | None,
    at: datetime,
) -> Taken:
    """Write facilities and homes down, each for the unit in whose area it lies.

    Homes outside every area are somebody else's and left out, unless neither the
    organisation nor any below it has an area; facilities outside are kept by the
    organisation, since its people walk there.
    """
    kinds = {kind.code: kind for kind in kinds_of(template)}
    known = [each for each in facilities if each.kind in kinds]
    places = units_at(
        [each.lon for each in known], [each.lat for each in known], organisation
    )
    rows = [
        (
            _identity(f"facility:{each.osm_id}:{each.kind}"),
            unit or organisation.pk,
            {
                "kind": kinds[each.kind],
                "name": each.name[:80],
                "lon": each.lon,
                "lat": each.lat,
                "capacity": each.capacity,
                "opening_hours": each.opening_hours[:200],
            },
            each.osm_id,
        )
        for each, unit in zip(known, places, strict=True)
    ]
    made = writing.add_many(
        Facility, rows, source=Source.OSM.value, batch=batch, by=by, at=at
    )
    return Taken(made, _take_homes(organisation, homes, batch=batch, by=by, at=at))


def _take_homes(
    organisation: Organisation,
    homes: Sequence[FoundHome],
    *,
    batch: Batch,
    by: User | None,
    at: datetime,
) -> int:
    places = units_at(
        [each.lon for each in homes], [each.lat for each in homes], organisation
    )
    otherwise = None if has_area(organisation) else organisation.pk
    rows = [
        (
            _identity(f"home:{each.osm_id}"),
            unit or otherwise,
            {"name": each.name[:80], "lon": each.lon, "lat": each.lat},
            each.osm_id,
        )
        for each, unit in zip(homes, places, strict=True)
    ]
    kept = [(key, unit, values, osm) for key, unit, values, osm in rows if unit]
    return writing.add_many(
        Home, kept, source=Source.OSM.value, batch=batch, by=by, at=at
    )


def _identity(text: str) -> UUID:
    """Return the id of a thing of OpenStreetMap: one record in the installation."""
    return uuid5(NAMESPACE_URL, f"wugeyi:places:osm:{text}")
