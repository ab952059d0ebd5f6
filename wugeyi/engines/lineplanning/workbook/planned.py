"""What a plan says as sheets to read, sort and print: times, buses, loads, money, why not.

Times are times and numbers are numbers, so that a spreadsheet can go on with them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wugeyi.engines.lineplanning.fares import group_fen, revenue, subsidy
from wugeyi.engines.lineplanning.findings import Language, clock, say
from wugeyi.engines.lineplanning.loads import loads
from wugeyi.engines.lineplanning.model import Case, RegularDuty, Request
from wugeyi.engines.lineplanning.plan import MILLI_OF_YUAN, Block, Plan, Trip
from wugeyi.engines.lineplanning.stretches import by_bus
from wugeyi.engines.lineplanning.tariff import Fares
from wugeyi.engines.lineplanning.texts_planned import HEADS, PLANNED
from wugeyi.engines.lineplanning.workbook.pages import Book

if TYPE_CHECKING:
    # Only named here: finding reasons takes a compiler, writing them does not.
    from wugeyi.engines.lineplanning.reasons import Reason

FEN_OF_YUAN = 100
Cells = list[list[Any]]


def plan_workbook(
    case: Case,
    plan: Plan,
    *,
    fares: Fares | None = None,
    reasons: "Sequence[Reason]" = (),
    language: Language = "zh",
) -> bytes:
    """Return a plan as a workbook.

    Parameters
    ----------
    fares
        What riders pay; without them there is no money but costs.
    reasons
        Why requests are left out; those without one are listed all the same.
    """
    writer = _Writer(case, plan, fares, language)
    writer.summary()
    writer.sheet("timetable", writer.timetable())
    writer.sheet("blocks", writer.blocks())
    writer.sheet("loads", writer.loads())
    writer.sheet("riders", writer.riders())
    if fares is not None:
        writer.sheet("revenue", writer.revenue(fares))
    writer.sheet("left-out", writer.left_out(reasons))
    return writer.book.content()


class _Writer:
    def __init__(
        self, case: Case, plan: Plan, fares: Fares | None, language: Language
    ) -> None:
        self.case, self.plan, self.fares = case, plan, fares
        self.book = Book(language)
        places = (*case.stops, *case.markets, *case.depots)
        self.places = {each.code: each.name or each.code for each in places}
        self.buses = {each.code: each for each in case.vehicles}
        self.requests = {each.code: each for each in case.requests}

    def text(self, code: str) -> str:
        return self.book.of(PLANNED[code])

    def sheet(self, code: str, rows: Iterable[list[Any]]) -> None:
        """Write a sheet whose columns are those of ``HEADS``."""
        titles = [self.book.of(head[:2]) for head in HEADS[code]]
        kinds = [head[2] for head in HEADS[code]]
        self.book.table(self.book.page(self.text(code)), titles, kinds, list(rows))

    def bus(self, block: Block) -> str:
        kind = self.buses[block.vehicle]
        return f"{kind.name or kind.code} {block.number}"

    def name(self, request: str) -> str:
        return self.requests[request].name or request

    def trips(self) -> Iterator[tuple[Block, int, Trip]]:
        for block in self.plan.blocks:
            for number, trip in enumerate(block.trips, start=1):
                yield block, number, trip

    def way(self, trip: Trip) -> str:
        return self.text("home" if trip.home else "there")

    # Sheets.

    def summary(self) -> None:
        """Write what the plan is worth, and how good it is."""
        book = self.book
        page = book.page(self.text("summary"))
        page.set_portrait()
        page.set_column(0, 0, 34)
        page.set_column(1, 1, 16)
        page.set_column(2, 2, 56)
        page.write_string(
            0, 0, self.case.name or self.text("plan"), book.formats["title"]
        )
        for line, (code, figure, kind) in enumerate(self.figures(), start=2):
            page.write_string(line, 0, self.text(code), book.formats["text"])
            book.write(page, line, 1, figure, kind)
            told = self.text(f"{code}-told") if f"{code}-told" in PLANNED else ""
            book.write(page, line, 2, told, "wrapped")

    def figures(self) -> Iterator[tuple[str, Any, str]]:
        plan, money = self.plan, self.plan.money
        served = [each for each in self.case.requests if each.code in plan.served]
        left = [self.requests[code] for code in plan.left_out]
        yield from _people("served", served)
        yield from _people("left", left)
        yield "buses", len(plan.blocks), "number"
        yield "trips", sum(len(block.trips) for block in plan.blocks), "number"
        yield "kilometres", _metres(plan) / 1000, "yuan"
        for code, milli in (
            ("worth", money.served_milli),
            ("driving", money.driven_milli),
            ("going-out", money.buses_milli),
            ("near", money.near_milli),
            ("value", money.value_milli),
            ("bound", plan.bound_milli),
        ):
            yield code, milli / MILLI_OF_YUAN, "yuan"
        yield "gap", plan.gap, "share"
        yield "proven", self.text("yes" if plan.proven else "no"), "text"
        if plan.stopped:
            yield "stopped", self.text("yes"), "text"
        if self.fares is not None:
            account = subsidy(self.case, plan, self.fares)
            yield "cost", account.cost_fen / FEN_OF_YUAN, "yuan"
            yield "taken", account.revenue_fen / FEN_OF_YUAN, "yuan"
            yield "subsidy", account.subsidy_fen / FEN_OF_YUAN, "yuan"

    def timetable(self) -> Iterator[list[Any]]:
        """Yield every call; a trip's market is its last, going home its first."""
        for block, number, trip in self.trips():
            about = [self.bus(block), number, self.way(trip)]
            market = [*about, self.places[trip.market]]
            if trip.home:
                yield [*market, None, trip.market_minute, "", None, None]
            for call in trip.calls:
                people = [self.requests[code] for code in call.requests]
                yield [
                    *about,
                    self.places[call.stop],
                    call.arrive_minute,
                    call.depart_minute,
                    self.text("comma").join(map(self.name, call.requests)),
                    sum(each.persons for each in people),
                    sum(each.baskets for each in people),
                ]
            if not trip.home:
                yield [*market, trip.market_minute, None, "", None, None]

    def blocks(self) -> Iterator[list[Any]]:
        """Yield what each bus does; the regular line pays for what it would anyway."""
        shared = by_bus(self.case)
        for block in self.plan.blocks:
            kind = self.buses[block.vehicle]
            duties = shared.get((block.vehicle, block.number), ())
            loaded = sum(trip.metres for trip in block.trips)
            metres = loaded + block.empty_metres - block.spared_metres
            fen = metres * kind.cost_fen_per_km / 1000
            if not duties:
                fen += kind.fixed_fen
            yield [
                self.bus(block),
                self.places[kind.depot],
                block.leave_minute,
                block.back_minute,
                block.back_minute - block.leave_minute,
                len(block.trips),
                loaded / 1000,
                block.empty_metres / 1000,
                fen / FEN_OF_YUAN,
                self.text("comma").join(map(self.regular, duties)),
            ]

    def regular(self, duty: RegularDuty) -> str:
        places = f"{self.places[duty.starts_at]} → {self.places[duty.ends_at]}"
        times = f"{clock(duty.starts_minute)}–{clock(duty.ends_minute)}"
        return f"{duty.name or duty.code} {times} {places}"

    def loads(self) -> Iterator[list[Any]]:
        """Yield who and what is aboard at every place, beside what the bus may carry."""
        blocks = {(each.vehicle, each.number): each for each in self.plan.blocks}
        for load in loads(self.case, self.plan):
            yield [
                self.bus(blocks[load.vehicle, load.number]),
                load.trip + 1,
                self.places[load.place],
                load.minute,
                load.persons,
                load.seats,
                load.baskets,
                load.basket_places,
                load.floor_dm2 if load.floor_limit_dm2 else None,
                load.floor_limit_dm2 or None,
                load.fullest,
            ]

    def riders(self) -> Iterator[list[Any]]:
        """Yield where and when everybody rides, and what they pay."""
        for block, number, trip in self.trips():
            for call in trip.calls:
                for code in call.requests:
                    each = self.requests[code]
                    off, on = trip.market_minute, call.depart_minute
                    if trip.home:
                        off, on = call.arrive_minute, trip.market_minute
                    yield [
                        *self.about(each),
                        self.bus(block),
                        number,
                        self.way(trip),
                        on,
                        off,
                        self.fare(each),
                    ]

    def fare(self, request: Request) -> float | None:
        if self.fares is None:
            return None
        return group_fen(self.fares, request.persons, request.baskets) / FEN_OF_YUAN

    def about(self, request: Request) -> list[Any]:
        return [
            request.code,
            request.name,
            self.places[request.stop],
            self.places[request.market],
            request.persons,
            request.baskets,
        ]

    def revenue(self, fares: Fares) -> Iterator[list[Any]]:
        """Yield what every trip brings in."""
        taken = revenue(self.case, self.plan, fares)
        for (block, number, trip), (_, fen) in zip(
            self.trips(), taken.trips, strict=True
        ):
            people = [self.requests[code] for code in trip.requests]
            yield [
                self.bus(block),
                number,
                self.way(trip),
                self.places[trip.market],
                trip.market_minute,
                sum(each.persons for each in people),
                sum(each.baskets for each in people),
                fen / FEN_OF_YUAN,
            ]

    def left_out(self, reasons: "Sequence[Reason]") -> Iterator[list[Any]]:
        """Yield who is left out, and why if it is known."""
        why = {each.request: each.finding for each in reasons}
        for code in self.plan.left_out:
            request = self.requests[code]
            told = say(why[code], self.book.language) if code in why else ""
            yield [
                *self.about(request),
                request.earliest_minute,
                request.latest_minute,
                self.text("home" if request.home else "there"),
                told,
            ]


def _people(code: str, requests: Sequence[Request]) -> Iterator[tuple[str, Any, str]]:
    yield f"{code}-requests", len(requests), "number"
    yield f"{code}-persons", sum(each.persons for each in requests), "number"
    yield f"{code}-baskets", sum(each.baskets for each in requests), "number"


def _metres(plan: Plan) -> int:
    return sum(
        block.empty_metres + sum(trip.metres for trip in block.trips)
        for block in plan.blocks
    )
