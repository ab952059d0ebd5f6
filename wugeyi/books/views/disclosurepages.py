"""Pages for villagers: the sheets of their village, one of them, a question about a line.

Nobody signs in, nothing runs in the browser. Asking is exempt from the CSRF check for
the reason reporting is: it acts for nobody.
"""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.accounts.throttle import throttled
from wugeyi.books.actions.disclosures import ask as ask_about
from wugeyi.books.forms.disclosures import QuestionForm
from wugeyi.books.models import Disclosure, Voucher
from wugeyi.books.queries import disclosures as queries
from wugeyi.books.queries import disclosuresheet, disclosureslate
from wugeyi.books.rules.disclosure import head_groups
from wugeyi.books.templatetags.books import fen
from wugeyi.books.templatetags.disclosing import period_name
from wugeyi.books.views.common import key_of
from wugeyi.casework.actions.intake import Asker, Need
from wugeyi.casework.models import Category
from wugeyi.casework.models.cases import Channel
from wugeyi.casework.rules.intake import SPOT_LIMIT
from wugeyi.casework.views.report import to_case
from wugeyi.organisations.queries import lineage

WINDOW = timedelta(minutes=10)
QUESTIONS_PER_WINDOW = 20
CATEGORIES = ("question", "other")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find one's village by a few letters of its name."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    books = disclosureslate.villages(text)
    rows = [(each, [u.name for u in lineage(each.organisation)[-3:]]) for each in books]
    context = {"rows": rows, "text": text, "now": timezone.now()}
    return render(request, "books/public/find.html", context)


@require_safe
def village(request: HttpRequest, code: str) -> HttpResponse:
    """List all that was shown of a set of books."""
    book = disclosureslate.shown_book(code[:40])
    if book is None:
        raise Http404
    context = {
        "book": book,
        "path": lineage(book.organisation)[-3:],
        "sheets": queries.shown_of(book),
        "now": timezone.now(),
    }
    return render(request, "books/public/village.html", context)


@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Show a sheet line by line; one taken down says why."""
    row = _shown(code)
    gone = row.state != Disclosure.State.PUBLISHED
    context = {
        "row": row,
        "book": row.book,
        "path": lineage(row.book.organisation)[-3:],
        "instead": queries.instead_of(row) if gone else None,
        "gone": gone,
        "sheet": None if gone else disclosuresheet.sheet(row),
        "answers": queries.questions(row),
        "groups": head_groups(row.head.root),
        "now": timezone.now(),
    }
    return render(request, "books/public/sheet.html", context)


def _flooded(request: HttpRequest, retry_at: datetime) -> HttpResponse:
    """Answer a flood with the form as it was typed."""
    code = str(request.resolver_match.kwargs["code"]) if request.resolver_match else ""
    row = _shown(code)
    form = QuestionForm(request.POST)
    form.add_error(None, _("问得太快了，请过几分钟再发。写好的都还在。"))
    return _page(request, row, _voucher(request, row), form, status=429)


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@throttled(
    limit=QUESTIONS_PER_WINDOW, per=WINDOW, scope="books-question", refuse=_flooded
)
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Take a question about a sheet or a line; it becomes a case with a receipt."""
    row = _shown(code)
    if row.state != Disclosure.State.PUBLISHED:
        raise Http404
    voucher = _voucher(request, row)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, row, voucher, form, status=422 if form.is_bound else 200)
    values = form.cleaned_data
    category = _category()
    if category is None:
        form.add_error(None, _("这里还没有装好类别，请打电话问。写好的都还在。"))
        return _page(request, row, voucher, form, status=503)
    need = Need(
        client_id=values["client_id"],
        text=values["text"],
        category=category,
        place=row.book.organisation,
        channel=Channel.WEB.value,
        spot=_spot(row, voucher)[:SPOT_LIMIT],
        asker=Asker(name=values["name"], phone=values["phone"]),
    )
    done = ask_about(disclosure=row, voucher=voucher, need=need, at=timezone.now())
    return to_case(request, done.case, "public:receipt")


def _page(
    request: HttpRequest,
    row: Disclosure,
    voucher: Voucher | None,
    form: QuestionForm,
    *,
    status: int,
) -> HttpResponse:
    lines = disclosuresheet.lines_of(row, voucher) if voucher else []
    context = {
        "row": row,
        "book": row.book,
        "form": form,
        "voucher": voucher,
        "lines": lines,
        "now": timezone.now(),
    }
    return render(request, "books/public/ask.html", context, status=status)


def _spot(row: Disclosure, voucher: Voucher | None) -> str:
    """Say in one line what the question is about, for whoever answers."""
    told = {"book": str(row.book), "period": period_name(row)}
    said = _("账目公开：%(book)s，%(period)s") % told
    if voucher is None:
        return said
    lines = disclosuresheet.lines_of(row, voucher)
    if not lines:
        return said
    first = lines[0]
    more = {"n": first.number, "words": first.summary, "yuan": fen(abs(first.fen))}
    return said + "，" + _("%(n)s 号凭证“%(words)s”%(yuan)s 元") % more


def _shown(code: str) -> Disclosure:
    row = queries.by_code(code.lower())
    if row is None:
        raise Http404
    return row


def _voucher(request: HttpRequest, row: Disclosure) -> Voucher | None:
    source = request.POST if request.method == "POST" else request.GET
    key = key_of(source.get("voucher", ""))
    return queries.voucher_of(row, key) if key else None


def _category() -> Category | None:
    rows = {row.code: row for row in Category.objects.filter(code__in=CATEGORIES)}
    return next((rows[code] for code in CATEGORIES if code in rows), None)
