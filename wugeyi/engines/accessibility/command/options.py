"""The arguments of each command, explained in the person's language."""

import argparse
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from wugeyi.engines.accessibility.command.screen import Screen

DEFAULT_TEMPLATE = "guiyang"
TEMPLATES = ("guiyang", "td_t_1062", "gb_50180")
SYSTEMS = ("wgs84", "gcj02", "bd09")
PACES = ("adult", "elder", "planners")
SLOWEST_KMH, FASTEST_KMH = 0.5, 20.0
LONGEST_MINUTES = 180
DEFAULT_SITES = 3
PROOF_SECONDS = 60

Point = tuple[float, float]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in the person's language."""

    screen: Screen

    def __init__(self, **named: Any) -> None:
        # argparse speaks English only: its own words are said here instead.
        super().__init__(
            **named, add_help=False, formatter_class=self.screen.help_format()
        )
        # 8.6° west is a place, not an option.
        self._negative_number_matcher = re.compile(r"^-\d")
        text = self.screen.text
        self._positionals.title = text("help-files")
        self._optionals.title = text("help-options")
        self.add_argument("-h", "--help", action="help", help=text("help-help"))

    def error(self, message: str) -> NoReturn:
        """End with code 2 and a sentence."""
        said = self.screen.text("usage-error", problem=message)
        more = self.screen.text("usage-more", prog=self.prog)
        self.exit(2, f"{said}\n{more}\n")


def parser(screen: Screen, prog: str) -> Parser:
    """Return the parser of all commands; each sets ``command``."""
    # Subparsers are made by this class: they must know the language too.
    kind = type("Parser", (Parser,), {"screen": screen})
    made: Parser = kind(
        prog=prog,
        description=screen.text("about"),
        epilog=screen.text("command-help", prog=prog),
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, add in _COMMANDS.items():
        told = screen.text(name)
        add(commands.add_parser(name, help=told, description=told), _Kinds(screen))
    return made


class _Kinds:
    """Arguments that several commands take, and how their values are read."""

    def __init__(self, screen: Screen) -> None:
        self.text = screen.text

    def network(self, to: argparse.ArgumentParser) -> None:
        to.add_argument(
            "network", type=Path, metavar="NETWORK", help=self.text("network-file")
        )

    def tables(self, to: argparse.ArgumentParser, *, homes: bool = True) -> None:
        if homes:
            to.add_argument(
                "--homes", type=Path, required=True, help=self.text("homes-file")
            )
        to.add_argument(
            "--facilities",
            type=Path,
            required=homes,
            help=self.text("facilities-file"),
        )
        to.add_argument(
            "--system",
            choices=SYSTEMS,
            default=SYSTEMS[0],
            help=self.text("system", default=SYSTEMS[0]),
        )
        self.template(to)

    def template(self, to: argparse.ArgumentParser) -> None:
        known = ", ".join(TEMPLATES)
        to.add_argument(
            "--template",
            default=DEFAULT_TEMPLATE,
            help=self.text("template", codes=known, default=DEFAULT_TEMPLATE),
        )

    def walking(self, to: argparse.ArgumentParser, *, minutes: bool = True) -> None:
        to.add_argument(
            "--pace",
            type=self.pace,
            default=PACES[0],
            metavar="PACE",
            help=self.text("pace", default=PACES[0]),
        )
        to.add_argument("--slope", action="store_true", help=self.text("slope"))
        if minutes:
            to.add_argument("--minutes", type=self.minutes, help=self.text("minutes"))

    def out(self, to: argparse.ArgumentParser) -> None:
        to.add_argument("--out", type=Path, required=True, help=self.text("out"))

    def minutes(self, text: str) -> float:
        """Read minutes of a limit."""
        found = _number(text)
        if found is None or not 1 <= found <= LONGEST_MINUTES:
            raise argparse.ArgumentTypeError(self.text("bad-minutes", text=text))
        return found

    def pace(self, text: str) -> str:
        """Check a pace; ``command.walks`` turns it into one."""
        found = _number(text)
        if text in PACES or (found and SLOWEST_KMH <= found <= FASTEST_KMH):
            return text
        raise argparse.ArgumentTypeError(self.text("bad-pace", text=text))

    def count(self, text: str) -> int:
        """Read a whole number from 1."""
        if not (text.isascii() and text.isdigit() and int(text) >= 1):
            raise argparse.ArgumentTypeError(self.text("bad-count", text=text))
        return int(text)

    def point(self, text: str) -> Point:
        """Read LON,LAT."""
        found = _place(text.split(","))
        if found is None:
            raise argparse.ArgumentTypeError(self.text("bad-point", text=text))
        return found

    def link(self, text: str) -> tuple[Point, Point, float | None]:
        """Read LON,LAT,LON,LAT and perhaps MINUTES."""
        parts = text.split(",")
        one, other = _place(parts[:2]), _place(parts[2:4])
        minutes = _number(parts[4]) if len(parts) == 5 else None
        wrong = len(parts) == 5 and (minutes is None or minutes < 0)
        if one is None or other is None or len(parts) > 5 or wrong:
            raise argparse.ArgumentTypeError(self.text("bad-link", text=text))
        return one, other, minutes

    def opening(self, text: str) -> tuple[str, Point]:
        """Read CATEGORY,LON,LAT."""
        name, _, rest = text.partition(",")
        place = _place(rest.split(","))
        if not name.strip() or place is None:
            raise argparse.ArgumentTypeError(self.text("bad-facility", text=text))
        return name.strip(), place


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _place(parts: list[str]) -> Point | None:
    if len(parts) != 2:
        return None
    lon, lat = map(_number, parts)
    if lon is None or lat is None:
        return None
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def _import(to: argparse.ArgumentParser, kinds: _Kinds) -> None:
    text = kinds.text
    to.add_argument("osm", type=Path, metavar="OSM", help=text("osm-file"))
    to.add_argument("--out", type=Path, required=True, help=text("network-out"))
    to.add_argument("--dem", type=Path, nargs="+", default=[], help=text("dem-files"))
    to.add_argument("--homes", type=Path, help=text("homes-out"))
    to.add_argument("--facilities", type=Path, help=text("facilities-out"))
    kinds.template(to)
    to.add_argument("--private", action="store_true", help=text("private"))


def _reach(to: argparse.ArgumentParser, kinds: _Kinds) -> None:
    kinds.network(to)
    kinds.tables(to)
    kinds.walking(to)
    to.add_argument("--out", type=Path, help=kinds.text("out"))
    to.add_argument("--summary", type=Path, help=kinds.text("summary-out"))
    to.add_argument("--public", action="store_true", help=kinds.text("public"))


def _whatif(to: argparse.ArgumentParser, kinds: _Kinds) -> None:
    kinds.network(to)
    kinds.tables(to)
    kinds.walking(to)
    several: dict[str, Any] = {"action": "append", "default": []}
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "--link": ("new-link", kinds.link),
        "--shut": ("shut-link", kinds.point),
        "--open": ("new-facility", kinds.opening),
        "--close": ("shut-facility", str),
    }
    for option, (key, read) in readers.items():
        to.add_argument(option, type=read, help=kinds.text(key), **several)
    to.add_argument("--out", type=Path, help=kinds.text("out"))


