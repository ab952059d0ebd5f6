"""Drafts: one with what its page needs, lists by state, what the next one would be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from wugeyi.books.models import (
    Book,
    Draft,
    DraftLine,
    Paper,
    Posting,
    Template,
    Voucher,
)
from wugeyi.books.models.drafts import LineBase
from wugeyi.books.rules import templates as shipped_templates
from wugeyi.books.rules.entries import ITEM_KINDS, Line
from wugeyi.branchwork.models import Decision
from wugeyi.organisations.queries import within

RELATED = ("book__organisation", "prepared_by", "reviewed_by", "reverses", "decision")
OPEN = (Draft.State.WRITING, Draft.State.WAITING, Draft.State.RETURNED)
MOST_DECISIONS = 60


def load(pk: int) -> Draft | None:
    """Return a draft with its book and people; one query."""
    rows = Draft.objects.select_related(*RELATED, "voucher")
    return rows.filter(pk=pk).first() if pk < 2**63 else None


def of_book(book: Book, state: str) -> QuerySet[Draft]:
    """Return a book's drafts in a state ("" for all that are still open)."""
    states = [state] if state else OPEN
    rows = Draft.objects.filter(book=book, state__in=states)
    return rows.select_related("prepared_by")


@dataclass(frozen=True, slots=True)
class Told:
    """A draft in a list: its first words, and how much it is about in fen."""

    draft: Draft
    summary: str
    amount_fen: int


def told(drafts: Iterable[Draft]) -> list[Told]:
    """Return drafts as lists show them; two queries."""
    found = list(drafts)
    taken_back = [each.reverses_id for each in found if each.reverses_id]
    lines: dict[int, list[LineBase | Posting]] = {each.pk: [] for each in found}
    for line in DraftLine.objects.filter(draft__in=found).order_by("draft", "place"):
        lines[line.draft_id].append(line)
    posted: dict[int, list[LineBase | Posting]] = {}
    for row in Posting.objects.filter(voucher__in=taken_back).order_by(
        "voucher", "place"
    ):
        posted.setdefault(row.voucher_id, []).append(row)
    return [
        _told(each, lines[each.pk] or posted.get(each.reverses_id or 0, []))
        for each in found
    ]


def _told(draft: Draft, lines: Sequence[LineBase | Posting]) -> Told:
    return Told(
        draft=draft,
        summary=lines[0].summary if lines else "",
        amount_fen=sum(each.debit_fen for each in lines),
    )


def papers(draft: Draft) -> list[Paper]:
    """Return the pictures with a draft, in the order they came."""
    rows = draft.papers.filter(withdrawn_at=None).select_related("upload", "added_by")
    return list(rows.order_by("pk"))


def load_paper(pk: int) -> Paper | None:
    """Return a picture with its draft and book; one query."""
    rows = Paper.objects.select_related("upload", "draft__book__organisation")
    return rows.filter(pk=pk).first() if pk < 2**63 else None


def following(rows: QuerySet[Draft], pk: int) -> Draft | None:
    """Return what waits next after a draft, from the beginning if it was the last."""
    later = rows.filter(pk__gt=pk).order_by("pk").first()
    return later or rows.exclude(pk=pk).order_by("pk").first()


def decisions(book: Book) -> QuerySet[Decision]:
    """Return decisions of the book's unit a voucher may rest on."""
    rows = Decision.objects.filter(
        within("organisation__path", [book.organisation.path]), withdrawn_at=None
    )
    return rows.order_by("-held_on", "-pk")


def own_templates(book: Book) -> list[Template]:
    """Return the templates this book made for itself."""
    return list(Template.objects.filter(book=book, active=True).order_by("pk"))


def template_lines(book: Book, named: str) -> list[Line] | None:
    """Return a template's lines without amounts, by its key or shipped code.

    Which side is meant is told by 1 fen there.
    """
    if named.isascii() and named.isdigit() and len(named) < 19:
        rows = Template.objects.filter(book=book, pk=int(named)).first()
        if rows is None:
            return None
        return [line_of(each) for each in rows.lines.order_by("place")]
    found = shipped_templates.shipped(book.regime).get(named)
    if found is None:
        return None
    return [
        Line(each.account, int(each.debit), int(not each.debit), each.summary)
        for each in found.lines
    ]


def copied_lines(voucher: Voucher) -> list[Line]:
    """Return a voucher's lines with their amounts, to begin another one with."""
    return [line_of(each) for each in voucher.postings.order_by("place")]


def line_of(row: object) -> Line:
    """Return a row of a draft, template or voucher as a line."""
    names = ("account", "debit_fen", "credit_fen", "summary", *ITEM_KINDS)
    return Line(**{name: getattr(row, name) for name in names})
