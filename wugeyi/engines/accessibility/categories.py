"""What a life circle should hold: templates of categories, and what counts as each.

A template is a readable file (``data/*.toml``; a deployment may bring its own). A rule
such as ``amenity=school|college & access!=private`` says which objects of OpenStreetMap
belong: all its conditions hold, ``|`` separates values, ``*`` is any value but ``no``.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from wugeyi.engines.accessibility.findings import Refused

DEFAULT = "guiyang"
SHIPPED = (DEFAULT, "td_t_1062", "gb_50180")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a tag must be, or with ``differs`` must not be."""

    key: str
    values: frozenset[str]
    differs: bool = False

    def holds(self, tags: Mapping[str, str]) -> bool:
        """Tell whether an object's tags fulfil it; ``a;b`` fulfils what either does."""
        said = tags.get(self.key)
        if said is None:
            return self.differs
        if "*" in self.values:
            return (said != "no") is not self.differs
        found = not self.values.isdisjoint(part.strip() for part in said.split(";"))
        return found is not self.differs


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of facility.

    Parameters
    ----------
    code
        Names it for ever; the same code in two templates is the same thing.
    character
        One of 教业文卫体老幼食住行, "" elsewhere.
    limit_minutes, limit_m
        How far it may be, by time or by distance along the ways; one of the two is None.
    rules
        Any of them makes an object one of the category.
    aliases
        Other names that tables may call it by.
    source
        Where the category and its limit come from.
    verified
        Whether somebody compared it with that source's own text.
    """

    code: str
    name_zh: str
    name_en: str
    character: str
    limit_minutes: int | None
    limit_m: int | None
    rules: tuple[tuple[Condition, ...], ...]
    aliases: tuple[str, ...]
    source: str
    verified: bool

    def matches(self, tags: Mapping[str, str]) -> bool:
        """Tell whether an object with these tags of OpenStreetMap belongs."""
        return any(all(one.holds(tags) for one in rule) for rule in self.rules)

    def limit_ms(self, speed_mm_s: int) -> int:
        """Return the farthest walk in milliseconds at a speed in mm/s."""
        if self.limit_m is not None:
            return self.limit_m * 1_000_000 // speed_mm_s
        return (self.limit_minutes or 0) * 60_000


@dataclass(frozen=True)
class Template:
    """A list of categories; ``verified`` as of a category."""

    code: str
    name_zh: str
    name_en: str
    source: str
    verified: bool
    categories: tuple[Category, ...]

    def of(self, tags: Mapping[str, str]) -> list[Category]:
        """Return the categories that an object of OpenStreetMap belongs to."""
        return [one for one in self.categories if one.matches(tags)]

    def named(self, name: str) -> Category | None:
        """Return the category that people call so: code, name, character or alias."""
        return self._names.get(_folded(name))

    @cached_property
    def _names(self) -> dict[str, Category]:
        found: dict[str, Category] = {}
        for one in self.categories:
            for name in (one.code, one.name_zh, one.name_en, one.character):
                found.setdefault(_folded(name), one)
        for one in self.categories:
            for name in one.aliases:
                found.setdefault(_folded(name), one)
        found.pop("", None)
        return found


def template(code: str = DEFAULT) -> Template:
    """Return a shipped template.

    Raises
    ------
    KeyError
        There is none of that code.
    """
    if code not in SHIPPED:
        raise KeyError(code)
    place = files("wugeyi.engines.accessibility") / "data" / f"{code}.toml"
    return parse(place.read_text("utf-8"), code)


def templates() -> Iterator[Template]:
    """Yield the shipped templates, the default one first."""
    return map(template, SHIPPED)


def parse(text: str, name: str = "") -> Template:
    """Return the template that a file's text describes.

    Raises
    ------
    Refused
        It is no TOML, lacks something, names a code twice, or a rule cannot be read.
    """
    try:
        said = tomllib.loads(text)
        default = {"source": said["source"], "verified": bool(said["verified"])}
        found = Template(
            code=said["code"],
            name_zh=said["name_zh"],
            name_en=said["name_en"],
            categories=tuple(_category(default | one) for one in said["category"]),
            **default,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as problem:
        raise Refused("template-broken", name, detail=str(problem)) from problem
    if not found.categories:
        raise Refused("template-empty", name)
    codes = [one.code for one in found.categories]
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise Refused("template-broken", name, detail=twice)
    return found


def _category(said: Mapping[str, Any]) -> Category:
    minutes, metres = said.get("limit_minutes"), said.get("limit_m")
    given = [limit for limit in (minutes, metres) if limit is not None]
    if len(given) != 1 or not isinstance(given[0], int) or given[0] <= 0:
        raise ValueError(f"{said['code']}: limit_minutes or limit_m")
    return Category(
        code=said["code"],
        name_zh=said["name_zh"],
        name_en=said["name_en"],
        character=said.get("character", ""),
        limit_minutes=minutes,
        limit_m=metres,
        rules=tuple(map(rule, said["osm"])),
        aliases=tuple(said.get("aliases", ())),
        source=said["source"],
        verified=bool(said["verified"]),
    )


def rule(text: str) -> tuple[Condition, ...]:
    """Return the conditions that a rule's text names.

    Raises
    ------
    ValueError
        A condition is not of the form ``key=value|value`` or ``key!=value``.
    """
    return tuple(map(_condition, text.split("&")))


def _condition(text: str) -> Condition:
    key, sign, values = text.partition("=")
    differs = key.endswith("!")
    key = key.removesuffix("!").strip()
    wanted = frozenset(value.strip() for value in values.split("|"))
    if not (key and sign) or "" in wanted:
        raise ValueError(text)
    return Condition(key, wanted, differs)


def _folded(name: str) -> str:
    """Fold what people write differently: width, case, spaces, hyphens."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in plain if letter not in " \t_-·/")
