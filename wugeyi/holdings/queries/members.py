"""Members and shares as of a day, household by household."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from wugeyi.books.models import Book
from wugeyi.holdings.models import Household, Member, ShareChange


def shares(on: date, member: str = "pk") -> Coalesce:
    """Return, for rows, a member's shares at the end of a day, in hundredths."""
    rows = ShareChange.objects.filter(member=OuterRef(member), from_on__lte=on)
    latest = rows.order_by("-from_on", "-pk").values("shares_100")[:1]
    return Coalesce(Subquery(latest), 0)


def at_day(rows: QuerySet[Member], on: date) -> QuerySet[Member]:
    """Return who was a member at the end of a day."""
    return rows.filter(joined_on__lte=on).filter(Q(left_on=None) | Q(left_on__gt=on))


def of_household(household: Household, on: date) -> list[Member]:
    """Return everybody of a household with ``shares_100``; one query."""
    return list(
        household.members.annotate(shares_100=shares(on)).order_by("left_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """How many members and shares (in hundredths) there are."""

    people: int
    shares_100: int


def holders(book: Book, on: date) -> list[Member]:
    """Return everybody who has shares on a day, members or heirs not yet named.

    Shares of a member who died stay until they are changed (the charter says to whom).
    """
    return list(
        Member.objects.filter(book=book, joined_on__lte=on)
        .annotate(shares_100=shares(on))
        .filter(shares_100__gt=0)
        .select_related("household__item")
        .order_by("code")
    )


def with_sums(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
    """Give households how many ``people`` they have."""
    standing = Q(members__joined_on__lte=on) & (
        Q(members__left_on=None) | Q(members__left_on__gt=on)
    )
    return rows.annotate(people=Count("members", filter=standing))


def shares_of(households: list[Household], on: date) -> dict[int, int]:
    """Return the shares of households in hundredths; one query."""
    found: dict[int, int] = {}
    rows = Member.objects.filter(household__in=households).annotate(
        shares_100=shares(on)
    )
    for household, count in rows.values_list("household_id", "shares_100"):
        found[household] = found.get(household, 0) + count
    return found


def totals(book: Book, on: date) -> Totals:
    """Return members and shares of a whole book; two queries."""
    people = at_day(Member.objects.filter(book=book), on).count()
    latest = Member.objects.filter(book=book).annotate(shares_100=shares(on))
    return Totals(people, latest.aggregate(sum=Sum("shares_100"))["sum"] or 0)
