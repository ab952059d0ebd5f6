"""Reading batches and what was found in them, a page at a time."""

from wugeyi.imports.models import Batch, BatchFinding

ORDER = ("error", "warning", "info")
"""How findings are shown: what keeps rows out first."""


def findings_page(
    batch: Batch, severity: str, *, after: int = 0, limit: int = 50
) -> list[BatchFinding]:
    """Return findings of one severity after a key; one more than ``limit`` if any."""
    return list(
        BatchFinding.objects.filter(
            batch=batch, severity=severity, pk__gt=after
        ).order_by("pk")[: limit + 1]
    )


def severities(batch: Batch) -> list[str]:
    """Return which severities were found, gravest first; at most three looks."""
    return [
        each
        for each in ORDER
        if BatchFinding.objects.filter(batch=batch, severity=each).exists()
    ]


def accepted_before(kind: str, sha256: str) -> Batch | None:
    """Return the last accepted batch of the very same file, if any."""
    return (
        Batch.objects.filter(kind=kind, sha256=sha256, status=Batch.Status.ACCEPTED)
        .order_by("-accepted_at")
        .first()
    )
