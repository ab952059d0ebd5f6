"""The proof of one voucher: made for staff, checked by anybody without signing in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wugeyi.books.actions.heads import publish
from wugeyi.books.forms.proofs import ProofForm
from wugeyi.books.queries import proofs as queries
from wugeyi.books.rules import access
from wugeyi.books.views.common import StaffRequest, frame, readers, show
from wugeyi.books.views.vouchers import voucher_of


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def proof(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the proof of a voucher; a POST publishes a head that covers it first."""
    voucher = voucher_of(request, pk)
    book = voucher.book
    keeps = access.keeps(request.reach, book.organisation.path)
    if request.method == "POST":
        if not keeps:
            raise PermissionDenied(_("校验码由这套账的会计来公布。"))
        publish(book=book, at=timezone.now())
        return redirect("books:proof", pk=voucher.pk)
    try:
        made = queries.prove(voucher)
    except queries.NotCovered:
        made = None
    context = {
        **frame(request, book, "vouchers"),
        "voucher": voucher,
        "proof": made,
        "may_publish": keeps,
    }
    return show(request, "proof.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a pasted proof; only what stands in it is shown. Nothing is written."""
    form = ProofForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    status = 200
    if form.is_bound:
        if form.is_valid():
            made, said = form.cleaned_data["proof"]
            verdict = queries.check(made)
            context |= {
                "proof": made,
                "said": said,
                "verdict": verdict.value,
                "sentence": queries.say(verdict),
            }
        else:
            status = 422
    return render(request, "books/public/check_proof.html", context, status=status)
