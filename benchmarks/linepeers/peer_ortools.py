"""OR-Tools' routing of one case, run by its own Python: ``case setting seconds``.

The whole model of the engine: requests ride to a market of their own, all of a bus get
off there before it goes on, several trips a bus, persons, baskets and floor, stops a
trip, ride limit, arrival windows, minutes kept from regular departures, roads too
narrow, boarding times, prizes, kilometres of each type of bus and buses that go out.
Prints the routes: for each bus, whom it picks up when, and who of them is a trip's last.

A request is several nodes of which at most one is visited: picked up as the last of a
trip, after which the bus drives to the market, or before others of that trip. Almost
all a trip must keep then is told by neighbouring nodes, one dimension at a time, and
OR-Tools' filters see it before its solver does: with nodes for getting off, or with
nodes for each quarter of an hour of arrival, it was worse.
"""

import json
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from ortools.util import optional_boolean_pb2

First = routing_enums_pb2.FirstSolutionStrategy
Search = routing_enums_pb2.LocalSearchMetaheuristic
YES = optional_boolean_pb2.BOOL_TRUE
FAR = 10_000
HORIZON = 3_000
Table = Any


@dataclass(frozen=True, slots=True)
class Node:
    """A request as OR-Tools visits it.

    Parameters
    ----------
    last
        Whether the bus then drives to the market.
    after
        The request before it at the same call, or None if the bus comes for it.
    """

    request: int
    last: bool
    after: int | None


