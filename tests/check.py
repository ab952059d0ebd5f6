"""`make check`: every check of sources, all of them run even if one fails."""

import subprocess
import sys
import time

# No registry's address belongs into the repository: mirrors differ from site to site.
# Written apart, or this very line would be a find.
REGISTRIES = r"(py[p]i|python[h]osted|npm[j]s|npm[m]irror|yarn[p]kg)\.(org|com|net)"
CHECKS = {
    "format": "ruff format --check --quiet .",
    "lint": "ruff check --quiet .",
    "types": "mypy",
    "imports": "lint-imports --no-cache",
    "templates": "djlint wugeyi --lint --quiet",
    "migrations": "wugeyi makemigrations --check --dry-run",
    "system": "wugeyi check --fail-level WARNING",
    "scripts": "python frontend/build.py check",
}


def run(name: str, words: list[str], *, good: int = 0) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    fine = done.returncode == good
    seconds = time.monotonic() - started
    print(f"{'ok    ' if fine else 'FAILED'} {name} ({seconds:.1f} s)", flush=True)
    if not fine:
        print(done.stdout, flush=True)
    return fine


def main() -> int:
    results = [run(name, line.split()) for name, line in CHECKS.items()]
    # git grep finds nothing: code 1.
    search = ["git", "grep", "-nIiE", REGISTRIES]
    results.append(run("no registry's address", search, good=1))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
