"""Distributions: who is to get what, and whether the assembly decided it."""

from datetime import date

from wugeyi.books.models import Book
from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.queries.approvals import standing
from wugeyi.holdings.adapter.distribution import Frozen, Held, Wanted
from wugeyi.holdings.models import Distribution, Payout
from wugeyi.holdings.queries.members import holders

MATTER = "plans"
"""What the law calls it: 收益分配方案, article 26 item 7."""


def held(book: Book, on: date) -> list[Held]:
    """Return everybody's shares on a day as the engine wants them; one query."""
    return [
        Held(each.code, each.household.item.code, each.shares_100)  # type: ignore[attr-defined]
        for each in holders(book, on)
    ]


def decided_on(decision: Decision) -> date | None:
    """Return the day on which members of the collective decided it; None if not validly.

    What was decided must be of the kind the law names for it (``MATTER``).
    """
    if decision.collective_matter != MATTER:
        return None
    found = standing(decision)
    return found.collective if found.decided else None


def frozen(plan: Distribution) -> Frozen:
    """Return a plan as it was made; two queries."""
    payouts = plan.payouts.select_related("household__item").order_by("pk")
    return Frozen(
        before_fen=plan.before_fen,
        net_fen=plan.net_fen,
        wanted=Wanted(
            plan.reserve_percent_100,
            plan.wanted_fen,
            tuple(plan.others.order_by("pk").values_list("name", "amount_fen")),
            plan.from_reserve_fen,
        ),
        losses_fen=plan.losses_fen,
        base_fen=plan.base_fen,
        reserve_fen=plan.reserve_fen,
        members_fen=plan.members_fen,
        kept_fen=plan.kept_fen,
        households=tuple(
            (each.household.item.code, each.amount_fen) for each in payouts
        ),
    )


def payouts(plan: Distribution) -> list[Payout]:
    """Return what each household gets, in the order of their codes; one query."""
    return list(
        plan.payouts.select_related("household__item", "draft__voucher").order_by(
            "household__item__code", "pk"
        )
    )
