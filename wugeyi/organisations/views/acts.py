"""Acts as data: what people do to rows of an app, each by a form on a page of its own.

An app lists what is done to which rows (:class:`Noun`, :class:`Act`) and says with
:class:`Acts` what is its own; the way from the form to the action is the same for all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise

from wugeyi.accounts.models import User
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.rules import Reach
from wugeyi.organisations.views.staff import StaffRequest, show

WRONG = 422
CONFLICT = 409


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


def _nothing(row: Any, today: date) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done to a row, as people see it.

    ``form`` is made with the row as its ``subject``; ``do`` returns the row whose page
    is shown then, or None for the page of the row it was done to; ``needs`` is a word of
    the app for who may.
    """

    title: Promise
    done: Promise
    form: Callable[..., forms.Form]
    do: Callable[[Sent], Any]
    initial: Callable[[Any, date], dict[str, Any]] = _nothing
    needs: str = ""
    lead: Promise | str = ""
    button: Promise | str = ""
    dangerous: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of row: how it is found (else 404), its unit, its page, what is done to it.

    ``page`` gives an address and a name.
    """

    load: Callable[[StaffRequest, int], Any]
    unit: Callable[[Any], Organisation]
    page: Callable[[Any], tuple[str, str]]
    acts: Mapping[str, Act]


def _form(request: StaffRequest, act: Act, row: Any, **more: Any) -> forms.Form:
    return act.form(subject=row, **more)


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts of an app.

    Parameters
    ----------
    need
        Raises PermissionDenied for who may not.
    refused
        What actions raise when they will not; ``explain`` gives sentences for it.
    form
        How a form is made, where a form needs more than its row.
    """

    nouns: Mapping[str, Noun]
    template: str
    need: Callable[[StaffRequest, Act, Organisation], None]
    refused: tuple[type[Exception], ...]
    explain: Callable[[Any], Sequence[str]]
    form: Callable[..., forms.Form] = _form

    def answer(
        self, request: StaffRequest, noun: str, pk: int, slug: str
    ) -> HttpResponse:
        """Show or take the form of one act on one row."""
        what = self.nouns.get(noun)
        act = what.acts.get(slug) if what else None
        if what is None or act is None:
            raise Http404
        row = what.load(request, pk)
        self.need(request, act, what.unit(row))
        if request.method != "POST":
            known = act.initial(row, timezone.localdate())
            known["version"] = getattr(row, "version", None)
            form = self.form(request, act, row, initial=known)
            return self._page(request, what, act, row, form)
        form = self.form(request, act, row, data=request.POST)
        if not form.is_valid():
            return self._page(request, what, act, row, form, status=WRONG)
        return self._do(request, what, act, row, form)

    def _do(
        self, request: StaffRequest, what: Noun, act: Act, row: Any, form: forms.Form
    ) -> HttpResponse:
        sent = Sent(
            row, dict(form.cleaned_data), request.user, timezone.now(), request.reach
        )
        try:
            # An act may be more than one action: all of them or none.
            with transaction.atomic():
                made = act.do(sent)
        except self.refused as refusal:
            fresh = what.load(request, row.pk)
            data = request.POST.copy()
            data["version"] = str(getattr(fresh, "version", ""))
            form.data = data
            for sentence in self.explain(refusal):
                form.add_error(None, sentence)
            return self._page(request, what, act, fresh, form, status=CONFLICT)
        messages.success(request, str(act.done))
        return redirect(what.page(row)[0] if made is None else made)

    def _page(
        self,
        request: StaffRequest,
        what: Noun,
        act: Act,
        row: Any,
        form: forms.Form,
        *,
        status: int = 200,
    ) -> HttpResponse:
        url, name = what.page(row)
        context = {
            "title": act.title,
            "lead": act.lead,
            "button": act.button,
            "dangerous": act.dangerous,
            "form": form,
            "back_url": url,
            "back_name": name,
            "unit": what.unit(row),
        }
        return show(request, self.template, context, status=status)
