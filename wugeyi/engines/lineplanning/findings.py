"""What is noticed in a case or a plan: codes with figures, and the sentences of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wugeyi.engines.lineplanning.texts import TEXTS

Severity = Literal["error", "warning", "note"]
Language = Literal["zh", "en"]
Value = str | int | float | tuple[str, ...]

__all__ = [
    "TEXTS",
    "Finding",
    "Language",
    "Refused",
    "Severity",
    "Value",
    "clock",
    "say",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed in a table, a case or a plan.

    Parameters
    ----------
    code
        Names the sentence in ``TEXTS``.
    severity
        An error keeps something from being used, a warning asks for a look, a note
        only tells.
    subject
        What it is about: a request's code, "requests.csv:7"; "" is all of it.
    values
        What fills the sentence's gaps.
    inputs
        The inputs that together cause it, as few as were found: "request r7", "stop
        v3", "rule ride_limit_minutes".
    because
        What it comes from, said after it.
    """

    code: str
    severity: Severity
    subject: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    because: tuple["Finding", ...] = ()


class Refused(ValueError):
    """Input that cannot be used at all; carries the findings that say why."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__(" ".join(say(each, "en") for each in findings))


def say(finding: Finding, language: Language = "zh") -> str:
    """Return the finding as a sentence.

    A gap of the sentence that the finding has no value for is left as it stands.

    Raises
    ------
    KeyError
        The code has no sentence.
    """
    text = TEXTS[finding.code][0 if language == "zh" else 1]
    listed = "、" if language == "zh" else ", "
    gaps = _Gaps(
        (name, listed.join(value) if isinstance(value, tuple) else value)
        for name, value in finding.values.items()
    )
    gaps.setdefault("subject", finding.subject)
    reasons = [say(each, language) for each in finding.because]
    gaps["because"] = ("；" if language == "zh" else "; ").join(reasons)
    return text.format_map(gaps)


def clock(minute: int) -> str:
    """Return a minute after midnight as people read it; 24:10 is ten past midnight."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


class _Gaps(dict[str, Value]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
