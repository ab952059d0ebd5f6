"""The rows of a list, drawn without a template: the page people open most often.

A template looks up each of a row's thirty values anew, translates each label and builds
each address; that was half of a page's time. Here what a page's rows share is made once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wugeyi.casework.models.settings import Urgency
from wugeyi.casework.queries.lines import Names, Row
from wugeyi.casework.templatetags.desk import drawn_state, pause_name
from wugeyi.ui.templatetags.ui import drawn_deadline, icon

register = Library()

LETTERS = 60


class Drawer:
    """Draws rows of one page: ``names`` in them, ``listed`` the list's own address."""

    def __init__(self, names: Names, listed: str, now: datetime) -> None:
        self.names = names
        self.now = now
        # One address is made the long way; the others differ by their key.
        before, _key, after = reverse("desk:case", args=[0]).rpartition("0")
        self.before = escape(before)
        self.after = escape(f"{after}?list={quote(listed, safe='')}")
        self.pick = _("选择")
        self.labels = tuple(map(escape, (_("期限"), _("状态"), _("办理单位"))))
        self.urgent = _danger(_("紧急"))
        in_danger, undated = escape(_("危及人身")), escape(_("未定"))
        self.danger = _danger(f"{icon('alert')}{in_danger}")
        self.undated = f'<span class="small soft">{undated}</span>'
        self.states: dict[tuple[str, str], str] = {}

    def row(self, line: Row) -> str:
        """Draw one row."""
        due, state, handler = self.labels
        number = line.number
        return (
            "<tr data-row>"
            '<td><label class="tick"><input type="checkbox" name="pick"'
            f' value="{line.pk}:{line.version}" data-pick><span class="visually-hidden">'
            f"{self.pick} {number}</span></label></td>"
            '<th scope="row"><a class="row-text"'
            f' href="{self.before}{line.pk}{self.after}" data-open>'
            f"{escape(shortened(line.snippet))}</a>"
            f'<span class="row-line">{self.mark(line)}<span class="nowrap">{number}</span>'
            f"<span>{escape(self.names.categories.get(line.category, ''))}</span>"
            f"<span>{self.place(line)}</span>{reopened(line)}</span></th>"
            f'<td data-label="{due}">{self.due(line)}</td>'
            f'<td data-label="{state}">{self.state(line)}</td>'
            f'<td data-label="{handler}">{self.handler(line)}</td></tr>\n'
        )

    def mark(self, line: Row) -> str:
        """Mark danger to life, or else urgency."""
        if line.danger:
            return self.danger
        return self.urgent if line.urgency == Urgency.URGENT else ""

    def place(self, line: Row) -> str:
        """Name where it is, from below the reader's root."""
        return escape(" / ".join(self.names.places.get(line.place, ())))

    def due(self, line: Row) -> str:
        """Tell the deadline, or why there is none."""
        if line.due_at is not None:
            return drawn_deadline(line.due_at, self.now)
        if line.paused_for:
            why = escape(pause_name(line.paused_for))
            paused = drawn_deadline(None, self.now, paused=True)
            return f'{paused} <span class="small soft">{why}</span>'
        return self.undated

    def state(self, line: Row) -> str:
        """Tell where it stands; each state is drawn once a page."""
        key = line.state, line.outcome
        if key not in self.states:
            self.states[key] = drawn_state(*key)
        return self.states[key]

    def handler(self, line: Row) -> str:
        """Name who handles it, and who took it up."""
        unit = escape(self.names.handlers.get(line.handler, ""))
        worker = self.names.workers.get(line.worker or 0, "")
        if not worker:
            return unit
        return f'{unit} <span class="small soft nowrap">{escape(worker)}</span>'


def _danger(inner: str) -> str:
    return f'<strong class="danger-mark">{inner}</strong>'


def shortened(text: str) -> str:
    """Cut a text as the filter ``truncatechars`` does; most texts are short."""
    whole = normalize("NFC", text)
    return whole if len(whole) <= LETTERS else Truncator(whole).chars(LETTERS)


def reopened(line: Row) -> str:
    """Say how often it was taken up again."""
    if not line.reopened:
        return ""
    said = ngettext("重新办理 %(n)s 次", "重新办理 %(n)s 次", line.reopened)
    return f"<span>{escape(said % {'n': line.reopened})}</span>"


@register.simple_tag
def desk_rows(
    lines: Iterable[Row], names: Names, listed: str, now: datetime
) -> SafeString:
    """Draw the rows of a list."""
    draw: Callable[[Any], str] = Drawer(names, listed, now).row
    return SafeString("".join(map(draw, lines)))
