"""Plans to write as feeds, and the judges of feeds."""

import io
import json
import math
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import gtfs_guru

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.gtfs import About
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import Work, solve
from wugeyi.engines.lineplanning.plan import Call, Plan, Trip

JUDGED_ON = "2026-03-02"
SIZE = instance.Size(16, 3, 2, 1)
KM_PER_DEGREE = 111.2

ABOUT = About(
    agency="虚构公交公司",
    agency_en="Invented Buses",
    url="https://bus.example.org/",
    email="bus@example.org",
    phone="+86 28 5555 0100",
    first_day=date(2026, 3, 1),
    last_day=date(2026, 12, 31),
    not_on=(date(2026, 10, 1),),
    line_number="252",
    line_name="虚构惠农专线",
    line_name_en="Invented Growers’ Line",
)


def placed(seed: int) -> Case:
    case = instance.case(seed, SIZE)
    draw = random.Random(seed)
    points = {f"v{i}": instance._village(draw) for i in range(SIZE.villages)}
    points |= {f"m{k}": point for k, point in enumerate(instance.MARKETS)}

    def put(place):
        east, north = points[place.code]
        lon = east / KM_PER_DEGREE / math.cos(math.radians(31))
        return replace(place, lat=31 + north / KM_PER_DEGREE, lon=104 + lon)

    return replace(
        case,
        stops=tuple(map(put, case.stops)),
        markets=tuple(map(put, case.markets)),
    )


@cache
def planned(seed: int) -> tuple[Case, Plan]:
    """Each bus makes the way of its last trip back at 13:00."""
    case = placed(seed)
    plan = solve(case, work=Work(steps=500))
    assert plan.blocks
    blocks = tuple(
        replace(block, trips=(*block.trips, way_back(case, block.trips[-1])))
        for block in plan.blocks
    )
    return case, replace(plan, blocks=blocks)


def way_back(case: Case, trip: Trip) -> Trip:
    row = {code: number for number, code in enumerate(case.ways.codes)}
    minute, here, calls = 780, trip.market, []
    for call in reversed(trip.calls):
        minute += case.ways.minutes[row[here]][row[call.stop]]
        calls.append(Call(call.stop, minute, minute + 1, call.requests, 0, 0))
        minute, here = minute + 1, call.stop
    return Trip(trip.market, tuple(calls), 780, trip.metres, home=True)


def names_en(case: Case) -> dict[str, str]:
    places = (*case.stops, *case.markets)
    return {each.code: f"Invented Place {each.code[1:]}" for each in places}


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def packed(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def canonical_judge(feed: Path) -> list[str]:
    """What gtfs-validator says of a feed; its exit code has to agree."""
    out = feed.with_suffix("")
    told = ["-d", JUDGED_ON, "-c", "CN", "-svu", "--fail-on-error"]
    files = ["-i", str(feed), "-o", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "gtfs_validator.cli", *files, *told],
        capture_output=True,
        text=True,
    )
    assert done.returncode in {0, 1}, done.stderr
    broken = json.loads((out / "system_errors.json").read_text("utf-8"))["notices"]
    assert broken == []
    report = json.loads((out / "report.json").read_text("utf-8"))
    errors = [each for each in report["notices"] if each["severity"] == "ERROR"]
    assert bool(errors) == bool(done.returncode)
    return sorted(
        each["code"] for each in report["notices"] if each["severity"] != "INFO"
    )


def guru_judge(feed: Path) -> list[str]:
    judged = gtfs_guru.validate(str(feed), country_code="CN", date=JUDGED_ON)
    found = [*judged.errors(), *judged.warnings()]
    assert len(found) == judged.error_count + judged.warning_count
    return sorted({each.code for each in found})


JUDGES: list[Callable[[Path], list[str]]] = [canonical_judge, guru_judge]
