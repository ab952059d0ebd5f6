"""How every act takes a line and puts rows back: locked, checked, audited."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from wugeyi.accounts.models import User
from wugeyi.audit.actions import alter, record
from wugeyi.audit.rows import held
from wugeyi.buslines.models import Line
from wugeyi.buslines.rules.refusals import Refused, Why

By = User | None


def take(line: Line, *, version: int | None = None, ended: bool = False) -> Line:
    """Read a line afresh and hold it until the transaction ends.

    Parameters
    ----------
    ended
        Whether a line that no longer runs may be written too.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED), or has ended (CLOSED).
    """
    fresh = held(line, "organisation", version=version, changed=Refused(Why.CHANGED))
    if fresh.closed_on is not None and not ended:
        raise Refused(Why.CLOSED)
    return fresh


def put(
    row: models.Model,
    *,
    line: Line,
    action: str,
    by: By,
    at: datetime,
    values: Mapping[str, object],
    quiet: frozenset[str] = frozenset(),
) -> None:
    """Write ``values`` to the row, count the version up, audit what changed.

    ``quiet`` are personal fields, which never enter the audit.
    """
    before, after = alter(row, values)
    note(
        row,
        line=line,
        action=action,
        by=by,
        at=at,
        before={name: old for name, old in before.items() if name not in quiet},
        after={name: new for name, new in after.items() if name not in quiet},
    )


def note(
    row: models.Model,
    *,
    line: Line,
    action: str,
    by: By,
    at: datetime,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """Leave the one event of an act, at the organisation that runs the line."""
    record(
        action=f"buslines.{action}",
        subject=row,
        by=by,
        at=at,
        organisation_id=line.organisation_id,
        before=before,
        after=after,
    )
