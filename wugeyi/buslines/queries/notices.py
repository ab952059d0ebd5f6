"""The rules about notices a line keeps to on a day."""

from datetime import date

from wugeyi.buslines.models import Line, Rule, holding
from wugeyi.buslines.rules.notices import FILING, NOTICE_DAYS, NoticeRules


def notice_rules(line: Line, on: date) -> NoticeRules:
    """Return the line's rules about notices, or the defaults; one query."""
    rows = Rule.objects.filter(
        holding(on), line=line, name__in=(NOTICE_DAYS, FILING)
    ).order_by("valid_from")
    found = {row.name: row for row in rows}
    days, filing = found.get(NOTICE_DAYS), found.get(FILING)
    default = NoticeRules()
    return NoticeRules(
        days=days.number if days else default.days,
        filing=bool(filing.number) if filing else default.filing,
        verified=bool(days and days.verified),
        source=days.source if days else "",
    )