def _site(to: argparse.ArgumentParser, kinds: _Kinds) -> None:
    text = kinds.text
    kinds.network(to)
    kinds.tables(to)
    kinds.walking(to)
    to.add_argument("--category", required=True, help=text("site-category"))
    to.add_argument(
        "--sites",
        type=kinds.count,
        default=DEFAULT_SITES,
        help=text("site-count", default=DEFAULT_SITES),
    )
    to.add_argument("--candidates", type=Path, help=text("candidates"))
    to.add_argument("--places", type=kinds.count, help=text("places"))
    to.add_argument("--elderly", action="store_true", help=text("for-elderly"))
    to.add_argument(
        "--prove",
        type=kinds.count,
        nargs="?",
        const=PROOF_SECONDS,
        metavar="SECONDS",
        help=text("prove", default=PROOF_SECONDS),
    )
    to.add_argument("--out", type=Path, help=text("out"))


def _isochrone(to: argparse.ArgumentParser, kinds: _Kinds) -> None:
    kinds.network(to)
    to.add_argument("--at", type=kinds.point, help=kinds.text("at"))
    kinds.tables(to, homes=False)
    to.add_argument("--category", help=kinds.text("iso-category"))
    kinds.walking(to, minutes=False)
    to.add_argument(
        "--minutes",
        type=kinds.minutes,
        nargs="+",
        default=[5.0, 10.0, 15.0],
        help=kinds.text("iso-minutes"),
    )
    kinds.out(to)


def _export(to: argparse.ArgumentParser, kinds: _Kinds) -> None:
    kinds.network(to)
    kinds.out(to)


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser, _Kinds], None]] = {
    "import": _import,
    "reach": _reach,
    "whatif": _whatif,
    "site": _site,
    "isochrone": _isochrone,
    "export": _export,
}
