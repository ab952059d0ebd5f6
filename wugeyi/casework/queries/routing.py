"""Who answers for a category at a place, and why."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from wugeyi.casework.models import Category, DutyList, Responsibility
from wugeyi.casework.rules import routing
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage


@dataclass(frozen=True, slots=True)
class Route:
    """Where a case goes, and the reason in the installation's own language."""

    organisation: Organisation
    reason: str
    duty_list: DutyList | None
    decided: bool


def in_force(on: date) -> Q:
    """Return the condition that a dated row is valid on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))


def category_line(category: Category) -> list[int]:
    """Return the keys of a category and its parent."""
    return [category.pk, *([category.parent_id] if category.parent_id else [])]


def route(place: Organisation, category: Category, *, on: date) -> Route:
    """Find who answers; three queries whatever the size of the tree."""
    chain = lineage(place)
    line = category_line(category)
    # The newest version comes last and stays.
    lists = {
        found.kind: found
        for found in DutyList.objects.filter(
            in_force(on), duties__category__in=line
        ).order_by("version")
    }
    departments = {
        answers.organisation.parent_id: answers.organisation
        for answers in Responsibility.objects.filter(
            in_force(on), category__in=line, organisation__parent__in=chain
        ).select_related("organisation")
        if answers.organisation.parent_id is not None
    }
    by_key = {unit.pk: unit for unit in chain}
    by_key |= {unit.pk: unit for unit in departments.values()}
    choice = routing.choose(
        [routing.Unit(unit.pk, unit.kind) for unit in reversed(chain)],
        {kind: found.pk for kind, found in lists.items()},
        {parent: unit.pk for parent, unit in departments.items()},
    )
    chosen = by_key[choice.key]
    duty_list = lists[chosen.kind] if choice.ground == "duty" else None
    # The reason is stored, so it is written in the installation's own language.
    with translation.override("zh-hans"):
        reason = _explain(place, category, chosen, duty_list, choice, by_key)
    return Route(chosen, reason, duty_list, choice.ground != "nobody")


def _explain(
    place: Organisation,
    category: Category,
    chosen: Organisation,
    duty_list: DutyList | None,
    choice: routing.Choice,
    by_key: dict[int, Organisation],
) -> str:
    facts = {"place": place.name, "category": category.name, "chosen": chosen.name}
    if duty_list is not None:
        facts |= {"list": str(duty_list)}
        return (
            _(
                "地点在「%(place)s」，类别「%(category)s」在%(list)s 职责清单内，由「%(chosen)s」办理。"
            )
            % facts
        )
    if choice.under is not None:
        facts |= {"under": by_key[choice.under].name}
        return (
            _(
                "地点在「%(place)s」，类别「%(category)s」由「%(under)s」的「%(chosen)s」负责。"
            )
            % facts
        )
    return (
        _("地点在「%(place)s」,没有哪一级的职责清单写明类别「%(category)s」,等待派单。")
        % facts
    )
