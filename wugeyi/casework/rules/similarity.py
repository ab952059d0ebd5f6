"""How alike two short Chinese texts are, by the pairs of characters they share.

No dictionary and no index: at most some fifty candidates near by are compared.
"""

import unicodedata
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Generic, TypeVar

# Pairs of words nobody means: they would make every complaint like every other.
FILLERS = (
    "请问",
    "你好",
    "您好",
    "我们",
    "希望",
    "麻烦",
    "谢谢",
    "有关",
    "部门",
    "解决",
)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """A candidate and how alike it is, 0 to 1."""

    key: Key
    score: float


def pairs(text: str) -> frozenset[str]:
    """Return the neighbouring pairs of letters and digits; one character stands alone."""
    folded = unicodedata.normalize("NFKC", text).lower()
    for filler in FILLERS:
        folded = folded.replace(filler, " ")
    found: set[str] = set()
    for run in "".join(c if c.isalnum() else " " for c in folded).split():
        found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return frozenset(found)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the cosine of two sets of pairs: 1 for equal texts, 0 for nothing shared."""
    if not one or not other:
        return 0.0
    return len(one & other) / sqrt(len(one) * len(other))


def rank(
    text: str, candidates: Iterable[tuple[Key, str]], *, least: float, limit: int
) -> list[Match[Key]]:
    """Return the candidates at least ``least`` alike, best first, ties in given order."""
    wanted = pairs(text)
    found = [Match(key, likeness(wanted, pairs(other))) for key, other in candidates]
    kept = [match for match in found if match.score >= least]
    return sorted(kept, key=lambda match: -match.score)[:limit]
