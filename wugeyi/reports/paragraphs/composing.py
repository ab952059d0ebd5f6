"""A paragraph from the figures of an organisation and a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils import translation

from wugeyi.figures import queries as figures
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import QuotedFigure
from wugeyi.figures.queries.figures import address
from wugeyi.figures.rules import Figure, Period
from wugeyi.figures.shown import is_money, percent_text, shown
from wugeyi.organisations.models import Organisation
from wugeyi.reports.paragraphs.sentences import (
    LANGUAGES,
    Amount,
    Piece,
    Sentence,
    codes,
    compose,
    read,
)
from wugeyi.ui.phrases import number

FILE = Path(__file__).with_name("sentences.toml")
ACTIVE = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: a figure as the text says it, and where it opens."""

    number: int
    figure: Figure
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in one language with its footnotes; the notes of both are numbered alike."""

    language: str
    sentences: Sequence[Sequence[Piece]]
    notes: Sequence[Note]

    @property
    def urls(self) -> dict[str, str]:
        """Return where each figure opens, by code."""
        return {note.figure.code: note.url for note in self.notes}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was done by an organisation in a period, with what proves it."""

    organisation: Organisation
    period: Period
    as_of: datetime
    texts: dict[str, Paragraph]
    quotes: Sequence[QuotedFigure]


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return the file of sentences, read once per process."""
    return read(FILE.read_text(encoding="utf-8"))


def evidence(
    organisation: Organisation,
    period: Period,
    *,
    as_of: datetime | None,
    now: datetime,
) -> Evidence:
    """Write the paragraph; the same moment gives the same text.

    Parameters
    ----------
    as_of
        What had been recorded by then (aware); None: by ``now``. Every address carries
        the moment, so that a letter shows tomorrow what it showed today.
    """
    wanted = codes(sentences(), organisation.kind)
    found = figures.figures(wanted, organisation, period, as_of=as_of)
    known = {code: each for code, each in found.items() if each.recorded}
    amounts = {code: _amount(each) for code, each in known.items()}
    moment = as_of or now
    return Evidence(
        organisation=organisation,
        period=period,
        as_of=moment,
        texts={
            language: _paragraph(language, organisation, known, amounts, moment)
            for language in LANGUAGES
        },
        quotes=list(figures.quoted_for(organisation)),
    )


def _paragraph(
    language: str,
    organisation: Organisation,
    known: Mapping[str, Figure],
    amounts: Mapping[str, Amount],
    moment: datetime,
) -> Paragraph:
    text, noted = compose(sentences(), organisation.kind, amounts, language)
    notes = []
    for place, code in enumerate(noted, 1):
        figure = _in_language(known[code], language)
        url = address(code, organisation.code, figure.period, as_of=moment)
        notes.append(Note(place, figure, amounts[code].text[language], url))
    return Paragraph(language, text, notes)


def _in_language(figure: Figure, language: str) -> Figure:
    declared = catalogue()[figure.code]
    name = getattr(declared, f"name_{language}") or declared.name_zh
    return replace(figure, name=name)


def _amount(figure: Figure) -> Amount:
    """Write a figure for a sentence in both languages; a share never without its parts."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(ACTIVE[language]):
            texts[language] = _text(figure, language)
    return Amount(texts, single=not figure.is_share and figure.value == 1)


def _text(figure: Figure, language: str) -> str:
    if not figure.is_share:
        written = shown(figure)
        if not is_money(figure):
            return written.text
        space = " " if language == "en" else ""
        return f"{written.text}{space}{written.unit}"
    part, whole = number(figure.numerator or 0), number(figure.denominator or 0)
    percent = percent_text(figure)
    if language == "en":
        return f"{percent}% ({part} of {whole})" if percent else f"{part} of {whole}"
    return f"{percent}%（{whole}个中{part}个）" if percent else f"{whole}个中{part}个"
