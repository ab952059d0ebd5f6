"""Published heads and the end of the chain."""

from collections.abc import Iterator

from wugeyi.audit.models import AuditHead, AuditSeal


def last_seal() -> AuditSeal | None:
    """Return the chain's last link, or None when nothing is sealed."""
    return AuditSeal.objects.order_by("-position").first()


def head_page(
    *, before: int | None = None, size: int = 100
) -> tuple[list[AuditHead], int | None]:
    """Return published heads, newest first, and the ``before`` of the next page."""
    heads = AuditHead.objects.order_by("-position")
    if before is not None:
        heads = heads.filter(position__lt=before)
    rows = list(heads[: size + 1])
    return rows[:size], rows[size - 1].position if len(rows) > size else None


def all_heads() -> Iterator[AuditHead]:
    """Yield every published head, oldest first, some thousand at a time."""
    return AuditHead.objects.order_by("position").iterator(chunk_size=1_000)
