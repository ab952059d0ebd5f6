"""What growers suggested of a line, and what became of it."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wugeyi.branchwork.rules import access as branch_access
from wugeyi.buslines.actions import suggestions as actions
from wugeyi.buslines.actions.suggestions import Said
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.forms.surveys import SuggestionForm
from wugeyi.buslines.queries import surveys as queries
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    line_of,
    need_writing,
    page_keys,
    readers,
    show,
)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def listed(request: StaffRequest, pk: int) -> HttpResponse:
    """Show suggestions and where they stand; take another one."""
    line = line_of(request, pk)
    if request.method == "POST":
        need_writing(request, line)
    form = SuggestionForm(
        request.POST if request.method == "POST" else None,
        initial={"client_id": uuid4(), "made_on": timezone.localdate()},
        places=queries.places(line),
    )
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        client_id = values.pop("client_id")
        try:
            actions.suggest(
                line=line,
                client_id=client_id,
                said=Said(**values),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, explain(refused))
        else:
            messages.success(request, _("建议记下了，办得怎样会在这里写明。"))
            return redirect("buslines:suggestions", pk=line.pk)
    page = queries.suggestions(
        line,
        **page_keys(request),
    )
    reads = branch_access.reads(request.reach, line.organisation.path)
    context = {
        **frame(request, line),
        "page": "suggestions",
        "rows": page.rows,
        "pages": page,
        "counted": queries.suggested(line),
        "form": form,
        "opens": reads,
    }
    status = 422 if form.is_bound else 200
    return show(request, "suggestions.html", context, status=status)
