"""Members: households, one household with its members and shares, a certificate."""

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wugeyi.holdings.models import Certificate, Household, MemberChange, ShareChange
from wugeyi.holdings.queries.members import (
    of_household,
    shares_of,
    totals,
    with_sums,
)
from wugeyi.holdings.rules import access
from wugeyi.holdings.rules.masking import mask
from wugeyi.holdings.views.common import (
    StaffRequest,
    book_of,
    frame,
    page_keys,
    readers,
    row_of,
    show,
)
from wugeyi.ui.paging import cut


@require_safe
@readers
def members(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one page of households; names masked for who need not know them."""
    book = book_of(request, pk)
    today = timezone.localdate()
    context = frame(request, book, "members")
    rows = with_sums(Household.objects.filter(book=book).select_related("item"), today)
    text = request.GET.get("text", "").strip()[:40]
    if text and text.isprintable():
        words = Q(item__code__icontains=text) | Q(group__icontains=text)
        if context["names"]:
            # A subquery, or each member that fits would be a row.
            named = Household.objects.filter(book=book, members__name__icontains=text)
            words |= Q(item__name__icontains=text) | Q(pk__in=named.values("pk"))
        rows = rows.filter(words)
    page = cut(rows, **page_keys(request))
    shares = shares_of(page.rows, today)
    context |= {
        "page": page,
        "text": text,
        "rows": [
            (row, _shown(row.item.name, names=context["names"]), shares.get(row.pk, 0))
            for row in page.rows
        ],
        "totals": totals(book, today),
        "today": today,
    }
    return show(request, "members.html", context)


def _shown(name: str, *, names: bool) -> str:
    return name if names else mask(name)


@require_safe
@readers
def household(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a household: members, their shares and changes, certificates."""
    rows = Household.objects.select_related("book__organisation", "item")
    found = row_of(request, rows, pk, "book")
    context = frame(request, found.book, "members")
    today = timezone.localdate()
    people = of_household(found, today)
    changes: dict[int, list[MemberChange | ShareChange]] = {}
    keys = [each.pk for each in people]
    told: list[MemberChange | ShareChange] = [
        *MemberChange.objects.filter(member__in=keys).order_by("on", "pk"),
        *ShareChange.objects.filter(member__in=keys).order_by("from_on", "pk"),
    ]
    for each in told:
        changes.setdefault(each.member_id, []).append(each)
    context |= {
        "household": found,
        "head": _shown(found.item.name, names=context["names"]),
        "people": [
            {
                "member": each,
                "name": _shown(each.name, names=context["names"]),
                "shares_100": each.shares_100,  # type: ignore[attr-defined]
                "changes": changes.get(each.pk, []),
            }
            for each in people
        ],
        "shares_100": sum(each.shares_100 for each in people),  # type: ignore[attr-defined]
        "certificates": found.certificates.order_by("-issued_on", "-pk"),
        "payouts": found.payouts.select_related("distribution").order_by("-pk")[:10],
        "today": today,
    }
    return show(request, "household.html", context)


@require_safe
@readers
def certificate(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a certificate as it is printed for its household."""
    rows = Certificate.objects.select_related(
        "household__book__organisation", "household__item", "recorded_by"
    )
    found = row_of(request, rows, pk, "household.book")
    book = found.household.book
    names = access.names(request.reach, book.organisation.path)
    people = [
        (each, _shown(each.name, names=names), each.shares_100)  # type: ignore[attr-defined]
        for each in of_household(found.household, found.issued_on)
        if each.shares_100  # type: ignore[attr-defined]
    ]
    context = {
        **frame(request, book, "members"),
        "certificate": found,
        "household": found.household,
        "head": _shown(found.household.item.name, names=names),
        "people": people,
    }
    return show(request, "certificate.html", context)
