"""What webhooks may tell of; apps above may add theirs at start-up.

The audit's log is read, so no app below knows of webhooks: a teller says which rows it
understands, and what of an event everybody may hear.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from wugeyi.audit.models import AuditEvent

Text = str | Promise
EVERYBODY = ""
"""The path of what concerns every organisation."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: a kind, the path of the organisation it belongs to, public data.

    A path of EVERYBODY belongs to all.
    """

    event: str
    path: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Teller:
    """Understands the events of one table, ``app.model``.

    ``tell`` returns for each event what everybody may hear now, None if nothing.
    """

    subject: str
    labels: Mapping[str, Text]
    tell: Callable[[Sequence[AuditEvent]], Sequence[Told | None]]


_tellers: dict[str, Teller] = {}


def register(teller: Teller) -> Teller:
    """Add a teller; the same table twice keeps the last."""
    _tellers[teller.subject] = teller
    return teller


def tellers() -> Mapping[str, Teller]:
    """Return the tellers by the table they understand."""
    return _tellers


def labels() -> dict[str, str]:
    """Return what each kind of event is called."""
    return {
        code: str(label)
        for teller in _tellers.values()
        for code, label in teller.labels.items()
    }
