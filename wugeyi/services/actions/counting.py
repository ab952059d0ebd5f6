"""Handing what was written to the figures, in the transaction that wrote it."""

from collections.abc import Iterable
from datetime import datetime

from wugeyi.figures.actions import refresh
from wugeyi.services.models import Matter, Service, Visit


def count_visits(visits: Iterable[Visit], *, at: datetime, new: bool = False) -> None:
    """Let the figures know of trips; ``new``: none of them was counted before."""
    keys = [each.pk for each in visits]
    refresh(source="service_visits", records=keys, at=at, new=new)


def count_matters(
    matters: Iterable[Matter], *, at: datetime, new: bool = False
) -> None:
    """Let the figures know of matters; ``new``: none of them was counted before."""
    keys = [each.pk for each in matters]
    refresh(source="service_matters", records=keys, at=at, new=new)


def count_services(
    services: Iterable[Service], *, at: datetime, new: bool = False
) -> None:
    """Let the figures know of services; ``new``: none of them was counted before."""
    keys = [each.pk for each in services]
    refresh(source="services", records=keys, at=at, new=new)
