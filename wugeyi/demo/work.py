"""What the invented city does beside its cases: branches, the hospital, projects, windows."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random

from wugeyi.demo.city import HOSPITAL_SINCE, STAGE, Builder
from wugeyi.demo.hospital import branchwork
from wugeyi.figures.actions import fold, follow, settle
from wugeyi.organisations.models import Organisation

Progress = Callable[[float], None]


def live(
    *, builder: Builder, random: Random, until: datetime, progress: Progress
) -> tuple[date, date]:
    """Record the work of the hospital and of the best known places, then add it up.

    Returns the first and last day of the period that leads to the article's figures.
    """
    known = list(Organisation.objects.filter(code__in=STAGE).order_by("code"))
    branchwork.words(since=HOSPITAL_SINCE, at=builder.at)
    period = branchwork.hospital(
        units=builder.hospital,
        random=random,
        until=until,
        secretaries=builder.secretaries,
    )
    progress(0.5)
    branchwork.communities(
        units=known, random=random, until=until, secretaries=builder.secretaries
    )
    progress(0.8)
    settle(at=until)
    follow(at=until)
    fold(at=until)
    progress(1)
    return period
