"""What was measured, for people to read."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.casework.burst import Result
from benchmarks.casework.measure import Cost

if TYPE_CHECKING:
    from benchmarks.casework.run import Contender

# Ours beside what it stands against in the peer.
PAIRS = {
    "desk, community worker": "first page",
    "desk, county dispatcher": "first page",
    "desk, city supervisor": "first page",
    "filtered list": "filtered list",
    "second page": "second page",
    "case": "case",
    "near a point": "",
    "create": "create",
}
GOALS = {
    "desk, community worker": 30,
    "desk, county dispatcher": 30,
    "desk, city supervisor": 30,
    "near a point": 10,
    "create": 25,
}


def costs(console: Console, name: str, size: int, found: dict[str, Cost]) -> None:
    table = Table(title=f"{name}, {size:,} cases", title_justify="left")
    table.add_column("what")
    heads = ("CPU ms", "of it program", "p50 ms", "p95 ms", "requests")
    for head in heads:
        table.add_column(head, justify="right")
    for what, cost in found.items():
        numbers = (cost.cpu, cost.application, cost.p50, cost.p95)
        table.add_row(what, *(f"{n:.1f}" for n in numbers), str(cost.requests))
    console.print(table)


def compare(
    console: Console, sizes: list[int], ours: "Contender", peer: "Contender"
) -> None:
    table = Table(title="CPU ms a request, ours and django-helpdesk's")
    table.add_column("what")
    for head in ("cases", "ours", "goal", "helpdesk", "times"):
        table.add_column(head, justify="right")
    for size in sizes:
        for what, other in PAIRS.items():
            mine, theirs = ours.costs[size][what].cpu, peer.costs[size].get(other)
            table.add_row(
                what,
                f"{size:,}",
                f"{mine:.1f}",
                f"≤ {GOALS[what]}" if what in GOALS else "",
                f"{theirs.cpu:.0f}" if theirs else "",
                f"{theirs.cpu / mine:.1f}" if theirs else "",
            )
        rate, other_rate = ours.rates[size], peer.rates[size]
        table.add_row(
            "create, a second",
            f"{size:,}",
            f"{rate:.0f}",
            "",
            f"{other_rate:.0f}",
            f"{rate / other_rate:.1f}",
            end_section=True,
        )
    console.print(table)


def burst(console: Console, result: Result) -> None:
    console.print(
        f"Burst of ten times the sustainable {result.sustainable:.0f} reports a second:"
        f" {result.lost} of the accepted lost, {result.doubled} doubled;"
        f" as before after {result.settled_after:.0f} s,"
        f" the last single one that waited long after {result.latest_after:.1f} s."
    )
    table = Table()
    table.add_column("when")
    for head in (
        "sent",
        "accepted",
        "told to try again",
        "other",
        "p95 of receipts s",
        "busy with others",
    ):
        table.add_column(head, justify="right")
    for wave in result.waves:
        table.add_row(
            wave.name,
            str(wave.sent),
            str(len(wave.accepted)),
            str(len(wave.refusals)),
            f"{len(wave.wrong)} {sorted(set(wave.wrong))}" if wave.wrong else "0",
            f"{wave.p95():.2f}",
            f"{wave.others:.0%}",
        )
    console.print(table)
