"""Pythons of the peers: each in an environment of its own, made from its lock."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_of(peer: str) -> Path:
    """Return the Python of ``requirements/<peer>.txt``, installed if that changed."""
    lock = ROOT / "requirements" / f"{peer}.txt"
    folder = ROOT / "build" / f"bench-{peer}"
    python, stamp = folder / "bin" / "python", folder / ".lock"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        base = getattr(sys, "_base_executable", sys.executable)
        subprocess.run([base, "-m", "venv", "--clear", folder], check=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "-qq"]
        subprocess.run([*pip, "install", "--require-hashes", "-r", lock], check=True)
        stamp.write_text(lock.read_text())
    return python
