"""A place on a bus: which day, how many people, how many baskets, a word for the driver."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from wugeyi.buslines.forms.editions import OneLine
from wugeyi.buslines.forms.fields import EARLIEST, LATEST
from wugeyi.buslines.rules.days import BOOK_DAYS
from wugeyi.buslines.rules.places_left import MOST_BASKETS, MOST_PERSONS, WORD_LENGTH
from wugeyi.buslines.templatetags.bustimes import weekday
from wugeyi.ui import phrases


def day_choices(days: Iterable[date], today: date) -> list[tuple[str, str]]:
    """Return days to choose from, the near ones by their names."""
    near = {today: _("今天"), today + timedelta(days=1): _("明天")}
    return [
        (
            day.isoformat(),
            f"{near.get(day, '')} {phrases.day(day, year=False)} {weekday(day)}".strip(),
        )
        for day in days
    ]


class AskForm(forms.Form):
    """When, how many, with how much: what a stop's page is asked. Nothing is kept."""

    on = forms.ChoiceField(label=_("哪天"))
    persons = forms.IntegerField(
        label=_("几个人"), min_value=1, max_value=MOST_PERSONS, initial=1
    )
    baskets = forms.IntegerField(
        label=_("一共几筐"), min_value=0, max_value=MOST_BASKETS, initial=0
    )

    def __init__(
        self, *args: Any, days: Iterable[date], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].choices = day_choices(days, today)  # type: ignore[attr-defined]
        for name in ("persons", "baskets"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean_on(self) -> date:
        """Return the day."""
        return date.fromisoformat(self.cleaned_data["on"])


class BookForm(AskForm):
    """A booking; ``client_id`` makes sending it twice the same."""

    word = OneLine(
        label=_("上车时报什么"),
        max_length=WORD_LENGTH,
        required=False,
        help_text=_(
            "比如姓，或手机后四位，方便驾驶员认。不要写身份证号。那天过后就删掉。"
        ),
    )
    client_id = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-client-id": ""}), required=False
    )

    def clean_client_id(self) -> UUID:
        """Read the id under which it is done once; a bad one gets a new one."""
        try:
            return UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid4()


def read_day(text: str) -> date | None:
    """Read a day of an address; None for anything else, a day of other centuries too."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day is not None and EARLIEST <= day <= LATEST else None


def within_reach(day: date | None, today: date) -> bool:
    """Tell whether a day lies between today and the farthest one that may be booked."""
    return day is not None and today <= day <= today + timedelta(days=BOOK_DAYS)
