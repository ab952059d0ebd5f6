"""What can be put into a form: things with names, and what is known about names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from wugeyi.engines.formfill.words import fold, read


@dataclass(frozen=True, slots=True)
class Term:
    """Something on record: a number with its unit, or a text.

    ``code`` identifies it; codes that begin with ``@`` are texts about the organisation
    or the form (its name, who fills it in). ``name`` is the official one.
    """

    code: str
    name: str
    unit: str = ""
    text: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Names that mean the same, where one of the words of ``context`` stands near (any).

    The context holds for an official name of the group too: what is plain among one
    app's measures (提出意见建议) may mean another's thing in somebody's form.
    Not ``sure``: they come close, and a person has to say so before a cell is filled.
    """

    names: tuple[str, ...]
    context: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class NotSame:
    """A label that must never be taken for what it resembles, and why."""

    label: str
    names: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a term: what it is compared by, and where it comes from."""

    term: Term
    core: str
    bare: str
    official: bool
    context: tuple[str, ...] = ()
    sure: bool = True


@dataclass(slots=True)
class Dictionary:
    """Everything a matcher knows: terms, their names, what was confirmed before.

    ``learned`` maps the key of a label (see ``match.key_of``) to the code that a person
    confirmed for it.
    """

    terms: Mapping[str, Term]
    names: list[Name]
    not_same: tuple[NotSame, ...] = ()
    learned: Mapping[str, str] = field(default_factory=dict)
    by_text: dict[str, list[Name]] = field(default_factory=dict)
    own: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: dict[str, list[NotSame]] = field(default_factory=dict)
    alike: dict[str, dict[str, float]] = field(default_factory=dict)

    def scores(self, text: str) -> dict[str, float]:
        """Return how much the numbers' names resemble a text, 0 to 1, by code."""
        found = self.alike.get(text)
        if found is None:
            pairs = _pairs(text)
            found = {}
            for name in self.names:
                if not name.term.text:
                    score = _share(pairs, _pairs(name.bare))
                    if score > found.get(name.term.code, 0.0):
                        found[name.term.code] = score
            self.alike[text] = found
        return found


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(max(len(text) - 1, 1)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of pairs of characters two texts have in common."""
    return 2 * len(one & other) / (len(one) + len(other))


def dictionary(
    terms: Iterable[Term],
    *,
    groups: Iterable[Group] = (),
    not_same: Iterable[NotSame] = (),
    learned: Mapping[str, str] | None = None,
) -> Dictionary:
    """Gather what a matcher knows.

    A group lends all its names to every term that carries one of them; a group of a
    text (党支部书记姓名, 支部书记) lends none to a number of the same name. A name that says
    it is part of something (其中业务骨干) is never sure by itself.
    """
    by_code = {term.code: term for term in terms}
    groups = tuple(groups)
    contexts = {
        fold(text): group.context
        for group in groups
        for text in group.names
        if group.context
    }
    official: dict[str, list[Term]] = {}
    names: list[Name] = []
    for term in by_code.values():
        name = _name(
            term,
            term.name,
            official=True,
            context=contexts.get(fold(term.name), ()),
            sure=not fold(term.name).startswith("其中"),
        )
        names.append(name)
        for text in {name.core, name.bare}:
            official.setdefault(text, []).append(term)
    for group in groups:
        meant = {
            term.code: term
            for text in group.names
            for term in official.get(read(text).core, official.get(read(text).bare, []))
        }
        texts = any(term.text for term in meant.values())
        names += [
            _name(term, text, official=False, context=group.context, sure=group.sure)
            for term in meant.values()
            for text in group.names
            if fold(text) != fold(term.name) and term.text == texts
        ]
    made = Dictionary(by_code, names, tuple(not_same), dict(learned or {}))
    for name in names:
        for text in {name.core, name.bare} - {""}:
            made.by_text.setdefault(text, []).append(name)
        made.own[name.term.code] = tuple(
            dict.fromkeys((*made.own.get(name.term.code, ()), name.core, name.bare))
        )
    for rule in made.not_same:
        for text in rule.names:
            made.wrong.setdefault(fold(text), []).append(rule)
    return made


def _name(
    term: Term,
    text: str,
    *,
    official: bool,
    context: tuple[str, ...] = (),
    sure: bool = True,
) -> Name:
    label = read(text)
    core, bare = label.core or fold(text), label.bare or fold(text)
    return Name(term, core, bare, official, context, sure)
