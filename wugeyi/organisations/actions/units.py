"""Organisations come, change their name, merge, split and go; nothing is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.organisations.actions.checks import (
    check_alive,
    check_code,
    check_depth,
    check_name,
    check_not_inside,
    effective,
    too_early,
)
from wugeyi.organisations.actions.tree import (
    close_placements,
    fresh,
    lock_tree,
    place_below,
    reparent,
)
from wugeyi.organisations.gateway import reserve_keys
from wugeyi.organisations.models import FormerName, Organisation, Succession
from wugeyi.organisations.rules import SEGMENT, child_path
from wugeyi.organisations.rules.naming import words


@dataclass(frozen=True, slots=True)
class Part:
    """One of the units another is split into, and the children that go to it."""

    code: str
    name: str
    kind: str
    children: Sequence[Organisation] = ()


@transaction.atomic
def add_organisation(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Organisation | None,
    by: User | None,
    at: datetime,
    on: date | None = None,
    source: str = "",
    invented: bool = False,
) -> Organisation:
    """Add a unit below another (None: a root), valid from ``on`` (None: since ever).

    In every other view in which the parent stands, it stands below it as well.

    Raises
    ------
    ValidationError
        The code is taken or malformed, the name empty, the parent abolished or
        already at the deepest level, or the day has not come yet.
    """
    if on is not None:
        effective(on, at)
    lock_tree()
    unit = create(code, name, kind, parent, on, source=source, invented=invented)
    record(
        action="organisations.add",
        subject=unit,
        by=by,
        at=at,
        organisation_id=unit.pk,
        after={"code": code, "name": unit.name, "kind": kind, "path": unit.path},
    )
    return unit


def create(
    code: str,
    name: str,
    kind: str,
    parent: Organisation | None,
    on: date | None,
    *,
    source: str = "",
    invented: bool = False,
) -> Organisation:
    """Write a new unit and its placements; the caller holds the lock."""
    name = name.strip()
    check_code(code)
    check_name(name)
    above = ""
    if parent is not None:
        parent = fresh(parent)
        check_alive(parent)
        above = parent.path
    check_depth(len(above) + SEGMENT)
    key = reserve_keys(Organisation, 1)
    unit = Organisation.objects.create(
        pk=key,
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        path=child_path(above, key),
        search=words(name, code),
        valid_from=on,
        invented=invented,
        source=source,
    )
    place_below(unit, on)
    return unit


@transaction.atomic
def rename(
    *,
    organisation: Organisation,
    name: str,
    by: User | None,
    at: datetime,
    on: date | None = None,
) -> Organisation:
    """Give a unit another name from a day on; it is still found by the former one.

    Raises
    ------
    ValidationError
        The name is empty, the unit abolished, or the day lies before the last
        renaming or in the future.
    """
    lock_tree()
    organisation = fresh(organisation)
    day = effective(on, at)
    before = organisation.name
    set_name(organisation, name, day)
    record(
        action="organisations.rename",
        subject=organisation,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before={"name": before},
        after={"name": organisation.name, "on": day},
    )
    return organisation


def set_name(organisation: Organisation, name: str, day: date) -> None:
    """Write the new name, keep the old one as a former name."""
    name = name.strip()
    check_alive(organisation)
    check_name(name)
    if name == organisation.name:
        return
    former = list(organisation.former_names.order_by("valid_to", "id"))
    since = former[-1].valid_to if former else organisation.valid_from
    if since is not None and since > day:
        raise too_early(day, since)
    if since != day:
        former.append(
            FormerName.objects.create(
                organisation=organisation,
                name=organisation.name,
                valid_from=since,
                valid_to=day,
            )
        )
    organisation.name = name
    organisation.search = words(name, organisation.code, [f.name for f in former])
    organisation.save(update_fields=["name", "search"])


@transaction.atomic
def abolish(
    *,
    organisation: Organisation,
    by: User | None,
    at: datetime,
    on: date | None = None,
) -> Organisation:
    """End a unit on a day (the first on which it is no more); its posts end with it.

    Raises
    ------
    ValidationError
        Units still stand below it, it is gone already, or the day does not fit.
    """
    lock_tree()
    organisation = fresh(organisation)
    day = effective(on, at)
    end(organisation, day)
    record(
        action="organisations.abolish",
        subject=organisation,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before={"valid_to": None},
        after={"valid_to": day},
    )
    return organisation


def end(organisation: Organisation, day: date) -> None:
    """Close a unit, its placements and its posts; the caller holds the lock."""
    check_alive(organisation)
    below = organisation.children.filter(valid_to=None).order_by("code").first()
    if below is not None:
        raise ValidationError(
            _("“%(name)s”下面还有“%(below)s”等单位，请先移走或停用。"),
            "has_children",
            {"name": organisation.name, "below": below.name},
        )
    if organisation.valid_from is not None and organisation.valid_from > day:
        raise too_early(day, organisation.valid_from)
    close_placements(organisation, day)
    posts = organisation.posts.filter(valid_to=None) | organisation.posts.filter(
        valid_to__gt=day
    )
    # A post lasts a day at least: one that began on the last day, or later.
    posts.filter(valid_from__gte=day).update(valid_to=F("valid_from") + timedelta(1))
    posts.filter(valid_from__lt=day).update(valid_to=day)
    organisation.valid_to = day
    organisation.save(update_fields=["valid_to"])


@transaction.atomic
def merge_into(
    *,
    organisation: Organisation,
    into: Organisation,
    by: User | None,
    at: datetime,
    on: date | None = None,
) -> Organisation:
    """End a unit and let another take its place; what stands below moves over.

    Raises
    ------
    ValidationError
        Both are one, one stands below the other, or one of them is gone.
    """
    view = lock_tree()
    organisation, into = fresh(organisation), fresh(into)
    day = effective(on, at)
    check_alive(into)
    check_not_inside(into.path, organisation.path)
    for child in organisation.children.filter(valid_to=None).order_by("id"):
        reparent(child, into, view, day)
    end(organisation, day)
    Succession.objects.create(
        predecessor=organisation, successor=into, kind=Succession.Kind.MERGED, on=day
    )
    record(
        action="organisations.merge",
        subject=organisation,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before={"valid_to": None},
        after={"valid_to": day, "into": into.pk},
    )
    return organisation


@transaction.atomic
def split(
    *,
    organisation: Organisation,
    parts: Sequence[Part],
    by: User | None,
    at: datetime,
    on: date | None = None,
    keep: bool = False,
) -> list[Organisation]:
    """Make new units beside one out of it; it ends unless ``keep``.

    Raises
    ------
    ValidationError
        No parts are given, a child is not its child, or units are left below it.
    """
    view = lock_tree()
    organisation = fresh(organisation)
    day = effective(on, at)
    check_alive(organisation)
    if not parts:
        raise ValidationError(_("请填写拆分出来的单位。"), "no_parts")
    made = []
    for part in parts:
        unit = create(
            part.code,
            part.name,
            part.kind,
            organisation.parent,
            day,
            source=organisation.source,
            invented=organisation.invented,
        )
        for child in map(fresh, part.children):
            if child.parent_id != organisation.pk:
                raise ValidationError(
                    _("“%(child)s”不是“%(name)s”的下级。"),
                    "not_a_child",
                    {"child": child.name, "name": organisation.name},
                )
            reparent(child, unit, view, day)
        Succession.objects.create(
            predecessor=organisation, successor=unit, kind=Succession.Kind.SPLIT, on=day
        )
        made.append(unit)
    if not keep:
        end(organisation, day)
    record(
        action="organisations.split",
        subject=organisation,
        by=by,
        at=at,
        organisation_id=organisation.pk,
        before={"valid_to": None},
        after={"parts": [unit.pk for unit in made], "kept": keep, "on": day},
    )
    return made
