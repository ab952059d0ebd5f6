"""What may be shown of a name, and how long words may be."""

PURPOSE_LENGTH = 120
THANKS_LENGTH = 200
NOTE_LENGTH = 200
TITLES = (
    "先生",
    "女士",
    "小姐",
    "师傅",
    "阿姨",
    "大爷",
    "大妈",
    "大叔",
    "大娘",
    "老师",
)


def masked(name: str) -> str:
    """Return a name as the thanks wall shows it: 王小明 is 王**, 王女士 stays.

    Who wrote one character only, or nothing, is 居民.
    """
    plain = name.strip()
    if not plain:
        return "居民"
    for title in TITLES:
        family = plain.removesuffix(title)
        if family != plain and 1 <= len(family) <= 2:
            return plain
    return f"{plain[0]}**"
