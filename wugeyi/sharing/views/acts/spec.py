"""What an act is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.sharing.forms.staff import StaffForm


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought, ready for an action."""

    row: Any
    values: dict[str, Any]
    by: User
    at: datetime

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
    form: type[StaffForm]
    do: Callable[[Sent], Any]
    initial: Callable[[Any, date], dict[str, Any]] = _nothing
    lead: Promise | str = ""
    button: Promise | str = ""
    dangerous: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of row: how it is found, its community, its page, what is done to it."""

    load: Callable[[int], Any]
    unit: Callable[[Any], Organisation]
    page: Callable[[Any], tuple[str, str]]
    acts: Mapping[str, Act]
