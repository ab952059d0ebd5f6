"""What kind a unit is, from the word in a table, its code, or the end of its name."""

KIND_WORDS = {
    "province": ("省", "省级", "直辖市", "自治区", "province"),
    "city": ("市", "地级", "地级市", "市州", "自治州", "盟", "city"),
    "county": ("县", "区", "区县", "县级", "县级市", "区市县", "county"),
    "town": ("街道", "乡", "镇", "乡镇", "乡级", "街道/乡镇", "乡镇街道", "town"),
    "community": ("社区", "居委会", "城市社区", "community"),
    "village": ("村", "行政村", "村委会", "village"),
    "grid": ("网格", "小区网格", "grid"),
    "zone": ("功能区", "开发区", "经济区", "zone"),
    "department": ("部门", "科室", "局", "department"),
    "centre": ("中心", "党群服务中心", "centre", "center"),
    "branch": ("党组织", "党支部", "支部", "branch"),
    "hospital": ("医院", "卫生院", "hospital"),
    "school": ("学校", "school"),
    "enterprise": ("企业", "公司", "国企", "enterprise"),
    "group": ("社会组织", "协会", "group"),
    "other": ("其他", "其它", "other"),
}
_BY_WORD = {word: kind for kind, words in KIND_WORDS.items() for word in words}
# The statistics bureau's codes: two digits a level, then three.
LEVELS = (2, 4, 6, 9, 12)
_BY_LENGTH = {2: "province", 4: "city", 6: "county", 9: "town"}
_COMMUNITY = ("社区", "居委", "居民委")
_VILLAGE = ("村", "嘎查")


def kind_of_word(word: str) -> str | None:
    """Return the kind a table's word means, None if nobody knows it."""
    return _BY_WORD.get(word.strip().lower())


def level(code: str) -> int | None:
    """Return the length of a statistical code, None for a code of another sort."""
    return len(code) if code.isdigit() and len(code) in LEVELS else None


def kind_of_code(code: str, name: str) -> str | None:
    """Return the kind by the code's length and, for twelve digits, the name's end.

    A few thousand of the country's smallest units carry neither word (生活区,
    生产队): they are "other".
    """
    length = level(code)
    if length is None or length < LEVELS[-1]:
        return _BY_LENGTH.get(length or 0)
    if any(word in name for word in _COMMUNITY):
        return "community"
    return "village" if any(word in name for word in _VILLAGE) else "other"


def shorter_codes(code: str) -> list[str]:
    """Return the statistical codes a code may lie below, nearest first."""
    length = level(code)
    if length is None:
        return []
    return [code[:each] for each in reversed(LEVELS) if each < length]
