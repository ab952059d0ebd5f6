"""What an act is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from wugeyi.accounts.models import User
from wugeyi.books.models import Book
from wugeyi.holdings.forms.base import HoldingForm
from wugeyi.holdings.rules import access
from wugeyi.organisations.rules import Reach


class Needs(StrEnum):
    """Who may do it."""

    REGISTERS = "registers"
    KEEPS = "keeps"
    # Keeps some books; the action looks at each.
    KEEPS_ANY = "keeps_any"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought, ready for an action."""

    row: Any
    values: dict[str, Any]
    by: User
    at: datetime
    reach: Reach

    @property
    def usual(self) -> dict[str, Any]:
        """Return the arguments every action takes."""
        return {"by": self.by, "at": self.at}

    @property
    def versioned(self) -> dict[str, Any]:
        """Return them with the state the page was shown with."""
        return {**self.usual, "version": self.values.get("version")}

    @property
    def once(self) -> dict[str, Any]:
        """Return them with the page's own id."""
        return {**self.usual, "client_id": self.values["client_id"]}

    def keeps(self, book: Book) -> bool:
        """Tell whether this person keeps a set of books."""
        return access.keeps(self.reach, book.organisation.path)

    def fen(self, name: str) -> int:
        """Return an amount, 0 where nothing was typed."""
        return self.values.get(name) or 0


def _nothing(row: Any, today: date) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to a row, as people see it.

    ``do`` returns the row whose page is shown then, or None for the page of the row it
    was done to.
    """

    title: Promise
    done: Promise
    form: type[HoldingForm]
    do: Callable[[Sent], Any]
    initial: Callable[[Any, date], dict[str, Any]] = _nothing
    needs: Needs = Needs.REGISTERS
    lead: Promise | str = ""
    button: Promise | str = ""
    dangerous: bool = False
