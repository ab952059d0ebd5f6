"""Reading the register in a tree of 1,787 units and in one of 665,276.

The large tree has the shape of the country's (31 provinces, 342 cities, 2,978 counties,
41,352 towns, 620,573 villages and communities), made of names recombined from Guiyang's around the
real Guiyang, so that the very same city, county, town and village are asked for in both.
Beside each figure stands the usual way: a parent key and a recursive query, in the same
database in the same run.

    python -m benchmarks.register

SQLite always; PostgreSQL too when WUGEYI_DATABASE_URL is set (in a database of its own,
dropped afterwards). Set WUGEYI_DIVISIONS to a folder with provinces.csv, cities.csv,
areas.csv, streets.csv and villages.csv.gz to time the import of the real files as well.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

SHAPE = {2: 31, 4: 342, 6: 2_978, 9: 41_352, 12: 620_573}
REAL = {2: 1, 4: 1, 6: 10, 9: 146, 12: 1_629}
FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv.gz")
ROUNDS = 101
SLOW_ROUNDS = 5

Figures = dict[str, float]


def run() -> None:
    """Measure on SQLite, and on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ)
        environment.setdefault("WUGEYI_SECRET_KEY", "benchmark")
        environment["DJANGO_SETTINGS_MODULE"] = "wugeyi.settings"
        environment["WUGEYI_DATA_DIR"] = folder
        url = environment.pop("WUGEYI_DATABASE_URL", "")
        command = [sys.executable, "-m", "benchmarks.register", "--here"]
        subprocess.run(command, env=environment, check=True)
        if url:
            environment["WUGEYI_DATABASE_URL"] = url
            subprocess.run(command, env=environment, check=True)


def here() -> None:
    """Measure in this process, in a test database of the configured kind."""
    import django
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = (
        str(settings.DATA_DIR / "bench.sqlite3")
        if "sqlite" in settings.DATABASES["default"]["ENGINE"]
        else "wugeyi_bench_register"
    )
    django.setup()
    from django.db import connection

    old = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure(connection.vendor)
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)


def measure(vendor: str) -> None:
    from django.utils import timezone

    from wugeyi.organisations.actions import load_guiyang
    from wugeyi.organisations.gateway import refresh_statistics
    from wugeyi.organisations.models import Organisation, Placement

    load_guiyang(by=None, at=timezone.now())
    refresh_statistics(Organisation, Placement)
    small = figures()
    seconds, cpu = load_country()
    large = figures()
    count = Organisation.objects.count()
    print(
        f"\n{vendor}: 1,787 units, then {count:,} (bulk load {seconds:.0f} s wall,"
        f" {cpu:.0f} CPU-s here, peak {peak_megabytes():.0f} MB)"
    )
    print(f"{'milliseconds, median':44}{'1,787':>9}{f'{count:,}':>10}{'ratio':>8}")
    for name, value in large.items():
        if name in small:
            ratio = value / small[name]
            print(f"{name:44}{small[name]:9.3f}{value:10.3f}{ratio:8.1f}")
        else:
            print(f"{name:44}{'':9}{value:10.3f}")
    print("recursive query / range, same rows, large tree:")
    for name, value in large.items():
        if name.startswith("recursive: "):
            what = name.removeprefix("recursive: ")
            print(f"  {what}: {value / large[f'range: {what}']:,.1f}")


def load_country() -> tuple[float, float]:
    """Add what the country has beside Guiyang, by the importer's own bulk load."""
    from django.db import transaction

    from wugeyi.organisations.actions.loading import add_many
    from wugeyi.organisations.actions.tree import lock_tree

    units = list(country())
    started, cpu = time.perf_counter(), time.process_time()
    with transaction.atomic():
        add_many(units, view=lock_tree(), on=None, source="测速")
    return time.perf_counter() - started, time.process_time() - cpu


