"""What this machine has, and what a run must not do without."""

import os
import shutil
from pathlib import Path

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one site, one after another, share a process and what it has compiled.
    "--process-per-site",
]

# How to have what may be absent.
ADVICE = {
    "postgresql": "no PostgreSQL: set WUGEYI_DATABASE_URL",
    "chromium": "no Chromium: install it, or set WUGEYI_CHROMIUM",
    "gettext": "no gettext: install it",
    "hledger": "no hledger: install it",
    "spark": "no Spark: install Java 17, then `make spark`",
}

SPARK_PYTHON = Path(__file__).resolve().parents[1] / "build/spark/bin/python"


def required() -> set[str]:
    names = os.environ.get("WUGEYI_REQUIRE", "").split(",")
    unknown = set(names) - {"", *ADVICE}
    if unknown:
        raise SystemExit(f"WUGEYI_REQUIRE does not know {sorted(unknown)}")
    return set(names) - {""}


def chromium() -> str | None:
    named = os.environ.get("WUGEYI_CHROMIUM", "")
    if named:
        return named if Path(named).exists() else None
    return shutil.which("chromium") or shutil.which("google-chrome")


def missing() -> dict[str, str]:
    """What is absent, and how to have it."""
    found = {
        "postgresql": bool(os.environ.get("WUGEYI_DATABASE_URL")),
        "chromium": chromium(),
        "gettext": shutil.which("xgettext") and shutil.which("msgmerge"),
        "hledger": shutil.which("hledger"),
        "spark": SPARK_PYTHON.exists() and shutil.which("java"),
    }
    return {name: ADVICE[name] for name, there in found.items() if not there}


# A test that waits this long for something on this machine has failed.
WAIT_SECONDS = 60
