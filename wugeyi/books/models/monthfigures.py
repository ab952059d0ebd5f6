"""What a closed month adds to figures of all villages."""

from django.db import models

from wugeyi.books.models.months import Closing
from wugeyi.organisations.models import Organisation


class MonthFigure(models.Model):
    """The income of a closed month, and of its year in December.

    Reckoned at the closing from its sums; withdrawn when the month is opened again.
    ``wugeyi books verify`` reckons it anew.
    """

    closing = models.OneToOneField(
        Closing, on_delete=models.PROTECT, related_name="figure"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    keeper = models.CharField(max_length=12)
    regime = models.CharField(max_length=4)
    # The month's last day.
    on_day = models.DateField()
    # Operating income, by the definition of the book's regime.
    operating_fen = models.BigIntegerField()
    income_fen = models.BigIntegerField()
    expense_fen = models.BigIntegerField()
    vouchers = models.PositiveIntegerField()
    # The operating income of the year, known when December is closed.
    year_operating_fen = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "on_day"], name="month_figure_organisation"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.on_day}"
