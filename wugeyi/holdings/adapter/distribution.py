"""A year's distribution by the engine: what there is, who gets what, its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wugeyi.books.adapter.amounts import summed
from wugeyi.books.adapter.findings import sentences
from wugeyi.books.adapter.vouchers import line_of
from wugeyi.books.models import Book
from wugeyi.books.rules.entries import Line
from wugeyi.engines.ledger.distribution import (
    Decision,
    Distribution,
    Earned,
    Payment,
    Share,
    distribute,
    earned,
    vouchers,
)
from wugeyi.engines.ledger.findings import Refused as EngineRefused
from wugeyi.holdings.rules.refusals import Refused, Why


@dataclass(frozen=True, slots=True)
class Wanted:
    """What charter and assembly are to decide, in fen and hundredths of a percent."""

    reserve_percent_100: int
    members_fen: int | None = None
    others: tuple[tuple[str, int], ...] = ()
    from_reserve_fen: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A member's shares in hundredths, by code."""

    member: str
    household: str
    shares_100: int


def had(book: Book, year: int) -> Earned:
    """Return what the books say there is for a year.

    Raises
    ------
    Refused
        The statements of the book's regime are not known (ENGINE).
    """
    try:
        return earned(summed(book, date(year, 12, 31)), year)
    except EngineRefused as refusal:
        raise _told(refusal) from refusal


def reckon(what: Earned, wanted: Wanted, held: Sequence[Held]) -> Distribution:
    """Return the distribution in the order of the law.

    Raises
    ------
    Refused
        Losses remain (LOSSES), or the engine found something else (ENGINE), in
        sentences.
    """
    decision = Decision(
        reserve_share=Fraction(wanted.reserve_percent_100, 10_000),
        members_fen=wanted.members_fen,
        others=wanted.others,
        from_reserve_fen=wanted.from_reserve_fen,
    )
    shares = [
        Share(each.member, each.household, Fraction(each.shares_100, 100))
        for each in held
    ]
    try:
        return distribute(what, decision, shares)
    except EngineRefused as refusal:
        raise _told(refusal) from refusal


def entries(
    book: Book, frozen: "Frozen", day: date
) -> list[tuple[str, tuple[Line, ...]]]:
    """Return the lines of each voucher of a distribution; the first summary names it.

    Raises
    ------
    Refused
        The day is in a closed month, or the books are not of the 2023 system.
    """
    try:
        made = vouchers(summed(book, day), frozen.distribution(), day)
    except EngineRefused as refusal:
        raise _told(refusal) from refusal
    return [
        (each.postings[0].summary, tuple(line_of(posting) for posting in each.postings))
        for each in made
    ]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A plan as it was shown and decided; nothing of it is reckoned anew."""

    before_fen: int
    net_fen: int
    wanted: Wanted
    losses_fen: int
    base_fen: int
    reserve_fen: int
    members_fen: int
    kept_fen: int
    households: tuple[tuple[str, int], ...]

    def distribution(self) -> Distribution:
        """Return the engine's record of it; one payment each household."""
        wanted = self.wanted
        return Distribution(
            earned=Earned(self.before_fen, self.net_fen),
            decision=Decision(
                reserve_share=Fraction(wanted.reserve_percent_100, 10_000),
                members_fen=wanted.members_fen,
                others=wanted.others,
                from_reserve_fen=wanted.from_reserve_fen,
            ),
            losses_fen=self.losses_fen,
            base_fen=self.base_fen,
            reserve_fen=self.reserve_fen,
            members_fen=self.members_fen,
            payments=tuple(
                Payment(code, code, Fraction(1), fen, Fraction(), 0)
                for code, fen in self.households
            ),
            others=wanted.others,
            kept_fen=self.kept_fen,
        )


def _told(refusal: EngineRefused) -> Refused:
    findings = refusal.findings
    losses = any(each.code == "losses-remain" for each in findings)
    why = Why.LOSSES if losses else Why.ENGINE
    return Refused(why, text=" ".join(sentences(findings)))
