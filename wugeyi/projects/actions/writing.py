"""How every act takes a project and puts it back: locked, checked, counted, audited."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import models

from wugeyi.accounts.models import User
from wugeyi.audit.actions import alter, record
from wugeyi.audit.rows import held
from wugeyi.figures.actions import refresh
from wugeyi.projects.models import Project
from wugeyi.projects.rules.refusals import Refused, Why

By = User | None
Row = TypeVar("Row", bound=models.Model)


def take(project: Project, *, version: int | None = None) -> Project:
    """Read the project afresh and hold it until the transaction ends.

    Raises
    ------
    Refused
        ``version`` is given and it was written since (CHANGED), or it was withdrawn.
    """
    changed = Refused(Why.CHANGED)
    fresh = held(project, "organisation", version=version, changed=changed)
    if fresh.withdrawn_at is not None:
        raise Refused(Why.WITHDRAWN)
    return fresh


def own(project: Project, row: Row) -> Row:
    """Read a row of the project afresh.

    Raises
    ------
    Refused
        It belongs to another project (NOT_YOURS) or was withdrawn (WITHDRAWN).
    """
    fresh: Row = type(row)._default_manager.get(pk=row.pk)
    if getattr(fresh, "project_id", None) != project.pk:
        raise Refused(Why.NOT_YOURS)
    if getattr(fresh, "withdrawn_at", None) is not None:
        raise Refused(Why.WITHDRAWN)
    return fresh


def put(
    project: Project, *, action: str, by: By, at: datetime, values: Mapping[str, object]
) -> Project:
    """Write ``values`` to the project, count the version up, audit what changed."""
    before, after = alter(project, values)
    note(project, action=action, by=by, at=at, before=before, after=after)
    refresh(source="projects", records=[project.pk], at=at)
    return project


def note(
    project: Project,
    *,
    action: str,
    by: By,
    at: datetime,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    """Leave the one event of an act; its subject is always the project."""
    record(
        action=f"projects.{action}",
        subject=project,
        by=by,
        at=at,
        organisation_id=project.organisation_id,
        before=before,
        after=after,
    )


def touch(project: Project) -> None:
    """Count the version up when rows of the project were written."""
    project.version += 1
    project.save(update_fields=["version"])
