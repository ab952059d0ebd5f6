"""Collects what is wrong with a feed: the first of each kind one by one, then how many."""

from collections import Counter
from collections.abc import Mapping

from wugeyi.engines.lineplanning.findings import Finding, Severity, Value

EACH = 20
"""So many of one kind in one file are told one by one."""


class Notes:
    """Findings in the order in which they came."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._many: Counter[tuple[str, str]] = Counter()

    def tell(
        self,
        code: str,
        file: str,
        values: Mapping[str, Value] | None = None,
        *,
        line: int | None = None,
        severity: Severity = "warning",
    ) -> None:
        """Note something about a file, or about a line of it."""
        self._many[code, file] += 1
        if self._many[code, file] <= EACH:
            subject = file if line is None else f"{file}:{line}"
            self._found.append(Finding(code, severity, subject, values or {}, (file,)))

    def findings(self) -> tuple[Finding, ...]:
        """Return what was noted, and how much more there is of a kind."""
        more = [
            Finding("feed-many-more", "warning", file, {"many": many - EACH}, (file,))
            for (_, file), many in self._many.items()
            if many > EACH
        ]
        return (*self._found, *more)
