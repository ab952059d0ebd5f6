"""Lighthouse on a throttled phone; installed for the measurement only, into build/."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "lighthouse"
VERSION = "12.8.2"
# Its own profile of a phone: slow 4G (150 ms, 1.6 Mbit/s), a processor four times slower.
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"


@dataclass(frozen=True)
class Told:
    """Scores of 0 to 100, and the times they rest on in milliseconds."""

    performance: int
    accessibility: int
    first_paint: int
    largest_paint: int
    blocked: int
    shift: float
    complaints: tuple[str, ...]


def install() -> Path:
    """Return Lighthouse's program, installed by npm where that is not done yet.

    Raises
    ------
    LookupError
        There is no npm, or it could not install.
    """
    program = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    stamp = FOLDER / ".version"
    if program.exists() and stamp.exists() and stamp.read_text() == VERSION:
        return program
    npm = shutil.which("npm")
    if npm is None:
        raise LookupError("npm is needed to install Lighthouse")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text('{"private": true}\n')
    words = [npm, "install", "--no-audit", "--no-fund", "--no-save"]
    done = subprocess.run([*words, f"lighthouse@{VERSION}"], cwd=FOLDER)
    if done.returncode:
        raise LookupError("Lighthouse could not be installed")
    stamp.write_text(VERSION)
    return program


def ask(program: Path, chromium: str, url: str, cookies: dict[str, str]) -> Told:
    """Let Lighthouse look at a page."""
    node = shutil.which("node")
    if node is None:
        raise LookupError("Node.js is needed")
    words = [
        *(node, str(program), url, "--quiet", "--output=json"),
        "--only-categories=performance,accessibility",
        f"--chrome-flags={FLAGS}",
    ]
    if cookies:
        kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
        words.append(f"--extra-headers={json.dumps({'Cookie': kept})}")
    env = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(words, env=env, stdout=subprocess.PIPE, check=True)
    return read(json.loads(done.stdout))


def read(report: dict) -> Told:
    """Read what matters of Lighthouse's report."""
    audits = report["audits"]
    scores = {
        name: round(100 * (each["score"] or 0))
        for name, each in report["categories"].items()
    }
    complaints = tuple(
        ref["id"]
        for ref in report["categories"]["accessibility"]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] == 0
    )
    return Told(
        performance=scores["performance"],
        accessibility=scores["accessibility"],
        first_paint=round(audits["first-contentful-paint"]["numericValue"]),
        largest_paint=round(audits["largest-contentful-paint"]["numericValue"]),
        blocked=round(audits["total-blocking-time"]["numericValue"]),
        shift=round(audits["cumulative-layout-shift"]["numericValue"], 3),
        complaints=complaints,
    )
