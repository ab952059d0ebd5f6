"""Figures of any unit and period from a million live cases and 620,573 villages.

One province holds as many cities, counties, towns and villages as the country has. The
cases are those of one of its cities (some 1,800 villages, a tenth of which have most of
them) over twelve months, in every state; most questions are about that city. The figures
are those of the product's own definitions: facts are filled by `backfill`, read by
`queries.figures`. Beside them stands the usual way: counting the live table, in the same
database in the same run, for the same units and periods.

    python -m benchmarks.figures [cases]

SQLite always; PostgreSQL too when WUGEYI_DATABASE_URL is set (in a database of its own,
dropped afterwards).
"""

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

CASES = 1_000_000
SHAPE = {2: 1, 4: 342, 6: 2_978, 9: 41_352, 12: 620_573}
if os.environ.get("WUGEYI_BENCH_SMALL"):
    SHAPE = {2: 1, 4: 10, 6: 100, 9: 1_000, 12: 20_000}
KINDS = {2: "province", 4: "city", 6: "county", 9: "town", 12: "village"}
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAYS = 365
ASKED = 400
READERS = 8
CITY = "x040000000"


def run(cases: int = CASES) -> None:
    """Measure on SQLite, and on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ)
        environment.setdefault("WUGEYI_SECRET_KEY", "benchmark")
        environment["DJANGO_SETTINGS_MODULE"] = "wugeyi.settings"
        environment["WUGEYI_DATA_DIR"] = folder
        url = environment.pop("WUGEYI_DATABASE_URL", "")
        command = [sys.executable, "-m", "benchmarks.figures", "--here", str(cases)]
        if not os.environ.get("WUGEYI_BENCH_ONLY_POSTGRESQL"):
            subprocess.run(command, env=environment, check=True)
        if url:
            environment["WUGEYI_DATABASE_URL"] = url
            subprocess.run(command, env=environment, check=True)


def here(cases: int) -> None:
    """Measure in this process, in a test database of the configured kind."""
    import django
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
        str(settings.DATA_DIR / "bench.sqlite3")
        if "sqlite" in settings.DATABASES["default"]["ENGINE"]
        else "wugeyi_bench_figures"
    )
    django.setup()
    from django.db import connection

    old = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure(cases)
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)


def measure(cases: int) -> None:
    """Fill, read, write, count the usual way; print one line for each."""
    from django.db import connection

    from wugeyi.figures.actions import follow, settle

    print(f"\n{connection.vendor}: {sum(SHAPE.values()):,} units, {cases:,} cases")
    timed("register loaded", load_register)
    timed("cases written", lambda: load_cases(cases))
    timed("facts and totals filled", lambda: settle(at=NOW))
    timed("units counted, moves looked for", lambda: follow(at=NOW))
    analyze()
    print(f"facts: {rows_of('figures_fact'):,}; totals: {rows_of('figures_total'):,}")
    asked = questions(ASKED)
    # The first question of a process loads the addresses of all pages.
    ask(asked[0])
    report("one figure", [ask(each) for each in asked])
    for level, name in KINDS.items():
        some = [each for each in asked if each[1].kind == name]
        report(f"  of a {name}", [ask(each) for each in some])
        del level
    usual = [ask_usual(each) for each in asked if each[0] in USUAL]
    ours = [ask(each) for each in asked if each[0] in USUAL]
    report("  the same by counting the live table", usual)
    print(f"    sum of all: {sum(usual) / sum(ours):,.1f} times as long")
    together()
    pages()
    reflected()


def timed(what: str, act: Callable[[], object]) -> None:
    started = time.perf_counter()
    act()
    print(f"{what}: {time.perf_counter() - started:.0f} s", flush=True)


def report(what: str, seconds: list[float]) -> None:
    """Print median, 95th percentile and worst in milliseconds."""
    if not seconds:
        return
    order = sorted(1000 * each for each in seconds)
    p95 = order[min(len(order) - 1, int(len(order) * 0.95))]
    print(
        f"{what}: median {order[len(order) // 2]:.1f} ms, p95 {p95:.1f} ms,"
        f" worst {order[-1]:.1f} ms ({len(order)})",
        flush=True,
    )


def analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rows_of(table: str) -> int:
    from wugeyi.figures import gateway

    return int(gateway.rows(f"SELECT COUNT(*) FROM {table}", [])[0][0])


def load_register() -> None:
    """Plant one province with all the villages, by the importer's own bulk load."""
    from django.db import transaction

    from wugeyi.organisations.actions.loading import add_many
    from wugeyi.organisations.actions.tree import lock_tree
    from wugeyi.organisations.rules.register import Addition

    def units() -> Iterator[Addition]:
        above = [""]
        for length, kind in KINDS.items():
            level = []
            for number in range(SHAPE[length]):
                code = f"x{length:02d}{number:07d}"
                yield Addition(
                    code, f"{kind}{number}", kind, above[number % len(above)]
                )
                level.append(code)
            above = level

    with transaction.atomic():
        add_many(list(units()), view=lock_tree(), on=None, source="测速")


