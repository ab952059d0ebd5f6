"""The invented line: a valley of 23 kilometres, its stops, growers, buses and drivers.

Modelled on what the press wrote of a real line (``docs/buslines.md``): a regular service
that calls at 35 stops in 70 minutes, growers with baskets who must be at the market early,
buses of 11.4 metres. Every place and person is made up. What the demo shows (which six
stops, how many minutes, how many buses) is planned from these, not written here.
"""

from dataclasses import dataclass
from datetime import date
from math import cos, pi, radians, sin

STOPS = 35
ROAD_METRES = 23_000
# Without stopping, from the first stop to the market.
DRIVE_MINUTES = 28.0
# What a call of the regular service takes, braking and waiting included.
REGULAR_CALL_MINUTES = 1.2
HEAD = (26.745, 106.930)
NAMES = (
    "上青菜坪",
    "青菜坪",
    "水碾坝",
    "老鹰岩",
    "茶店子",
    "白岩脚",
    "梨花寨",
    "下梨花",
    "石板桥",
    "磨刀溪",
    "杨梅冲",
    "新堰",
    "堰塘边",
    "辣子坪",
    "大井坎",
    "花红园",
    "三岔口",
    "红泥坡",
    "韭菜沟",
    "燕子岩",
    "黄泥哨",
    "豆芽塘",
    "龙滩口",
    "马鞍山",
    "小箐",
    "洋芋坝",
    "砖瓦厂",
    "高寨",
    "苗圃",
    "收费站",
    "果木场",
    "机修厂",
    "职校",
    "客车站",
    "菜场北",
)


def _pieces(begin: int) -> str:
    """Return four drives of 70 minutes, with half an hour between them."""
    drives = [(begin + 100 * n, begin + 100 * n + 70) for n in range(4)]
    return " ".join(f"{_clock(first)}-{_clock(last)}" for first, last in drives)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class Growers:
    """Who wants to the market: place along the line, then people and baskets.

    Parameters
    ----------
    early, late
        (persons, baskets) of those who want to be there at ``EARLY``, and at ``LATE``.
    back
        Persons, without baskets, who ride home after the market, at ``HOME``.
    """

    stop: int
    early: tuple[int, int]
    late: tuple[int, int]
    back: int


# Six villages grow most of it; the others are gardens.
GROWERS = (
    Growers(0, (6, 10), (5, 8), 8),
    Growers(6, (5, 9), (6, 11), 7),
    Growers(10, (7, 12), (5, 9), 8),
    Growers(13, (5, 8), (6, 10), 7),
    Growers(18, (4, 7), (5, 8), 6),
    Growers(25, (4, 6), (4, 7), 4),
    Growers(3, (1, 1), (0, 0), 0),
    Growers(8, (0, 0), (1, 2), 0),
    Growers(16, (1, 2), (1, 1), 0),
    Growers(21, (0, 0), (1, 1), 0),
    Growers(28, (1, 1), (0, 0), 0),
)
EARLY = (6 * 60 + 40, 6 * 60 + 50)
LATE = (7 * 60, 7 * 60 + 15)
HOME = (12 * 60 + 45, 13 * 60 + 15)
MARKET_OPENS = 5 * 60
# Twice up the valley and back, seventy minutes each way.
MORNING = {"starts_minute": 7 * 60 + 30, "ends_minute": 12 * 60 + 10}
REGULAR_FIRST, REGULAR_LAST, REGULAR_EVERY = 6 * 60 + 30, 19 * 60, 20


# What the same drivers drive besides: code, begin, end, when they drive.
DUTIES = (
    *(
        (
            f"早班{number}",
            360 + 10 * number,
            780 + 10 * number,
            _pieces(370 + 10 * number),
        )
        for number in range(1, 6)
    ),
    *(
        (
            f"晚班{number}",
            800 + 10 * number,
            1200 + 10 * number,
            _pieces(810 + 10 * number),
        )
        for number in range(1, 6)
    ),
)


def along(stop: int) -> float:
    """Return how far a stop is along the line, 0 at its head, 1 at the market."""
    return stop / STOPS


def point(share: float) -> tuple[float, float]:
    """Return latitude and longitude of a place along the line, which winds."""
    lat, lon = HEAD
    # A straight line of 17 kilometres that the road's bends make 23.
    north, east = -11.0 * share, -13.0 * share
    north += 0.9 * sin(3 * pi * share)
    east += 0.7 * sin(4 * pi * share + 0.5)
    return (
        round(lat + north / 111.2, 6),
        round(lon + east / (111.2 * cos(radians(lat))), 6),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """A driver: since when licensed, how many stars."""

    code: str
    name: str
    licensed_on: date
    stars: int


def drivers() -> list[Person]:
    """Return eighteen who may drive growers, and six with too few stars or years."""
    surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
    found = []
    for number, surname in enumerate(surnames):
        qualified = number < 18
        year = 2004 + number % 11 if qualified else 2018 + number % 5
        stars = 3 if qualified else 1 + number % 2
        licensed = date(year, 1 + number % 12, 1 + number)
        found.append(Person(f"D{number + 1:02d}", f"{surname}师傅", licensed, stars))
    return found
