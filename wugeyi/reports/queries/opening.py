"""Opening figures onto forms: only those this reader may see."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from wugeyi.figures.openers import Opened
from wugeyi.organisations.rules import Reach
from wugeyi.reports.models import Filling, Form
from wugeyi.reports.rules import access


def forms(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Return the registered forms among ``ids`` that may be seen."""
    found = Form.objects.filter(pk__in=ids).select_related("organisation")
    return {
        each.pk: Opened(
            each.name,
            reverse("reports:form", args=[each.pk]),
            each.registered_on,
            each.organisation.name,
        )
        for each in found
        if access.sees_form(reach, each.organisation.path)
    }


def fillings(ids: Sequence[int], *, reach: Reach, today: date) -> dict[int, Opened]:
    """Return the filled forms among ``ids`` that may be seen."""
    found = Filling.objects.filter(pk__in=ids).select_related("form", "organisation")
    return {
        each.pk: Opened(
            each.form.name,
            reverse("reports:filling", args=[each.pk]),
            timezone.localdate(each.frozen_at) if each.frozen_at else None,
            each.organisation.name,
        )
        for each in found
        if access.sees_filling(reach, each.organisation.path)
    }
