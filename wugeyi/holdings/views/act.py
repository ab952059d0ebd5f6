"""The one page on which every act is done: a form about a row, then its action."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wugeyi.books.forms.refusals import explain_all
from wugeyi.books.rules.refusals import Refused as BooksRefused
from wugeyi.holdings.forms.companies import InvestorForm, collectives
from wugeyi.holdings.forms.refusals import explain
from wugeyi.holdings.rules import access
from wugeyi.holdings.rules.refusals import Refused
from wugeyi.holdings.views.acts.nouns import NOUNS
from wugeyi.holdings.views.acts.spec import Needs
from wugeyi.holdings.views.common import need_keeping, need_registering, readers
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.views.acts import Act, Acts
from wugeyi.organisations.views.staff import StaffRequest


def _need(request: StaffRequest, act: Act, unit: Organisation) -> None:
    if not act.needs:
        need_registering(request, unit)
    elif act.needs == Needs.KEEPS:
        need_keeping(request, unit)
    elif not request.reach.holds(*access.KEEPS):
        raise PermissionDenied(_("凭证草稿由会计来做，您现在的岗位只能查看。"))


def _form(request: StaffRequest, act: Act, row: Any, **more: Any) -> forms.Form:
    form = act.form(subject=row, **more)
    if isinstance(form, InvestorForm):
        form.offer(collectives(request.reach.roots(access.READS)))
    return form


def _said(refusal: Refused | BooksRefused) -> list[str]:
    if isinstance(refusal, Refused):
        return [explain(refusal)]
    return explain_all(refusal)


ACTS = Acts(
    NOUNS,
    template="holdings/form.html",
    need=_need,
    refused=(Refused, BooksRefused),
    explain=_said,
    form=_form,
)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def act(request: StaffRequest, noun: str, pk: int, slug: str) -> HttpResponse:
    """Show or take the form of one act on one row."""
    return ACTS.answer(request, noun, pk, slug)
