"""What of the audit's events everybody may hear, by the table they are about."""

from wugeyi.interfaces import events
from wugeyi.interfaces.queries.telling import (
    cases,
    published,
    sharing,
    stations,
    volunteering,
)
from wugeyi.interfaces.queries.telling.chain import latest, sealed_after, told

__all__ = ["latest", "register_all", "sealed_after", "told"]


def register_all() -> None:
    """Say what webhooks may tell of; called once at start-up."""
    for teller in (
        cases.TELLER,
        published.SHEETS,
        published.TIMETABLES,
        stations.STATIONS,
        stations.BREAKAGES,
        sharing.TELLER,
        *volunteering.TELLERS,
    ):
        events.register(teller)
