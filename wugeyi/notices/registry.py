"""What there is to hear, named at start-up by the apps that tell it.

    register(Event(
        "stations.broken", _("驿站设施坏了"),
        _("%(station)s 有设施坏了"),
        _("有人说 %(station)s 的 %(what)s 坏了，已经立了一件诉求。"),
    ))

Subject and text are lazily translated, plain and short. What goes into them must never
tell of another person: the number of a case and a place, not a name or a telephone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Event:
    """Something people can hear of.

    ``label`` is what they choose by. ``subject`` and ``text`` hold ``%(name)s`` where
    a value goes. ``default``: told to whoever did not refuse it; without it only to
    whoever asked. ``urgent`` ones come in quiet hours where the reader allows it,
    ``always`` ones (danger to life, for those on duty) in any case. ``public`` ones
    are for who follows something by a receipt; the others for who signs in.
    """

    code: str
    label: Text
    subject: Text
    text: Text
    default: bool = False
    urgent: bool = False
    always: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Something followed by a receipt.

    ``label`` names one of them to its holder. ``may`` tells whether this request
    proved that it holds the receipt of a row; ``show`` answers a reader's link with
    that row's page.
    """

    code: str
    label: Callable[[int], str]
    may: Callable[[HttpRequest, int], bool]
    show: Callable[[HttpRequest, int], HttpResponse]


People = Callable[[int, tuple[str, ...], datetime], Iterable[int]]
Keeps = Callable[[HttpRequest], bool]

_events: dict[str, Event] = {}
_topics: dict[str, Topic] = {}
_desks: list[People] = []
_keepers: list[Keeps] = []


def register(event: Event) -> Event:
    """Add an event; the same code twice keeps the last."""
    _events[event.code] = event
    return event


def register_topic(topic: Topic) -> Topic:
    """Add something that is followed by a receipt."""
    _topics[topic.code] = topic
    return topic


def register_desks(people: People) -> None:
    """Say who works at an organisation at a moment: the keys of their accounts."""
    if people not in _desks:
        _desks.append(people)


def register_keepers(keeps: Keeps) -> None:
    """Say who looks after sending: a request is theirs, or it is not."""
    if keeps not in _keepers:
        _keepers.append(keeps)


def keeps_sending(request: HttpRequest) -> bool:
    """Tell whether a request comes from somebody who looks after sending."""
    return any(keeps(request) for keeps in _keepers)


def event(code: str) -> Event:
    """Return an event.

    Raises
    ------
    KeyError
        No app registered it.
    """
    return _events[code]


def known_event(code: str) -> Event | None:
    """Return an event; None if no app registers it any more."""
    return _events.get(code)


def events(*, public: bool) -> list[Event]:
    """Return the events of receipt holders or of who signs in, as registered."""
    return [event for event in _events.values() if event.public is public]


def topic(code: str) -> Topic | None:
    """Return what is followed by a receipt; None for an unknown code."""
    return _topics.get(code)


def people_at(desk: int, roles: tuple[str, ...], at: datetime) -> set[int]:
    """Return the accounts of whoever works at an organisation at a moment."""
    return {user for people in _desks for user in people(desk, roles, at)}
