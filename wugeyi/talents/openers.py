"""What stands behind the figures: counts and cards one may read."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.talents.models import TalentCard, TalentCount
from wugeyi.talents.rules import access


def open_counts(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open records of people who came or left, within reach; one query."""
    rows = TalentCount.objects.filter(
        within("organisation__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("organisation", "kind")
    return {
        row.pk: Opened(
            _("%(kind)s：%(change)s %(people)s 人")
            % {
                "kind": row.kind,
                "change": row.get_change_display(),
                "people": row.people,
            },
            reverse("talents:unit", args=[row.organisation.code]),
            row.on,
            row.organisation.name,
        )
        for row in rows
    }


def open_cards(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open cards within reach, by their kind: a list of figures names nobody."""
    rows = TalentCard.objects.filter(
        within("organisation__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("organisation", "kind")
    return {
        row.pk: Opened(
            _("%(kind)s的名片") % {"kind": row.kind},
            reverse("talents:card", args=[row.pk]),
            row.agreed_on,
            row.organisation.name,
        )
        for row in rows
    }
