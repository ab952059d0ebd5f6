"""`python -m tests [pytest's options]`: the suite on SQLite, then on PostgreSQL.

PostgreSQL is tested when WUGEYI_DATABASE_URL names one; browser tests run once, on
SQLite. WUGEYI_REQUIRE=postgresql,chromium,gettext turns what is skipped because such
a program is absent into a failure.
"""

import os
import subprocess
import sys

from tests.machine import required


def suite(database_url: str, *options: str) -> int:
    env = {**os.environ, "WUGEYI_DATABASE_URL": database_url}
    words = [sys.executable, "-m", "pytest", "-n", "2", *options]
    return subprocess.run(words, env=env, check=False).returncode


def main(options: list[str]) -> int:
    url = os.environ.get("WUGEYI_DATABASE_URL", "")
    if not url and "postgresql" in required():
        print("WUGEYI_REQUIRE names postgresql, but WUGEYI_DATABASE_URL is not set.")
        return 1
    print("Tests on SQLite", flush=True)
    failed = suite("", *options)
    if url:
        print("\nTests on PostgreSQL", flush=True)
        failed = suite(url, "-m", "not browser", *options) or failed
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
