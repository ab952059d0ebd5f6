"""What a file's accounts are held against: both charts, and the book's own accounts."""

from wugeyi.books.adapter.charts import accounts, shipped
from wugeyi.books.models import Book, Regime
from wugeyi.books.rules.importaccounts import Chart


def chart_of(book: Book) -> Chart:
    """Return a book's accounts beside those of the other regime; one query."""
    other = Regime.R2004 if book.regime == Regime.R2023 else Regime.R2023
    own = dict(book.sub_accounts.values_list("code", "name"))
    return Chart(
        regime=book.regime,
        names={code: each.name for code, each in accounts(book.regime).items()},
        other_regime=other.value,
        other={code: each.name for code, each in accounts(other.value).items()},
        subs={**shipped(book.regime), **own},
    )
