"""Whether entries are large matters of their book, and whether their decisions stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from wugeyi.books.models import Book, Voucher
from wugeyi.books.rules import access
from wugeyi.books.rules.entries import Entry
from wugeyi.books.rules.large import Decided, Large, Unfit, large, unfit
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.queries.approvals import standings
from wugeyi.branchwork.rules.approvals import Standing
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


@dataclass(frozen=True, slots=True)
class Judged:
    """What is large in an entry, and what stands against each; None if nothing does."""

    entry: Entry
    found: tuple[tuple[Large, Unfit | None], ...]
    decision: Decision | None
    standing: Standing | None

    @property
    def may_post(self) -> bool:
        """Tell whether nothing stands against posting."""
        return all(why is None for _large, why in self.found)


def judged(book: Book, entry: Entry) -> Judged:
    """Judge one entry; no query if nothing in it is large."""
    return judged_many(book, [entry])[0]


def judged_many(book: Book, entries: Sequence[Entry]) -> list[Judged]:
    """Judge entries of a book; two queries at most, none if nothing is large."""
    found = [
        large(entry, regime=book.regime, large_fen=book.large_fen, keeper=book.keeper)
        for entry in entries
    ]
    keys = {
        entry.decision_id
        for entry, matters in zip(entries, found, strict=True)
        if matters and entry.decision_id is not None
    }
    decisions = (
        Decision.objects.select_related("organisation").in_bulk(keys) if keys else {}
    )
    standing = standings(decisions.values()) if decisions else {}
    return [
        _judged(book, entry, matters, decisions, standing)
        for entry, matters in zip(entries, found, strict=True)
    ]


def need_decided(book: Book, entries: Sequence[Entry]) -> None:
    """Refuse entries with a large matter that nobody decided.

    Raises
    ------
    Refused
        ``NOT_DECIDED``; its values name what is large, how much, and why it is refused.
    """
    if book.large_fen is None:
        return
    for each in judged_many(book, entries):
        for matter, why in each.found:
            if why is not None:
                raise Refused(
                    Why.NOT_DECIDED,
                    kind=matter.kind.value,
                    amount_fen=matter.amount_fen,
                    reason=why.value,
                    source=matter.rule.source,
                )


def _judged(
    book: Book,
    entry: Entry,
    matters: Sequence[Large],
    decisions: dict[int, Decision],
    standing: dict[int, Standing],
) -> Judged:
    if not matters:
        return Judged(entry, (), None, None)
    decision = decisions.get(entry.decision_id or 0)
    stands = standing.get(decision.pk) if decision else None
    decided = _decided(book, decision, stands) if decision and stands else None
    return Judged(
        entry,
        tuple((each, unfit(each, decided, entry.day)) for each in matters),
        decision,
        stands,
    )


def _decided(book: Book, decision: Decision, stands: Standing) -> Decided:
    # The village itself or a branch or group below it.
    here = decision.organisation.path.startswith(book.organisation.path)
    return Decided(
        here=here,
        decided=stands.decided,
        matter=decision.collective_matter,
        village=stands.village,
        collective=stands.collective,
    )


def resting_on(decision: Decision, reach: Reach, most: int = 20) -> list[Voucher]:
    """Return the newest vouchers in reach that rest on a decision; one query."""
    rows = Voucher.objects.filter(
        within("book__organisation__path", reach.roots(access.READS)),
        decision=decision,
    ).select_related("book")
    return list(rows.order_by("-day", "-pk")[:most])
