"""What a paragraph says around its sentences, in one language at a time."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from wugeyi.reports.paragraphs.composing import ACTIVE, Evidence
from wugeyi.ui import phrases


@dataclass(frozen=True, slots=True)
class Words:
    """Headings and marks of a paragraph, its table and its quoted figures."""

    title: str
    period: str
    known: str
    blank: str
    notes: str
    columns: tuple[str, str, str, str, str, str]
    quoted: str
    quoted_columns: tuple[str, str, str, str, str]
    unverified: str
    no_period: str
    nothing: str


def words(found: Evidence, language: str) -> Words:
    """Return the words of a language."""
    with translation.override(ACTIVE[language]):
        period = _("%(first)s至%(last)s") % {
            "first": phrases.day(found.period.first),
            "last": phrases.day(found.period.last),
        }
        return Words(
            title=_("%(name)s做了什么") % {"name": found.organisation.name},
            period=period,
            known=_("按 %(at)s 以前记下的算") % {"at": phrases.moment(found.as_of)},
            blank=_("这段时间没有可写的记录。"),
            notes=_("每个数的出处"),
            columns=(
                _("注"),
                _("数"),
                _("是什么"),
                _("口径版本"),
                _("期间"),
                _("地址"),
            ),
            quoted=_("引用的数字（未经本系统核验，不计入正文）"),
            quoted_columns=(
                _("说的是谁"),
                _("数"),
                _("原文"),
                _("期间"),
                _("出处"),
            ),
            unverified=_("未经本系统核验"),
            no_period=_("原文没有说期间"),
            nothing=_("无记录"),
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted figure as a row of text."""

    subject: str
    value: str
    text: str
    period: str
    source: str

    @property
    def row(self) -> tuple[str, str, str, str, str]:
        """Return it as cells of a table."""
        return self.subject, self.value, self.text, self.period, self.source


def quotes(found: Evidence, language: str) -> list[Quote]:
    """Return the quoted figures in a language, each with its qualifier."""
    with translation.override(ACTIVE[language]):
        rows = []
        for each in found.quotes:
            plain = each.qualifier in ("equal", "range")
            value = _plain(f"{each.value:,f}")
            if each.value_to is not None:
                value += "–" + _plain(f"{each.value_to:,f}")
            unit = getattr(each, f"unit_{language}")
            qualifier = "" if plain else f"{each.get_qualifier_display()} "
            rows.append(
                Quote(
                    subject=getattr(each, f"subject_{language}"),
                    value=f"{qualifier}{value} {unit}".strip(),
                    text=getattr(each, f"text_{language}"),
                    period=each.period_text or _("原文没有说期间"),
                    source=each.source,
                )
            )
        return rows


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
