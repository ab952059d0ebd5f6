"""The words an organisation is found by, and how a typed text is read.

A name is split into its characters, because a phrase of characters is a substring
of the name in any full-text index. Beside them stand the initials of the pinyin
(大寨村 → dzc), the whole pinyin (dazhaicun) and the code, each found by its beginning.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

# Readings that place names use beside the commonest one. 六 is lù in 六安 and 六合,
# 堡 is bù or pù at the end of a village's name, 厦 is xià in 厦门.
PLACE_READINGS = {
    "重": ("chong", "zhong"),
    "长": ("chang", "zhang"),
    "厦": ("xia", "sha"),
    "六": ("liu", "lu"),
    "乐": ("le", "yue"),
    "朝": ("chao", "zhao"),
    "陂": ("bei", "pi", "po"),
    "堡": ("bao", "pu", "bu"),
    "埔": ("pu", "bu"),
    "圩": ("xu", "wei"),
    "浒": ("hu", "xu"),
    "蔚": ("wei", "yu"),
    "尉": ("wei", "yu"),
    "番": ("fan", "pan"),
    "都": ("du", "dou"),
    "行": ("xing", "hang"),
    "曾": ("zeng", "ceng"),
    "单": ("dan", "shan"),
    "解": ("jie", "xie"),
    "泊": ("bo", "po"),
    "泌": ("mi", "bi"),
    "洞": ("dong", "tong"),
    "会": ("hui", "kuai"),
    "莞": ("guan", "wan"),
    "车": ("che", "ju"),
    "石": ("shi", "dan"),
    "阿": ("a", "e"),
    "巷": ("xiang", "hang"),
    "荥": ("xing", "ying"),
    "柏": ("bai", "bo"),
    "峒": ("dong", "tong"),
    "垌": ("dong", "tong"),
    "盛": ("sheng", "cheng"),
    "召": ("zhao", "shao"),
    "种": ("zhong", "chong"),
    "员": ("yuan", "yun"),
    "宿": ("su", "xiu"),
    "铅": ("qian", "yan"),
    "牟": ("mou", "mu"),
    "蚌": ("bang", "beng"),
    "漯": ("luo", "ta"),
    "歙": ("she", "xi"),
    "万": ("wan", "mo"),
    "涡": ("wo", "guo"),
    "藏": ("zang", "cang"),
    "绿": ("lv", "lu"),
    "角": ("jiao", "lu"),
    "调": ("diao", "tiao"),
}
MAX_VARIANTS = 8
MIN_LETTERS = 2
"""Shorter runs of letters or digits would match a large part of any register."""
MAX_TEXT = 60
MAX_WORDS = 5


@dataclass(frozen=True, slots=True)
class Term:
    """One searched word: a phrase of tokens, and a beginning of a word if any."""

    phrase: tuple[str, ...]
    beginning: str = ""


@lru_cache(maxsize=60_000)
def _token(character: str) -> str:
    """Return the token of one character, "" for punctuation.

    Characters that full-text parsers of older systems may not know are written by
    their number.
    """
    if "一" <= character <= "龥" or (character.isascii() and character.isalnum()):
        return character
    return f"u{ord(character):x}" if character.isalnum() else ""


@lru_cache(maxsize=60_000)
def _readings(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character,) if character.isalnum() else ()
    if character in PLACE_READINGS:
        return PLACE_READINGS[character]
    # Its dictionary takes a fifth of a second to load; most processes never ask.
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, errors="ignore")
    return (found[0][0],) if found else ()


def tokens(text: str) -> list[str]:
    """Split a text into the tokens of its characters, width and case folded."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return [token for token in map(_token, folded) if token]


def spellings(name: str) -> tuple[list[str], list[str]]:
    """Return the initials and the whole pinyin of a name, a few readings of each.

    >>> spellings("长坡村")
    (['cpc', 'zpc'], ['changpocun', 'zhangpocun'])
    """
    folded = unicodedata.normalize("NFKC", name).lower()
    readings = [each for each in map(_readings, folded) if each]
    if all(len(each) == 1 for each in readings):
        syllables = [each[0] for each in readings]
        return ["".join([each[0] for each in syllables])], ["".join(syllables)]
    whole = ["".join(each) for each in islice(product(*readings), MAX_VARIANTS)]
    letters = [sorted({each[0] for each in several}) for several in readings]
    short = ["".join(each) for each in islice(product(*letters), MAX_VARIANTS)]
    return short, whole


def words(name: str, code: str, former: Iterable[str] = ()) -> str:
    """Return everything an organisation is found by, as space-separated tokens."""
    parts: list[str] = []
    for each in (name, *former):
        short, whole = spellings(each)
        parts += tokens(each)
        parts += short
        parts += whole
    parts.append("".join(tokens(code)))
    return " ".join(filter(None, parts))


def read(text: str) -> list[Term]:
    """Read a typed text: one term for each space-separated word.

    Several words narrow down: all but the last name places above (清镇 大寨村).
    A word that says too little (one letter, punctuation only) gives no term.
    """
    terms = []
    for word in unicodedata.normalize("NFKC", text)[:MAX_TEXT].split()[-MAX_WORDS:]:
        found = tuple(tokens(word))
        plain = "".join(found)
        latin = plain.isascii() and word.isascii() and plain.isalnum()
        if latin and len(plain) >= MIN_LETTERS:
            terms.append(Term(found, plain))
        elif found and not latin:
            terms.append(Term(found))
    return terms
