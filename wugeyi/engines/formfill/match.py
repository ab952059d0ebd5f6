"""Each field of a form → what on record belongs into it, how certain that is, and why.

The rule that keeps wrong numbers out: a cell is filled without asking only when every
word over and beside it is explained. A name that is only similar, a heading that may
narrow the meaning, an unknown word in brackets, a unit that is missing or measures
something else: each of them makes it a question for a person.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum

from wugeyi.engines.formfill.fields import Field, Form
from wugeyi.engines.formfill.periods import Span, Word, resolve
from wugeyi.engines.formfill.terms import Dictionary, Name, Term
from wugeyi.engines.formfill.units import Sort, agree
from wugeyi.engines.formfill.words import Label, fold, read, sort_of, topical

NARROWING = re.compile(
    r"(?:女|男|流动|离退休|退休|青年|青少年|老年|妇女|少数民族|困难|残疾|外来|非公|两新|新就业|未成年|留守|退役|"
    r"其中|新增|拟|计划|目标|预计|应|未|不含|剔除|人均|户均|平均|增减|增长|增幅|同比|环比|排名|得分|测评|调查)"
)
_SIMILAR = 0.45
_CLOSE = 0.75
_OFFERED = 3


class Certainty(StrEnum):
    """How sure a match is. Only ``CERTAIN`` is filled without a person's word."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why; a code that the caller words, and what fills the sentence."""

    code: str
    value: str = ""
    other: str = ""


@dataclass(slots=True)
class Match:
    """What belongs into a field.

    ``place`` is the code of the organisation a row names, ``line`` the row of a list
    whose names are blank; neither: the organisation the form is filled for.
    """

    field: Field
    key: str
    certainty: Certainty = Certainty.NONE
    term: Term | None = None
    unit: str = ""
    span: Span | None = None
    word: Word | None = None
    place: str = ""
    line: int = 0
    reasons: list[Reason] = made(default_factory=list)
    others: list[Term] = made(default_factory=list)

    def doubt(
        self, certainty: Certainty, code: str, value: str = "", other: str = ""
    ) -> None:
        """Lower the certainty, and say why."""
        order = list(Certainty)
        if order.index(certainty) > order.index(self.certainty):
            self.certainty = certainty
        self.reasons.append(Reason(code, value, other))


def key_of(each: Field) -> str:
    """Return what a confirmed match is remembered by: every word that names something.

    Time is left out (it is read anew in every form), and the numbers of headings; words
    in brackets are kept, and what a unit measures: 补助(元) is not 补助(人).
    """
    if each.inline:
        return fold(each.inline)
    parts, sorts = [], []
    for text in (*each.bands, *each.rows, *each.columns):
        label = read(text)
        if label.core or label.extra:
            parts.append(label.bare + "".join(f"({extra})" for extra in label.extra))
        sort = sort_of(label.unit)
        if sort is not None and str(sort) not in sorts:
            sorts.append(str(sort))
    return ">".join(parts) + "".join(f"[{sort}]" for sort in sorts)


def match_form(
    form: Form,
    known: Dictionary,
    *,
    span: Span,
    places: Mapping[str, str] | None = None,
) -> list[Match]:
    """Match every field that is to be filled; columns of remarks are left out.

    Parameters
    ----------
    span
        The days the form is filled for.
    places
        Names of organisations that rows may carry → their codes; a name two of them
        share must not be in it.
    """
    places = {fold(name): code for name, code in (places or {}).items()}
    around = fold(form.title)
    return [
        _Matcher(each, form, known, span, places, around).match()
        for each in form.fields
        if not each.remark
    ]


