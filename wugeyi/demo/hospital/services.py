"""The invented hospital's one-stop centre: staff and visitors only, never a patient."""

from collections.abc import Mapping
from datetime import date, datetime
from random import Random

from wugeyi.accounts.models import User
from wugeyi.demo.hospital.units import HospitalUnits
from wugeyi.demo.windows import At, Window
from wugeyi.organisations.models import Organisation

# Which office stands behind the window for which service (names of the examples).
BEHIND = {
    "办工作证": "保卫科",
    "开在职和收入证明": "财务科",
    "差旅报销": "财务科",
    "办职工停车证": "保卫科",
    "办公室和宿舍报修": "总务科",
    "申请职工宿舍": "总务科",
}
SLOW = ("财务科",)
VISITS = 300


def hospital(
    *,
    units: HospitalUnits,
    clerk: User,
    behind: Mapping[int, User],
    random: Random,
    at: At,
    since: date,
    until: date,
    begin: datetime,
    visits: int = VISITS,
) -> Window:
    """Open the hospital's window and plan its year.

    Parameters
    ----------
    clerk
        Works at the window (a WORKER of the hospital).
    behind
        Who works in the offices, by the organisation's key; the clerk where nobody.
    at
        Takes an act into the story's timeline, as ``Year.at`` does.
    since, until
        Local days between which people come.
    begin
        When the list of services is written, before ``since``.
    visits
        How many matters are planned; trips are some 40 % more.
    """
    offices = units.offices
    window = Window(
        desk=units.hospital,
        clerk=clerk,
        behind=behind,
        random=random,
        at=at,
        slow=frozenset(offices[name].pk for name in SLOW),
    )
    steps: dict[str, Organisation] = {
        service: offices[name] for service, name in BEHIND.items()
    }
    window.open(steps, on=since, at=begin)
    window.plan(visits=visits, first=since, until=until)
    return window


def party_mass_centre(
    *,
    community: Organisation,
    town: Organisation,
    clerk: User,
    behind: Mapping[int, User],
    random: Random,
    at: At,
    since: date,
    until: date,
    begin: datetime,
    visits: int = 120,
) -> Window:
    """Open a community's party-mass service centre and plan its year, as above.

    Welfare and cards for the elderly are checked by the town behind it.
    """
    window = Window(
        desk=community,
        clerk=clerk,
        behind=behind,
        random=random,
        at=at,
        slow=frozenset({town.pk}),
    )
    steps = {"申请低保和临时救助(初审)": town, "代办老年人优待证": town}
    window.open(steps, on=since, at=begin)
    window.plan(visits=visits, first=since, until=until)
    return window
