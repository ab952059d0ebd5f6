"""Other arrangements of the same register: who is run by a functional zone, since when.

Once units have a place of their own in a view, statutory moves leave it alone.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.organisations.actions.checks import (
    check_alive,
    check_depth,
    check_not_inside,
    effective,
)
from wugeyi.organisations.actions.tree import fresh, lock_tree, replant
from wugeyi.organisations.models import Organisation, Placement, TreeView
from wugeyi.organisations.queries import subtree, within
from wugeyi.organisations.rules import SEGMENT, STATUTORY, child_path


@transaction.atomic
def add_view(
    *, code: str, name: str, name_en: str, by: User | None, at: datetime
) -> TreeView:
    """Name another way to arrange the register."""
    view = TreeView.objects.create(code=code, name=name, name_en=name_en)
    record(
        action="organisations.add_view",
        subject=view,
        by=by,
        at=at,
        after={"code": code},
    )
    return view


@transaction.atomic
def build_view(
    *,
    view: TreeView,
    root: Organisation,
    zones: Mapping[Organisation, Iterable[Organisation]],
    by: User | None,
    at: datetime,
    on: date | None = None,
) -> int:
    """Arrange a whole subtree anew: as it stands by statute, but for the zones.

    ``root`` and all that is alive below it stand in ``view`` from ``on``; the units
    given for a zone stand under it with all below them. The zones themselves are
    units of the subtree. Returns how many units stand in the view.

    Raises
    ------
    ValidationError
        The view is the statutory one or already holds something of the subtree, or
        a zone or unit does not fit (see :func:`place_in_view`).
    """
    lock_tree()
    root = fresh(root)
    day = effective(on, at)
    _check_other(view)
    units = subtree(root).filter(valid_to=None)
    if Placement.objects.filter(
        view=view, valid_to=None, organisation__in=units
    ).exists():
        raise ValidationError(
            _("“%(view)s”里已经有这些单位。"), "already_arranged", {"view": view.name}
        )
    Placement.objects.bulk_create(
        (
            Placement(organisation_id=key, view=view, path=path, valid_from=day)
            for key, path in units.values_list("pk", "path").iterator()
        ),
        batch_size=5_000,
    )
    for zone, members in zones.items():
        for member in members:
            _put(member, view, zone, day)
    record(
        action="organisations.build_view",
        subject=view,
        by=by,
        at=at,
        organisation_id=root.pk,
        after={
            "root": root.pk,
            "on": day,
            "zones": {
                str(zone.pk): [member.pk for member in members]
                for zone, members in zones.items()
            },
        },
    )
    return Placement.objects.filter(
        within("path", [root.path]), view=view, valid_to=None
    ).count()


@transaction.atomic
def place_in_view(
    *,
    organisation: Organisation,
    view: TreeView,
    under: Organisation | None,
    by: User | None,
    at: datetime,
    on: date | None = None,
) -> Placement:
    """Let a unit with all below it stand under another one in a view.

    What already stands below it in the view comes along; if it does not stand there
    yet, it brings what is alive below it by statute.

    Raises
    ------
    ValidationError
        The view is the statutory one (use ``move``), ``under`` does not stand in the
        view or is below the unit, or the day does not fit.
    """
    lock_tree()
    day = effective(on, at)
    _check_other(view)
    before = organisation.placements.filter(view=view, valid_to=None).first()
    _put(organisation, view, under, day)
    after = organisation.placements.get(view=view, valid_to=None)
    record(
        action="organisations.place",
        subject=organisation,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before={"view": view.code, "path": before.path if before else None},
        after={"view": view.code, "path": after.path, "on": day},
    )
    return after


def _check_other(view: TreeView) -> None:
    if view.code == STATUTORY:
        raise ValidationError(
            _("行政区划本身用“移动”来调整。"), "statutory_view", {"view": view.name}
        )


def _put(
    organisation: Organisation, view: TreeView, under: Organisation | None, day: date
) -> None:
    organisation = fresh(organisation)
    check_alive(organisation)
    above = _stands_at(under, view) if under is not None else ""
    new = child_path(above, organisation.pk)
    current = organisation.placements.filter(view=view, valid_to=None).first()
    if current is None:
        _bring(organisation, view, new, day)
        return
    check_not_inside(above, current.path)
    standing = Placement.objects.filter(
        within("path", [current.path]), view=view, valid_to=None
    )
    longest = max(map(len, standing.values_list("path", flat=True).iterator()))
    check_depth(longest - len(current.path) + len(new))
    if new != current.path:
        replant(view, current.path, new, day)


def _stands_at(organisation: Organisation, view: TreeView) -> str:
    check_alive(fresh(organisation))
    found = organisation.placements.filter(view=view, valid_to=None).first()
    if found is None:
        raise ValidationError(
            _("“%(name)s”还不在“%(view)s”里。"),
            "not_in_view",
            {"name": organisation.name, "view": view.name},
        )
    return found.path


def _bring(organisation: Organisation, view: TreeView, new: str, day: date) -> None:
    """Place a unit and what is alive below it and stands nowhere in the view yet."""
    own = len(organisation.path)
    placed = Placement.objects.filter(view=view, valid_to=None)
    units = (
        subtree(organisation)
        .filter(valid_to=None)
        .exclude(pk__in=placed.values("organisation_id"))
        .values_list("pk", "path")
    )
    check_depth(len(new) + SEGMENT)
    rows = [(key, new + path[own:]) for key, path in units]
    check_depth(max(len(path) for _key, path in rows))
    Placement.objects.bulk_create(
        (
            Placement(organisation_id=key, view=view, path=path, valid_from=day)
            for key, path in rows
        ),
        batch_size=5_000,
    )
