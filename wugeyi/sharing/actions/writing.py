"""How every act takes a row and puts it back: locked, checked, audited."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models

from wugeyi.accounts.models import User
from wugeyi.audit.actions import alter, record
from wugeyi.audit.rules import Actor
from wugeyi.sharing.rules.refusals import Refused, Why

By = User | Actor | None
RESIDENT = Actor("预约人")
Row = TypeVar("Row", bound=models.Model)


def take(row: Row, *, version: int | None = None) -> Row:
    """Read a row afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED).
    """
    fresh: Row = (
        type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    )
    if version is not None and fresh.version != version:  # type: ignore[attr-defined]
        raise Refused(Why.CHANGED)
    return fresh


def known(model: type[Row], client_id: UUID | None) -> Row | None:
    """Return the row a page made before, if it is sent again."""
    if client_id is None:
        return None
    return model._default_manager.filter(client_id=client_id).first()


def person(by: By) -> User | None:
    """Return the member of staff, if it is one."""
    return by if isinstance(by, User) else None


def put(
    row: models.Model,
    *,
    organisation_id: int | None,
    action: str,
    by: By,
    at: datetime,
    values: Mapping[str, object],
    told: Mapping[str, object] | None = None,
) -> None:
    """Write ``values`` to the row, count the version up, audit what changed.

    ``told`` goes into the event too, in the place of what may not stand there.
    """
    hidden = set(told or ())
    before, after = alter(row, values)
    note(
        row,
        organisation_id=organisation_id,
        action=action,
        by=by,
        at=at,
        before={name: value for name, value in before.items() if name not in hidden},
        after={**after, **(told or {})},
    )


def note(
    row: models.Model | None,
    *,
    organisation_id: int | None,
    action: str,
    by: By,
    at: datetime,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """Leave the one event of an act."""
    record(
        action=f"sharing.{action}",
        subject=row,
        by=by,
        at=at,
        organisation_id=organisation_id,
        before=before,
        after={name: value for name, value in after.items() if value not in (None, "")},
    )
