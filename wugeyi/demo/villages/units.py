"""The invented town and its villages, and who keeps their books."""

from datetime import date, datetime
from functools import partial

from wugeyi.demo import invented
from wugeyi.demo.villages.stories import VILLAGES
from wugeyi.organisations.models import Organisation

TOWN = "5201-villages-demo"


def build(*, parent: Organisation, on: date, at: datetime) -> Organisation:
    """Add the town and its villages below ``parent``, from a day on."""
    add = partial(invented.add, on=on, at=at)
    town = add(TOWN, "筑田乡（演示）", "town", parent)
    for village in VILLAGES:
        add(village.code, village.name, "village", town)
    return town
