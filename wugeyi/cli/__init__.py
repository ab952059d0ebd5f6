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
from django.core.management.base import CommandError
from django.utils.translation import gettext_lazy as _

from wugeyi.cli.server import (
    Refused,
    companion,
    require_free,
    require_ready,
    run_server,
)

OUR_OWN = {
    "serve": _("启动服务：网页和定时工作。"),
    "demo": _("准备一次虚构的演示数据，然后启动服务。"),
    "circle": _("15 分钟生活圈：只用文件，算步行时间、覆盖、选址。"),
    "line": _("惠农专线：只用表格，算班次、时刻、用车，说明谁没接上。"),
    "version": _("显示版本。"),
}
HELP_WORDS = {"-h", "--help", "help"}


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
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if HELP_WORDS & set(words):
        # A help text must not need a configured installation.
        os.environ.setdefault("WUGEYI_SECRET_KEY", "only-for-the-help-text")
    try:
        return command(words[0])(words[1:])
    except (Refused, ImproperlyConfigured, CommandError) as problem:
        return tell(str(problem), 2)
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if "--traceback" in words or not is_database_trouble(problem):
            raise
        return tell(_("数据库没有应答或出了问题：%s") % str(problem).strip(), 1)


def command(name: str) -> Callable[[list[str]], int]:
    """Find what carries out a command."""
    own = {
        "serve": serve,
        "demo": demo,
        "companion": companion,
        "circle": circle,
        "line": line,
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
    from django.db import DatabaseError, IntegrityError, InterfaceError

    return isinstance(problem, DatabaseError | InterfaceError) and not isinstance(
        problem, IntegrityError
    )


def configure() -> None:
    """Load the settings; speak English where the terminal does, else Chinese."""
    django.setup()
    from django.utils import translation

    spoken = next(
        filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), ""
    )
    if spoken.startswith("en"):
        translation.activate("en")


def configure_with_data() -> None:
    """Load the settings and see that the data folder is there.

    Raises
    ------
    Refused
        If it cannot be made.
    """
    configure()
    from django.conf import settings

    try:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused(
            _("数据目录建不了，请检查 WUGEYI_DATA_DIR:%s") % problem
        ) from problem


def manage(name: str, rest: list[str]) -> int:
    """Run a management command of ours or of Django's."""
    configure_with_data()
    from django.core.management import execute_from_command_line, get_commands

    if name != "help" and name not in get_commands():
        raise Refused(_("没有“%s”这个命令；wugeyi --help 列出全部命令。") % name)
    execute_from_command_line(["wugeyi", name, *rest])
    return 0


def show_version(_rest: list[str]) -> int:
    """Print the version."""
    sys.stdout.write(f"wugeyi {version('wugeyi')}\n")
    return 0


def show_help(_rest: list[str]) -> int:
    """List our own commands, one line each, then the names of the others."""
    configure()
    from django.core.management import get_commands, load_command_class

    apps = get_commands()
    lines = {name: str(told) for name, told in OUR_OWN.items()}
    for name in sorted(set(apps) - set(lines)):
        app = apps[name]
        if isinstance(app, str) and app.startswith("wugeyi."):
            told = str(load_command_class(app, name).help).strip()
            lines[name] = told.splitlines()[0] if told else ""
    width = max(map(len, lines))
    sys.stdout.write(
        _("用法：wugeyi 命令 [选项];某个命令的选项：wugeyi 命令 --help") + "\n\n"
    )
    for name, told in lines.items():
        sys.stdout.write(f"  {name:<{width}}  {told}\n")
    others = ", ".join(sorted(set(apps) - set(lines)))
    sys.stdout.write("\n" + _("Django 自带的：%s") % others + "\n")
    return 0


def options(name: str) -> argparse.ArgumentParser:
    """Parse what `serve` and `demo` share."""
    parser = argparse.ArgumentParser(f"wugeyi {name}", description=str(OUR_OWN[name]))
    parser.add_argument("--host", default="127.0.0.1", help=str(_("监听的地址")))
    parser.add_argument("--port", type=int, default=8000, help=str(_("监听的端口")))
    parser.add_argument(
        "--workers",
        type=int,
        default=len(os.sched_getaffinity(0)),
        help=str(_("服务进程数，默认每个处理器核心一个")),
    )
    parser.add_argument(
        "--no-tick",
        action="store_true",
        help=str(_("定时工作由同一套系统的另一台服务器做")),
    )
    return parser


def circle(rest: list[str]) -> int:
    """Work on files alone: neither settings nor a database are needed."""
    from wugeyi.engines.accessibility.command import main as run

    return run(rest, prog="wugeyi circle")


def line(rest: list[str]) -> int:
    """Work on tables alone: neither settings nor a database are needed."""
    from wugeyi.engines.lineplanning.command import main as run

    return run(rest, prog="wugeyi line")


def serve(rest: list[str]) -> int:
    """Serve until interrupted."""
    configure_with_data()
    chosen = options("serve").parse_args(rest)
    require_free(chosen.host, chosen.port)
    require_ready()
    return run_server(chosen)


def demo(rest: list[str]) -> int:
    """Prepare the demo in a data folder of its own, then serve it.

    The secret key lies in that folder, so that receipts and sign-ins survive a
    restart; a real installation names its own key.
    """
    folder = Path(os.environ.setdefault("WUGEYI_DATA_DIR", "var/demo")).resolve()
    if "WUGEYI_SECRET_KEY" not in os.environ:
        os.environ["WUGEYI_SECRET_KEY"] = demo_secret(folder)
    configure_with_data()
    from django.core.management import call_command

    parser = options("demo")
    parser.add_argument(
        "--prepare-only", action="store_true", help=str(_("只准备数据，不启动服务"))
    )
    chosen, of_the_preparation = parser.parse_known_args(rest)
    if not chosen.prepare_only:
        require_free(chosen.host, chosen.port)
    call_command("demo", *of_the_preparation)
    if chosen.prepare_only:
        return 0
    require_ready()
    return run_server(chosen)


def demo_secret(folder: Path) -> str:
    """Read the demo's secret key, or make one that only this user can read."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")
