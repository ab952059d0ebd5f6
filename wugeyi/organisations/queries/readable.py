"""Events in plain words: names instead of codes and keys, a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from wugeyi.audit import phrases, queries
from wugeyi.audit.models import AuditEvent
from wugeyi.organisations.models import Organisation
from wugeyi.ui.phrases import day, moment

# Keys of organisations that events tell beside the fields of their row.
UNITS = frozenset({"into", "root", "told"})
Names = dict[type[models.Model], dict[int, str]]


@dataclass(frozen=True, slots=True)
class ReadableChange:
    """A field by its name; "" is nothing, ``hidden`` a personal value kept as a hash."""

    label: str
    before: str
    after: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class ReadableEvent:
    """An event with its act, row and changes in words."""

    event: AuditEvent
    act: str
    subject: str
    unit: Organisation | None
    changes: Sequence[ReadableChange]


def readable(events: Sequence[AuditEvent]) -> list[ReadableEvent]:
    """Put a page of events into words.

    One query for the organisations and one for each table that fields point to and
    whose rows have a name; there are few such tables, however many events.
    """
    told = [(event, queries.changed(event)) for event in events]
    names = _names(told)
    units = Organisation.objects.in_bulk(
        {each.organisation_id for each in events if each.organisation_id}
    )
    return [
        ReadableEvent(
            event,
            phrases.act_name(event.action),
            phrases.subject_name(event.subject_type) if event.subject_type else "",
            units.get(event.organisation_id or 0),
            [
                _change(event, each, names)
                for each in changes
                if each.before or each.after or each.hidden
            ],
        )
        for event, changes in told
    ]


def _names(told: Iterable[tuple[AuditEvent, Sequence[queries.Change]]]) -> Names:
    wanted: dict[type[models.Model], set[int]] = {}
    for event, changes in told:
        for change in changes:
            target = _target(event, change.field)
            if target is not None:
                keys = wanted.setdefault(target, set())
                keys.update(int(v) for v in (change.before, change.after) if _key(v))
    return {
        model: dict(
            model._default_manager.filter(pk__in=keys).values_list("pk", "name")
        )
        for model, keys in wanted.items()
        if keys
    }


def _key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _field(event: AuditEvent, name: str) -> "models.Field[Any, Any] | None":
    try:
        field = apps.get_model(event.subject_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if isinstance(field, models.Field) else None


def _target(event: AuditEvent, name: str) -> type[models.Model] | None:
    """Return the table a field points to, if its rows have a name."""
    if name in UNITS:
        return Organisation
    field = _field(event, name)
    related = field.related_model if field is not None else None
    if not isinstance(related, type) or not any(
        each.name == "name" for each in related._meta.concrete_fields
    ):
        return None
    return related


def _change(event: AuditEvent, change: queries.Change, names: Names) -> ReadableChange:
    return ReadableChange(
        phrases.field_name(change.field),
        _value(event, change.field, change.before, names),
        _value(event, change.field, change.after, names),
        change.hidden,
    )


def _value(event: AuditEvent, name: str, text: str, names: Names) -> str:
    if not text:
        return ""
    if text in {"true", "false"}:
        return _("是") if text == "true" else _("否")
    target = _target(event, name)
    if target is not None and _key(text):
        return names.get(target, {}).get(int(text), text)
    field = _field(event, name)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(text, text))
    at = _time(text)
    if at is None:
        return phrases.value_name(name, text)
    return moment(at) if isinstance(at, datetime) else day(at)


def _time(text: str) -> date | None:
    """Read what the audit writes of a moment or a day; None for any other text."""
    if len(text) < len("2026-01-01") or text[4:5] != "-":
        return None
    try:
        if len(text) == len("2026-01-01"):
            return parse_date(text)
        return parse_datetime(text)
    except ValueError:
        return None
