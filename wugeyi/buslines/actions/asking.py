"""What a village says for its growers: a ride to market, and back at noon."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from wugeyi.buslines.actions import records
from wugeyi.buslines.actions.writing import By
from wugeyi.buslines.models import Demand, Line, Spot
from wugeyi.buslines.rules.asking import Said

BACK = "h"
"""Ends the code of the ride back."""


@transaction.atomic
def ask(
    *, stop: Spot, market: Spot, said: Said, on: date, by: By, at: datetime
) -> list[Demand]:
    """Write down who wants to ride; sent twice it is there once.

    A code that somebody else took meanwhile gives way to the next free one.

    Raises
    ------
    Refused
        As ``records.add``.
    """
    usual: dict[str, Any] = {
        "stop": stop,
        "market": market,
        "name": said.name,
        "persons": said.persons,
        "source": said.source,
    }
    there = _add(
        stop.line,
        on,
        by,
        at,
        code=said.code,
        home=False,
        baskets=said.baskets,
        earliest_minute=said.from_minute,
        latest_minute=said.latest_minute,
        **usual,
    )
    if said.home is None:
        return [there]
    back = _add(
        stop.line,
        on,
        by,
        at,
        code=f"{there.code}{BACK}",
        home=True,
        baskets=said.home.baskets,
        earliest_minute=said.home.earliest_minute,
        latest_minute=said.home.latest_minute,
        **usual,
    )
    return [there, back]


def _add(line: Line, on: date, by: By, at: datetime, /, **values: Any) -> Demand:
    return records.add(
        Demand,
        line=line,
        values=values,
        valid_from=on,
        by=by,
        at=at,
        renumber=True,
    ).row
