"""Writes of the people who come back: counts, cards, kinds."""

from wugeyi.talents.actions.cards import (
    correct,
    expire,
    give,
    publish,
    reveal,
    withdraw,
)
from wugeyi.talents.actions.counts import count, recount, take_back
from wugeyi.talents.actions.kinds import install_defaults, save_kind

__all__ = [
    "correct",
    "count",
    "expire",
    "give",
    "install_defaults",
    "publish",
    "recount",
    "reveal",
    "save_kind",
    "take_back",
    "withdraw",
]
