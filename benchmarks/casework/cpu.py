"""CPU seconds used by a process and everything that descends from it."""

import os
from collections import defaultdict
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family_seconds(*roots: int) -> float:
    """Return user and system seconds of processes, their living and ended children.

    What an ended process used is in the counters of the parent that waited for it;
    Linux divides the true run time over the counters, so a sum is exact to a tick
    (10 ms) for each process.
    """
    own: dict[int, int] = {}
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text()
        except OSError:
            continue  # it ended meanwhile; its parent has its seconds
        fields = text.rpartition(")")[2].split()
        children[int(fields[1])].append(int(entry.name))
        own[int(entry.name)] = sum(int(field) for field in fields[11:15])
    waiting = list(roots)
    family: set[int] = set()
    while waiting:
        process = waiting.pop()
        # One root may descend from another.
        if process not in family:
            family.add(process)
            waiting += children[process]
    return sum(own.get(process, 0) for process in family) / TICK


def machine_seconds() -> float:
    """Return the seconds all processors were busy since the machine started."""
    line = Path("/proc/stat").read_text().splitlines()[0]
    user, nice, system, _idle, _waiting, *rest = map(int, line.split()[1:9])
    return (user + nice + system + sum(rest)) / TICK


def others_seconds(*roots: int) -> float:
    """Return the seconds the machine was busy with anything but these families."""
    return machine_seconds() - family_seconds(*roots)
