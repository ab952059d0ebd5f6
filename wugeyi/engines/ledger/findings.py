"""What is noticed in books: codes with figures, and the sentences of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wugeyi.engines.ledger.texts import TEXTS

Severity = Literal["error", "warning", "note"]
Language = Literal["zh", "en"]
Value = str | int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed in a table, a voucher or a book.

    Parameters
    ----------
    code
        Names the sentence in ``TEXTS``.
    severity
        An error keeps something from being used, a warning asks for a look, a note
        only tells.
    subject
        What it is about: a voucher's number, "vouchers.csv:7"; "" is all of it.
    values
        What fills the sentence's gaps; names that end in ``_fen`` are money and are
        said in yuan.
    """

    code: str
    severity: Severity
    subject: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


class Refused(ValueError):
    """Something that cannot be done; carries the findings that say why."""

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
    gaps = _Gaps(
        (name, yuan(value) if name.endswith("_fen") else str(value))
        for name, value in finding.values.items()
    )
    gaps.setdefault("subject", finding.subject)
    return text.format_map(gaps)


def yuan(fen: Value) -> str:
    """Return an amount as people read it, in yuan with two decimals: 1,234.50.

    What is no whole number of fen is returned as it stands.
    """
    if not isinstance(fen, int):
        return str(fen)
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def errors(found: "tuple[Finding, ...]") -> tuple[Finding, ...]:
    """Return those that keep something from being used."""
    return tuple(each for each in found if each.severity == "error")


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
