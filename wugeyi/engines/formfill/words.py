"""What a label says: its core, its unit, its time, and the words that explain nothing."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from wugeyi.engines.formfill import periods
from wugeyi.engines.formfill.units import Sort, unit

_NUMBERING = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}[)、.．,]|\([一二三四五六七八九十0-9]{1,3}\)|第[一二三四五六七八九十]+部分"
    r"|[0-9]{1,2}[)、.．](?![0-9])|[0-9]{1,2}(?=[^0-9年月季.%\-—~]))+[、.]?"
)
_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉「」*★#※")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_INDEX = re.compile(
    r"(?:[甲乙丙丁戊己庚]|[0-9]{1,3}(?:=[0-9+\-*/×÷()%,]+)?|[A-Z][0-9]{1,3}|-+|—+)$"
)
_OF_WHICH = re.compile(r"^(?:其中|#)[:：]?")

GENERIC = frozenset(
    [
        "项目",
        "指标",
        "指标名称",
        "名称",
        "内容",
        "数量",
        "数值",
        "数据",
        "金额",
        "数",
        "情况",
        "具体情况",
        "基本情况",
        "主要指标",
        "办理情况",
        "三率",
        "三率情况",
        "工作情况",
        "统计",
        "统计数",
        "合计",
        "总计",
        "小计",
        "总数",
        "总量",
        "数额",
        "实际数",
        "完成情况",
        "完成数",
        "诉求",
        "诉求件",
        "填报内容",
        "填报数据",
        "计",
    ]
)
"""Labels that name no thing of their own."""
TOTAL = frozenset(
    ["合计", "总计", "全街道", "全镇", "全县", "全市", "全区", "汇总", "总"]
)
PLACE_HEADS = frozenset(
    [
        "单位",
        "单位名称",
        "社区",
        "社区名称",
        "村",
        "村名",
        "村社区",
        "村社区名称",
        "村居",
        "村居名称",
        "街道",
        "街道名称",
        "乡镇",
        "乡镇街道",
        "乡镇名称",
        "支部名称",
        "党支部名称",
        "党组织名称",
        "填报单位",
        "各单位",
        "地区",
        "县区",
        "区县",
        "科室",
        "科室名称",
        "组织名称",
        "办理单位",
        "承办单位",
    ]
)
"""Headers of a column that names one organisation in each row."""
TOPICAL = [
    "基本",
    "主要",
    "工作",
    "情况",
    "建设",
    "队伍",
    "班子",
    "作用",
    "发挥",
    "服务",
    "办理",
    "收入",
    "支出",
    "经济",
    "集体",
    "党建",
    "组织",
    "治理",
    "诉求",
    "业务",
    "融合",
    "创新",
    "保障",
    "阵地",
    "民生",
    "便民",
    "群众",
    "机制",
    "发展",
    "方面",
    "内容",
    "部分",
    "指标",
    "统计",
    "数据",
    "成效",
    "和",
    "与",
    "及",
    "等",
    "的",
    "参与",
    "决策",
    "管理",
    "活动",
    "项目",
    "三率",
]
"""Words a section's heading may be made of without narrowing what stands below."""
HARMLESS = re.compile(
    r"^(?:全部|累计|总|共|已|全年|实际|开展|提出|设立|收到|获得|完成|本单位|本级|其中)"
)
_COUNTS = {
    "人次数": "人次",
    "人次": "人次",
    "人数": "人",
    "名数": "名",
    "件数": "件",
    "次数": "次",
    "条数": "条",
    "项数": "项",
    "份数": "份",
    "场次": "场",
    "户数": "户",
    "个数": "个",
    "总人次": "人次",
}
_TAIL = re.compile(r"(?:的?总?数量|总额|总数|总量|合计|金额|数额|情况|数|额)$")
_SHARE_TAIL = re.compile(r"(?:所占)?(?:占比|比例|比率|比重|百分比)$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart.

    ``core`` is what it names; ``bare`` the same without a tail that only says that it
    is counted (人数, 总额). ``extra`` are bracketed words that nobody knows: they may
    narrow the meaning.
    """

    text: str
    core: str
    bare: str
    unit: str = ""
    when: periods.Word | None = None
    extra: tuple[str, ...] = ()
    heading: bool = False

    @property
    def generic(self) -> bool:
        """Tell whether it names no thing of its own."""
        return not self.core or self.core in GENERIC


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Fold what people write differently: width, spaces, quotation marks, breaks."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return re.sub(r"\s+|_{2,}", "", folded)


@lru_cache(maxsize=8192)
def is_index(text: str) -> bool:
    """Tell whether a cell only numbers its row or column (甲, 3, 4=1+2, B012)."""
    return bool(_INDEX.match(fold(text)))


def is_total(text: str) -> bool:
    """Tell whether a row's label means all rows together."""
    return fold(text) in TOTAL


@lru_cache(maxsize=8192)
def is_place_head(text: str) -> bool:
    """Tell whether a column's label says that organisations stand below."""
    return re.sub(r"[()、/]", "", fold(text)) in PLACE_HEADS


def units_in(text: str) -> list[str]:
    """Return the units a text such as ``万元、人`` or ``单位:万元`` names."""
    inner = re.sub(r"^.*单位[::]", "", fold(text))
    return [word for word in re.split(r"[、,/;和]", inner) if unit(word) is not None]


@lru_cache(maxsize=8192)
def read(text: str) -> Label:
    """Take a label apart."""
    folded = fold(text).rstrip(":")
    folded = _OF_WHICH.sub("", folded)
    numbered = _NUMBERING.match(folded)
    if numbered and numbered.end() < len(folded):
        folded = _OF_WHICH.sub("", folded[numbered.end() :])
    found_unit, when, extra = "", None, []
    for inner in _BRACKETS.findall(folded):
        units = units_in(inner)
        moment = periods.find(inner)
        if units and len(units) == 1:
            found_unit = units[0]
        elif moment is not None and moment.text == inner:
            when = moment
        elif not is_index(inner) and not (units and set(units) <= {"元", "万元"}):
            extra.append(inner)
    core = _BRACKETS.sub("", folded)
    moment = periods.find(core)
    if moment is not None:
        core = core.replace(moment.text, "", 1)
        when = when or moment
    core = core.strip(":,、.-")
    core, found_unit = _lone_unit(core, found_unit)
    bare, implied = _bare(core)
    return Label(
        text=text,
        core=core,
        bare=bare,
        unit=found_unit or implied,
        when=when,
        extra=tuple(extra),
        heading=bool(numbered),
    )


def _lone_unit(core: str, known: str) -> tuple[str, str]:
    """Take a label that is nothing but a unit (the column 计量单位) for one."""
    return ("", known or core) if core and unit(core) is not None else (core, known)


def _bare(core: str) -> tuple[str, str]:
    """Cut off what only says that something is counted, and the unit this implies."""
    if core in GENERIC:
        return core, ""
    for tail, counted in _COUNTS.items():
        if core.endswith(tail) and len(core) > len(tail) + 1:
            return _ahead(core[: -len(tail)].removesuffix("的")), counted
    share = _SHARE_TAIL.sub("", core)
    if share != core and len(share) > 1:
        return _ahead(share), "%"
    cut = _TAIL.sub("", core)
    return _ahead(cut if len(cut) > 1 else core), "%" if core.endswith("率") else ""


def _ahead(core: str) -> str:
    cut = HARMLESS.sub("", core)
    return cut if len(cut) > 1 else core


def sort_of(word: str) -> Sort | None:
    """Return what a unit measures, None for an unknown or missing one."""
    found = unit(word) if word else None
    return found.sort if found else None


@lru_cache(maxsize=8192)
def made_of(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text is nothing but these words, one after the other."""
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {
                start + len(word) for word in words if text.startswith(word, start)
            }
    return len(text) in reached


def topical(text: str, own: tuple[str, ...] = ()) -> bool:
    """Tell whether a heading only says what it is about and narrows nothing."""
    return made_of(text, (*TOPICAL, *own))
