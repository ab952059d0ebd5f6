"""Writing an event down."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models
from django.db.transaction import TransactionManagementError

from wugeyi.audit import rules
from wugeyi.audit.models import AuditEvent


def record(
    *,
    action: str,
    subject: models.Model | None,
    by: AbstractBaseUser | rules.Actor | None,
    at: datetime,
    organisation_id: int | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Write one event, in the transaction of the act it tells of.

    Parameters
    ----------
    action
        ``app.verb`` in lower case, such as ``casework.hand_back``.
    subject
        The saved row acted upon, or None when the act has no single row.
    by
        A member of staff, an :class:`~wugeyi.audit.rules.Actor` (a resident with a
        receipt), or None for the system itself.
    at
        An aware datetime.
    before, after
        The changed fields by name; personal values wrapped in
        :class:`~wugeyi.audit.rules.Private`. See :func:`changes`.

    Raises
    ------
    TransactionManagementError
        There is no open transaction: the act and its event could part company.
    ValueError
        ``at`` has no time zone, or ``subject`` was never saved.
    TypeError
        A value has no canonical form (see :func:`wugeyi.audit.rules.canonical`).
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "audit.actions.record belongs inside transaction.atomic, with the act."
        )
    if at.tzinfo is None:
        raise ValueError("A moment in the audit needs a time zone.")
    return _insert(
        AuditEvent(
            at=at,
            actor_id=by.pk if isinstance(by, AbstractBaseUser) else None,
            actor_name=_name(by),
            action=action,
            subject_type=subject._meta.label_lower if subject is not None else "",
            subject_id=_key(subject),
            organisation_id=organisation_id,
            before=rules.fields(before),
            after=rules.fields(after),
        )
    )


COLUMNS = (
    "at",
    "actor_id",
    "actor_name",
    "action",
    "subject_type",
    "subject_id",
    "organisation_id",
    "before",
    "after",
)
_INSERT = (
    f"INSERT INTO {AuditEvent._meta.db_table} ({', '.join(COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING id"
)


def _insert(event: AuditEvent) -> AuditEvent:
    """Write an event; every act does, and the ORM would take four times as long."""
    values = [getattr(event, name) for name in COLUMNS]
    values[0] = connection.ops.adapt_datetimefield_value(event.at)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        event.pk = cursor.fetchone()[0]
    event._state.adding = False
    event._state.db = connection.alias
    return event


def changes(instance: models.Model, names: Iterable[str]) -> dict[str, object]:
    """Return the named fields' values as ``before`` or ``after`` of an event.

    Foreign keys give the key of the other row without loading it. Personal fields do
    not belong here: wrap them in :class:`~wugeyi.audit.rules.Private`.
    """
    return {
        name: instance._meta.get_field(name).value_from_object(instance)  # type: ignore[union-attr]
        for name in names
    }


def alter(
    row: models.Model, values: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Write ``values`` to a row that counts its versions; return what changed.

    The two are ``before`` and ``after`` of an event, without what stayed as it was.
    """
    before = changes(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1  # type: ignore[attr-defined]
    row.save(update_fields=[*values, "version"])
    after = changes(row, values)
    changed = [name for name in values if before[name] != after[name]]
    return (
        {name: before[name] for name in changed},
        {name: after[name] for name in changed},
    )


def _name(by: AbstractBaseUser | rules.Actor | None) -> str:
    if by is None:
        return ""
    return by.name if isinstance(by, rules.Actor) else str(by)


def _key(subject: models.Model | None) -> int | None:
    if subject is None:
        return None
    if not isinstance(subject.pk, int):
        raise ValueError("An event's subject needs a whole number as its saved key.")
    return subject.pk
