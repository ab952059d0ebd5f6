"""The words of a letter, in its reader's language."""

from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.translation import ngettext, override

from wugeyi.notices import registry
from wugeyi.notices.gateways.base import Message, site
from wugeyi.notices.links import open_path, settings_path, stop_path
from wugeyi.notices.models import Letter, Notice, Subscriber
from wugeyi.notices.registry import Event

MOST_SUBJECT = 120


def compose(letter: Letter) -> Message:
    """Return what a letter says; two queries."""
    subscriber = letter.subscriber
    rows = [
        row.notice
        for row in letter.deliveries.select_related("notice").order_by("notice_id")
    ]
    known = [(row, registry.known_event(row.event)) for row in rows]
    told = [(row, event) for row, event in known if event is not None]
    with override(subscriber.language):
        parts = tuple(
            (str(event.text) % values(event, row), _address(row, subscriber))
            for row, event in told
        )
        if len(told) == 1:
            row, event = told[0]
            subject = str(event.subject) % values(event, row)
        else:
            subject = ngettext(
                "五个一：%(n)s 条新消息", "五个一：%(n)s 条新消息", len(told)
            ) % {"n": len(told)}
        settings_url = site() + (
            settings_path(subscriber)
            if subscriber.user_id is None
            else reverse("notices:mine")
        )
    return Message(
        # A subject is one line, whatever went into it.
        subject=" ".join(subject.split())[:MOST_SUBJECT],
        parts=parts,
        token=letter.token,
        language=subscriber.language,
        urgent=any(event.urgent or event.always for _row, event in told),
        stop_url="" if subscriber.group else site() + stop_path(letter),
        settings_url="" if subscriber.group else settings_url,
    )


def values(event: Event, row: Notice) -> dict[str, str]:
    """Return what goes into a notice's sentences, in the language they are written in."""
    found = dict(parse_qsl(row.values, keep_blank_values=True))
    for name, say in registry.words_of(event).items():
        if name in found:
            found[name] = str(say(found[name]))
    return found


def _address(row: Notice, subscriber: Subscriber) -> str:
    if subscriber.topic and not row.url:
        return site() + open_path(subscriber)
    return site() + row.url if row.url else ""
