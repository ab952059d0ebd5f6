"""Open311's service discovery: which endpoints there are, in both formats."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.interfaces.queries.keys import terms
from wugeyi.interfaces.views.common import (
    answer,
    check_format,
    for_programs,
    let_in,
    site,
)

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-23 10:20"
"""When what the endpoints offer last changed."""
FORMATS = ["text/xml", "application/json"]


@require_safe
@for_programs
def discovery(request: HttpRequest, *, form: str) -> HttpResponse:
    """Name the endpoints: one that is acted upon, one to try."""
    check_format(form)
    let_in(request)
    said = terms()
    found = {
        "changeset": CHANGED,
        "contact": said.contact or _("请联系本站的管理员。"),
        "key_service": said.key_service or _("密钥由本站的管理员发放。"),
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{site(request)}/open/311/{base}",
                "changeset": CHANGED,
                "type": kind,
                "formats": FORMATS,
            }
            for base, kind in (("v2", "production"), ("test", "test"))
        ],
    }
    return answer(form, found, root="discovery", fresh=True)
