"""The sheet for the wall as a PDF: for whoever keeps the books, and for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from wugeyi.books.models import Disclosure
from wugeyi.books.paper import disclosure as paper
from wugeyi.books.queries import disclosures as queries
from wugeyi.books.queries import disclosuresheet
from wugeyi.books.rules import access
from wugeyi.books.rules.disclosure import head_groups
from wugeyi.books.templatetags.books import fen as shown_fen
from wugeyi.books.templatetags.disclosing import period_name
from wugeyi.books.views.common import StaffRequest, readers
from wugeyi.ui import phrases
from wugeyi.ui.paper import code_of

LANGUAGES = ("zh-hans", "en")


def fen(amount: int) -> str:
    """Write fen as yuan; the minus is the one every font of a PDF has."""
    return shown_fen(amount).replace("−", "-")


@require_safe
@readers
def poster(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the sheet, published or not; A4, or A3 where it was asked for."""
    row = queries.load(pk)
    if row is None or not access.reads(request.reach, row.book.organisation.path):
        raise Http404
    return _answer(request, row)


@require_safe
def public_poster(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a published sheet for anybody."""
    row = queries.by_code(code.lower())
    if row is None or row.state != Disclosure.State.PUBLISHED:
        raise Http404
    return _answer(request, row)


def _answer(request: HttpRequest, row: Disclosure) -> HttpResponse:
    language = request.GET.get("lang", "")
    wanted = language if language in LANGUAGES else translation.get_language()
    large = request.GET.get("size", "").lower() == "a3"
    address = request.build_absolute_uri(reverse("books:public-sheet", args=[row.code]))
    with translation.override(wanted):
        content = paper.pdf(_wall(row, address), large=large)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{row.book.code}-{row.code}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _wall(row: Disclosure, address: str) -> paper.Wall:
    sheet = disclosuresheet.sheet(row)
    told = {"size": phrases.number(row.head.size)}
    return paper.Wall(
        title=_("%(period)s账目公开") % {"period": period_name(row)},
        lead=f"{row.book} · {row.book.organisation}",
        invented="" if row.published_at else _("还没有公开，只供审核"),
        main_title=_("这一期总的（元）"),
        main=[(each.name, fen(each.fen)) for each in sheet.main],
        parts=[
            _part(number, section, sheet)
            for number, section in enumerate(sheet.sections, 1)
        ],
        notes=_notes(row, sheet),
        head_title=_("前 %(size)s 张凭证的链头（请拍下来）") % told,
        head=head_groups(row.head.root),
        code=code_of(address),
        code_text=_("扫码逐笔看、提问 · 编号 %(code)s") % {"code": row.code},
        page=_("第 %(page)s 页，共 %(pages)s 页"),
    )


def _part(
    number: int, section: disclosuresheet.Section, sheet: disclosuresheet.Sheet
) -> paper.Part:
    day = phrases.day(sheet.period.last_day)
    return paper.Part(
        title=f"{number}. {section.name}",
        words=section.words,
        lines=[
            paper.Line(
                left=f"{line.day:%m-%d}\n{line.number}",
                words=line.summary,
                under=" · ".join(each for each in (line.account, line.about) if each),
                amount=fen(line.fen),
            )
            for line in section.lines
        ],
        total=(_("合计"), fen(section.total_fen))
        if section.sums and section.lines
        else None,
        balances_title=_("%(day)s的余额") % {"day": day},
        balances=[(each.name, fen(each.fen)) for each in section.balances],
        none=_("这一期没有。") if section.empty else "",
    )


def _notes(row: Disclosure, sheet: disclosuresheet.Sheet) -> list[str]:
    said = [
        _(
            "八类的名称依据《农村集体经济组织财务公开规定》（农经发〔2011〕13 号）；"
            "哪个科目归哪一类、报表怎么算，没有对照原文（未核对）。"
        ),
        _(
            "人名只写第一个字，电话和证件号不写；金额一分不少。负数是减少的，或者冲回的。"
        ),
    ]
    if sheet.left_out:
        many = ngettext(
            "结转和期初的 %(n)s 张凭证没有列，它们不收也不支。",
            "结转和期初的 %(n)s 张凭证没有列，它们不收也不支。",
            sheet.left_out,
        )
        said.append(many % {"n": sheet.left_out})
    if row.reviewed_by and row.reviewed_on:
        told = {"who": row.reviewed_by, "on": phrases.day(row.reviewed_on)}
        said.append(_("民主理财小组审核：%(who)s，%(on)s。") % told)
    if row.opinion:
        said.append(_("意见：%(said)s") % {"said": row.opinion})
    return said
