"""The files beside this one, read once per process."""

from functools import cache
from pathlib import Path

from wugeyi.dashboards.rules.board import Board
from wugeyi.dashboards.rules.board import read as read_board
from wugeyi.dashboards.rules.layout import Layouts
from wugeyi.dashboards.rules.layout import read as read_layouts

PROFILE = Path(__file__).with_name("profile.toml")
BOARD = Path(__file__).with_name("board.toml")


@cache
def profile() -> Layouts:
    """Return which measures stand in which cell for which kind of organisation."""
    return read_layouts(PROFILE.read_text(encoding="utf-8"))


@cache
def board() -> Board:
    """Return which measures stand in which part of a dashboard."""
    return read_board(BOARD.read_text(encoding="utf-8"))
