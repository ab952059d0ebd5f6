"""Reads of long work."""

from wugeyi.jobs.models import Work


def latest(kind: str, subject: str | int) -> Work | None:
    """Return the last piece of work of a kind for a subject; one indexed query."""
    return Work.objects.filter(kind=kind, subject=str(subject)).order_by("-pk").first()


def find(key: int) -> Work | None:
    """Return a piece of work with whoever asked for it."""
    return Work.objects.select_related("asked_by").filter(pk=key).first()
