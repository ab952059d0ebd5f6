"""Hiding what identifies people in a text before anybody may publish it.

The result is a proposal: a person reads it, and only what they approve becomes public.
What looks like a number of a person is hidden rather than kept when in doubt; names are
found by their form (王女士, 我叫…), so a bare name may be left for the reader to see.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was hidden."""

    EMAIL = "email"
    PLATE = "plate"
    ACCOUNT = "account"  # WeChat, QQ
    PHONE = "phone"
    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    NUMBER = "number"  # seven digits and more that are none of the above
    NAME = "name"
    ADDRESS = "address"  # house, building, unit and room numbers


@dataclass(frozen=True, slots=True)
class Hidden:
    """One place in the text: what stood there and what stands there now."""

    kind: Kind
    original: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The text that may be proposed for publication, and what was hidden in it."""

    text: str
    hidden: tuple[Hidden, ...] = ()


# Digits as people write them to be read by people only: full width, circled, Chinese.
_DIGITS = str.maketrans(
    "０１２３４５６７８９〇零一二三四五六七八九幺两①②③④⑤⑥⑦⑧⑨⓪",
    "0123456789" + "00123456789" + "12" + "1234567890",
)
_ASCII_OR_WIDE = "0-9０-９①②③④⑤⑥⑦⑧⑨⓪"
_SPOKEN = "〇零一二三四五六七八九幺"
# What may stand between the digits of one number: two at most, and invisible marks.
_BETWEEN = (
    r"[\s\-‐‑‒–—―－_.．·•~*+/\\|,，()（）\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]"
    r"{0,3}"
)
_RUN = re.compile(f"[+＋]?[{_ASCII_OR_WIDE}](?:{_BETWEEN}[{_ASCII_OR_WIDE}])*[XxＸｘ]?")
_SPOKEN_RUN = re.compile(
    f"[{_SPOKEN}{_ASCII_OR_WIDE}](?:{_BETWEEN}[{_SPOKEN}{_ASCII_OR_WIDE}]){{6,}}"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./]\s?(?:0?[1-9]|[12]\d|3[01])"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LEAST_DIGITS = 7

_EMAIL = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}\s?[@＠]\s?[A-Za-z0-9\-]{1,63}"
    r"(?:\s?[.．]\s?[A-Za-z0-9\-]{1,63})+"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
    r"\s?[A-Za-zＡ-Ｚ][·•.\s\-－]?(?=[A-Za-zＡ-Ｚ]{0,5}[0-9０-９])"
    r"[A-Za-z0-9Ａ-Ｚ０-９]{4,6}[挂学警港澳]?(?![A-Za-z0-9])"
)
_ACCOUNT = re.compile(
    r"(?P<label>微信|加微|薇信|[Vv]信|[Ww]ei[Xx]in|(?<![A-Za-z])(?:[Ww][Xx]|[Vv][Xx])|"
    r"(?<![A-Za-z])[Qq][Qq]|扣扣)"
    r"(?P<link>\s*(?:账号|帐号|号码|号|群)?\s*(?:是|为|[:：])?\s*)"
    r"(?P<account>[A-Za-z0-9][A-Za-z0-9_\-]{4,19})"
)

# Common family names, without those that are ordinary words beside a title
# (和、于、向、从、方、高、常、时、老、小、大).
_FAMILY = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范廖石贾韦付夏傅邹熊孟秦邱江尹薛闫段雷侯龙陶黎贺"
    "顾毛郝龚邵钱严覃武戴莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝游辛靳管柴蒙鲍华喻"
    "祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗]"
)
_TITLE = (
    "先生|女士|小姐|师傅|阿姨|大爷|大妈|大叔|大娘|大姐|大哥|奶奶|爷爷|婆婆|嬢嬢|"
    "老师|医生|护士|老板|书记|主任|经理|队长|组长|所长|站长|保安|同志"
)
_TITLED = re.compile(
    f"(?P<name>(?:{_FAMILY})(?:(?!{_TITLE})[一-鿿]){{0,2}}?)(?P<title>{_TITLE})"
)
_SELF = re.compile(
    r"(?P<lead>(?:我叫|我的名字(?:叫|是)|本人(?:叫|姓名|名叫)|姓名(?:叫|是)?|联系人(?:是)?|"
    r"名字(?:叫|是)|名叫)\s*[:：]?\s*)"
    f"(?P<name>(?:{_FAMILY})[一-鿿]{{1,2}}|[一-鿿·]{{2,4}})"
)
_SOME = re.compile(f"(?:{_FAMILY})某+(?![号栋幢座单室房])")

_NUMBERS = r"(?:[0-9０-９]+|[一二三四五六七八九十百]+)"
_LETTERED = rf"(?:[A-Za-z][\-－]?)?{_NUMBERS}(?:[\-－][0-9０-９]+)?|[A-Za-z]"
_HOUSE = re.compile(
    rf"(?P<number>{_LETTERED})\s?(?P<unit>号楼|号院|栋|幢|座|单元|号房|室|房)(?!屋|子|租|价|产)"
)
_STREET = re.compile(
    rf"(?P<lead>[路街巷弄道村组院里寨坡湾苑园]|门牌)(?P<number>{_NUMBERS})\s?号(?!线|楼|院|房)"
)
_DASHED = re.compile(
    r"(?<![0-9\-－])[A-Za-z]?[0-9]{1,3}[\-－](?:[0-9]{1,2}[\-－])?[0-9]{3,4}"
    r"(?![0-9\-－])(?!\s?(?:元|米|人|个|天|岁|块|年|月|度|斤|吨|平))"
)

SOMEONE = "某某"
SOME = "某"
_MARKS = {
    Kind.EMAIL: "〔邮箱〕",
    Kind.PLATE: "〔车牌〕",
    Kind.PHONE: "〔电话〕",
    Kind.ID_NUMBER: "〔证件号〕",
    Kind.BANK_CARD: "〔卡号〕",
    Kind.NUMBER: "〔号码〕",
}
# Every pass removes digits, letters or family names, so a few passes end it.
_PASSES = 20


def mask(text: str) -> Masked:
    """Hide phones, ids, plates, cards, addresses, accounts and names.

    Masking what is masked changes nothing. No run of eleven digits that is a mobile
    number is left, whatever stands between its digits (up to three separators).
    """
    hidden: list[Hidden] = []
    for _ in range(_PASSES):
        before = text
        for step in _STEPS:
            text = step(text, hidden)
        if text == before:
            break
    return Masked(text, tuple(hidden))


def _replace(
    pattern: re.Pattern[str],
    kind: Kind | Callable[[re.Match[str]], Kind | None],
    write: Callable[[re.Match[str]], str] | None = None,
) -> Callable[[str, list[Hidden]], str]:
    """Return a step that replaces every match and notes what it replaced."""

    def step(text: str, hidden: list[Hidden]) -> str:
        def one(match: re.Match[str]) -> str:
            found = kind(match) if callable(kind) else kind
            if found is None:
                return match[0]
            replacement = write(match) if write else _MARKS[found]
            if replacement != match[0]:
                hidden.append(Hidden(found, match[0], replacement))
            return replacement

        return pattern.sub(one, text)

    return step


def digits_of(text: str) -> str:
    """Return the digits of a text in plain form, whatever stands between them."""
    plain = unicodedata.normalize("NFKC", text.translate(_DIGITS))
    return "".join(character for character in plain if "0" <= character <= "9")


def _number(match: re.Match[str]) -> Kind | None:
    digits = digits_of(match[0])
    if len(digits) < _LEAST_DIGITS or _DATE.fullmatch(match[0].strip()):
        return None
    return _kind_of(digits, ends_in_x=match[0][-1] in "XxＸｘ")


def _kind_of(digits: str, *, ends_in_x: bool) -> Kind:
    if len(digits) == 18 or (len(digits) == 17 and ends_in_x):
        return Kind.ID_NUMBER
    if 16 <= len(digits) <= 19:
        return Kind.BANK_CARD
    if _MOBILE.search(digits) or digits.startswith("400") or _landline(digits):
        return Kind.PHONE
    return Kind.ID_NUMBER if len(digits) == 15 else Kind.NUMBER


def _landline(digits: str) -> bool:
    return len(digits) in {7, 8} or (digits[0] == "0" and 10 <= len(digits) <= 12)


def _account(match: re.Match[str]) -> str:
    return f"{match['label']}{match['link']}〔账号〕"


_STEPS = (
    _replace(_EMAIL, Kind.EMAIL),
    _replace(_PLATE, Kind.PLATE),
    _replace(_ACCOUNT, Kind.ACCOUNT, _account),
    _replace(_RUN, _number),
    _replace(_SPOKEN_RUN, _number),
    _replace(_SELF, Kind.NAME, lambda match: match["lead"] + SOMEONE),
    _replace(_TITLED, Kind.NAME, lambda match: SOME + match["title"]),
    _replace(_SOME, Kind.NAME, lambda match: SOMEONE),
    _replace(_STREET, Kind.ADDRESS, lambda match: f"{match['lead']}某号"),
    _replace(_DASHED, Kind.ADDRESS, lambda match: "某号"),
    _replace(_HOUSE, Kind.ADDRESS, lambda match: SOME + match["unit"]),
)
