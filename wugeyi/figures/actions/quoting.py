"""Figures somebody printed, kept word for word."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.figures.models import QuotedFigure
from wugeyi.organisations.models import Organisation


@transaction.atomic
def quote(
    *,
    code: str,
    organisation: Organisation | None,
    subject_zh: str,
    subject_en: str,
    value: Decimal,
    value_to: Decimal | None = None,
    qualifier: str = QuotedFigure.Qualifier.EQUAL.value,
    unit_zh: str = "",
    unit_en: str = "",
    text_zh: str,
    text_en: str,
    period_text: str = "",
    cell: str = "",
    measure: str = "",
    source: str,
    by: User | None,
    at: datetime,
) -> QuotedFigure:
    """Keep a printed figure; the same ``code`` again puts it right.

    Parameters
    ----------
    value, value_to
        The number; of a range both ends.
    text_zh, text_en
        The words as printed, and their translation.
    measure
        Code of the computed counterpart that is shown beside it, never instead.
    """
    quoted, _created = QuotedFigure.objects.update_or_create(
        code=code,
        defaults={
            "organisation": organisation,
            "subject_zh": subject_zh,
            "subject_en": subject_en,
            "value": value,
            "value_to": value_to,
            "qualifier": qualifier,
            "unit_zh": unit_zh,
            "unit_en": unit_en,
            "text_zh": text_zh,
            "text_en": text_en,
            "period_text": period_text,
            "cell": cell,
            "measure": measure,
            "source": source,
            "recorded_at": at,
        },
    )
    record(
        action="figures.quote",
        subject=quoted,
        by=by,
        at=at,
        organisation_id=organisation.pk if organisation else None,
        after={"code": code, "value": str(value), "qualifier": qualifier},
    )
    return quoted
