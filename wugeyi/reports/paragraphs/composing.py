"""A paragraph from the figures of an organisation and a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils import translation

from wugeyi.figures import queries as figures
from wugeyi.figures.models import QuotedFigure
from wugeyi.figures.queries.figures import address
from wugeyi.figures.rules import Figure, Period
from wugeyi.figures.shown import percent_text, shown
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
    found: dict[str, dict[str, Figure]] = {}
    for language in LANGUAGES:
        with translation.override(ACTIVE[language]):
            # Names follow the language; numbers are the same.
            found[language] = (
                figures.figures(wanted, organisation, period, as_of=as_of)
                if not found
                else _renamed(found["zh"], organisation, as_of)
            )
    known = {code: each for code, each in found["zh"].items() if each.recorded}
    amounts = {code: _amount(each) for code, each in known.items()}
    moment = as_of or now
    texts = {}
    for language in LANGUAGES:
        text, notes = compose(sentences(), organisation.kind, amounts, language)
        texts[language] = Paragraph(
            language,
            text,
            [
                _note(number, found[language][code], language, moment, organisation)
                for number, code in enumerate(notes, 1)
            ],
        )
    return Evidence(
        organisation, period, moment, texts, list(figures.quoted_for(organisation))
    )