def load_cases(count: int) -> None:
    """Write cases as a year of work would have left them."""
    from django.db import connection, transaction

    from wugeyi.casework.actions.setup import install_defaults
    from wugeyi.casework.models import Case, Category
    from wugeyi.organisations.gateway import insert_rows
    from wugeyi.organisations.models import Installation, Organisation
    from wugeyi.organisations.queries import subtree

    root = Organisation.objects.get(code="x020000000")
    Installation.objects.create(pk=1, name="测速", name_en="Bench", seat=root)
    install_defaults(valid_from=date(2025, 1, 1), by=None, at=NOW)
    city = Organisation.objects.get(code=CITY)
    villages = list(subtree(city).filter(kind="village").values_list("pk", flat=True))
    categories = list(Category.objects.values_list("pk", flat=True))
    text = connection.vendor == "sqlite"
    columns = [
        "id",
        "client_id",
        "receipt",
        "text",
        "salt",
        "public_text",
        "category_id",
        "urgency",
        "danger",
        "channel",
        "source_number",
        "place_id",
        "spot",
        "state",
        "outcome",
        "satisfaction",
        "receiver_id",
        "handler_id",
        "registered_at",
        "registered_on",
        "counting_from",
        "contact_due_at",
        "due_at",
        "contacted_at",
        "answered_at",
        "closed_at",
        "closed_on",
        "reopened",
        "excluded",
        "version",
    ]

    def moment(at: datetime | None) -> str | None:
        if at is None:
            return None
        return at.strftime("%Y-%m-%d %H:%M:%S") if text else at.isoformat()

    def lines() -> Iterator[list[object]]:
        chance = random.Random(7)
        for key in range(1, count + 1):
            at = NOW - timedelta(minutes=chance.randrange(DAYS * 24 * 60))
            village = villages[int(len(villages) * chance.random() ** 3)]
            ended = chance.random() < 0.9
            closed = at + timedelta(days=chance.randint(1, 9)) if ended else None
            contacted = at + timedelta(hours=chance.randint(1, 40))
            outcome = chance.choice(("resolved", "resolved", "resolved", "unreached"))
            yield [
                key,
                UUID(int=key).hex if text else str(UUID(int=key)),
                f"{key:012d}",
                "路灯不亮",
                "s",
                "",
                categories[key % len(categories)],
                "general",
                False,
                "web",
                "",
                village,
                "",
                "closed" if ended else chance.choice(("assigned", "working")),
                outcome if ended else "",
                chance.choice(("yes", "mostly", "no", "")) if ended else "",
                village,
                village,
                moment(at),
                at.date().isoformat(),
                moment(at),
                moment(at + timedelta(days=1)),
                moment(at + timedelta(days=7)),
                moment(contacted if contacted < NOW else None),
                moment(closed),
                moment(closed),
                closed.date().isoformat() if closed else None,
                int(chance.random() < 0.05),
                chance.random() < 0.02,
                1,
            ]

    with transaction.atomic():
        for _done in insert_rows(Case, columns, lines()):
            pass
    if not text:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('casework_case', 'id'), %s)",
                [count],
            )


def questions(count: int) -> list[tuple[str, object, object]]:
    """Return random measures of random units for the periods people ask for."""
    from wugeyi.figures.catalogue import catalogue
    from wugeyi.figures.queries import Period
    from wugeyi.organisations.models import Organisation
    from wugeyi.organisations.queries import subtree

    chance = random.Random(11)
    casework = [
        code
        for code in (*catalogue().measures, *catalogue().indicators)
        if catalogue()[code].app == "casework"
    ]
    periods = [
        Period.ending(TODAY),
        Period(date(2026, 1, 1), TODAY),
        Period.month(2026, 10),
        Period.quarter(2026, 3),
        Period.half(2026, 1),
        Period.days(TODAY, 30),
        Period(date(2026, 2, 11), date(2026, 6, 19)),
    ]
    city = subtree(Organisation.objects.get(code=CITY))
    units = {}
    for length, number in SHAPE.items():
        codes = [f"x{length:02d}{chance.randrange(number):07d}" for _ in range(15)]
        units[length] = list(Organisation.objects.filter(code__in=codes))
        own = list(city.filter(kind=KINDS[length]))
        units[length] += chance.sample(own, min(60, len(own)))
    return [
        (chance.choice(casework), chance.choice(units[length]), chance.choice(periods))
        for length in [chance.choice(list(SHAPE)) for _ in range(count)]
    ]


