"""What stands behind the figures: records one may read; people are never named."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.figures.openers import Opened
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach
from wugeyi.volunteering.models import (
    CheckIn,
    Deed,
    Emergency,
    Help,
    Hours,
    Voice,
)
from wugeyi.volunteering.rules import access


def _found(
    rows: "QuerySet[Model]", ids: Sequence[int], reach: Reach
) -> "QuerySet[Model]":
    return rows.filter(
        within("organisation__path", reach.roots(access.READS)), pk__in=ids
    ).select_related("organisation")


def open_helps(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open requests by kind and roughly where; one query."""
    rows: list[Help] = list(_found(Help.objects.all(), ids, reach))  # type: ignore[arg-type]
    return {
        row.pk: Opened(
            _("%(kind)s · %(near)s")
            % {"kind": row.get_kind_display(), "near": row.near},
            reverse("volunteering:desk-help", args=[row.pk]),
            row.asked_on,
            row.organisation.name,
        )
        for row in rows
    }


def open_deeds(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open deeds by what was done; one query."""
    rows: list[Deed] = list(_found(Deed.objects.all(), ids, reach))  # type: ignore[arg-type]
    return {
        row.pk: Opened(
            f"{row.get_kind_display()} · {row.text}",
            reverse("volunteering:desk-deed", args=[row.pk]),
            row.on,
            row.organisation.name,
        )
        for row in rows
    }


def open_voices(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open the cases by number; who sent them is not told; one query."""
    found = _found(Voice.objects.all(), ids, reach).select_related("case")
    rows: list[Voice] = list(found)  # type: ignore[arg-type]
    return {
        row.pk: Opened(
            f"{row.get_kind_display()} · {row.case.number}",
            reverse("desk:case", args=[row.case_id]),
            row.on,
            row.organisation.name,
        )
        for row in rows
    }


def open_emergencies(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open emergencies; one query."""
    rows: list[Emergency] = list(_found(Emergency.objects.all(), ids, reach))  # type: ignore[arg-type]
    return {
        row.pk: Opened(
            row.spot or _("闪报"),
            reverse("volunteering:desk-emergency", args=[row.pk]),
            row.received_on,
            row.organisation.name,
        )
        for row in rows
    }


def open_hours(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Open spans of service, nobody's name; one query."""
    rows: list[Hours] = list(_found(Hours.objects.all(), ids, reach))  # type: ignore[arg-type]
    return {
        row.pk: Opened(
            _("%(kind)s %(minutes)s 分钟 · 某位志愿者")
            % {"kind": row.get_kind_display(), "minutes": row.minutes},
            reverse("volunteering:desk-span", args=[row.pk]),
            row.on,
            row.organisation.name,
        )
        for row in rows
    }


def open_check_ins(
    ids: Sequence[int], *, reach: Reach, today: date
) -> dict[int, Opened]:
    """Open check-ins, nobody's name; one query."""
    rows: list[CheckIn] = list(_found(CheckIn.objects.all(), ids, reach))  # type: ignore[arg-type]
    return {
        row.pk: Opened(
            _("某位志愿者来报到"),
            reverse("volunteering:desk-teams", args=[row.organisation.code]),
            row.since,
            row.organisation.name,
        )
        for row in rows
    }


OPENERS = {
    "volunteer_help": open_helps,
    "volunteer_deed": open_deeds,
    "volunteer_voice": open_voices,
    "volunteer_emergency": open_emergencies,
    "volunteer_hours": open_hours,
    "volunteer_check_in": open_check_ins,
}
