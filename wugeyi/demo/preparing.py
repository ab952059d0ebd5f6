"""Prepare the demo once: register, grounds, people, a year of cases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction

from wugeyi.casework.actions.setup import install_defaults
from wugeyi.demo import work
from wugeyi.demo.city import CITY, Builder
from wugeyi.demo.pictures import pictures
from wugeyi.demo.year import Year
from wugeyi.organisations.actions.guiyang import draw_schematic_areas, load_guiyang
from wugeyi.organisations.actions.installation import set_installation
from wugeyi.organisations.models import Installation, Organisation

SEED = 51
DAYS = 365
CASES = 3600
Progress = Callable[[str, float], None]


def is_prepared() -> bool:
    """Tell whether the database holds the finished demo."""
    return Installation.objects.filter(demo=True).exists()


def is_empty() -> bool:
    """Tell whether nothing was set up here yet."""
    return not Installation.objects.exists()


@transaction.atomic
def prepare(*, until: datetime, cases: int, progress: Progress) -> None:
    """Build the invented city and let it live until a moment.

    All or nothing: an interrupted preparation leaves an empty database. The same
    moment and number of cases give the same city and the same year; receipts and
    salts are drawn anew.
    """
    random = Random(SEED)  # noqa: S311 - a story, not a secret
    begin = until.astimezone(ZoneInfo("Asia/Shanghai")) - timedelta(days=DAYS)
    progress("register", 0)
    load_guiyang(by=None, at=begin)
    progress("grounds", 0)
    draw_schematic_areas(by=None, at=begin)
    progress("people", 0)
    install_defaults(valid_from=begin.date(), by=None, at=begin)
    builder = Builder(random=random, at=begin, since=begin.date())
    town = builder.build()
    town.pictures = pictures(random, begin)
    year = Year(town=town, random=random, until=until)
    year.plan(cases=cases, first=begin.date())
    work.open_windows(builder=builder, town=town, year=year, random=random, until=until)
    year.run(lambda share: progress("year", share))
    work.live(
        builder=builder,
        town=town,
        random=random,
        until=until,
        progress=lambda share: progress("work", share),
    )
    # Last: who finds the installation finds a finished demo.
    set_installation(
        name="贵阳市基层服务（演示）",
        name_en="Guiyang grassroots service (demo)",
        demo=True,
        hotline="12345",
        seat=Organisation.objects.get(code=CITY),
        by=None,
        at=until,
    )
