"""How far long work is, with a button that stops it."""

from typing import Any

from django.http import HttpRequest
from django.template import Context, Library

from wugeyi.jobs.models import Work
from wugeyi.jobs.phrases import TEXTS
from wugeyi.jobs.registry import kind_of, may_stop

register = Library()


@register.inclusion_tag("jobs/_progress.html", takes_context=True)
def progress(context: Context, work: Work | None) -> dict[str, Any]:
    """Show how far a piece of work is; the page asks again while it is unfinished.

    Without JavaScript its link opens a page to read anew.
    """
    request = context.get("request")
    return {"csrf_token": context.get("csrf_token"), **facts(work, request)}


def facts(work: Work | None, request: HttpRequest | None) -> dict[str, Any]:
    """Return what is shown of a piece of work; its button to those who may stop it."""
    if work is None:
        return {"work": None}
    kind = kind_of(work)
    sentence = (kind.texts if kind else {}).get(work.message) or TEXTS.get(work.message)
    return {
        "work": work,
        "stops": work.unfinished and request is not None and may_stop(request, work),
        "label": kind.label if kind else "",
        "said": str(sentence) % {"value": work.value} if sentence else "",
        "address": kind.address(work) if kind and kind.address else "",
        "kind": {"done": "good", "failed": "urgent"}.get(work.state, "info"),
    }