class _Matcher:
    def __init__(
        self,
        each: Field,
        form: Form,
        known: Dictionary,
        span: Span,
        places: Mapping[str, str],
        around: str,
    ) -> None:
        self.each = each
        self.form = form
        self.known = known
        self.span = span
        self.places = places
        self.around = around
        self.result = Match(each, key_of(each))

    def match(self) -> Match:
        if self.each.inline:
            return self._attribute(self.each.inline)
        if self.each.names:
            self.result.certainty = Certainty.CERTAIN
            self.result.term = Term("@row", self.each.columns[-1], text=True)
            self.result.line = self.each.line
            self.result.reasons.append(Reason("row_name"))
            return self.result
        labels = [read(text) for text in (*self.each.rows, *self.each.columns)]
        self._subject(labels)
        labels = [label for label in labels if fold(label.text) not in self.places]
        self._time(labels)
        named = [label for label in labels if not label.generic]
        if not named:
            self.result.reasons.append(Reason("no_label"))
            return self.result
        if not self._remembered() and not self._by_name(named):
            self._similar(named)
            return self.result
        self._doubts(labels, named)
        return self.result

    # What the words mean

    def _attribute(self, text: str) -> Match:
        names = [n for n in self.known.by_text.get(fold(text), []) if n.term.text]
        if names:
            self.result.certainty = Certainty.CERTAIN
            self.result.term = names[0].term
            self.result.reasons.append(Reason("same_name", names[0].term.name))
        return self.result

    def _subject(self, labels: list[Label]) -> None:
        texts = [self.each.subject, *(label.text for label in labels)]
        found = [self.places[fold(t)] for t in texts if t and fold(t) in self.places]
        self.result.line = self.each.line
        if found:
            self.result.place = found[0]

    def _time(self, labels: list[Label]) -> None:
        words = [label.when for label in labels if label.when is not None]
        self.result.word = words[0] if words else None
        self.result.span = resolve(self.result.word, self.span)

    def _remembered(self) -> bool:
        code = self.known.learned.get(self.result.key, "")
        term = self.known.terms.get(code)
        if term is None:
            return False
        self._take(term, Reason("learned", term.name))
        return True

    def _take(self, term: Term, reason: Reason) -> None:
        self.result.term = term
        self.result.certainty = Certainty.CERTAIN
        self.result.reasons.append(reason)

    def _by_name(self, named: list[Label]) -> bool:
        found: dict[str, tuple[Name, Reason]] = {}
        for text, reason in self._texts(named):
            for name in self.known.by_text.get(text, []):
                if self._near(name) and not self._differs(name.term, named):
                    why = reason
                    if reason == "same_name" and not name.official:
                        why = "synonym"
                    known = found.get(name.term.code)
                    if known is None or (name.sure and not known[0].sure):
                        found[name.term.code] = name, Reason(why, name.term.name)
        if any(label.unit for label in named):
            found = {code: one for code, one in found.items() if not one[0].term.text}
        if not found:
            return False
        ranked = sorted(
            found.values(), key=lambda each: (not each[0].official, not each[0].sure)
        )
        self._take(ranked[0][0].term, ranked[0][1])
        if not ranked[0][0].sure:
            self.result.doubt(Certainty.LIKELY, "near_meaning", ranked[0][0].term.name)
        self.result.others = [name.term for name, _reason in ranked[1 : _OFFERED + 1]]
        officials = [name for name, _reason in ranked if name.official]
        # 支部书记 may ask for a name or for a number.
        mixed = len({name.term.text for name, _reason in ranked}) > 1
        if len(found) > 1 and (len(officials) != 1 or mixed):
            self.result.doubt(Certainty.LIKELY, "several", str(len(found)))
        return True

    def _texts(self, named: list[Label]) -> Iterable[tuple[str, str]]:
        for label in named:
            yield label.core, "same_name"
            yield label.bare, "same_name"
            for text in {label.core, label.bare}:
                # 诉求受理 and 受理诉求 name the same thing.
                for cut in range(2, len(text) - 1):
                    yield text[cut:] + text[:cut], "other_order"
        if len(named) == 2:
            one, two = named
            yield one.bare + two.bare, "joined"
            yield two.bare + one.bare, "joined"

    def _near(self, name: Name) -> bool:
        if not name.context:
            return True
        texts = (
            self.around,
            *map(fold, (*self.each.bands, *self.each.rows, *self.each.columns)),
        )
        return any(word in text for word in name.context for text in texts)

    def _differs(self, term: Term, named: list[Label]) -> bool:
        for rule in self.known.wrong.get(fold(term.name), ()):
            wrong = fold(rule.label)
            if any(wrong in (label.core, label.bare) for label in named):
                self.result.reasons.append(Reason("not_same", term.name, rule.why))
                return True
        return False

    # What speaks against it

    def _doubts(self, labels: list[Label], named: list[Label]) -> None:
        term = self.result.term
        assert term is not None  # noqa: S101 (set by _take)
        learned = any(reason.code == "learned" for reason in self.result.reasons)
        if not learned:
            self._unexplained(term, labels, named)
        if not term.text:
            self._unit(term, labels)
        self._place_and_time(labels)

    def _unexplained(self, term: Term, labels: list[Label], named: list[Label]) -> None:
        own = self.known.own.get(term.code, ())
        joined = "".join(label.bare for label in named)
        whole = joined in own or "".join(n.bare for n in reversed(named)) in own
        for label in named:
            said = label.core in own or label.bare in own or _turned(label, own)
            if not said and not whole and not topical(label.core, own):
                self.result.doubt(Certainty.LIKELY, "other_words", label.core)
        for label in labels:
            for extra in label.extra:
                self.result.doubt(Certainty.LIKELY, "extra_words", extra)
        for band in self.each.bands:
            core = read(band).core
            if core and not topical(core, own) and core not in own:
                self.result.doubt(Certainty.LIKELY, "heading", band)
        for text in (self.around, *(label.core for label in labels)):
            narrow = NARROWING.search(text)
            if narrow and not any(narrow.group() in name for name in own):
                self.result.doubt(Certainty.LIKELY, "narrowing", narrow.group())
                break

    def _unit(self, term: Term, labels: list[Label]) -> None:
        found = list(dict.fromkeys(label.unit for label in labels if label.unit))
        fitting = [each for each in found if agree(each, term.unit)]
        money = sort_of(term.unit) is Sort.MONEY
        if found and not fitting:
            self.result.doubt(Certainty.POSSIBLE, "unit_differs", found[0], term.unit)
        elif fitting:
            self.result.unit = fitting[-1]
            if len(set(fitting)) > 1 and money:
                self.result.doubt(Certainty.LIKELY, "two_units", *fitting[:2])
        elif money:
            self.result.unit = self.form.money_unit
            if not self.form.money_unit:
                self.result.doubt(Certainty.LIKELY, "no_unit", term.unit)
        else:
            self.result.unit = term.unit
        if sort_of(term.unit) is Sort.SHARE and "%" in self.each.number_format:
            self.result.unit = "比值"

    def _place_and_time(self, labels: list[Label]) -> None:
        words = {label.when.text for label in labels if label.when is not None}
        spans = {resolve(label.when, self.span) for label in labels if label.when}
        if len(spans) > 1:
            self.result.doubt(Certainty.LIKELY, "two_periods", "、".join(sorted(words)))
        if self.each.subject and not self.result.place:
            self.result.doubt(Certainty.LIKELY, "unknown_place", self.each.subject)

    def _similar(self, named: list[Label]) -> None:
        """Offer what resembles the labels; never filled without a person."""
        scores: dict[str, float] = {}
        for label in named:
            for code, score in self.known.scores(label.bare).items():
                if score >= _SIMILAR and score > scores.get(code, 0.0):
                    scores[code] = score
        for code in list(scores):
            if self._differs(self.known.terms[code], named):
                del scores[code]
        ranked = sorted(scores, key=lambda code: (-scores[code], code))[:_OFFERED]
        self.result.reasons = list(dict.fromkeys(self.result.reasons))
        if not ranked:
            self.result.reasons.append(Reason("nothing_like_it"))
            return
        terms = [self.known.terms[code] for code in ranked]
        self.result.term, self.result.others = terms[0], terms[1:]
        close = scores[ranked[0]] >= _CLOSE
        self.result.certainty = Certainty.LIKELY if close else Certainty.POSSIBLE
        self.result.reasons.append(Reason("similar", terms[0].name))
        labels = [read(text) for text in (*self.each.rows, *self.each.columns)]
        self._unit(terms[0], labels)


def _turned(label: Label, own: tuple[str, ...]) -> bool:
    return any(
        len(text) == len(label.bare) and text in label.bare * 2
        for text in own
        if len(text) > 3
    )
