"""Says things in the reader's language."""

import os
import sys
from collections.abc import Iterable

from wugeyi.engines.ledger.findings import Finding, Language, say
from wugeyi.engines.ledger.texts_command import COMMAND


class Screen:
    """Says things in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def text(self, code: str, **values: str | int) -> str:
        """Return a sentence of ours."""
        text = COMMAND[code][0 if self.language == "zh" else 1]
        return text.format(**values) if values else text

    def named(self, zh: str, en: str) -> str:
        """Return one of two names."""
        return zh if self.language == "zh" else en

    def tell(self, code: str, **values: str | int) -> None:
        """Say something beside the result."""
        sys.stderr.write(self.text(code, **values) + "\n")

    def findings(self, found: Iterable[Finding]) -> None:
        """Say what was noticed."""
        for each in found:
            severity = self.text(f"is-{each.severity}")
            sys.stderr.write(f"{severity}: {say(each, self.language)}\n")

    def result(self, *cells: object) -> None:
        """Write a line of the result."""
        sys.stdout.write("\t".join(str(each) for each in cells) + "\n")

    def whole(self, text: str) -> None:
        """Write a result that is a text of many lines."""
        sys.stdout.write(text)


def spoken() -> Language:
    """Return the terminal's language."""
    found = filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    return "en" if next(found, "").startswith("en") else "zh"
