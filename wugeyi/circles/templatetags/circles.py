"""How minutes of walking, kinds of facilities and findings are written."""

from django.template import Library
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wugeyi.circles.queries.seen import Notice
from wugeyi.places.models import FacilityKind
from wugeyi.ui import phrases

register = Library()


def mark_of(kind: FacilityKind) -> str:
    """Return the one character a kind is drawn with."""
    return (kind.character or kind.name_zh)[:1]


@register.simple_tag
def seal(kind: FacilityKind, tone: str = "") -> SafeString:
    """Draw a kind's character as on the map; its name always stands beside."""
    return format_html(
        '<span class="circle-seal{}" lang="zh-Hans" aria-hidden="true">{}</span>',
        f" {tone}" if tone else "",
        mark_of(kind),
    )


@register.filter
def minutes(seconds: int | None) -> str:
    """7 分钟, rounded up; None is beyond what was looked at."""
    if seconds is None:
        return _("走不到")
    whole = -(-seconds // 60)
    text = ngettext("%(n)s 分钟", "%(n)s 分钟", whole)
    return text % {"n": phrases.number(whole)}


@register.filter
def said(notice: Notice) -> str:
    """Return a finding in the reader's language."""
    return notice.text_en if translation.get_language() == "en" else notice.text_zh


@register.filter
def outside(counts: object, who: str) -> int:
    """Return how many of ``who`` are not inside: beyond the limit, or not known."""
    beyond: int = getattr(counts, f"{who}_outside")
    unknown: int = getattr(counts, f"{who}_unknown")
    return beyond + unknown


@register.filter
def everybody(counts: object, who: str) -> int:
    """Return how many of ``who`` were counted."""
    inside: int = getattr(counts, f"{who}_inside")
    return inside + outside(counts, who)
