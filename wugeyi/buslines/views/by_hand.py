"""A plan changed by hand: tried in the address, looked at at once, kept as a variant.

All that is tried stands in the address, so it works without JavaScript, can be sent to
a colleague and is never lost by going back.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wugeyi.buslines.actions import planning
from wugeyi.buslines.adapter import planning as engine
from wugeyi.buslines.diagrams.timedistance import panels
from wugeyi.buslines.forms.planning import SaveForm
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Plan
from wugeyi.buslines.queries import plans as queries
from wugeyi.buslines.queries.plans import SeenPlan, TripRow
from wugeyi.buslines.rules import by_hand as rules
from wugeyi.buslines.rules.by_hand import MOST_ACTS, Act, Kind
from wugeyi.buslines.rules.minutes import clock, read_minute
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import StaffRequest, readers, show, writers
from wugeyi.buslines.views.plans import head, plan_of, writable_plan

STEPS = (-5, -1, 1, 5)


@dataclass(slots=True)
class Tried:
    """Changes that were read and done, and what is to be said of others."""

    acts: list[Act]
    seen: SeenPlan
    worked: engine.Worked
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Bus:
    """A bus a trip may be handed to: its address, its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What can be done with a trip, each with where it leads."""

    trip: TripRow
    key: str
    moves: list[tuple[str, str, str]]
    drops: list[tuple[str, int, int, str]]
    opened: bool


@require_safe
@readers
def trying(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a plan with the changes in the address, what breaks and what is lost."""
    found = plan_of(request, pk)
    base = queries.see(found)
    if base is None:
        messages.info(request, _("方案还没有算完，算完才能动手调。"))
        return redirect("buslines:plan", pk=pk)
    acts, problems = _read(request.GET.getlist("do"))
    tried = _try(base, acts, problems)
    typed = _typed(request, tried)
    if typed is not None:
        query = _query([*tried.acts, typed], _key(typed))
        return redirect(f"{reverse('buslines:try', args=[pk])}?{query}#tried")
    context = {**head(request, found), **_results(request, found, tried)}
    part = bool(request.headers.get("HX-Request"))
    response = show(request, "_tried.html" if part else "try.html", context)
    if part:
        address = reverse("buslines:try", args=[pk])
        response.headers["HX-Push-Url"] = f"{address}?{_query(tried.acts)}"
    return response


def _read(given: list[str]) -> tuple[list[Act], list[str]]:
    acts, problems = [], []
    for text in given[: MOST_ACTS + 1]:
        try:
            acts.append(rules.read(text))
        except Refused:
            problems.append(_("地址里有一处改动看不懂，没有做。"))
    if len(acts) > MOST_ACTS:
        problems.append(
            _("一次最多改 %(n)s 处。请先存下来，再接着改。") % {"n": MOST_ACTS}
        )
    return acts[:MOST_ACTS], problems


def _try(base: SeenPlan, acts: list[Act], problems: list[str]) -> Tried:
    seen, lost = engine.changed(base.seen, acts)
    gone = set(map(id, lost))
    done = [act for act in acts if id(act) not in gone]
    for _each in lost:
        problems.append(_("有一处改动找不到要改的班次或乘客了，没有做。"))
    return Tried(done, SeenPlan(seen), engine.judge(seen), problems)


def _typed(request: StaffRequest, tried: Tried) -> Act | None:
    """Return the change a form asks for; None with a problem if it is none."""
    given = request.GET
    readers_of = {"move": _typed_move, "hand": _typed_hand, "take": _typed_take}
    reader = readers_of.get(given.get("add", ""))
    if reader is None:
        return None
    try:
        return reader(given, tried)
    except Refused as refused:
        tried.problems.append(explain(refused))
        return None


def _typed_move(given: Any, tried: Tried) -> Act | None:
    minute = read_minute(given.get("time", "")[:12])
    if minute is None:
        tried.problems.append(_("时间请写成 06:05 这样。"))
        return None
    return rules.read(f"move:{given.get('trip', '')[:90]}:{minute}")


def _typed_hand(given: Any, tried: Tried) -> Act | None:
    return rules.read(f"hand:{given.get('trip', '')[:90]}:{given.get('bus', '')[:90]}")


def _typed_take(given: Any, tried: Tried) -> Act | None:
    """Put a request on a trip, where the way there is shortest."""
    request, trip = given.get("request", "")[:90], given.get("trip", "")[:90]
    act = rules.read(f"take:{request}:{trip}:0")
    best, best_value = act, None
    here = next((each for each in tried.seen.trips if _trip_key(each) == trip), None)
    calls = len(here.calls) if here is not None else 1
    for position in range(calls):
        one = rules.read(f"take:{request}:{trip}:{position}")
        seen, lost = engine.changed(tried.seen.seen, [one])
        if lost:
            continue
        value = seen.made.money.value_milli
        if best_value is None or value > best_value:
            best, best_value = one, value
    return best


def _trip_key(trip: TripRow) -> str:
    """Return a trip as an address carries it."""
    move = Act(
        Kind.MOVE, vehicle=trip.bus.vehicle, number=trip.bus.number, trip=trip.index
    )
    return rules.write(move).removeprefix("move:").rsplit(":", 1)[0]


def _key(act: Act) -> str:
    """Return the trip a change is of, whose fold stays open."""
    if act.kind == Kind.MOVE:
        return rules.write(act).removeprefix("move:").rsplit(":", 1)[0]
    return ""


def _query(acts: list[Act], opened: str = "") -> str:
    pairs = [("do", rules.write(act)) for act in acts]
    if opened:
        pairs.append(("open", opened))
    return urlencode(pairs)


