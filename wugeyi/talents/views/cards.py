"""Cards of those who agreed, for staff in reach."""

from typing import Any
from uuid import uuid4

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.casework.rules.receipts import display
from wugeyi.organisations.queries import installation
from wugeyi.organisations.views.staff import (
    StaffRequest,
    key_of,
    need,
    staff,
    unit_or_404,
)
from wugeyi.talents import actions, queries
from wugeyi.talents.actions.cards import Consent, Words
from wugeyi.talents.forms import CardForm, WordsForm
from wugeyi.talents.models import TalentCard
from wugeyi.talents.rules import access
from wugeyi.talents.views.frame import show

SIZE = 25


@require_safe
@staff(*access.READS)
def cards(request: StaffRequest, code: str) -> HttpResponse:
    """List the living cards at and below an organisation; nobody's contact is here."""
    unit = unit_or_404(code)
    need(request, access.READS, unit)
    rows = queries.cards(unit, older=key_of(request.GET.get("older", "")), limit=SIZE)
    context = {
        "unit": unit,
        "page": "cards",
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].pk if len(rows) > SIZE else None,
        "writes": request.reach.covers(access.WRITES, unit.path),
    }
    return show(request, "cards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Write a card on somebody's consent."""
    unit = unit_or_404(code)
    need(request, access.WRITES, unit)
    initial = {
        "client_id": uuid4(),
        "agreed_on": timezone.localdate(),
        "purpose": _("需要帮手时由本单位联系本人"),
    }
    form = CardForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        made = actions.give(
            client_id=values["client_id"],
            organisation=unit,
            kind=values["kind"],
            words=_words(values),
            consent=Consent(
                purpose=values["purpose"],
                on=values["agreed_on"],
                how=values["agreed_how"],
                keep_until=values["keep_until"],
                public=values["public"],
            ),
            by=request.user,
            at=timezone.now(),
        )
        return redirect("talents:slip", pk=made.pk)
    context = {"unit": unit, "page": "cards", "form": form}
    status = 422 if form.is_bound else 200
    return show(request, "card_new.html", context, status=status)


def _words(values: dict[str, Any]) -> Words:
    return Words(
        name=values["name"],
        skill=values["skill"],
        offer=values["offer"],
        contact=values["contact"],
    )


def _card(request: StaffRequest, pk: int, roles: frozenset[Any]) -> TalentCard:
    found = queries.card(pk, request.reach)
    if found is None:
        raise Http404
    need(request, roles, found.organisation)
    return found


@require_safe
@staff(*access.READS)
def card(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a card; how to reach its person is a look of its own."""
    return _page(request, _card(request, pk, access.READS))


def _page(request: StaffRequest, found: TalentCard, **more: Any) -> HttpResponse:
    writes = request.reach.covers(access.WRITES, found.organisation.path)
    context = {
        "unit": found.organisation,
        "page": "cards",
        "card": found,
        "writes": writes and found.ended_at is None,
        **more,
    }
    return show(request, "card.html", context)


@require_POST
@staff(*access.WRITES)
def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how to reach somebody; every look is written down."""
    found = _card(request, pk, access.WRITES)
    said = actions.reveal(card=found, by=request.user, at=timezone.now())
    return _page(request, found, contact=said or _("没有留联系方式"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a card right on its person's word."""
    found = _card(request, pk, access.WRITES)
    if found.ended_at is not None:
        return redirect("talents:card", pk=pk)
    initial = {"name": found.name, "skill": found.skill, "offer": found.offer}
    if request.method != "POST":
        initial["contact"] = actions.reveal(
            card=found, by=request.user, at=timezone.now()
        )
    form = WordsForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        actions.correct(
            card=found,
            words=_words(form.cleaned_data),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已更正。"))
        return redirect("talents:card", pk=pk)
    context = {
        "unit": found.organisation,
        "page": "cards",
        "card": found,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return show(request, "card_edit.html", context, status=status)


@require_POST
@staff(*access.WRITES)
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a card on the public page on its person's word, or take it off."""
    found = _card(request, pk, access.WRITES)
    public = request.POST.get("public") == "yes"
    actions.publish(card=found, public=public, by=request.user, at=timezone.now())
    messages.success(
        request, _("已放到公开页，不含联系方式。") if public else _("已从公开页撤下。")
    )
    return redirect("talents:card", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*access.WRITES)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Withdraw on the person's word, after asking once more."""
    found = _card(request, pk, access.WRITES)
    if request.method == "POST":
        actions.withdraw(
            card=found,
            end=TalentCard.End.STAFF,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("已撤回，名片上的内容已经删除。"))
        return redirect("talents:card", pk=pk)
    context = {
        "title": _("撤回这张名片？"),
        "text": _(
            "本人说了才撤。名片上的称呼、专长和联系方式立即删除，找不回来；人数不变。"
        ),
        "button": _("撤回并删除"),
        "dangerous": True,
        "back_url": reverse("talents:card", args=[pk]),
        "now": timezone.now(),
    }
    return render(request, "ui/confirm.html", context)


@require_safe
@staff(*access.WRITES)
def slip(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what the person takes home: to what they agreed, and how to take it back."""
    found = _card(request, pk, access.WRITES)
    if found.ended_at is not None:
        return redirect("talents:card", pk=pk)
    address = request.build_absolute_uri(reverse("talents:mine"))
    code = display(found.code)
    context = {
        "unit": found.organisation,
        "page": "cards",
        "card": found,
        "code": code,
        "address": address,
        "place": installation(),
        # After the number sign: browsers never send that part to anybody.
        "qr": _qr(f"{address}#{code}"),
    }
    return show(request, "slip.html", context)


def _qr(text: str) -> SafeString:
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True)
    return SafeString(drawn)  # drawn by us from modules; the text is not in it
