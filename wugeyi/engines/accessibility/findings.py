"""What is noticed in data: codes with figures, and the sentences that say them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wugeyi.engines.accessibility.texts import TEXTS

Severity = Literal["error", "warning", "note"]
Language = Literal["zh", "en"]
Value = str | int | float

__all__ = ["TEXTS", "Finding", "Language", "Refused", "Severity", "Value", "say"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed in a file, a network or a table.

    Parameters
    ----------
    code
        Names the sentence in ``TEXTS``.
    severity
        An error leaves something out, a warning asks for a look, a note only tells.
    subject
        What it is about: "way 123", "row 7", a file's name; "" is all of it.
    lon, lat
        Where, in degrees of WGS-84; None where it has no place.
    values
        What fills the sentence's gaps.
    """

    code: str
    severity: Severity
    subject: str = ""
    lon: float | None = None
    lat: float | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


class Refused(ValueError):
    """Input that cannot be used at all; carries the finding that says why."""

    def __init__(self, code: str, subject: str = "", **values: Value) -> None:
        self.finding = Finding(code, "error", subject, values=values)
        super().__init__(say(self.finding, "en"))


def say(finding: Finding, language: Language = "zh") -> str:
    """Return the finding as a sentence.

    A gap of the sentence that the finding has no value for is left as it stands.

    Raises
    ------
    KeyError
        The code has no sentence.
    """
    text = TEXTS[finding.code][0 if language == "zh" else 1]
    gaps = _Gaps(finding.values)
    gaps.setdefault("subject", finding.subject)
    return text.format_map(gaps)


class _Gaps(dict[str, Value]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
