"""Everything quoted, wherever it belongs: also what belongs to nobody in the register."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wugeyi.figures.models import QuotedFigure
from wugeyi.organisations.views.staff import StaffRequest, staff

MOST = 200


@require_safe
@staff()
def quoted(request: StaffRequest) -> HttpResponse:
    """Show the quoted figures by code, by pages of the key."""
    after = request.GET.get("after", "")[:60]
    rows = list(
        QuotedFigure.objects.filter(code__gt=after)
        .select_related("organisation")
        .order_by("code")[: MOST + 1]
    )
    english = (get_language() or "").startswith("en")
    response = render(
        request,
        "dashboards/quoted.html",
        {
            "now": timezone.now(),
            "rows": [
                {
                    "row": row,
                    "subject": row.subject_en if english else row.subject_zh,
                    "text": row.text_en if english else row.text_zh,
                    "unit": row.unit_en if english else row.unit_zh,
                }
                for row in rows[:MOST]
            ],
            "older": rows[MOST - 1].code if len(rows) > MOST else "",
        },
    )
    response.headers["Cache-Control"] = "no-store"
    return response
