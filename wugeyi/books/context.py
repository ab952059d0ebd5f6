"""What books add to pages of others: places to go, what a case asks, what rests on a decision."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wugeyi.books.queries.disclosures import question_of
from wugeyi.books.queries.large import resting_on
from wugeyi.books.rules import access
from wugeyi.branchwork.models import Decision
from wugeyi.casework.models import Case
from wugeyi.casework.models.cases import Channel
from wugeyi.organisations.navigation import Place
from wugeyi.organisations.rules import NOBODY, Reach
from wugeyi.ui.panels import Panel

MOST_VOUCHERS = 20

# Every page of staff that belongs to books, so that the navigation marks the place.
STAFF_VIEWS = (
    "disclosures",
    "disclosure",
    "draw-up",
    "review-disclosure",
    "withdraw-disclosure",
    "late-disclosures",
    "book",
    "new",
    "edit",
    "review",
    "review-one",
    "accounts",
    "sub-account",
    "ledger",
    "items",
    "item-new",
    "item-rename",
    "enter",
    "drafts",
    "draft",
    "draft-change",
    "vouchers",
    "voucher",
    "voucher-print",
    "voucher-reverse",
    "proof",
    "template-new",
    "templates",
    "template-edit",
    "months",
    "ask-to-reopen",
    "statement",
    "imports",
    "file",
    "opening",
    "bank",
    "bank-account",
    "reconciliation",
    "export",
)


def own_places() -> list[Place]:
    """Return the place of this app in the navigation."""
    return [
        Place(
            "books:home",
            _("村账"),
            "list",
            access.READS,
            also=tuple(f"books:{name}" for name in STAFF_VIEWS),
            order=88,
        )
    ]


def public_places() -> list[Place]:
    """Return the page on which villagers find the books of their village."""
    return [Place("books:public-find", _("村账公开"), "list", order=88)]


def case_panel(request: HttpRequest, case: Case) -> Panel | None:
    """Show on a case's page which sheet and voucher a villager asks about."""
    reach: Reach = getattr(request, "reach", NOBODY)
    # Questions about a sheet come from its page and say which line they are about:
    # for all other cases nothing is asked.
    may_be = case.channel == Channel.WEB.value and bool(case.spot)
    asked = question_of(case) if may_be else None
    if asked is None:
        return None
    path = asked.disclosure.book.organisation.path
    if not access.reads(reach, path):
        return None
    return Panel("books/disclosures/_case_panel.html", {"asked": asked})


def decision_panel(request: HttpRequest, decision: Decision) -> Panel | None:
    """Show on a decision's page the vouchers that rest on it."""
    reach: Reach = getattr(request, "reach", NOBODY)
    found = resting_on(decision, reach, MOST_VOUCHERS + 1)
    if not found:
        return None
    context = {
        "vouchers": found[:MOST_VOUCHERS],
        "more": len(found) > MOST_VOUCHERS,
    }
    return Panel("books/_decision_panel.html", context)
