"""Reports that waited on a phone: the same form, the same action, nobody to ask.

Who is looking at the page is sent back to it for what only they can answer (is it the
same thing, did they call for help). What waited is taken as it is: the desk sees the
similar cases, and a report of danger is urgent by itself.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wugeyi.casework.forms.report import ReportForm
from wugeyi.casework.models import Case
from wugeyi.casework.queries import categories
from wugeyi.casework.rules.receipts import display
from wugeyi.casework.views import drafts, remembered
from wugeyi.casework.views.drafts import Draft
from wugeyi.casework.views.reporting import (
    joined,
    make_case,
    sent_before,
    similar_to,
    told,
)
from wugeyi.submissions.registry import NotTaken, Sent, Taken


def take(request: HttpRequest, sent: Sent) -> Taken:
    """Make a case of a report, once; its receipt is the answer."""
    draft = _read(request, sent)
    values = draft.form.cleaned_data
    found = similar_to(draft) if sent.attended or values["join"] else []
    # Asked last: what its twin has just made would be similar to it.
    known = sent_before(draft)
    if known is None:
        _ask_first(sent, draft, found_any=bool(found) and not told(draft, found))
        known = make_case(draft, joined(draft, found), at=sent.received_at).case
    return _taken(known)


def check(request: HttpRequest, sent: Sent) -> None:
    """Refuse by the words alone what would be refused, before pictures are sent."""
    draft = _read(request, sent)
    if not sent.attended:
        return
    found = similar_to(draft)
    if sent_before(draft) is None:
        _ask_first(sent, draft, found_any=not told(draft, found))


def opened(request: HttpRequest, response: HttpResponse, key: str) -> str:
    """Let this device follow the case; the address opens even without cookies, a while."""
    case = int(key)
    remembered.remember(request, response, case)
    address = reverse("public:receipt", args=[case])
    return f"{address}?t={remembered.ticket(case)}"


def _read(request: HttpRequest, sent: Sent) -> Draft:
    rows = categories.active()
    if not rows:
        raise NotTaken(
            {"": [_("这里还没有设置好，暂时不能在网上反映。请打热线或到社区说。")]}
        )
    # Pictures that an earlier answer of the page kept go with those of the queue.
    photos = [*drafts.kept_photos(request), *sent.photos]
    form = ReportForm(sent.fields, categories=rows, kept=len(photos))
    draft = Draft(form, rows, photos)
    form.is_valid()
    drafts.find_place(draft)
    drafts.find_party(draft)
    if form.errors:
        raise NotTaken(
            {name: [str(each) for each in found] for name, found in form.errors.items()}
        )
    form.cleaned_data["client_id"] = sent.client_id
    return draft


def _ask_first(sent: Sent, draft: Draft, *, found_any: bool) -> None:
    """Send who is looking back to the page, which shows what they should see first."""
    if sent.attended and (found_any or not told(draft, [])):
        raise NotTaken({"": [_("请先看一下页面上的提示，再提交。")]})


def _taken(case: Case) -> Taken:
    return Taken(
        url=reverse("public:receipt", args=[case.pk]),
        text=_("已收到，查询码 %(code)s") % {"code": display(case.receipt)},
        key=str(case.pk),
        staff_url=reverse("desk:case", args=[case.pk]),
        organisation_id=case.place_id,
    )
