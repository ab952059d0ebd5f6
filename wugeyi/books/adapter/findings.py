"""What the engine finds wrong, as a refusal and as sentences."""

from collections.abc import Iterable

from django.utils.translation import get_language

from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.engines.ledger.findings import Finding, Language, say


class BadVoucher(Refused):
    """The engine found errors; ``findings`` say which."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__(Why.BAD_VOUCHER)
        self.findings = tuple(findings)


def sentences(findings: Iterable[Finding]) -> list[str]:
    """Say findings in the reader's language."""
    language: Language = "en" if get_language() == "en" else "zh"
    return [say(each, language) for each in findings]
