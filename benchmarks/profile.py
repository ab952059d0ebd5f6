"""The five ones and the dashboard of any organisation, over 620,573 villages.

The register and the cases are those of ``benchmarks.figures``: one province that holds as
many cities, counties, towns and villages as the country has. Each page is asked for as a
browser does, from the address to the finished HTML, in one process; then by eight readers
at once. Beside the province's page stands the usual way to get the same numbers of needs:
one statement that counts the live table of the same subtree by months, asserted equal.

    python -m benchmarks.profile [cases]

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
from datetime import timedelta
from statistics import median

from benchmarks.figures import (
    KINDS,
    NOW,
    READERS,
    SHAPE,
    analyze,
    load_cases,
    load_register,
    report,
    timed,
)

CASES = 100_000
ROUNDS = 9
ASKED = 60
PAGES = ("profile", "board")
ROOT = "x020000000"


def run(cases: int = CASES) -> None:
    """Measure on SQLite, and on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ)
        environment.setdefault("WUGEYI_SECRET_KEY", "benchmark")
        environment["DJANGO_SETTINGS_MODULE"] = "wugeyi.settings"
        environment["WUGEYI_DATA_DIR"] = folder
        url = environment.pop("WUGEYI_DATABASE_URL", "")
        command = [sys.executable, "-m", "benchmarks.profile", "--here", str(cases)]
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
        else "wugeyi_bench_profile"
    )
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.setup()
    from django.db import connection
    from django.utils import timezone

    old = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        # The pages look at the day the cases end on.
        timezone.now = lambda: NOW
        measure(cases)
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)


def measure(cases: int) -> None:
    """Fill, ask for pages, count the usual way; print one line for each."""
    from django.db import connection

    from wugeyi.figures.actions import follow, settle

    print(f"\n{connection.vendor}: {sum(SHAPE.values()):,} units, {cases:,} cases")
    timed("register loaded", load_register)
    timed("cases written", lambda: load_cases(cases))
    analyze()
    timed("facts and totals filled", lambda: settle(at=NOW))
    timed("units counted, moves looked for", lambda: follow(at=NOW))
    analyze()
    hire()
    province = [ask("profile", ROOT) for _ in range(ROUNDS)]
    report("profile of the province", province)
    print(f"  queries: {queries('profile')}")
    report("dashboard of the province", [ask("board", ROOT) for _ in range(ROUNDS)])
    print(f"  queries: {queries('board')}")
    for page in PAGES:
        report(f"{page} of any unit", [ask(page, each) for each in units(1)])
    usual = [recount() for _ in range(3)]
    report("  usual: needs of the province by months, live table", usual)
    print(f"  ratio to the whole profile page: {median(usual) / median(province):.1f}")
    together()


def hire() -> None:
    """Give one person a post over the province."""
    from wugeyi.accounts.models import User
    from wugeyi.organisations.models import Organisation, Post

    user = User(username="bench", name="测速", created_at=NOW)
    user.set_password("x")
    user.save()
    Post.objects.create(
        person=user,
        role="supervisor",
        organisation=Organisation.objects.get(code=ROOT),
        valid_from=(NOW - timedelta(days=400)).date(),
    )


def client():
    from django.test import Client

    from wugeyi.accounts.models import User

    found = Client()
    found.force_login(User.objects.get(username="bench"))
    return found


_client = None


def ask(page: str, code: str) -> float:
    """Return the seconds from the address to the finished page."""
    global _client
    _client = _client or client()
    from django.urls import reverse

    address = reverse(f"dashboards:{page}", args=[code]) + "?period=12-months"
    started = time.perf_counter()
    response = _client.get(address)
    seconds = time.perf_counter() - started
    assert response.status_code == 200, response.status_code
    return seconds


def queries(page: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        ask(page, ROOT)
    slow = max(found, key=lambda each: float(each["time"]))
    print(f"  slowest query: {float(slow['time']) * 1000:.0f} ms {slow['sql'][:110]}")
    return len(found)


def units(seed: int) -> list[str]:
    """Return codes of units at every level, at random."""
    chance = random.Random(seed)
    return [
        f"x{length:02d}{chance.randrange(SHAPE[length]):07d}"
        for length in KINDS
        for _ in range(ASKED // len(KINDS))
    ]


def reader(seed: int) -> list[float]:
    global _client
    _client = None
    return [ask("profile", each) for each in units(seed)[:: max(1, READERS // 4)]]


def together() -> None:
    """Ask from eight processes at once, on this machine's cores."""
    from django.db import connections

    connections.close_all()
    with multiprocessing.get_context("fork").Pool(READERS) as pool:
        found = pool.map(reader, range(READERS), chunksize=1)
    report(f"profile, {READERS} readers at once", [t for some in found for t in some])


def recount() -> float:
    """Count registered and resolved needs of the province by months from the cases."""
    from django.db.models import Count, Q
    from django.db.models.functions import TruncMonth

    from wugeyi.casework.models import Case
    from wugeyi.figures.queries import Period, figure
    from wugeyi.organisations.models import Organisation
    from wugeyi.organisations.queries import within

    root = Organisation.objects.get(code=ROOT)
    year = Period.ending(NOW.date())
    started = time.perf_counter()
    rows = list(
        Case.objects.filter(
            within("place__path", [root.path]),
            registered_on__range=(year.first, year.last),
        )
        .annotate(month=TruncMonth("registered_on"))
        .values("month")
        .annotate(
            cases=Count("pk"),
            resolved=Count("pk", filter=Q(outcome="resolved", excluded=False)),
            places=Count("place", distinct=True),
        )
        .order_by("month")
    )
    seconds = time.perf_counter() - started
    assert sum(row["cases"] for row in rows) == figure("cases", root, year).value
    return seconds


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        here(int(sys.argv[2]))
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
