"""The `wugeyi` command: serve and demo here, all other commands are Django's management.

Nothing here needs a configured installation until a command does, so that what is
missing can be said in a sentence instead of a traceback.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured

from wugeyi.cli.server import Refused, companion, require_ready, run_server

SERVERS_OWN = {
    "serve": "Serve the installation: web server and periodic work",
    "demo": "Prepare the fictional demo once, then serve it",
    "version": "Print the version",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments
        The words after `wugeyi`; those of this process if absent.

    Returns
    -------
    int
        0 done; 1 failed; 2 the environment must be put right first; 130 interrupted.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wugeyi.settings")
    words = list(sys.argv[1:] if arguments is None else arguments)
    name, *rest = words or ["--help"]
    try:
        return command(name)(rest)
    except (Refused, ImproperlyConfigured) as problem:
        return tell(str(problem), 2)
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if "--traceback" in words or not is_database_trouble(problem):
            raise
        return tell(f"The database did not do it: {str(problem).strip()}", 1)


def command(name: str) -> Callable[[list[str]], int]:
    """Find what carries out a command."""
    own = {
        "serve": serve,
        "demo": demo,
        "companion": companion,
        "version": show_version,
        "--version": show_version,
        "--help": show_help,
        "-h": show_help,
    }
    return own.get(name, lambda rest: manage(name, rest))


def tell(text: str, code: int) -> int:
    """Say what is wrong and give back the exit code."""
    sys.stderr.write(f"wugeyi: {text}\n")
    return code


def is_database_trouble(problem: Exception) -> bool:
    """Tell a database that is away, locked or behind from a fault of ours."""
    from django.db import InterfaceError, OperationalError, ProgrammingError

    return isinstance(problem, OperationalError | InterfaceError | ProgrammingError)


def manage(name: str, rest: list[str]) -> int:
    """Run a management command of ours or of Django's."""
    django.setup()
    from django.core.management import execute_from_command_line, get_commands

    if name != "help" and name not in get_commands():
        raise Refused(f"there is no command {name!r}; `wugeyi --help` lists them.")
    execute_from_command_line(["wugeyi", name, *rest])
    return 0


def show_version(_: list[str]) -> int:
    """Print the version."""
    sys.stdout.write(f"wugeyi {version('wugeyi')}\n")
    return 0


def show_help(_: list[str]) -> int:
    """List our own commands, one line each, then the names of the others."""
    # A help text must not need a configured installation.
    os.environ.setdefault("WUGEYI_SECRET_KEY", "only-for-the-help-text")
    django.setup()
    from django.core.management import get_commands, load_command_class

    apps = get_commands()
    lines = dict(SERVERS_OWN)
    for name in sorted(apps):
        app = apps[name]
        if isinstance(app, str) and app.startswith("wugeyi.") and name not in lines:
            told = str(load_command_class(app, name).help).strip()
            lines[name] = told.splitlines()[0] if told else ""
    width = max(map(len, lines))
    others = sorted(set(apps) - set(lines))
    sys.stdout.write("Usage: wugeyi COMMAND [options]; wugeyi COMMAND --help\n\n")
    for name, told in lines.items():
        sys.stdout.write(f"  {name:<{width}}  {told}\n")
    sys.stdout.write(f"\nDjango's own: {', '.join(others)}\n")
    return 0


def options(name: str) -> argparse.ArgumentParser:
    """Parse what `serve` and `demo` share."""
    parser = argparse.ArgumentParser(f"wugeyi {name}", description=SERVERS_OWN[name])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
    parser.add_argument(
        "--workers",
        type=int,
        default=len(os.sched_getaffinity(0)),
        help="server processes (default: one for each core)",
    )
    parser.add_argument(
        "--no-tick",
        action="store_true",
        help="leave the periodic work to another server of this installation",
    )
    return parser


def serve(rest: list[str]) -> int:
    """Serve until interrupted."""
    chosen = options("serve").parse_args(rest)
    django.setup()
    require_ready()
    return run_server(chosen)


def demo(rest: list[str]) -> int:
    """Prepare the demo in a data folder of its own, then serve it.

    The secret key lies in that folder, so that receipts and sign-ins survive a
    restart; a real installation names its own key.
    """
    parser = options("demo")
    parser.add_argument(
        "--prepare-only", action="store_true", help="do not serve afterwards"
    )
    chosen = parser.parse_args(rest)
    folder = Path(os.environ.setdefault("WUGEYI_DATA_DIR", "var/demo")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("WUGEYI_SECRET_KEY", demo_secret(folder))
    django.setup()
    from django.core.management import call_command

    call_command("demo", address=f"http://{chosen.host}:{chosen.port}/")
    if chosen.prepare_only:
        return 0
    require_ready()
    return run_server(chosen)


def demo_secret(folder: Path) -> str:
    """Read the demo's secret key, or make one that only this user can read."""
    path = folder / "secret-key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")
