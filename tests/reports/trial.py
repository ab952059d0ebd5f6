"""The trial: forms laid out by hand, matched, held against what belongs in each cell.

    python -m tests.reports.trial

Once with a catalogue made for the trial, once with the measures the product declares.
An automatic match is right when code, days and organisation are right. What is offered
for a person to confirm is counted apart; it never fills a cell by itself.
"""

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import django

from tests.reports.catalogue import NUMBERS, PRODUCT
from tests.reports.forms import hospital, hotline, street, village
from tests.reports.forms.sheet import Laid, Truth
from wugeyi.engines.formfill import (
    Certainty,
    Dictionary,
    Group,
    NotSame,
    Span,
    Term,
    dictionary,
    match_form,
    read_form,
)
from wugeyi.engines.formfill.periods import months

DATA = Path(__file__).parents[2] / "wugeyi" / "reports" / "data"
TEXTS = {
    "@organisation": "单位名称",
    "@code": "单位代码",
    "@secretary": "党支部书记姓名",
    "@filler": "填表人",
    "@fill_date": "填表日期",
    "@period": "所属时期",
}
HELD_OUT = "街道服务群众工作季报"


def groups() -> list[Group]:
    with (DATA / "synonyms.csv").open(encoding="utf-8") as file:
        return [
            Group(
                tuple(row["names"].split(";")),
                tuple(row["context"].split()),
                sure=row["sure"] != "no",
            )
            for row in csv.DictReader(file)
        ]


def not_same() -> list[NotSame]:
    with (DATA / "not_same.csv").open(encoding="utf-8") as file:
        return [
            NotSame(row["label"], tuple(row["names"].split(";")), row["why"])
            for row in csv.DictReader(file)
        ]


def known(learned: dict[str, str] | None = None) -> Dictionary:
    terms = [Term(code, name, unit) for code, name, unit in NUMBERS]
    terms += [Term(code, name, text=True) for code, name in TEXTS.items()]
    return dictionary(terms, groups=groups(), not_same=not_same(), learned=learned)


def all_forms() -> Iterator[tuple[Laid, Span]]:
    for again in (False, True):
        words = village.AGAIN if again else village.FIRST
        yield village.village(words, again=again), months(2025, 1, 12)
        words = hospital.AGAIN if again else hospital.FIRST
        yield hospital.hospital(words, again=again), months(2024, 1, 12)
        words = hotline.AGAIN if again else hotline.FIRST
        yield hotline.hotline(words, again=again), months(2026, 3, 3)
        words = street.AGAIN if again else street.FIRST
        yield street.street(words, again=again), months(2026, 1, 3)


SPANS = {
    "this": lambda span: span,
    "last": lambda span: months(span.last.year - 1, 1, 12),
    "previous": lambda _span: Span(date(2025, 10, 1), date(2025, 12, 31)),
    "same": lambda _span: Span(date(2025, 1, 1), date(2025, 3, 31)),
}


@dataclass
class Outcome:
    """What became of the cells of one form."""

    name: str
    right: int = 0
    offered: int = 0
    missed: int = 0
    wrong: int = 0
    by_hand: int = 0
    suggested: int = 0
    unseen: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def on_record(self) -> int:
        return self.right + self.offered + self.missed + self.wrong


def product() -> Dictionary:
    """Return what the product itself knows, with nothing confirmed by anybody."""
    from wugeyi.reports import adapter

    return adapter.known({})


def tried(
    laid: Laid,
    span: Span,
    dictionary: Dictionary | None = None,
    codes: Mapping[str, str] | None = None,
) -> Outcome:
    """Match a form; ``codes``: the trial's codes → those of the dictionary."""
    outcome = Outcome(laid.name)
    form = read_form(laid.content())
    places = {name: name for name in hotline.UNITS}
    matches = {
        match.field.address: match
        for match in match_form(form, dictionary or known(), span=span, places=places)
        if not match.field.inline
    }
    remarks = {each.address for each in form.fields if each.remark}
    for cell, belongs in laid.truth.items():
        truth = _under(belongs, codes)
        match = matches.get(cell)
        if match is None:
            outcome.unseen += cell not in remarks
            continue
        auto = match.certainty is Certainty.CERTAIN
        code = match.term.code if match.term else ""
        if truth is None:
            outcome.by_hand += not auto
            outcome.suggested += not auto and bool(code)
            outcome.wrong += auto
        elif not auto:
            offered = truth[0] in {code, *(term.code for term in match.others)}
            outcome.offered += offered
            outcome.missed += not offered
        elif code == truth[0] and _rightly(match, truth[1], span):
            outcome.right += 1
        else:
            outcome.wrong += 1
        if auto != (truth is not None) or (truth and not code):
            why = ", ".join(f"{r.code}:{r.value}" for r in match.reasons)
            outcome.notes.append(
                f"{cell} {match.field.label}: {match.certainty} {code} ({why})"
            )
    return outcome


def _under(truth: Truth, codes: Mapping[str, str] | None) -> Truth:
    """Return a truth with the code of another catalogue, None if it has no such one."""
    if truth is None or codes is None or truth[0].startswith("@"):
        return truth
    code = codes.get(truth[0])
    return (code, truth[1]) if code else None


def _rightly(match, word: str, span: Span) -> bool:
    if match.term.code == "@row":
        return match.line == hotline.UNITS.index(word) + 1
    if word in hotline.UNITS:
        if match.place:
            return match.place == word
        return match.line == hotline.UNITS.index(word) + 1
    if word == "总":
        return match.field.total and not match.place
    return not word or match.span == SPANS[word](span)


def told(name: str, dictionary: Dictionary, codes: Mapping[str, str] | None) -> None:
    total = Outcome("合计")
    print(f"\n{name}")
    print(
        "form | on record | matched | asked | missed | wrong | not on record (hinted)"
    )
    for laid, span in all_forms():
        one = tried(laid, span, dictionary, codes)
        print(_line(one), one.unseen or "")
        for note in one.notes:
            print("   ", note)
        for column in ("right", "offered", "missed", "wrong", "by_hand", "suggested"):
            setattr(total, column, getattr(total, column) + getattr(one, column))
    print(_line(total))


def _line(one: Outcome) -> str:
    numbers = (one.on_record, one.right, one.offered, one.missed, one.wrong)
    columns = " | ".join(map(str, numbers))
    return f"{one.name} | {columns} | {one.by_hand} ({one.suggested})"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    told("the trial's catalogue", known(), None)
    told("the product's catalogue", product(), PRODUCT)


if __name__ == "__main__":
    main()
