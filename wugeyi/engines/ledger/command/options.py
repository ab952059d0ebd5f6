"""The words the command takes."""

import argparse
from datetime import date
from pathlib import Path

from wugeyi.engines.ledger.command.screen import Screen
from wugeyi.engines.ledger.findings import Refused
from wugeyi.engines.ledger.reading import cells
from wugeyi.engines.ledger.records import Month

COMMANDS = ("check", "balance", "statements", "close", "distribute", "export")


def parser(screen: Screen, prog: str) -> argparse.ArgumentParser:
    """Return what understands the command's words."""
    text = screen.text
    made = argparse.ArgumentParser(prog=prog, description=text("about"))
    commands = made.add_subparsers(dest="command", required=True, metavar="…")
    for name in COMMANDS:
        command = commands.add_parser(name, help=text(f"{name}-help"))
        command.add_argument("folder", type=Path, help=text("folder-help"))
        if name in {"balance", "statements"}:
            command.add_argument(
                "--from", dest="first", type=_day, help=text("from-help")
            )
            command.add_argument("--until", type=_day, help=text("until-help"))
        if name == "close":
            command.add_argument("--month", type=_month, help=text("month-help"))
        if name == "distribute":
            _of_distribution(command, screen)
        if name in {"close", "distribute"}:
            command.add_argument("--out", type=Path, help=text("out-help"))
        if name == "export":
            command.add_argument(
                "--as",
                dest="format",
                choices=("beancount", "ledger", "csv"),
                default="beancount",
                help=text("as-help"),
            )
    return made


def _of_distribution(command: argparse.ArgumentParser, screen: Screen) -> None:
    text = screen.text
    command.add_argument("--year", type=int, help=text("year-help"))
    command.add_argument("--members", type=_money, help=text("members-help"))
    command.add_argument(
        "--from-reserve", type=_money, default=0, help=text("reserve-help")
    )
    command.add_argument(
        "--other", type=_part, action="append", default=[], help=text("other-help")
    )


def _day(text: str) -> date:
    try:
        return cells.day(text)
    except Refused as problem:
        raise argparse.ArgumentTypeError(text) from problem


def _month(text: str) -> Month:
    return Month.of(_day(f"{text}-01"))


def _money(text: str) -> int:
    try:
        return cells.money(text)
    except Refused as problem:
        raise argparse.ArgumentTypeError(text) from problem


def _part(text: str) -> tuple[str, int]:
    name, _, yuan = text.rpartition("=")
    if not name:
        raise argparse.ArgumentTypeError(text)
    return name, _money(yuan)
