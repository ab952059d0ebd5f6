"""Figures others printed."""

from django.db.models import QuerySet

from wugeyi.figures.models import QuotedFigure
from wugeyi.organisations.models import Organisation


def quoted_for(organisation: Organisation | None) -> QuerySet[QuotedFigure]:
    """Return what was printed about an organisation (None: about none of ours)."""
    return QuotedFigure.objects.filter(organisation=organisation).order_by(
        "cell", "code"
    )
