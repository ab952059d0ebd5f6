"""What each invented village lives on: yearly amounts, and when they come.

Amounts of 2024 are those the article prints for the village that a story resembles;
other years grow from there. Nothing here is of a real village.
"""

from dataclasses import dataclass

PRINTED = 2024
"""The year the article speaks of."""
EVERY = tuple(range(1, 13))
QUARTERS = (3, 6, 9, 12)
HALVES = (6, 12)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that comes again: an amount a year, split over months of it.

    ``yuan`` is the amount of 2024; it grows by ``growth`` percent a year, or not where
    that is 0. ``project`` names an item of the book.
    """

    words: str
    debit: str
    credit: str
    yuan: int
    months: tuple[int, ...] = EVERY
    growth: int = 6
    project: str = ""
    # Posted on credit first and received a month later.
    later: bool = False


@dataclass(frozen=True, slots=True)
class Village:
    """A village and its story; ``opening`` are account and yuan, credit negative."""

    code: str
    name: str
    english: str
    opening: tuple[tuple[str, int], ...]
    flows: tuple[Flow, ...]
    projects: tuple[tuple[str, str], ...] = ()
    # What is paid in the first January: words, account, yuan, project.
    invested: tuple[tuple[str, str, int, str], ...] = ()
    # Of a hundred parts of what may be shared out.
    to_reserve: int = 30
    to_members: int = 50


def _rest(*parts: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    """Return opening balances with capital (301) as what balances them."""
    return (*parts, ("301", -sum(yuan for _, yuan in parts)))


def _ordinary(scale: int) -> tuple[Flow, ...]:
    """Return what every village spends, by how much it turns over."""
    return (
        Flow("误工补贴", "513", "102", 18_000 * scale, EVERY),
        Flow("办公用品", "513", "101", 1_500 * scale, QUARTERS),
        Flow("提取现金备用", "101", "102", 1_500 * scale, (1, 4, 7, 10)),
        Flow("路灯电费", "514", "102", 4_000 * scale, EVERY),
        Flow("重阳节慰问老人", "514", "102", 5_000 * scale, (10,)),
        Flow("村道保洁", "514", "102", 6_000 * scale, QUARTERS),
        Flow("计提固定资产折旧", "513", "152", 12_000 * scale, EVERY, growth=0),
        Flow("存款利息", "102", "504", 800 * scale, QUARTERS),
    )


VILLAGES: tuple[Village, ...] = (
    Village(
        "5201-village-demo-1",
        "石关村（演示）",
        "Shiguan village (demo)",
        _rest(
            ("102", 42_300_000), ("101", 2_000), ("151", 3_600_000), ("152", -700_000)
        ),
        (
            Flow(
                "加油站合作协议收益",
                "112",
                "502",
                5_460_000,
                QUARTERS,
                project="JYZ",
                later=True,
            ),
            Flow("集体门面租金", "102", "501", 516_000, EVERY),
            Flow("林下养蜂场地发包费", "102", "501", 96_000, HALVES, project="YF"),
            Flow("农旅观光停车管理收入", "102", "501", 84_000, EVERY),
            Flow("停车场保洁和看护", "511", "102", 60_000, EVERY),
            *_ordinary(6),
        ),
        (("JYZ", "加油站合作项目"), ("YF", "林下养蜂")),
        (("按合作协议向加油站项目出资", "141", 38_000_000, "JYZ"),),
    ),
    Village(
        "5201-village-demo-2",
        "红溪村（演示）",
        "Hongxi village (demo)",
        _rest(("102", 860_000), ("101", 1_000), ("151", 1_900_000), ("152", -260_000)),
        (
            Flow(
                "红色研学接待收入",
                "102",
                "501",
                268_000,
                (3, 4, 5, 9, 10, 11),
                project="YX",
            ),
            Flow("蔬菜基地土地发包费", "102", "501", 141_000, HALVES, project="SC"),
            Flow(
                "蔬菜合作社分红", "112", "502", 90_000, (12,), project="SC", later=True
            ),
            Flow("研学讲解员劳务", "511", "102", 86_000, (4, 5, 10), project="YX"),
            Flow("收到财政补助运转经费", "102", "503", 60_000, (2,), growth=0),
            *_ordinary(2),
        ),
        (("YX", "红色研学"), ("SC", "蔬果种植")),
    ),
    Village(
        "5201-village-demo-3",
        "果岭村（演示）",
        "Guoling village (demo)",
        _rest(
            ("102", 1_250_000),
            ("101", 1_000),
            ("132", 920_000),
            ("151", 1_100_000),
            ("152", -180_000),
        ),
        (
            Flow("猕猴桃销售", "102", "501", 486_000, (9, 10, 11), project="MHT"),
            Flow("肉鸡代养收入", "102", "501", 312_600, EVERY, project="RJ"),
            Flow("冷库出租", "102", "501", 99_000, HALVES),
            Flow("猕猴桃管护和农资", "401", "102", 168_000, (3, 5, 7), project="MHT"),
            Flow("结转猕猴桃成本", "511", "401", 168_000, (11,), project="MHT"),
            Flow("鸡舍水电和防疫", "511", "102", 108_000, EVERY, project="RJ"),
            Flow("收到财政产业奖补", "102", "503", 50_000, (6,), growth=0),
            *_ordinary(3),
        ),
        (("MHT", "猕猴桃"), ("RJ", "肉鸡")),
    ),
    Village(
        "5201-village-demo-4",
        "双合村（演示）",
        "Shuanghe village (demo)",
        _rest(("102", 1_720_000), ("101", 1_000), ("151", 900_000), ("152", -90_000)),
        (
            Flow(
                "“1+1”公司分红", "112", "502", 186_000, (12,), project="GS", later=True
            ),
            Flow("厂房出租", "102", "501", 92_000, HALVES),
            *_ordinary(1),
        ),
        (("GS", "“1+1”公司"),),
        (("向“1+1”公司缴纳出资", "141", 1_150_000, "GS"),),
    ),
    *(
        Village(
            f"5201-village-demo-{number}",
            f"{name}（演示）",
            f"{english} village (demo)",
            _rest(("102", 120_000 + 9_000 * number), ("101", 1_000), ("151", 300_000)),
            (
                Flow("集体土地发包费", "102", "501", yuan, HALVES),
                Flow("门面租金", "102", "501", yuan // 3 // 4 * 4, QUARTERS),
                *_ordinary(1),
            ),
        )
        for number, (name, english, yuan) in enumerate(
            (
                ("大田村", "Datian", 246_000),
                ("桐木村", "Tongmu", 183_000),
                ("水塘村", "Shuitang", 168_000),
                ("岩脚村", "Yanjiao", 219_000),
                ("新寨村", "Xinzhai", 112_000),
                ("龙井村", "Longjing", 305_000),
                ("茶山村", "Chashan", 204_000),
                ("青杠村", "Qinggang", 171_000),
            ),
            5,
        )
    ),
)
