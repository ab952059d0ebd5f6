"""What the invented city does beside its cases: branches, the hospital, projects, windows."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from wugeyi.accounts.models import User
from wugeyi.demo import (
    circles,
    forms,
    notices,
    quoted,
    sharing,
    stations,
    talents,
    volunteering,
)
from wugeyi.demo.busline import line as busline
from wugeyi.demo.city import HOSPITAL_SINCE, STAGE, Builder
from wugeyi.demo.hospital import branchwork, projects, services
from wugeyi.demo.villages import books as villages
from wugeyi.demo.year import Town, Year
from wugeyi.figures.actions import fold, follow, settle
from wugeyi.organisations.models import Organisation

WINDOW = "520115007005"  # 金元社区's party-mass service centre
CAME_BACK = "520181201214"  # 观游村
SHANGHAI = ZoneInfo("Asia/Shanghai")
Progress = Callable[[float], None]


def open_windows(
    *, builder: Builder, town: Town, year: Year, random: Random, until: datetime
) -> None:
    """Plan a year at the hospital's window and at a community's into the city's year."""
    community = Organisation.objects.select_related("parent").get(code=WINDOW)
    if community.parent is None:
        raise LookupError(WINDOW)
    last = until.astimezone(SHANGHAI).date()
    services.hospital(
        units=builder.hospital,
        clerk=builder.clerk,
        behind=town.staff,
        random=random,
        at=year.at,
        since=builder.since,
        until=last,
        begin=builder.at,
    )
    services.party_mass_centre(
        community=community,
        town=community.parent,
        clerk=town.staff[community.pk],
        behind=town.staff,
        random=random,
        at=year.at,
        since=builder.since,
        until=last,
        begin=builder.at,
    )


def live(
    *,
    builder: Builder,
    town: Town,
    random: Random,
    until: datetime,
    progress: Progress,
) -> tuple[date, date]:
    """Record the work of the hospital and of the best known places, then add it up.

    Returns the first and last day of the period that leads to the article's figures.
    """
    known = list(Organisation.objects.filter(code__in=STAGE).order_by("code"))
    secretaries = builder.secretaries
    branchwork.words(since=HOSPITAL_SINCE, at=builder.at)
    period = branchwork.hospital(
        units=builder.hospital, random=random, until=until, secretaries=secretaries
    )
    progress(0.3)
    projects.hospital(
        units=builder.hospital, random=random, until=until, secretaries=secretaries
    )
    progress(0.6)
    branchwork.communities(
        units=known, random=random, until=until, secretaries=secretaries
    )
    projects.city(units=known, random=random, until=until, secretaries=secretaries)
    progress(0.8)
    village = next(unit for unit in known if unit.code == CAME_BACK)
    talents.village(
        unit=village,
        by=town.staff[village.pk],
        random=random,
        since=builder.since,
        until=until,
    )
    _share(builder, town, until)
    county = Organisation.objects.get(code=stations.COUNTY)
    stations.live(by=town.staff[county.pk], since=builder.since, until=until)
    _flash(builder, town, until)
    quoted.load(at=until)
    settle(at=until)
    follow(at=until)
    fold(at=until)
    _ask_forms(builder, town, period, random, until)
    circles.plan(at=until)
    busline.plan(at=until)
    villages.plan(at=until)
    window = Organisation.objects.get(code=WINDOW)
    notices.live(worker=town.staff[window.pk], until=until)
    progress(1)
    return period


def _share(builder: Builder, town: Town, until: datetime) -> None:
    """Let the known community and two others share rooms, tools, skills and hours."""
    communities = Organisation.objects.filter(
        pk__in=town.staff, kind="community"
    ).order_by("code")
    chosen = [unit for unit in communities if unit.code == WINDOW]
    chosen += [unit for unit in communities if unit.code != WINDOW][:2]
    sharing.live(
        staff={unit: town.staff[unit.pk] for unit in chosen},
        since=builder.since,
        until=until,
    )


def _flash(builder: Builder, town: Town, until: datetime) -> None:
    """Let riders and neighbours of the known communities help each other."""
    communities = list(
        Organisation.objects.filter(pk__in=town.staff, kind="community").order_by(
            "code"
        )
    )
    chosen = [unit for unit in communities if unit.code == WINDOW]
    chosen += [unit for unit in communities if unit.code != WINDOW][:4]
    volunteering.live(
        staff=town.staff,
        places=chosen,
        calls_back=town.city_dispatcher,
        pictures=town.pictures,
        since=builder.since,
        until=until,
    )


def _ask_forms(
    builder: Builder,
    town: Town,
    period: tuple[date, date],
    random: Random,
    until: datetime,
) -> None:
    """Let the city ask for forms; they are filled from the figures just added up."""
    hospital = builder.hospital.hospital
    window = Organisation.objects.select_related("parent").get(code=WINDOW)
    if window.parent is None:
        raise LookupError(WINDOW)
    forms.register_forms(
        hospital=hospital,
        city=builder.city,
        town=window.parent,
        secretary=builder.secretaries[hospital.pk],
        clerk=User.objects.get(username="duban"),
        worker=town.staff[window.parent.pk],
        period=period,
        random=random,
        until=until,
    )
