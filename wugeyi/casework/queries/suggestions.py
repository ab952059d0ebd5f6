"""Who may be meant: organisations near a case, and replies an organisation keeps."""

from django.utils.translation import gettext as _

from wugeyi.casework.models import Case, Responsibility, SavedReply
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.rules import ancestors

MOST_DEPARTMENTS = 8
MOST_REPLIES = 30


def near_organisations(case: Case) -> list[tuple[Organisation, str]]:
    """Return who could take a case over, with words for each; three queries.

    The departments that answer for its category come first, then the organisations
    from the place upwards; who has it now is left out.
    """
    chain = lineage(case.place)
    line = [case.category_id, case.category.parent_id or case.category_id]
    answering = {
        row.organisation_id
        for row in Responsibility.objects.filter(
            category__in=line, organisation__parent__in=chain, valid_to=None
        )
    }
    departments = Organisation.objects.filter(
        parent__in=chain, kind="department", valid_to=None
    ).order_by("code")[:MOST_DEPARTMENTS]
    found: list[tuple[Organisation, str]] = []
    for unit in sorted(departments, key=lambda each: each.pk not in answering):
        note = _("负责这一类") if unit.pk in answering else _("部门")
        found.append((unit, f"{unit.name}（{note}）"))
    for unit in reversed(chain):
        found.append((unit, f"{unit.name}（{unit.get_kind_display()}）"))
    return [(unit, label) for unit, label in found if unit.pk != case.handler_id]


def replies_for(case: Case) -> list[SavedReply]:
    """Return the replies kept by the handler and those above it."""
    paths = [*ancestors(case.handler.path), case.handler.path]
    return list(
        SavedReply.objects.filter(organisation__path__in=paths)
        .select_related("organisation")
        .order_by("title", "id")[:MOST_REPLIES]
    )