def country():
    """Yield additions level by level; names are recombined from Guiyang's."""
    from wugeyi.organisations.models import Organisation
    from wugeyi.organisations.rules.register import Addition

    kinds = {2: "province", 4: "city", 6: "county", 9: "town", 12: "village"}
    names = {
        kind: list(
            Organisation.objects.filter(kind=kind)
            .order_by("code")
            .values_list("name", flat=True)
        )
        for kind in kinds.values()
    }
    above = [""]
    for length, kind in kinds.items():
        level = []
        for number in range(SHAPE[length] - REAL[length]):
            code = f"x{length:02d}{number:07d}"
            known = names[kind]
            one = known[number % len(known)]
            other = known[(number // len(known) * 7 + 3) % len(known)]
            name = one[0] + other[1:]
            yield Addition(code, name, kind, above[number % len(above)])
            level.append(code)
        above = level


def figures() -> Figures:
    """Return the median milliseconds of each way to read."""
    from django.db import connection
    from django.db.models import QuerySet

    from wugeyi.organisations.models import Organisation
    from wugeyi.organisations.queries import (
        children,
        count_below,
        lineage,
        search,
        subtree,
    )
    from wugeyi.organisations.rules import Holding, Reach, Role, ancestors

    city = Organisation.objects.get(code="5201")
    county = Organisation.objects.get(code="520103")
    town = Organisation.objects.filter(parent=county).order_by("code")[0]
    village = Organisation.objects.filter(parent=town).order_by("code")[0]
    reach = Reach((Holding(Role.WORKER, county.pk, county.path),))

    above = Organisation.objects.filter(
        path__in=[*ancestors(village.path), village.path]
    ).order_by("path")

    def recursive(select: str, root: int) -> Callable[[], object]:
        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(
                    "WITH RECURSIVE below(id) AS (SELECT id FROM"
                    " organisations_organisation WHERE id = %s UNION ALL SELECT o.id"
                    " FROM organisations_organisation o JOIN below b"
                    f" ON o.parent_id = b.id) {select}",
                    [root],
                )
                return cursor.fetchall()

        return ask

    def upwards() -> object:
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH RECURSIVE up(id, parent_id) AS (SELECT id, parent_id FROM"
                " organisations_organisation WHERE id = %s UNION ALL SELECT o.id,"
                " o.parent_id FROM organisations_organisation o JOIN up u"
                " ON o.id = u.parent_id) SELECT o.* FROM organisations_organisation o"
                " JOIN up ON up.id = o.id",
                [village.pk],
            )
            return cursor.fetchall()

    def sql(rows: QuerySet[Organisation]) -> Callable[[], object]:
        """Ask the database as the recursive query does, no objects made."""
        text, values = rows.query.sql_with_params()

        def ask() -> object:
            with connection.cursor() as cursor:
                cursor.execute(text, values)
                return cursor.fetchall()

        return ask

    province = Organisation.objects.filter(code="x020000000").first()
    ways: dict[str, Callable[[], object]] = {
        "a town's subtree, listed": lambda: list(subtree(town)),
        "a county's subtree, first 50": lambda: list(subtree(county)[:50]),
        "a county's subtree, counted": lambda: count_below(county),
        "the city's 1,786 units, counted": lambda: count_below(city),
        "what lies above a village": lambda: lineage(village),
        "children of a county, one page": lambda: children(county),
        "may this post see this village": lambda: reach.covers(
            [Role.WORKER], village.path
        ),
        "search 大寨 below the city": lambda: search("大寨", roots=[city.path]),
        "search dzc everywhere": lambda: search("dzc"),
        "search 清镇 大寨": lambda: search("清镇 大寨"),
        "range: county, first 50": sql(subtree(county)[:50]),
        "recursive: county, first 50": recursive(
            "SELECT o.* FROM organisations_organisation o JOIN below ON"
            " below.id = o.id ORDER BY o.code LIMIT 50",
            county.pk,
        ),
        "range: city, keys": sql(subtree(city).order_by().values_list("pk")),
        "recursive: city, keys": recursive("SELECT id FROM below", city.pk),
        "range: above a village": sql(above),
        "recursive: above a village": upwards,
    }
    if province is not None:
        ways |= {
            "range: province, keys": sql(
                subtree(province).order_by().values_list("pk")
            ),
            "recursive: province, keys": recursive("SELECT id FROM below", province.pk),
            "range: province, first 50": sql(subtree(province)[:50]),
            "recursive: province, first 50": recursive(
                "SELECT o.* FROM organisations_organisation o JOIN below ON"
                " below.id = o.id ORDER BY o.code LIMIT 50",
                province.pk,
            ),
        }
    return {name: timed(way) for name, way in ways.items()}


def timed(way: Callable[[], object]) -> float:
    way()
    spent = []
    rounds = ROUNDS
    while len(spent) < rounds:
        started = time.perf_counter()
        way()
        spent.append((time.perf_counter() - started) * 1000)
        if spent[0] > 300:
            rounds = SLOW_ROUNDS
    return median(spent)


def peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def import_real(folder: Path) -> None:
    """Time the command itself on the real files, in a fresh SQLite."""
    with tempfile.TemporaryDirectory() as data:
        environment = dict(os.environ) | {"WUGEYI_DATA_DIR": data}
        environment.setdefault("WUGEYI_SECRET_KEY", "benchmark")
        environment["DJANGO_SETTINGS_MODULE"] = "wugeyi.settings"
        environment.pop("WUGEYI_DATABASE_URL", None)
        django = [sys.executable, "-m", "django"]
        subprocess.run([*django, "migrate", "-v0"], env=environment, check=True)
        files = [str(folder / name) for name in FILES]
        for _again in range(2):
            subprocess.run(
                [*django, "register", "import", *files, "--accept"],
                env=environment,
                check=True,
            )


if __name__ == "__main__":
    if "--here" in sys.argv:
        here()
    else:
        run()
        if os.environ.get("WUGEYI_DIVISIONS"):
            import_real(Path(os.environ["WUGEYI_DIVISIONS"]))
