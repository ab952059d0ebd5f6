"""Rows in acts: held while they are written, made once, never altered without a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from wugeyi.audit.actions import alter, record
from wugeyi.audit.rules import Actor

By = AbstractBaseUser | Actor | None
Row = TypeVar("Row", bound=models.Model)


def held(
    row: Row, *related: str, version: int | None = None, changed: Exception
) -> Row:
    """Read a row afresh, with ``related`` ones, and hold it until the transaction ends.

    Raises
    ------
    changed
        It was written since it was shown in ``version``.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",))
    if related:
        rows = rows.select_related(*related)
    fresh: Row = rows.get(pk=row.pk)
    if version is not None and fresh.version != version:  # type: ignore[attr-defined]
        raise changed
    return fresh


def known(model: type[Row], client_id: UUID | None) -> Row | None:
    """Return the row a page made before, if it is sent again."""
    if client_id is None:
        return None
    return model._default_manager.filter(client_id=client_id).first()


@dataclass(frozen=True, slots=True)
class Events:
    """What an app tells the audit: its actions are ``app.verb``."""

    app: str

    def put(
        self,
        row: models.Model,
        *,
        organisation_id: int | None,
        action: str,
        by: By,
        at: datetime,
        values: Mapping[str, object],
        told: Mapping[str, object] | None = None,
    ) -> None:
        """Write ``values`` to a row that counts its versions; leave the one event.

        ``told`` goes into the event too, in the place of fields that may not stand
        there.
        """
        before, after = alter(row, values)
        told = told or {}
        self.note(
            row,
            organisation_id=organisation_id,
            action=action,
            by=by,
            at=at,
            before={name: old for name, old in before.items() if name not in told},
            after={**after, **told},
        )

    def note(
        self,
        row: models.Model | None,
        *,
        organisation_id: int | None,
        action: str,
        by: By,
        at: datetime,
        after: Mapping[str, object],
        before: Mapping[str, object] | None = None,
    ) -> None:
        """Leave the one event of an act; what nobody filled in is not told."""
        record(
            action=f"{self.app}.{action}",
            subject=row,
            by=by,
            at=at,
            organisation_id=organisation_id,
            before=before,
            after={
                name: value for name, value in after.items() if value not in (None, "")
            },
        )
