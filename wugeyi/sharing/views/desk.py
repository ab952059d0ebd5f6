"""Pages of staff: communities, the day, partners, things, bookings, thanks, words."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.buslines.forms.bookings import read_day
from wugeyi.organisations.queries import keeps_installation, lineages
from wugeyi.organisations.rules import Role
from wugeyi.organisations.views.staff import need_seat, staff
from wugeyi.sharing.actions import words as word_actions
from wugeyi.sharing.forms.staff import WordForm
from wugeyi.sharing.models import Booking, OtherDay, Partner, Thing, Word
from wugeyi.sharing.queries import desk as queries
from wugeyi.sharing.queries.calendar import hours_of, pieces_of
from wugeyi.sharing.rules import access
from wugeyi.sharing.rules.states import NEXT, State
from wugeyi.sharing.rules.times import By
from wugeyi.sharing.views.common import (
    FARTHEST,
    StaffRequest,
    frame,
    page_keys,
    readers,
    show,
    text_of,
    unit_of,
)


@require_safe
@readers
def desk(request: StaffRequest) -> HttpResponse:
    """List communities within reach that share; offer to begin at one's own."""
    text = text_of(request)
    page = queries.communities(request.reach, text=text, **page_keys(request))
    above = lineages(page.rows) if page.rows else {}
    known = {row.pk for row in page.rows}
    context = {
        "page": page,
        "rows": [
            (row, [each.name for each in above[row.pk][-2:]]) for row in page.rows
        ],
        "own": [row for row in queries.own(request.reach) if row.pk not in known],
        "text": text,
        "edits": keeps_installation(request.reach),
    }
    return show(request, "desk.html", context)


@require_safe
@readers
def day(request: StaffRequest, code: str) -> HttpResponse:
    """Show what waits for an answer, what happens on a day, what is out too long."""
    unit = unit_of(request, code)
    today = timezone.localdate()
    on = read_day(request.GET.get("on", "")) or today
    context = {
        **frame(request, unit, "day"),
        "overview": queries.overview(unit, on, today),
        "on": on,
        "today": today,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
    }
    return show(request, "day.html", context)


@require_safe
@readers
def partners(request: StaffRequest, code: str) -> HttpResponse:
    """List partners."""
    unit = unit_of(request, code)
    text = text_of(request)
    page = queries.partners(unit, text=text, **page_keys(request))
    context = {**frame(request, unit, "partners"), "page": page, "text": text}
    return show(request, "partners.html", context)


@require_safe
@readers
def partner(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a partner and what it shares; its contact to those who work there."""
    rows = Partner.objects.select_related("community", "organisation", "building")
    row = rows.filter(pk=pk).first() if pk < FARTHEST else None
    if row is None or not access.reads(request.reach, row.community.path):
        raise Http404
    things = row.things.select_related("kind").order_by("-pk")
    context = {
        **frame(request, row.community),
        "partner": row,
        "things": list(things[: queries.MOST]),
    }
    return show(request, "partner.html", context)


@require_safe
@readers
def things(request: StaffRequest, code: str) -> HttpResponse:
    """List what is shared."""
    unit = unit_of(request, code)
    text = text_of(request)
    page = queries.things(unit, text=text, **page_keys(request))
    context = {**frame(request, unit, "things"), "page": page, "text": text}
    return show(request, "things.html", context)


@require_safe
@readers
def thing(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a thing, its hours and its bookings."""
    rows = Thing.objects.select_related("community", "partner", "kind", "sharing")
    row = rows.filter(pk=pk).first() if pk < FARTHEST else None
    if row is None or not access.reads(request.reach, row.community.path):
        raise Http404
    today = timezone.localdate()
    hours = hours_of(row, today, today)
    context = {
        **frame(request, row.community),
        "thing": row,
        "week": [(number, hours.week.get(number, ())) for number in range(7)],
        "others": list(OtherDay.objects.filter(thing=row, on__gte=today)[:100]),
        "pieces": pieces_of([row.pk]).get(row.pk, 0),
        "by_day": row.way is By.DAY,
        "page": queries.of_thing(row, **page_keys(request)),
    }
    return show(request, "thing.html", context)


# Which steps are offered first; what follows which is in ``rules.states``.
STEPS = (
    ("accept", State.ACCEPTED),
    ("use", State.USED),
    ("return", State.RETURNED),
    ("refuse", State.REFUSED),
    ("miss", State.MISSED),
    ("cancel", State.CANCELLED),
)


@require_safe
@readers
def booking(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a booking; who made it to those who work there."""
    rows = Booking.objects.select_related(
        "thing__community", "thing__partner", "booker", "thanks"
    )
    row = rows.filter(pk=pk).first() if pk < FARTHEST else None
    if row is None or not access.reads(request.reach, row.thing.community.path):
        raise Http404
    following = NEXT[State(row.state)]
    steps = [slug for slug, state in STEPS if state in following]
    if row.state == State.ASKED:
        steps.remove("cancel")
    context = {
        **frame(request, row.thing.community),
        "booking": row,
        "thing": row.thing,
        "steps": steps,
        "thanks": getattr(row, "thanks", None),
    }
    return show(request, "booking.html", context)


@require_safe
@readers
def thanks(request: StaffRequest, code: str) -> HttpResponse:
    """List thanks, those that wait and those that were decided."""
    unit = unit_of(request, code)
    page = queries.thanks(unit, **page_keys(request))
    return show(
        request, "thanks.html", {**frame(request, unit, "thanks"), "page": page}
    )


@require_safe
@staff()
def words(request: StaffRequest) -> HttpResponse:
    """List the words: kinds, and the six names."""
    rows = list(Word.objects.all())
    lists = [
        (name, [row for row in rows if row.list == code])
        for code, name in Word.List.choices
    ]
    edits = keeps_installation(request.reach)
    return show(request, "words.html", {"lists": lists, "rows": rows, "edits": edits})


WORD_FIELDS = ("name_zh", "name_en", "source", "verified", "active")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Role.ADMINISTRATOR)
def word(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """Add or change a word."""
    need_seat(request)
    row = Word.objects.filter(pk=pk).first() if 0 < pk < FARTHEST else None
    if pk and row is None:
        raise Http404
    initial = (
        {name: getattr(row, name) for name in WORD_FIELDS} if row else {"active": True}
    )
    form = WordForm(request.POST or None, initial=initial, row=row)
    if form.is_bound and form.is_valid():
        word_actions.save_word(
            word=row, values=form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("已保存，并留痕。"))
        return redirect("sharing:words")
    context = {
        "title": row.name_zh if row else _("加一个词"),
        "form": form,
        "back_url": reverse("sharing:words"),
    }
    return show(request, "word.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff(Role.ADMINISTRATOR)
def defaults(request: StaffRequest) -> HttpResponse:
    """Put the shipped words in, unverified."""
    need_seat(request)
    word_actions.install_defaults(by=request.user, at=timezone.now())
    return redirect("sharing:words")
