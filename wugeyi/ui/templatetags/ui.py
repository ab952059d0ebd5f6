"""Tags and filters of every template. docs/design.md shows each with its picture."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from html import escape
from typing import Any

from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template import Context, Library
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wugeyi.ui import fields, phrases
from wugeyi.ui.rules import CONTRASTS, FEWEST_FOR_PERCENT, THEMES, TYPES

register = Library()

STATE_TONES = {
    "new",
    "working",
    "waiting",
    "answered",
    "resolved",
    "closed",
    "urgent",
}
MESSAGE_KINDS = {"success": "good", "warning": "warn", "error": "urgent"}


# Times and numbers


@register.filter
def day(value: date | None) -> str:
    """2026年11月22日 · 22 Nov 2026; nothing for None."""
    return "" if value is None else phrases.day(value)


@register.filter
def moment(value: date | None) -> str:
    """2026年11月22日 18:05 · 22 Nov 2026, 18:05; nothing for None."""
    return "" if value is None else phrases.moment(value)


@register.filter
def brief_moment(value: date | None) -> str:
    """11月22日 18:05 · 22 Nov, 18:05; nothing for None."""
    return "" if value is None else phrases.moment(value, year=False)


@register.filter
def clock(value: datetime | None) -> str:
    """18:05; nothing for None."""
    return "" if value is None else phrases.clock(value)


@register.simple_tag(takes_context=True)
def when(context: Context, at: date | None) -> str:
    """Write a <time>; the year is left out when it is the year of ``now``."""
    if at is None:
        return ""
    here = phrases.local(at)
    now = context.get("now")
    same_year = now is not None and phrases.local(now).year == here.year
    return format_html(
        '<time datetime="{}">{}</time>',
        here.isoformat(),
        phrases.moment(at, year=not same_year),
    )


@register.filter
def number(value: phrases.Number | None, places: int = 0) -> str:
    """Group by three; None is 无记录, never 0."""
    return _("无记录") if value is None else phrases.number(value, places)


@register.filter
def distance(metres: phrases.Number | None) -> str:
    """350 米 · 1.2 公里; nothing for None."""
    return "" if metres is None else phrases.distance(metres)


@register.filter
def file_size(octets: int | None) -> str:
    """820 KB · 3.4 MB; nothing for None."""
    return "" if octets is None else phrases.size(octets)


@register.simple_tag
def percent(part: int, whole: int) -> str:
    """82.5%, or "97 件中 80 件" where a percentage would say too much."""
    value = phrases.percent(part, whole)
    if value is not None:
        return value
    return _("%(whole)s 件中 %(part)s 件") % {"whole": whole, "part": part}


# Marks


@cache
def _sheet(_storage: str, _prefix: str) -> str:
    """Return the address of the icons; a page asks a hundred times."""
    return static("ui/icons.svg")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon; without a label it is decoration and silent."""
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    target = f"{_sheet(backend, settings.STATIC_URL)}#{name}"
    if not label:
        return _silent(target)
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
        label,
        target,
    )