def ask(question: tuple) -> float:
    from wugeyi.figures.queries import figure

    started = time.perf_counter()
    figure(*question)
    return time.perf_counter() - started


USUAL = {
    "cases": "registered",
    "cases_merged": "merged",
    "cases_excluded": "excluded",
    "cases_counted": "counted",
    "contact_due": "contact_due",
    "contacted_in_time": "contacted_in_time",
    "cases_reached": "reached",
    "cases_resolved": "resolved",
    "satisfaction_said": "satisfaction_said",
    "cases_satisfied": "satisfied",
    "cases_unreached": "unreached",
}


def ask_usual(question: tuple) -> float:
    """Count the live table, with the units that reported: one query."""
    from django.db.models import Count

    from wugeyi.casework.models import Case
    from wugeyi.casework.queries import rates
    from wugeyi.figures.queries import figure
    from wugeyi.organisations.queries import within

    code, unit, period = question
    wanted = rates.conditions(now=NOW)[rates.Figure(USUAL[code])]
    cases = Case.objects.filter(
        within("place__path", [unit.path]),
        wanted,
        registered_on__range=(period.first, period.last),
    )
    started = time.perf_counter()
    found = cases.aggregate(n=Count("pk"), units=Count("place", distinct=True))
    seconds = time.perf_counter() - started
    ours = figure(*question)
    assert (ours.value or 0, ours.units_reported) == (found["n"], found["units"]), (
        question,
        ours,
        found,
    )
    return seconds


def reader(seed: int) -> list[float]:
    """Ask on a connection of one's own; the first question opens it."""
    asked = questions(ASKED)
    random.Random(seed).shuffle(asked)
    ask(asked[0])
    return [ask(each) for each in asked[:80]]


def together() -> None:
    """Ask from eight processes at once, on this machine's cores."""
    from django.db import connections

    connections.close_all()
    with multiprocessing.get_context("fork").Pool(READERS) as pool:
        found = pool.map(reader, range(READERS), chunksize=1)
    report(
        f"one figure, {READERS} readers at once", [t for some in found for t in some]
    )


def pages() -> None:
    """Ask for all figures of the province in one call, as a profile does."""
    from wugeyi.figures.catalogue import catalogue
    from wugeyi.figures.queries import Period, by_child, figures, trend
    from wugeyi.organisations.models import Organisation

    root = Organisation.objects.get(code="x020000000")
    codes = [
        code
        for code in (*catalogue().measures, *catalogue().indicators)
        if catalogue()[code].app == "casework"
    ]

    def several(act: Callable[[], object]) -> list[float]:
        found = []
        for _ in range(9):
            started = time.perf_counter()
            act()
            found.append(time.perf_counter() - started)
        return found

    year = Period.ending(TODAY)
    report(
        f"page of the province: {len(codes)} figures, 12 months",
        several(lambda: figures(codes, root, year)),
    )
    report(
        f"page of the province: {len(codes)} figures, the last 30 days",
        several(lambda: figures(codes, root, Period.days(TODAY, 30))),
    )
    report(
        "trend of 6 figures over 12 months",
        several(lambda: trend(codes[:6], root, year.months())),
    )
    report(
        "6 figures of 50 units below",
        several(lambda: by_child(codes[:6], root, year)),
    )


def reflected() -> None:
    """Report a need and ask every unit above until all show it; then fold and ask."""
    from uuid import uuid4

    from wugeyi.casework.actions.intake import Need, register
    from wugeyi.casework.models import Category
    from wugeyi.figures.actions import fold
    from wugeyi.figures.queries import Period, figure
    from wugeyi.organisations.models import Organisation
    from wugeyi.organisations.queries import lineage, subtree

    chance = random.Random(5)
    year = Period.ending(TODAY)
    category = Category.objects.exclude(parent=None).first()
    shown, folded = [], []
    villages = list(subtree(Organisation.objects.get(code=CITY)).filter(kind="village"))
    for _ in range(15):
        above = lineage(chance.choice(villages))
        before = [figure("cases", unit, year).value or 0 for unit in above]
        started = time.perf_counter()
        register(
            need=Need(uuid4(), "路灯不亮", category, above[-1], "web"), by=None, at=NOW
        )
        after = [figure("cases", unit, year).value for unit in above]
        shown.append(time.perf_counter() - started)
        assert after == [each + 1 for each in before]
        started = time.perf_counter()
        fold(at=NOW)
        folded.append(time.perf_counter() - started)
        assert [figure("cases", unit, year).value for unit in above] == after
    report("a need reported and shown by all five levels", shown)
    report("  folded into the totals", folded)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        here(int(sys.argv[2]))
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
