"""Accounts as people look for them: by code, by name, by the initials of its pinyin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wugeyi.organisations.rules.naming import spellings


@dataclass(frozen=True, slots=True)
class Choice:
    """An account or item that may be named by a line.

    ``above`` is the name of the account it is part of.
    """

    code: str
    name: str
    above: str = ""

    @property
    def full(self) -> str:
        """Its name with that of its account: 银行存款 — 基本户."""
        return f"{self.above} — {self.name}" if self.above else self.name

    @property
    def typed(self) -> str:
        """What, typed again, means exactly this one."""
        return f"{self.code} {self.name}"


def look(choices: Iterable[Choice], text: str, most: int = 12) -> list[Choice]:
    """Return the choices a typed text may mean, the likeliest first.

    A code is found by its beginning, a name by any part, pinyin by the beginning of
    the initials or of the whole.
    """
    words = _plain(text)
    if not words:
        return []
    ranked = []
    for place, choice in enumerate(choices):
        rank = _rank(choice, words)
        if rank is not None:
            ranked.append((rank, len(choice.code), place, choice))
    return [choice for *_, choice in sorted(ranked, key=lambda each: each[:3])[:most]]


def meant(choices: Sequence[Choice], text: str) -> list[Choice]:
    """Return what a text means: one choice, several it might be, or none.

    A code is taken at its word, with or without the name behind it, and so is a whole
    name that only one has; anything else is looked for.
    """
    words = text.strip()
    first = words.split(" ", 1)[0].split("\u3000", 1)[0]
    exact = [each for each in choices if each.code == first]
    if exact:
        return exact
    named = [each for each in choices if words in {each.name, each.full}]
    if len(named) == 1:
        return named
    return named or look(choices, words)


def _rank(choice: Choice, words: str) -> int | None:
    code, name = choice.code.lower(), _plain(choice.full)
    if code == words:
        return 0
    if code.startswith(words):
        return 1
    if words == _plain(choice.name):
        return 1
    if words in name:
        return 2
    if words.isascii() and words.isalnum() and _sounds(choice, words):
        return 3
    return None


def _sounds(choice: Choice, words: str) -> bool:
    texts = (
        (choice.name, choice.above + choice.name) if choice.above else (choice.name,)
    )
    return any(
        spelt.startswith(words)
        for text in texts
        for several in _spelt(text)
        for spelt in several
    )


@lru_cache(maxsize=20_000)
def _spelt(name: str) -> tuple[list[str], list[str]]:
    return spellings(name)


def _plain(text: str) -> str:
    return "".join(text.lower().split())
