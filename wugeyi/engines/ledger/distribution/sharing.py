"""Who gets what: 财农〔2021〕121 号 article 28, shares by the law's article 42."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from wugeyi.engines.ledger.distribution.records import (
    Decision,
    Distribution,
    Earned,
    Payment,
    Share,
)
from wugeyi.engines.ledger.findings import Finding, Refused, Value
from wugeyi.engines.ledger.records import Book
from wugeyi.engines.ledger.statements import income_statement
from wugeyi.engines.ledger.statements.amounts import InPeriod


def earned(book: Book, year: int) -> Earned:
    """Return what a book has to share out for a year.

    What was already distributed in the year is no longer there to be.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    income = income_statement(book, first, last)
    net = income.amount("net")
    reserve = InPeriod(book, first, last)
    return Earned(
        before_fen=income.amount("undistributed_after") - net,
        net_fen=net,
        reserve_fen=reserve.amount("311", "opening") + reserve.amount("311", ""),
    )


def distribute(
    had: Earned, decision: Decision, shares: Sequence[Share]
) -> Distribution:
    """Return the distribution: losses, reserve, members, others, in this order.

    The reserve's share is rounded to the nearest fen, half a fen up. Members get whole
    fen; those left over go one each to the largest parts cut off, among equal ones in
    the order of members' codes. Where the reserve makes up the last of losses, that is
    all there is to it.

    Raises
    ------
    Refused
        Losses remain, more is decided than there is, or shares cannot be used.
    """
    found = tuple(_unusable(had, decision, shares))
    if found:
        raise Refused(*found)
    available = had.before_fen + had.net_fen + decision.from_reserve_fen
    if available < 0:
        loss: dict[str, Value] = {"loss_fen": -available}
        raise Refused(Finding("losses-remain", "error", "", loss))
    base = max(had.net_fen + min(had.before_fen, 0), 0)
    reserve = _nearest(base * decision.reserve_share)
    left = available - reserve
    members = left if decision.members_fen is None else decision.members_fen
    if decision.members_fen is None:
        members -= sum(fen for _, fen in decision.others)
    kept = left - members - sum(fen for _, fen in decision.others)
    if kept < 0 or members < 0:
        values: dict[str, Value] = {"left_fen": left, "over_fen": max(-kept, -members)}
        raise Refused(Finding("distribution-over", "error", "", values))
    if members and not sum(share.count for share in shares):
        raise Refused(Finding("shares-none", "error"))
    return Distribution(
        earned=had,
        decision=decision,
        losses_fen=max(-had.before_fen, 0) + max(-had.net_fen, 0),
        base_fen=base,
        reserve_fen=reserve,
        members_fen=members,
        payments=_payments(members, shares),
        others=decision.others,
        kept_fen=kept,
    )


def largest(
    pool: int, counts: Sequence[Fraction]
) -> tuple[tuple[int, Fraction, int], ...]:
    """Return a pool's parts by largest remainder: whole part, rest, and 0 or 1 extra.

    Parameters
    ----------
    pool
        0 or more.
    counts
        0 or more each; of equal rests the earlier one comes first.
    """
    total = sum(counts, Fraction())
    if not total:
        return tuple((0, Fraction(), 0) for _ in counts)
    exact = [pool * count / total for count in counts]
    whole = [part.numerator // part.denominator for part in exact]
    rests = [part - cut for part, cut in zip(exact, whole, strict=True)]
    order = sorted(range(len(counts)), key=lambda at: (-rests[at], at))
    lucky = set(order[: pool - sum(whole)])
    return tuple((whole[at], rests[at], int(at in lucky)) for at in range(len(counts)))


def _payments(pool: int, shares: Sequence[Share]) -> tuple[Payment, ...]:
    members = sorted(shares, key=lambda share: share.member)
    parts = largest(pool, [share.count for share in members])
    return tuple(
        Payment(share.member, share.household, share.count, *part)
        for share, part in zip(members, parts, strict=True)
    )


def _unusable(
    had: Earned, decision: Decision, shares: Sequence[Share]
) -> Iterator[Finding]:
    if not 0 <= decision.reserve_share <= 1:
        yield Finding("reserve-share", "error")
    sums = (decision.members_fen or 0, *(fen for _, fen in decision.others))
    if min(sums) < 0:
        yield Finding("distribution-negative", "error")
    loss = max(-had.before_fen - had.net_fen, 0)
    most = min(loss, max(had.reserve_fen, 0))
    if not 0 <= decision.from_reserve_fen <= most:
        amounts: dict[str, Value] = {
            "told_fen": decision.from_reserve_fen,
            "most_fen": most,
        }
        yield Finding("reserve-short", "error", "", amounts)
    seen: set[str] = set()
    for share in shares:
        if share.count < 0:
            yield Finding("share-negative", "error", share.member)
        if share.member in seen:
            yield Finding("member-twice", "error", share.member)
        seen.add(share.member)


def _nearest(amount: Fraction) -> int:
    doubled = 2 * amount + 1
    return doubled.numerator // (2 * doubled.denominator)
