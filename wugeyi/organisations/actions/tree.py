"""Where organisations stand: one range update moves a whole subtree.

Every write of the tree first locks the statutory view's row, so two moves cannot
cross; SQLite lets only one writer in anyway.
"""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat, Length, Substr

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.organisations.actions.checks import (
    check_alive,
    check_depth,
    check_not_inside,
    effective,
    too_early,
)
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import STATUTORY, child_path


def lock_tree() -> TreeView:
    """Return the statutory view with its row locked until the transaction ends."""
    TreeView.objects.get_or_create(
        code=STATUTORY, defaults={"name": "行政区划", "name_en": "Statutory"}
    )
    return TreeView.objects.select_for_update().get(code=STATUTORY)


def fresh(organisation: Organisation) -> Organisation:
    """Read an organisation again: another move may have changed its path."""
    return Organisation.objects.get(pk=organisation.pk)


@transaction.atomic
def move(
    *,
    organisation: Organisation,
    to: Organisation | None,
    by: User | None,
    at: datetime,
    on: date | None = None,
) -> Organisation:
    """Put an organisation with all below it under another one (None: make it a root).

    Raises
    ------
    ValidationError
        It would stand under itself, too deep, under an abolished unit, from a day
        that has not come, or before the last move of anything below it.
    """
    view = lock_tree()
    organisation = fresh(organisation)
    day = effective(on, at)
    check_alive(organisation)
    before = organisation.path
    reparent(organisation, to, view, day)
    record(
        action="organisations.move",
        subject=organisation,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before={"path": before},
        after={"path": organisation.path, "on": day},
    )
    return organisation


def reparent(
    organisation: Organisation, to: Organisation | None, view: TreeView, day: date
) -> None:
    """Move a subtree in the statutory tree: parent, paths and placements."""
    old = organisation.path
    above = ""
    if to is not None:
        to = fresh(to)
        check_alive(to)
        check_not_inside(to.path, old)
        above = to.path
    deepest = Organisation.objects.filter(within("path", [old])).aggregate(
        most=Max(Length("path"))
    )["most"]
    check_depth(deepest - len(old) + len(child_path("", organisation.pk)) + len(above))
    new = child_path(above, organisation.pk)
    if new == old:
        return
    replant(view, old, new, day)
    Organisation.objects.filter(pk=organisation.pk).update(parent=to)
    Organisation.objects.filter(within("path", [old])).update(path=_regrown(old, new))
    organisation.parent = to
    organisation.path = new


def _regrown(old: str, new: str) -> Concat:
    return Concat(Value(new), Substr("path", len(old) + 1))


def replant(view: TreeView, old: str, new: str, day: date) -> None:
    """Let everything that stands at ``old`` in a view stand at ``new`` from a day on.

    The standing row becomes the new placement and a closed copy keeps the history;
    a placement that began the same day leaves no copy, as it never lasted a day.
    """
    standing = Placement.objects.filter(
        within("path", [old]), view=view, valid_to__isnull=True
    )
    last = standing.aggregate(last=Max("valid_from"))["last"]
    if last is not None and last > day:
        raise too_early(day, last)
    keep_history(view, old, day)
    standing.update(path=_regrown(old, new), valid_from=day)


def keep_history(view: TreeView, root: str, day: date) -> None:
    """Copy what stands below ``root`` as placements that end on ``day``."""
    condition = Placement.objects.filter(
        within("path", [root]), view=view, valid_to__isnull=True
    ).exclude(valid_from=day)
    chosen = condition.annotate(ends=Value(day)).values_list(
        "organisation_id", "view_id", "path", "valid_from", "ends"
    )
    sql, values = chosen.query.sql_with_params()
    table = connection.ops.quote_name(Placement._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table}"
            f" (organisation_id, view_id, path, valid_from, valid_to) {sql}",
            values,
        )


def close_placements(organisation: Organisation, day: date) -> None:
    """End where one organisation stands, in every view."""
    standing = organisation.placements.filter(valid_to=None)
    last = standing.aggregate(last=Max("valid_from"))["last"]
    if last is not None and last > day:
        raise too_early(day, last)
    standing.filter(valid_from=day).delete()
    standing.update(valid_to=day)


def place_below(organisation: Organisation, on: date | None) -> None:
    """Let a new organisation stand below its parent in every view the parent is in.

    It cannot have stood there before the parent did.
    """
    if organisation.parent is None:
        Placement.objects.create(
            organisation=organisation,
            view=lock_tree(),
            path=organisation.path,
            valid_from=on,
        )
        return
    above = organisation.parent.placements.filter(valid_to=None)
    Placement.objects.bulk_create(
        Placement(
            organisation=organisation,
            view_id=each.view_id,
            path=child_path(each.path, organisation.pk),
            valid_from=_later(on, each.valid_from),
        )
        for each in above
    )


def _later(one: date | None, other: date | None) -> date | None:
    return max((each for each in (one, other) if each is not None), default=None)