@cache
def _silent(target: str) -> SafeString:
    """Draw an icon without a label; there are a few dozen, drawn a hundred times a page."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', target
    )


@register.simple_tag
def state(tone: str, text: str) -> SafeString:
    """Tell a state by shape and word.

    Raises
    ------
    ValueError
        If there is no such tone.
    """
    if tone not in STATE_TONES:
        raise ValueError(f"No state tone {tone!r}; there are {sorted(STATE_TONES)}")
    return format_html(
        '<span class="state" data-tone="{}">{}{}</span>',
        tone,
        icon(f"state-{tone}"),
        text,
    )


@register.simple_tag(takes_context=True)
def deadline(
    context: Context,
    at: datetime | None,
    now: datetime | None = None,
    *,
    paused: bool = False,
) -> str:
    """Tell what is left until ``at``; ``now`` is the argument's or the context's."""
    return drawn_deadline(
        at, now or context.get("now") or timezone.now(), paused=paused
    )


def drawn_deadline(
    at: datetime | None, now: datetime, *, paused: bool = False
) -> SafeString | str:
    """Draw what is left until ``at``, or that the clock stands still; nothing for None."""
    if paused:
        return format_html(
            '<span class="deadline" data-tone="paused">{}{}</span>',
            icon("pause"),
            _("计时暂停"),
        )
    if at is None:
        return ""
    tone, text = phrases.due(at, now)
    here = phrases.local(at)
    title = escape(_("期限：%(at)s") % {"at": phrases.moment(here)})
    # Not format_html: a list has one in every row.
    return SafeString(
        f'<time class="deadline" data-tone="{tone}" datetime="{here.isoformat()}"'
        f' title="{title}">{icon("late" if tone == "late" else "clock")}'
        f"{escape(text)}</time>"
    )


@register.filter
def message_kind(tags: str) -> str:
    """Turn the level of a Django message into a kind of notice."""
    return next(
        (MESSAGE_KINDS[tag] for tag in tags.split() if tag in MESSAGE_KINDS), "info"
    )


# Parts with a template of their own


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField,
    label: str = "",
    help: str = "",  # noqa: A002
    *,
    in_row: bool = False,
) -> dict[str, object]:
    """Render a form's field with its label, help and errors.

    ``in_row`` lays radio or checkbox cards side by side where there is room.
    """
    return {
        "field": bound,
        "kind": fields.kind(bound),
        "label": label or bound.label,
        "help": help or bound.help_text,
        "in_row": in_row,
        "widget": fields.widget(bound),
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """List everything wrong with a form, each linked to its field."""
    return {"form": form}


@register.inclusion_tag("ui/rate.html")
def rate(
    name: str,
    part: int | None,
    whole: int | None,
    excluded: int | None = None,
    unreached: int | None = None,
    url: str = "",
    note: str = "",
) -> dict[str, object]:
    """Show a rate with everything it was counted from.

    ``None`` for part or whole means nobody recorded anything: 无记录, not 0.
    """
    known = part is not None and whole is not None
    return {
        "name": name,
        "part": part,
        "whole": whole,
        "known": known,
        "percent": phrases.percent(part or 0, whole or 0) if known else None,
        "fewest": FEWEST_FOR_PERCENT,
        "excluded": excluded,
        "unreached": unreached,
        "url": url,
        "note": note,
    }


@register.inclusion_tag("ui/total.html")
def total(
    name: str,
    value: phrases.Number | None,
    unit: str = "",
    url: str = "",
    note: str = "",
) -> dict[str, object]:
    """Show one counted number; None is 无记录, never 0."""
    return {"name": name, "value": value, "unit": unit, "url": url, "note": note}


@register.inclusion_tag("ui/steps.html")
def steps(current: int, count: int, name: str = "") -> dict[str, object]:
    """Show which of a few steps one is at, counted from 1."""
    return {
        "current": current,
        "count": count,
        "name": name,
        "bars": [step <= current for step in range(1, count + 1)],
    }


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(
    context: Context, newer: object = None, older: object = None
) -> dict[str, object]:
    """Link to the neighbours of a page read by key, keeping every filter.

    The links carry ``?newer=KEY`` or ``?older=KEY``; None leaves a link out.
    """
    return {
        "newer": address(context, newer=newer, older=None) if newer else "",
        "older": address(context, older=older, newer=None) if older else "",
    }


def address(context: Context, **changes: object) -> str:
    """Give this page's query string with some values changed or taken out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


# The page itself


@register.simple_tag(takes_context=True)
def appearance(context: Context) -> dict[str, Any]:
    """Read what the visitor chose: theme, contrast, type, language, with what there is."""
    request = context.get("request")
    cookies = request.COOKIES if request is not None else {}
    theme, type_ = cookies.get("theme", ""), cookies.get("type", "")
    contrast = cookies.get("contrast", "")
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "theme": theme if theme in THEMES else THEMES[0],
        "type": type_ if type_ in TYPES else TYPES[0],
        "contrast": contrast if contrast in CONTRASTS else CONTRASTS[0],
        "language": language,
        "lang": "en" if language.startswith("en") else "zh-Hans",
        "languages": settings.LANGUAGES,
        "here": request.get_full_path() if request is not None else "/",
    }


@register.simple_tag(takes_context=True)
def place_name(context: Context) -> str:
    """Name the installation in the reader's language; nothing before set-up."""
    installation = context.get("installation")
    if not installation:
        return ""
    english = getattr(installation, "name_en", "") if phrases.is_english() else ""
    return str(english or installation)


@register.filter
def split_nav(items: Iterable[object] | None, room: int) -> dict[str, list[object]]:
    """Divide navigation into what fits a phone's bar and what goes under 更多."""
    whole = list(items or [])
    fits = room if len(whole) <= room else room - 1
    return {"bar": whole[:fits], "more": whole[fits:]}
