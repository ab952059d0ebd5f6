"""Which account of a book a file means: never by its code alone where names are told.

The same code means another thing in the systems of 2004 and 2023, so every name in a
file is held against both charts before its code is believed.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from wugeyi.books.rules.importcells import Named
from wugeyi.imports.rules import Finding, error, info, warning

LEVELS = (3, 5, 7)


@dataclass(frozen=True, slots=True)
class Chart:
    """What accounts there are: of the book's regime and its own, and of the other.

    Parameters
    ----------
    names, other
        Names by three digits.
    subs
        Names of sub-accounts by five or seven digits.
    """

    regime: str
    names: Mapping[str, str]
    other_regime: str
    other: Mapping[str, str]
    subs: Mapping[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """Return what an account is called; "" if there is none of that code."""
        return self.subs.get(code) or self.names.get(code, "")


@dataclass(frozen=True, slots=True)
class Found:
    """An account that was found, or why none was; ``new`` names one to be added."""

    code: str = ""
    findings: tuple[Finding, ...] = ()
    new: str = ""


def fold(name: str) -> str:
    """Return a name by which it is compared: width, spaces and brackets do not count."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Accounts:
    """Finds the accounts a file means; the same words are looked at once.

    ``new`` holds the sub-accounts a file has and the book has not, by code.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.new: dict[str, str] = {}
        self._kept: dict[Named, Found] = {}
        self._by_name: dict[str, list[str]] = {}
        for names in (chart.names, chart.subs):
            for code, name in names.items():
                self._by_name.setdefault(fold(name), []).append(code)
        self._elsewhere = {fold(name): code for code, name in chart.other.items()}

    def find(self, line: int, told: Named) -> tuple[str, list[Finding]]:
        """Return the account and what is to be said of this row; "" if there is none.

        Errors are told for every row, the rest once for the same words.
        """
        known = self._kept.get(told)
        if known is not None:
            again = [each for each in known.findings if each.severity == "error"]
            return known.code, [_at(line, each) for each in again]
        found = self._look(line, told)
        self._kept[told] = found
        if found.new:
            self.new[found.code] = found.new
        return found.code, list(found.findings)

    def _look(self, line: int, told: Named) -> Found:
        if not told.code and not told.names:
            return Found(findings=(error(line, "account_missing"),))
        return self._by_code(line, told) if told.code else self._named(line, told)

    def _by_code(self, line: int, told: Named) -> Found:
        code, chart = told.code, self.chart
        top = code[:3]
        if top not in chart.names and len(code) in LEVELS:
            return Found(findings=(self._unknown(line, code, top),))
        if len(code) not in LEVELS:
            return Found(findings=(error(line, "account_digits", code),))
        wrong = self._meant_otherwise(line, top, told)
        if wrong is not None:
            return Found(findings=(wrong,))
        if len(code) > 3 and code not in chart.subs:
            return self._added(line, told)
        return Found(code, self._differs(line, told))

    def _unknown(self, line: int, code: str, top: str) -> Finding:
        if top in self.chart.other:
            meant = f"{self.chart.other_regime}：{self.chart.other[top]}"
            return error(line, "account_other_regime", code, other=meant)
        return error(line, "account_unknown", code)

    def _meant_otherwise(self, line: int, top: str, told: Named) -> Finding | None:
        """Tell a name that the code has in the other system and not in this one."""
        meant = self.chart.other.get(top)
        if meant is None or fold(meant) == fold(self.chart.names[top]):
            return None
        if fold(meant) not in {fold(each) for each in told.names}:
            return None
        both = f"{self.chart.names[top]} / {self.chart.other_regime}：{meant}"
        return error(line, "account_regime_name", f"{top} {meant}", other=both)

    def _differs(self, line: int, told: Named) -> tuple[Finding, ...]:
        """Say once that a name is another than the book's, or that none was told."""
        code, ours = told.code, self.chart.name(told.code)
        if not told.names:
            top = code[:3]
            meant = self.chart.other.get(top)
            if meant and fold(meant) != fold(self.chart.names[top]):
                other = f"{self.chart.names[top]} / {meant}"
                return (warning(line, "account_code_only", code, other=other),)
            return ()
        if fold(ours) in {fold(each) for each in told.names}:
            return ()
        if fold("/".join(told.names)) == fold(ours):
            return ()
        if len(code) == 3 and fold(told.names[0]) in self._by_name:
            # The name of one account of this book under the code of another.
            other = f"{code} {ours}"
            return (error(line, "account_contradicts", told.names[0], other=other),)
        said = "/".join(told.names)
        return (warning(line, "account_name", said, other=f"{code} {ours}"),)

    def _added(self, line: int, told: Named) -> Found:
        """Take a sub-account the book does not have yet, if the file names it."""
        top = fold(self.chart.names[told.code[:3]])
        own = [each for each in told.names if fold(each) != top]
        if not own:
            return Found(findings=(error(line, "sub_account_unnamed", told.code),))
        name = own[-1][:60]
        finding = info(line, "sub_account_new", told.code, other=name)
        return Found(told.code, (finding,), name)

    def _named(self, line: int, told: Named) -> Found:
        said = "/".join(told.names)
        codes = self._by_name.get(fold(told.names[-1]), [])
        if len(told.names) > 1:
            above = self._by_name.get(fold(told.names[0]), [])
            codes = [each for each in codes if each[:3] in above and len(each) > 3]
        if len(codes) == 1:
            return Found(codes[0])
        if len(codes) > 1:
            finding = error(line, "account_ambiguous", said, other="、".join(codes))
            return Found(findings=(finding,))
        code = self._elsewhere.get(fold(told.names[0]))
        if code and fold(told.names[0]) not in self._by_name:
            other = f"{self.chart.other_regime}：{code}"
            finding = error(line, "account_other_name", said, other=other)
            return Found(findings=(finding,))
        return Found(findings=(error(line, "account_no_name", said),))


def _at(line: int, finding: Finding) -> Finding:
    return Finding(finding.severity, line, finding.code, finding.value, finding.other)
