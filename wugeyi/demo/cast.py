"""Invented people: names from two short lists, telephone numbers nobody has."""

from random import Random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳罗毕郝安常乐于时傅皮卞齐康伍余"
GIVEN = "安邦春东芳桂海红慧佳建洁静军兰磊丽林玲敏明娜宁培平强青琼荣瑞珊生淑涛伟文霞贤晓欣秀雪燕艳阳怡英颖勇玉媛云珍志忠竹"


def name(random: Random) -> str:
    """Return an invented name of two or three characters."""
    given = random.sample(GIVEN, random.choice((1, 2, 2)))
    return random.choice(SURNAMES) + "".join(given)


def courtesy(random: Random) -> str:
    """Return how residents often call themselves: a surname and a courtesy."""
    return random.choice(SURNAMES) + random.choice(("先生", "女士", "师傅", "大姐"))


def phone(random: Random) -> str:
    """Return a number of the operator's own service range, in nobody's pocket."""
    return f"1380013{random.randrange(10_000):04d}"