def _results(request: StaffRequest, found: Plan, tried: Tried) -> dict[str, Any]:
    opened = request.GET.get("open", "")
    figures = tried.worked.figures
    seen = tried.seen
    return {
        "seen": seen,
        "figures": figures,
        "breaches": tried.worked.breaches,
        "problems": tried.problems,
        "value_more": figures.value_fen - (found.value_fen or 0),
        "persons_more": figures.persons - found.persons,
        "cost_more": figures.cost_fen - found.cost_fen,
        "done": _done(seen, tried.acts),
        "written": [rules.write(act) for act in tried.acts],
        "trips": [_moves(seen, trip, tried.acts, opened) for trip in seen.trips],
        "buses": _buses(seen),
        "left": seen.left(tried.worked.left, by_hand=False),
        "targets": _targets(seen),
        "panels": panels(seen, chosen=_changed_numbers(seen, tried.acts)),
        "save_form": SaveForm(initial={"client_id": uuid4()}),
    }


def _changed_numbers(seen: SeenPlan, acts: list[Act]) -> list[int]:
    """Return the numbers of the trips that a minute was given to."""
    wanted = {
        (act.vehicle, act.number, act.minute) for act in acts if act.kind == Kind.MOVE
    }
    return [
        trip.number
        for trip in seen.trips
        if (trip.bus.vehicle, trip.bus.number, trip.market_minute) in wanted
    ]


def _moves(seen: SeenPlan, trip: TripRow, acts: list[Act], opened: str) -> Moves:
    key = _trip_key(trip)
    moves = []
    for step in STEPS:
        minute = trip.market_minute + step
        if 0 <= minute <= rules.LAST_MINUTE:
            act = rules.read(f"move:{key}:{minute}")
            text = f"+{step}" if step > 0 else f"−{-step}"
            moves.append((text, _query([*acts, act]), clock(minute)))
    drops = []
    for call in trip.calls:
        for code in call.requests:
            rider = seen.riders[code]
            query = _query([*acts, Act(Kind.DROP, request=code)], key)
            drops.append((rider.name or code, rider.persons, rider.baskets, query))
    return Moves(trip, key, moves, drops, opened == key)


def _buses(seen: SeenPlan) -> list[Bus]:
    """Return every bus of the fleet, and one more than there are in use."""
    found = []
    for vehicle in seen.seen.case.vehicles:
        used = [bus.number for bus in seen.buses if bus.vehicle == vehicle.code]
        for number in range(1, max([vehicle.count, *used], default=0) + 1):
            act = Act(Kind.HAND, to_vehicle=vehicle.code, to_number=number)
            value = ":".join(rules.write(act).split(":")[-2:])
            found.append(Bus(value, seen.bus_name(vehicle.code, number)))
    return found


def _targets(seen: SeenPlan) -> list[Bus]:
    """Return every trip a request may be put on, and new ones of every bus."""
    found = [
        Bus(
            _trip_key(trip),
            _("第 %(n)s 班，%(clock)s %(market)s，%(bus)s")
            % {
                "n": trip.number,
                "clock": clock(trip.market_minute),
                "market": trip.market,
                "bus": trip.bus.name,
            },
        )
        for trip in seen.trips
    ]
    used = {(bus.vehicle, bus.number): len(bus.trips) for bus in seen.buses}
    for vehicle in seen.seen.case.vehicles:
        for number in range(1, vehicle.count + 1):
            act = Act(
                Kind.MOVE,
                vehicle=vehicle.code,
                number=number,
                trip=used.get((vehicle.code, number), 0),
            )
            value = rules.write(act).removeprefix("move:").rsplit(":", 1)[0]
            name = seen.bus_name(vehicle.code, number)
            found.append(Bus(value, _("%(bus)s 加开一班") % {"bus": name}))
    return found


def _done(seen: SeenPlan, acts: list[Act]) -> list[tuple[str, str]]:
    """Return each change in words, and the address without it and what came after."""
    return [(_say(seen, act), _query(acts[:number])) for number, act in enumerate(acts)]


def _say(seen: SeenPlan, act: Act) -> str:
    rider = seen.riders.get(act.request)
    bus = seen.bus_name(act.vehicle, act.number)
    values = {
        "bus": bus,
        "n": act.trip + 1,
        "clock": clock(act.minute),
        "to": seen.bus_name(act.to_vehicle, act.to_number),
        "who": (rider.name or rider.code) if rider else act.request,
    }
    if act.kind == Kind.MOVE:
        return _("%(bus)s 第 %(n)s 趟改到 %(clock)s（市场）") % values
    if act.kind == Kind.HAND:
        return _("%(bus)s 第 %(n)s 趟交给 %(to)s") % values
    if act.kind == Kind.DROP:
        return _("不接 %(who)s") % values
    return _("%(who)s 坐 %(bus)s 第 %(n)s 趟") % values


@require_POST
@writers
def save(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what was tried as a plan of its own."""
    found = writable_plan(request, pk)
    acts, problems = _read(request.POST.getlist("do"))
    form = SaveForm(request.POST)
    back = f"{reverse('buslines:try', args=[pk])}?{_query(acts)}"
    if problems or not form.is_valid():
        messages.error(request, problems[0] if problems else _("说明最长 200 个字。"))
        return redirect(back)
    try:
        made = planning.save_by_hand(
            base=found,
            client_id=form.cleaned_data["client_id"],
            acts=acts,
            words=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        messages.error(request, explain(refused))
        return redirect(back)
    if made.breaches:
        messages.warning(
            request, _("存好了。它违反了规则，列在下面；改好之前不能发布成时刻表。")
        )
    else:
        messages.success(request, _("存好了，核对没有发现问题。"))
    return redirect("buslines:plan", pk=made.pk)