class Model:
    """Nodes, dimensions and prizes of a case."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.requests = case["requests"]
        self.buses = case["buses"]
        self.all = self._nodes()
        self.many = len(self.all)
        depots = list(range(self.many, self.many + len(self.buses)))
        self.manager = pywrapcp.RoutingIndexManager(
            self.many + len(self.buses), len(self.buses), depots, depots
        )
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.index = [self.manager.NodeToIndex(n) for n in range(self.many)]
        self._columns()
        self._costs()
        self._time()
        self._ride()
        for name in ("persons", "baskets", "floor"):
            if any(bus[name] for bus in self.buses):
                self._load(name)
        self._stops()
        self._prizes()

    def _nodes(self) -> list[Node]:
        found = []
        for i, request in enumerate(self.requests):
            befores: list[int | None] = [None]
            for j, other in enumerate(self.requests):
                same = all(other[key] == request[key] for key in ("stop", "market"))
                if same and i != j:
                    befores.append(j)
            for after in befores:
                found += [Node(i, last, after) for last in (False, True)]
        return found

    def _columns(self) -> None:
        """Hold what nodes say as arrays, depots behind them."""
        many = self.many + len(self.buses)
        self.depot = np.arange(many) >= self.many
        self.last = np.zeros(many, bool)
        self.request = np.full(many, -1)
        self.after = np.full(many, -1)
        self.market = np.full(many, -1)
        self.call = np.zeros(many, int)
        self.cm = np.full(many, FAR)
        self.place = np.array([0] * self.many + [bus["depot"] for bus in self.buses])
        for n, node in enumerate(self.all):
            request = self.requests[node.request]
            self.last[n], self.request[n] = node.last, node.request
            self.after[n] = -1 if node.after is None else node.after
            self.market[n], self.place[n] = request["market"], request["stop"]
            self.call[n], self.cm[n] = request["call"], request["cm"]
        self.minutes = np.array(self.case["minutes"])
        self.minutes[self.minutes < 0] = FAR
        self.metres = np.maximum(np.array(self.case["metres"]), 0)
        self.goes_on = ~(self.last | self.depot)
        self._may()

    def _may(self) -> None:
        """Find out between which nodes a bus may go at all."""
        on = self.goes_on[:, None]
        same = self.market[:, None] == self.market
        self.may = (~on | same) & (self.request[:, None] != self.request)
        self.may |= self.depot[:, None] & self.depot
        anew = self.after == -1
        follows = on & (self.after == self.request[:, None])
        stays = on & same & (self.place[:, None] == self.place)
        self.may &= np.where(stays, follows, anew)
        self.may &= ~(on & self.depot)

    def _ways(self, table: Table, also: int = 0) -> Table:
        """Return ways between nodes: from a trip's last by its market."""
        direct = table[np.ix_(self.place, self.place)]
        first = table[self.place, self.market][:, None]
        by_market = first + table[np.ix_(self.market, self.place)] + also
        return np.where(self.last[:, None], by_market, direct)

    def _register(self, table: Table) -> int:
        return int(self.routing.RegisterTransitMatrix(table.tolist()))

    def _costs(self) -> None:
        """Charge fen for metres, and for buses that go out."""
        metres = self._ways(self.metres)
        known: dict[int, int] = {}
        for v, bus in enumerate(self.buses):
            rate = bus["fen_per_km"]
            if rate not in known:
                known[rate] = self._register(metres * rate // 1000)
            self.routing.SetArcCostEvaluatorOfVehicle(known[rate], v)
            self.routing.SetFixedCostOfVehicle(bus["fixed_fen"], v)

    def _time(self) -> None:
        """Let time go: minutes of arrival at stops."""
        table = self._ways(self.minutes, self.case["turnaround"]) + self.call[:, None]
        table = np.where(self.may, table, FAR)
        known = {
            cm: self._register(np.where(self.cm[None, :] < cm, FAR, table))
            for cm in {bus["cm"] for bus in self.buses}
        }
        numbers = [known[bus["cm"]] for bus in self.buses]
        self.routing.AddDimensionWithVehicleTransits(
            numbers, HORIZON, HORIZON, False, "time"
        )
        self.time = self.routing.GetDimensionOrDie("time")
        for v, bus in enumerate(self.buses):
            for end in (self.routing.Start(v), self.routing.End(v)):
                self.time.CumulVar(end).SetRange(bus["from"], bus["until"])
        self.arrival = self._arrival()
        for n in range(self.many):
            self._windows(n)

    def _arrival(self) -> Any:
        """Carry a trip's minute of arrival at the market along its nodes."""
        table = np.zeros((len(self.place), len(self.place)), int)
        self.routing.AddDimension(
            self._register(table), HORIZON, HORIZON, False, "arrival"
        )
        return self.routing.GetDimensionOrDie("arrival")

    def _windows(self, n: int) -> None:
        """Say when a bus may come for a node, and be at its market."""
        node, request = self.all[n], self.requests[self.all[n].request]
        index, call = self.index[n], request["call"]
        at, there = self.time.CumulVar(index), self.arrival.CumulVar(index)
        drive = int(call + self.minutes[self.place[n], self.market[n]])
        first, last = request["from"], request["until"]
        there.SetRange(first, last)
        if node.last:
            at.SetRange(max(first - drive, 0), max(last - drive, 0))
            self.routing.solver().Add(there == at + drive)
            for a, b in self._forbidden(self.market[n]):
                at.RemoveInterval(a - drive, b - drive)
        else:
            earliest = first - self.case["ride_limit"] - call
            at.SetRange(max(earliest, 0), max(last - drive, 0))
            self.time.SlackVar(index).SetValue(0)
            self.arrival.SlackVar(index).SetValue(0)
        if node.after is None:
            for a, b in self._forbidden(self.place[n]):
                at.RemoveInterval(a, b)

    def _forbidden(self, place: int) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = self.case["forbidden"].get(str(place), [])
        return found

    def _along(self, name: str, step: Table, limits: list[int]) -> Any:
        """Add what is counted along a trip, and anew from the first of the next."""
        most = max(limits)
        step = np.where(self.depot[None, :], 0, step)
        table = step - np.where(self.last, most, 0)[:, None]
        number = self._register(table)
        self.routing.AddDimensionWithVehicleCapacity(number, most, limits, True, name)
        count = self.routing.GetDimensionOrDie(name)
        for n in np.flatnonzero(self.goes_on):
            count.SlackVar(self.index[n]).SetValue(0)
        return count

    def _ride(self) -> None:
        """Count minutes since the first has left its stop."""
        limit = self.case["ride_limit"]
        drive = self.minutes[np.ix_(self.place, self.place)] + self.call[None, :]
        step = np.where(self.goes_on[:, None], drive, 0)
        count = self._along("ride", step, [limit] * len(self.buses))
        for n, index in enumerate(self.index):
            rest = int(self.minutes[self.place[n], self.market[n]])
            count.CumulVar(index).SetMax(max(limit - rest, 0))

    def _load(self, name: str) -> None:
        """Count what is aboard once somebody has got on; nothing after a market."""
        gets_on = [self.requests[node.request][name] for node in self.all]
        gets_on += [0 for _ in self.buses]
        step = np.broadcast_to(np.array(gets_on), (len(gets_on), len(gets_on)))
        limits = [bus[name] or max(gets_on) * self.many for bus in self.buses]
        count = self._along(name, step, limits)
        for index, many in zip(self.index, gets_on, strict=False):
            count.CumulVar(index).SetMin(many)

    def _stops(self) -> None:
        """Count stops of a trip."""
        moves = self.place[:, None] != self.place
        step = np.where(self.goes_on[:, None], moves, 1).astype(int)
        limit = self.case["stops_limit"]
        count = self._along("stops", step, [limit] * len(self.buses))
        for index in self.index:
            count.CumulVar(index).SetMin(1)

    def _prizes(self) -> None:
        for i, request in enumerate(self.requests):
            nodes = [self.index[n] for n in np.flatnonzero(self.request == i)]
            if nodes:
                self.routing.AddDisjunction(nodes, request["worth_fen"], 1)

    def routes(self, found: Any) -> list[list[tuple[int, int, bool]]]:
        """Return request, minute of arrival, and whether it is a trip's last."""
        routes = []
        for v in range(len(self.buses)):
            index = found.Value(self.routing.NextVar(self.routing.Start(v)))
            route = []
            while not self.routing.IsEnd(index):
                node = self.all[self.manager.IndexToNode(index)]
                minute = found.Value(self.time.CumulVar(index))
                route.append((node.request, minute, node.last))
                index = found.Value(self.routing.NextVar(index))
            routes.append(route)
        return routes


def settings(name: str) -> Any:
    """Return OR-Tools' parameters by the name of a setting, like ``pci-gls-wide``."""
    how = pywrapcp.DefaultRoutingSearchParameters()
    first, meta, *more = name.split("-")
    how.first_solution_strategy = {
        "pci": First.PARALLEL_CHEAPEST_INSERTION,
        "lci": First.LOCAL_CHEAPEST_INSERTION,
        "pca": First.PATH_CHEAPEST_ARC,
    }[first]
    how.local_search_metaheuristic = {
        "gls": Search.GUIDED_LOCAL_SEARCH,
        "sa": Search.SIMULATED_ANNEALING,
        "tabu": Search.TABU_SEARCH,
    }[meta]
    if "strong" in more:
        how.guided_local_search_lambda_coefficient = 1.0
    if "bandit" in more:
        how.use_multi_armed_bandit_concatenate_operators = True
    if "wide" in more:
        moves = how.local_search_operators
        moves.use_relocate_and_make_active = YES
        moves.use_exchange_and_make_active = YES
        moves.use_relocate_neighbors = YES
        moves.use_extended_swap_active = YES
    return how


def main(path: str, setting: str, seconds: str) -> None:
    with open(path, encoding="utf-8") as held:
        case = json.load(held)
    model = Model(case)
    how = settings(setting)
    how.time_limit.seconds = int(seconds)
    found = model.routing.SolveWithParameters(how)
    print(json.dumps({"buses": [] if found is None else model.routes(found)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
