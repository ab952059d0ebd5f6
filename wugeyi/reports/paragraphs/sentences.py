"""Sentences with places for figures: the readable file, and how they are filled.

A sentence is an opening and clauses; a clause names one or more figures. A clause of
which a figure has no record drops out, a sentence without clauses drops out: nothing is
ever said about what is not on record, and no nought is put where nobody recorded one.

A place is ``{code}``; in English ``{code:decision|decisions}`` writes the word for one
or for many behind the number. Pure Python; the same figures give the same text.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PLACE = re.compile(r"\{([a-z0-9_]+)(?::([^{}|]*)\|([^{}]*))?\}")
LANGUAGES = ("zh", "en")
EVERY = "*"


class SentenceError(Exception):
    """The file cannot be understood; the message says where."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands, with the words for one and for many behind it."""

    code: str
    one: str = ""
    many: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """Text and places by language."""

    parts: Mapping[str, tuple[str | Place, ...]]

    @property
    def codes(self) -> frozenset[str]:
        """Return what must be on record for this clause to be said."""
        return frozenset(
            part.code
            for parts in self.parts.values()
            for part in parts
            if isinstance(part, Place)
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: for which kinds, how it opens, its clauses."""

    key: str
    kinds: frozenset[str]
    opening: Mapping[str, str]
    clauses: tuple[Clause, ...]
    joint: Mapping[str, str] = field(default_factory=lambda: {"zh": "，", "en": "; "})
    end: Mapping[str, str] = field(default_factory=lambda: {"zh": "。", "en": ". "})

    def fits(self, kind: str) -> bool:
        """Tell whether this is said of a kind of organisation."""
        return EVERY in self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as far as a sentence needs it: its text, and whether it is one.

    ``text`` is written, ``single`` chooses the English word.
    """

    text: Mapping[str, str]
    single: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A figure where it stands in the text, with the word behind it and its footnote."""

    code: str
    text: str
    word: str
    note: int


Piece = str | Number


def read(text: str) -> tuple[Sentence, ...]:
    """Read the file of sentences.

    Raises
    ------
    SentenceError
        If a language is missing, or the languages name different figures.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SentenceError(str(error)) from error
    return tuple(_sentence(table) for table in data["sentence"])


def _sentence(table: Mapping[str, Any]) -> Sentence:
    key = table["key"]
    clauses = tuple(_clause(key, each) for each in table["clause"])
    opening = {language: table.get(language, "") for language in LANGUAGES}
    return Sentence(key, frozenset(table["kinds"]), opening, clauses)


def _clause(key: str, table: Mapping[str, str]) -> Clause:
    if set(table) != set(LANGUAGES):
        raise SentenceError(f"{key}: a clause needs {' and '.join(LANGUAGES)}")
    parts = {language: tuple(_parts(table[language])) for language in LANGUAGES}
    named = [
        {part.code for part in each if isinstance(part, Place)}
        for each in parts.values()
    ]
    if named[0] != named[1] or not named[0]:
        raise SentenceError(f"{key}: both languages must name the same figures")
    return Clause(parts)


def _parts(text: str) -> Iterator[str | Place]:
    end = 0
    for found in PLACE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield Place(found[1], found[2] or "", found[3] or "")
        end = found.end()
    if end < len(text):
        yield text[end:]


def codes(sentences: Sequence[Sentence], kind: str) -> list[str]:
    """Return every figure the sentences of a kind name, once, in order."""
    found: dict[str, None] = {}
    for sentence in sentences:
        if sentence.fits(kind):
            for clause in sentence.clauses:
                found |= dict.fromkeys(
                    part.code for part in clause.parts["zh"] if isinstance(part, Place)
                )
    return list(found)


def compose(
    sentences: Sequence[Sentence],
    kind: str,
    amounts: Mapping[str, Amount],
    language: str,
) -> tuple[list[list[Piece]], list[str]]:
    """Write the text of a kind of organisation.

    Parameters
    ----------
    amounts
        The figures on record; what is not among them is not on record.
    language
        "zh" or "en".

    Returns
    -------
    tuple of list and list
        The sentences, each as pieces; and the codes by footnote, the first being 1.
    """
    notes: dict[str, int] = {}
    text: list[list[Piece]] = []
    for sentence in sentences:
        said = [each for each in sentence.clauses if each.codes <= amounts.keys()]
        if sentence.fits(kind) and said:
            text.append(list(_written(sentence, said, amounts, language, notes)))
    return text, list(notes)


def _written(
    sentence: Sentence,
    said: Sequence[Clause],
    amounts: Mapping[str, Amount],
    language: str,
    notes: dict[str, int],
) -> Iterator[Piece]:
    if sentence.opening[language]:
        yield sentence.opening[language]
    for place, clause in enumerate(said):
        if place:
            yield sentence.joint[language]
        for part in clause.parts[language]:
            if isinstance(part, str):
                yield part
            else:
                amount = amounts[part.code]
                yield Number(
                    part.code,
                    amount.text[language],
                    part.one if amount.single else part.many,
                    notes.setdefault(part.code, len(notes) + 1),
                )
    yield sentence.end[language]


def plain(text: Sequence[Sequence[Piece]]) -> str:
    """Return the text alone, without footnotes: for copying into a letter."""
    return "".join(
        piece if isinstance(piece, str) else _spoken(piece)
        for sentence in text
        for piece in sentence
    ).strip()


def _spoken(number: Number) -> str:
    return f"{number.text} {number.word}" if number.word else number.text


def findings(
    sentences: Sequence[Sentence], *, codes: Collection[str], kinds: Collection[str]
) -> Iterator[str]:
    """Tell everything that is wrong with the sentences, given what exists."""
    seen: set[str] = set()
    for sentence in sentences:
        if sentence.key in seen:
            yield f"{sentence.key} stands there twice"
        seen.add(sentence.key)
        for kind in sorted(sentence.kinds - set(kinds) - {EVERY}):
            yield f"{sentence.key}: there is no kind {kind}"
        for clause in sentence.clauses:
            for code in sorted(clause.codes - set(codes)):
                yield f"{sentence.key}: there is no measure {code}"
