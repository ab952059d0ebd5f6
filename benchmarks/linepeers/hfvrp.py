"""X115-HVRP: buses of three sizes with costs of their own, against the best known.

Routes come from a search by ruin and recreate in machine code, then HiGHS chooses among
all routes the search has driven. What is proven is proven for that pool of routes only;
the best known value is published, not proven here.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.linepeers.covering import choose
from benchmarks.linepeers.data import folder

Array = Any
RUNS = 6
ROUNDS = 500_000
HOT, COLD = 200.0, 1.0
POOL = 400_000
SECONDS = 60.0
"""For HiGHS, each time."""


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Customers, node 0 the depot, and buses."""

    points: Array
    demand: Array
    room: Array
    fixed: Array
    rate: Array

    @property
    def away(self) -> Array:
        """Return straight distances."""
        ahead = self.points[:, None, :] - self.points[None, :, :]
        return np.hypot(ahead[..., 0], ahead[..., 1])


def read(path: Path) -> Instance:
    """Return an instance; its costs stand there times a hundred."""
    parts: dict[str, list[list[float]]] = {}
    name = ""
    for line in path.read_text().splitlines():
        words = line.split()
        if words and words[0].endswith("_SECTION"):
            name = words[0].removesuffix("_SECTION")
            parts[name] = []
        elif name and words and words[0] != "EOF":
            parts[name].append([float(word) for word in words[1:]])
    column = {name: np.array([row[0] for row in parts[name] if row]) for name in parts}
    return Instance(
        points=np.array(parts["NODE_COORD"]),
        demand=column["DEMAND"],
        room=column["CAPACITY"],
        fixed=column["VEHICLES_FIXED_COST"] / 100,
        rate=column["VEHICLES_UNIT_DISTANCE_COST"] / 100,
    )


def published(path: Path) -> float:
    """Return the best known cost."""
    last = path.read_text().split("Cost:")[1]
    return float(last)


def breaches(it: Instance, routes: list[list[int]]) -> int:
    """Count what is wrong with routes, one for each bus, from the data alone."""
    wrong = sum(
        it.demand[route].sum() > it.room[bus] for bus, route in enumerate(routes)
    )
    visits = sorted(node for route in routes for node in route)
    return int(wrong) + int(visits != list(range(1, len(it.demand))))


def cost(it: Instance, routes: list[list[int]]) -> float:
    """Return what routes cost, from the data alone."""
    total = 0.0
    for bus, route in enumerate(routes):
        if route:
            path = it.points[[0, *route, 0]]
            length = float(np.hypot(*np.diff(path, axis=0).T).sum())
            total += it.fixed[bus] + it.rate[bus] * length
    return float(total)


class Pool:
    """Every route the search has driven, and the best solution so far."""

    def __init__(self, it: Instance) -> None:
        self.it, self.away = it, it.away
        many = len(it.demand)
        order = np.argsort(self.away, axis=1, kind="stable")
        self.near = np.array([[c for c in row if c] for row in order])
        draw = np.random.default_rng(0)
        self.marks = draw.integers(1, 2**63, many, dtype=np.uint64)
        self.seen = np.zeros(1 << 22, np.uint64)
        self.held = np.zeros((POOL, many + 1), np.int16)
        self.count = 0
        self.best: list[list[int]] = []
        self.cost = np.inf

    def search(self, seed: int, rounds: int) -> None:
        """Search from nothing; rounds are counted, so the same comes again."""
        from benchmarks.linepeers.kernels_ruin import search

        it = self.it
        routes = np.zeros((len(it.room), len(it.demand)), np.int64)
        many = np.zeros(len(it.room), np.int64)
        _, routes, many, self.count = search(
            seed, rounds, HOT, COLD, routes, many, it.demand, self.near, self.away,
            it.room, it.fixed, it.rate, self.marks, self.seen, self.held, self.count,
        )  # fmt: skip
        found = [
            route[:size].tolist() for route, size in zip(routes, many, strict=True)
        ]
        self._take(found)

    def _take(self, found: list[list[int]]) -> None:
        value = cost(self.it, found)
        if value < self.cost and not breaches(self.it, found):
            self.best, self.cost = found, value

    def choose(self) -> tuple[float, bool]:
        """Choose among all routes; return the pool's linear bound, and if proven."""
        it = self.it
        kinds = sorted(set(zip(it.room, it.fixed, it.rate, strict=True)))
        fleet = [
            [
                b
                for b in range(len(it.room))
                if (it.room[b], it.fixed[b], it.rate[b]) == k
            ]
            for k in kinds
        ]
        routes = [row[1 : 1 + row[0]].tolist() for row in self.held[: self.count]]
        load = np.array([it.demand[route].sum() for route in routes])
        length = np.array([self._length(route) for route in routes])
        costs, rows, of = [], [], []
        for number, (room, fixed, rate) in enumerate(kinds):
            fit = np.flatnonzero(load <= room)
            costs.append(fixed + rate * length[fit])
            last = len(it.demand) - 1 + number
            rows += [[*(node - 1 for node in routes[r]), last] for r in fit]
            of += [(int(r), number) for r in fit]
        customers = np.ones(len(it.demand) - 1)
        choice = choose(
            np.concatenate(costs),
            np.concatenate([[0], np.cumsum([len(row) for row in rows])]),
            np.concatenate(rows),
            np.concatenate([customers, np.zeros(len(kinds))]),
            np.concatenate([customers, [float(len(buses)) for buses in fleet]]),
            self.cost,
            SECONDS,
        )
        if choice.columns is not None:
            found: list[list[int]] = [[] for _ in it.room]
            for column in choice.columns:
                route, kind = of[column]
                found[fleet[kind].pop()] = routes[route]
            self._take(found)
        return choice.linear, choice.proven

    def _length(self, route: list[int]) -> float:
        path = [0, *route, 0]
        return float(self.away[path[:-1], path[1:]].sum())


def run() -> None:
    """Search and choose until the best known is reached."""
    data = folder("hfvrp")
    if data is None:
        return
    it = read(data / "X115-HVRP.vrp")
    known = published(data / "X115-HVRP.sol")
    Pool(it).search(0, 100)  # compiles
    pool = Pool(it)
    print(f"X115-HVRP, best known {known:.2f}, load {os.getloadavg()[0]:.1f}")
    print("run   searched  routes     chosen      gap  pool bound  breaches      s")
    began = time.perf_counter()
    for seed in range(1, RUNS + 1):
        pool.search(seed, ROUNDS)
        searched = pool.cost
        bound, proven = (0.0, False) if pool.cost < known + 0.005 else pool.choose()
        print(
            f"{seed:3} {searched:10.2f} {pool.count:7} {pool.cost:10.2f}"
            f" {pool.cost / known - 1:8.3%} {bound or '-':>11.9}"
            f" {breaches(it, pool.best):9} {time.perf_counter() - began:6.0f}"
            f"{'  the pool has no better' if proven else ''}",
            flush=True,
        )
        if pool.cost < known + 0.005:
            break
    reached = pool.cost < known + 0.005
    print(f"best known {'reached' if reached else 'not reached'}: {pool.cost:.2f}")
