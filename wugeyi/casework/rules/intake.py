"""Reading what a resident typed: cleaning, danger, category, coordinates. Pure Python."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

TEXT_LIMIT = 4000
PHOTO_LIMIT = 6
SPOT_LIMIT = 120

# C0 and C1 controls but tab and line feed, half surrogates, non-characters, and the
# marks that turn the direction of writing round (they can make a text lie to its
# reader). Joiners and variation selectors stay: emoji and rare characters need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BLANK_LINES = re.compile(r"\n{3,}")

DANGERS = (
    "着火",
    "起火",
    "火灾",
    "冒浓烟",
    "爆炸",
    "煤气泄漏",
    "燃气泄漏",
    "天然气泄漏",
    "漏气",
    "闻到煤气",
    "触电",
    "漏电",
    "高压线掉",
    "电线掉",
    "溺水",
    "落水",
    "掉进河",
    "掉下井",
    "掉进井",
    "跳楼",
    "轻生",
    "自杀",
    "不想活",
    "割腕",
    "持刀",
    "砍人",
    "打人",
    "家暴",
    "被打",
    "抢劫",
    "被困",
    "困在电梯",
    "晕倒",
    "昏迷",
    "没有呼吸",
    "没呼吸",
    "心脏病",
    "中风",
    "大出血",
    "流血不止",
    "中毒",
    "车祸",
    "撞人",
    "撞到人",
    "塌方",
    "坍塌",
    "房子塌",
    "墙塌",
    "山体滑坡",
    "泥石流",
    "走失",
    "失踪",
)
"""Words that mean somebody may be in danger now. Inferred, not from a source: a word too
many only shows the emergency numbers once more."""

# The outermost points of the country, with room for a map that is a little off.
LON_RANGE = (73.0, 136.0)
LAT_RANGE = (3.0, 54.0)

Key = TypeVar("Key")


def clean(typed: str) -> str:
    """Return a text without control characters; every character people write stays."""
    text = _UNWANTED.sub("", typed.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def clean_line(typed: str) -> str:
    """Return a text on one line, single spaces."""
    return " ".join(clean(typed).split())


def dangers(text: str) -> tuple[str, ...]:
    """Return the words in the text that mean danger, in the order of the list."""
    return tuple(word for word in DANGERS if word in text)


@dataclass(frozen=True, slots=True)
class Suggestion(Generic[Key]):
    """A category, and the words that suggested it."""

    key: Key
    words: tuple[str, ...]


def suggest(
    text: str, keywords: Iterable[tuple[Key, Sequence[str]]]
) -> Suggestion[Key] | None:
    """Return the category whose keywords say most about the text; None if none occurs.

    Longer words say more ("消防通道" before "通道"); a word that comes earlier in the
    text breaks ties, then the order of the categories.
    """
    best: tuple[tuple[int, int], Suggestion[Key]] | None = None
    for key, words in keywords:
        found = tuple(word for word in words if word and word in text)
        if not found:
            continue
        weight = sum(len(word) ** 2 for word in found)
        rank = (weight, -min(text.index(word) for word in found))
        if best is None or rank > best[0]:
            best = (rank, Suggestion(key, found))
    return best[1] if best else None


PointFault = Literal["unreadable", "half", "abroad"]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the ground in WGS-84 degrees; ``swapped`` if it was typed lat, lon."""

    lon: float
    lat: float
    swapped: bool = False


def read_point(lon: str, lat: str) -> Point | PointFault | None:
    """Read two typed coordinates; None if both are blank.

    Which grid they are on cannot be seen from the numbers (GCJ-02 lies some 500 m off)
    and is never guessed. Swapped ones can be seen: in China longitude is always the
    larger.
    """
    texts = (lon.strip(), lat.strip())
    if texts == ("", ""):
        return None
    if "" in texts:
        return "half"
    try:
        x, y = float(texts[0]), float(texts[1])
    except ValueError:
        return "unreadable"
    if _inside(x, y):
        return Point(x, y)
    return Point(y, x, swapped=True) if _inside(y, x) else "abroad"


def _inside(lon: float, lat: float) -> bool:
    return LON_RANGE[0] <= lon <= LON_RANGE[1] and LAT_RANGE[0] <= lat <= LAT_RANGE[1]


def too_long_by(text: str, limit: int = TEXT_LIMIT) -> int:
    """Return by how many characters a text is too long; 0 if it fits."""
    return max(0, len(text) - limit)


_PHONE = re.compile(r"\+?[0-9]{3,18}(?:转[0-9]{1,6})?")


def read_phone(typed: str) -> str | None:
    """Return a telephone number without its separators; None if it cannot be one."""
    text = re.sub(r"[\s\-—－()（）.]", "", typed).translate(
        str.maketrans("０１２３４５６７８９＋", "0123456789+")
    )
    return text if _PHONE.fullmatch(text) else None
