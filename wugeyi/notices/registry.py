"""What there is to hear, named at start-up by the apps that tell it.

    register(Event(
        "stations.broken", _("驿站设施坏了"),
        _("%(station)s 有设施坏了"),
        _("有人说 %(station)s 的 %(what)s 坏了，已经立了一件诉求。"),
    ))

Subject and text are lazily translated, plain and short. What goes into them must never
tell of another person: the number of a case and a place, not a name or a telephone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from wugeyi.notices.rules import TO_ONE_ADDRESS, Reader

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Event:
    """Something people can hear of.

    ``label`` is what they choose by. ``subject`` and ``text`` hold ``%(name)s`` where
    a value goes. ``default``: told to whoever did not refuse it; without it only to
    whoever asked. ``urgent`` ones come in quiet hours where the reader allows it,
    ``always`` ones (danger to life, for those on duty) in any case. ``public`` ones
    are for who follows something by a receipt: of ``topic``, or of any topic of the
    same app; the others are for who signs in: ``personal`` ones for anybody, the rest
    for who works at a desk.
    """

    code: str
    label: Text
    subject: Text
    text: Text
    default: bool = False
    urgent: bool = False
    always: bool = False
    public: bool = False
    topic: str = ""
    personal: bool = False


def _itself(key: int) -> tuple[int, date | None]:
    return key, None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something followed by a receipt.

    ``label`` names one of them to its holder. ``may`` tells whether this request
    proved that it holds the receipt of a row; ``show`` answers a reader's link with
    that row's page; ``welcome`` tells a new reader the first thing. ``standing`` says
    which row is listened to (itself, or the one it went into) and until which day
    addresses are kept, if that is known yet.
    """

    code: str
    label: Callable[[int], str]
    may: Callable[[HttpRequest, int], bool]
    show: Callable[[HttpRequest, int], HttpResponse]
    welcome: Callable[[Reader, int, datetime], None]
    standing: Callable[[int], tuple[int, date | None]] = _itself


People = Callable[[int, tuple[str, ...], datetime], Iterable[int]]
Keeps = Callable[[HttpRequest], bool]

Say = Callable[[str], Text]

_events: dict[str, Event] = {}
_words: dict[str, dict[str, Say]] = {}
_topics: dict[str, Topic] = {}
_desks: list[People] = []
_keepers: list[Keeps] = []
_workers: list[Keeps] = []


def register(event: Event) -> Event:
    """Add an event; the same code twice keeps the last."""
    _events[event.code] = event
    return event


def say(app: str, **words: Say) -> None:
    """Say values of an app's events in the reader's language, when a letter is written.

    What is told is then a code, not a word in the language of whoever acted.
    """
    _words.setdefault(app, {}).update(words)


def words_of(event: Event) -> Mapping[str, Say]:
    """Return how values of an event are said."""
    return _words.get(_app(event.code), {})


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


def register_workers(works: Keeps) -> None:
    """Say who works at a desk: a request is one of theirs, or it is not."""
    if works not in _workers:
        _workers.append(works)


def has_desk(request: HttpRequest) -> bool:
    """Tell whether a request comes from somebody who works at a desk."""
    return any(works(request) for works in _workers)


def events_for(request: HttpRequest) -> list[Event]:
    """Return the events that can reach whoever asks."""
    desk = has_desk(request)
    return [event for event in events() if desk or event.personal]


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


def events(*, topic: str = "") -> list[Event]:
    """Return the events of those who follow a topic; without one, of who signs in."""
    return [
        event
        for event in _events.values()
        if event.public is bool(topic)
        and event.code not in TO_ONE_ADDRESS
        and (not topic or (event.topic or _app(event.code)) in {topic, _app(topic)})
    ]


def _app(code: str) -> str:
    return code.partition(".")[0]


def topic(code: str) -> Topic | None:
    """Return what is followed by a receipt; None for an unknown code."""
    return _topics.get(code)


def people_at(desk: int, roles: tuple[str, ...], at: datetime) -> set[int]:
    """Return the accounts of whoever works at an organisation at a moment."""
    return {user for people in _desks for user in people(desk, roles, at)}
