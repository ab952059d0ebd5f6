"""What books add to pages of others: places to go."""

from django.utils.translation import gettext as _

from wugeyi.books.rules import access
from wugeyi.organisations.navigation import Place

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
