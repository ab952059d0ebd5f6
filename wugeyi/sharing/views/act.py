"""The one page on which every act is done: a form about a row, then its action."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.acts import Act, Acts
from wugeyi.organisations.views.staff import StaffRequest
from wugeyi.sharing.forms.refusals import explain
from wugeyi.sharing.rules.refusals import Refused
from wugeyi.sharing.views.acts.nouns import NOUNS
from wugeyi.sharing.views.common import need_writing, readers


def _need(request: StaffRequest, act: Act, unit: Organisation) -> None:
    need_writing(request, unit)


ACTS = Acts(
    NOUNS,
    template="sharing/desk/form.html",
    need=_need,
    refused=(Refused,),
    explain=lambda refusal: [explain(refusal)],
)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def act(request: StaffRequest, noun: str, pk: int, slug: str) -> HttpResponse:
    """Show or take the form of one act on one row."""
    return ACTS.answer(request, noun, pk, slug)
