"""Load the register of Guiyang that comes with the product, and draw it."""

from datetime import datetime

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.organisations.actions.areas import Plot, set_areas
from wugeyi.organisations.actions.register import (
    File,
    accept_register,
    plan_for,
    preview_register,
    read_files,
)
from wugeyi.organisations.actions.tree import lock_tree
from wugeyi.organisations.guiyang import SOURCE, county_points, register_files
from wugeyi.organisations.models import Area, Kind, Organisation, RegisterEdition
from wugeyi.organisations.queries import subtree
from wugeyi.organisations.schematic import divide, divide_among, union

CITY = "5201"
SCHEMATIC_SOURCE = "示意(生成)"
DRAWN = (Kind.COUNTY, Kind.TOWN, Kind.COMMUNITY, Kind.VILLAGE)


@transaction.atomic
def load_guiyang(*, by: User | None, at: datetime) -> RegisterEdition:
    """Load 贵州省, 贵阳市 and the 1,785 units below; a second time changes nothing."""
    lock_tree()
    given = [File(*each) for each in register_files()]
    reading = read_files(given)
    plan = plan_for(reading, None, complete=False)
    batch = preview_register(
        files=given,
        source=SOURCE,
        on=None,
        complete=False,
        root=None,
        by=by,
        at=at,
        keep=False,
        reading=reading,
        plan=plan,
    )
    return accept_register(batch=batch, by=by, at=at, plan=plan)


@transaction.atomic
def draw_schematic_areas(*, by: User | None, at: datetime) -> int:
    """Draw invented areas for Guiyang, its counties, towns and villages; return how many.

    Nobody has the real outlines (see data/PROVENANCE.md). Each area is marked as
    generated, and its source says so. What has an area already keeps it. The same
    register always gives the same picture.
    """
    places = {each.code: each for each in county_points()}
    grounds = divide_among(
        {code: (each.lon, each.lat) for code, each in places.items()},
        {code: each[3:] for code, each in places.items()},
    )
    root = Organisation.objects.get(code=CITY)
    units = list(
        subtree(root)
        .filter(kind__in=DRAWN, valid_to=None)
        .order_by("code")
        .select_related("parent")
    )
    below: dict[str, list[str]] = {}
    for unit in units:
        if unit.parent is not None:
            below.setdefault(unit.parent.code, []).append(unit.code)
    for code in list(grounds):
        for town, ground in divide(grounds[code], below.get(code, []), code).items():
            grounds[town] = ground
            grounds.update(divide(ground, below.get(town, []), town))
    grounds[CITY] = union(grounds[code] for code in places)
    drawn = set(Area.objects.values_list("organisation__code", flat=True))
    plots = [
        Plot(unit, grounds[unit.code])
        for unit in [root, *units]
        if unit.code in grounds and unit.code not in drawn
    ]
    set_areas(
        plots=plots, by=by, at=at, source=SCHEMATIC_SOURCE, generated=True, root=root
    )
    return len(plots)
