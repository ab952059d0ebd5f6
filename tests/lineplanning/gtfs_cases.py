"""Plans to write as feeds, and the judges of feeds."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import gtfs_guru

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.gtfs import About
from wugeyi.engines.lineplanning.model import Case
from wugeyi.engines.lineplanning.packing import Work, solve
from wugeyi.engines.lineplanning.plan import Plan

JUDGED_ON = "2026-03-02"
SIZE = instance.Size(20, 3, 2, 1, returns=True)

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
    return instance.case(seed, SIZE)


@cache
def planned(seed: int) -> tuple[Case, Plan]:
    case = placed(seed)
    plan = solve(case, work=Work(steps=500))
    trips = [trip for block in plan.blocks for trip in block.trips]
    assert {trip.home for trip in trips} == {False, True}
    return case, plan


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
