"""How what a survey found is said."""

from django import template
from django.utils.translation import gettext as _

from wugeyi.buslines.models import SurveyFinding

register = template.Library()


@register.filter
def seen_at(finding: SurveyFinding) -> str:
    """Return where it was seen, and what."""
    where = finding.spot.name
    if finding.to_spot:
        where = f"{where} — {finding.to_spot.name}"
    what = finding.get_what_display()
    return _("%(where)s：%(what)s") % {"where": where, "what": what}
