"""Pages for everybody: one's own card by its code, and cards somebody made public.

The code is a secret only its holder knows, so a forged request cannot be made without
it and no CSRF token is needed on top; that lets people act whose browser refuses
cookies.
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts.throttle import throttled
from wugeyi.organisations.queries import lineage
from wugeyi.organisations.views.staff import key_of, unit_or_404
from wugeyi.talents import actions, queries
from wugeyi.talents.actions.cards import THEMSELVES
from wugeyi.talents.forms import MineForm
from wugeyi.talents.models import TalentCard

LOOK_UPS_PER_WINDOW = 30
WINDOW = timedelta(minutes=10)
SIZE = 25


def _show(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    full = {"now": timezone.now(), **context}
    return render(request, f"talents/public/{template}", full, status=status)


def _found(form: MineForm) -> TalentCard | None:
    """Return the card of the code that was sent; says so where there is none."""
    if not form.is_valid():
        return None
    card = queries.by_code(form.cleaned_data["code"])
    if card is None:
        form.add_error("code", _("没有这个撤回码：也许已经撤回或到期，内容已经删除。"))
    return card


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="talent-code")
def mine(request: HttpRequest) -> HttpResponse:
    """Ask for the code, then show one's own card and how to take it back."""
    form = MineForm(request.POST if request.method == "POST" else None)
    card = _found(form) if form.is_bound else None
    if card is None:
        return _show(
            request, "mine.html", {"form": form}, 422 if form.is_bound else 200
        )
    return _show(request, "mine_card.html", {"card": card})


@never_cache
@csrf_exempt
@require_POST
@throttled(limit=LOOK_UPS_PER_WINDOW, per=WINDOW, scope="talent-code")
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's consent back, after asking once more: erased at once."""
    form = MineForm(request.POST)
    card = _found(form)
    if card is None:
        return _show(request, "mine.html", {"form": form}, 422)
    if "sure" not in request.POST:
        return _show(request, "mine_sure.html", {"card": card})
    actions.withdraw(
        card=card, end=TalentCard.End.PERSON, by=THEMSELVES, at=timezone.now()
    )
    return _show(request, "mine_gone.html", {})


@require_safe
def cards(request: HttpRequest, code: str) -> HttpResponse:
    """List the cards whose people agreed to be shown; without their contact."""
    unit = unit_or_404(code)
    older = key_of(request.GET.get("older", ""))
    rows = queries.cards(unit, older=older, limit=SIZE, public=True)
    context = {
        "unit": unit,
        "path": lineage(unit),
        "rows": rows[:SIZE],
        "older": rows[SIZE - 1].pk if len(rows) > SIZE else None,
    }
    return _show(request, "cards.html", context)
