"""The register of a decision (登记表 and the two sheets of publication) as a PDF."""

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.paper import register as paper
from wugeyi.branchwork.queries.procedure import Step, procedure
from wugeyi.branchwork.rules import access
from wugeyi.branchwork.rules.meetings import PUBLICATIONS
from wugeyi.branchwork.views.staff import StaffRequest, readable_or_404, staff
from wugeyi.branchwork.wording import check_words, matter_name
from wugeyi.ui import phrases

LANGUAGES = ("zh-hans", "en")


@require_safe
@staff(*access.READS_DECISIONS)
def register(request: StaffRequest, pk: int) -> HttpResponse:
    """Draw the register: one row a step, then what was made public with the opinions."""
    found = readable_or_404(request, Decision, pk)
    language = request.GET.get("lang", "")
    wanted = language if language in LANGUAGES else translation.get_language()
    with translation.override(wanted):
        content = paper.pdf(_register(found))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"register-{found.pk}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _register(found: Decision) -> paper.Register:
    steps = procedure(found)
    facts = [
        (_("动议事由"), found.get_origin_display() if found.origin else ""),
        (_("走什么程序"), found.get_track_display()),
        (_("单位"), found.organisation.name),
    ]
    if steps.matter is not None:
        said = f"{matter_name(steps.matter)}（{steps.matter.where}）"
        facts.append((_("属于集体经济组织的哪类事项"), said))
    standing = steps.standing
    if standing.decided_on is not None:
        facts.append((_("哪天定的"), phrases.day(standing.decided_on)))
    return paper.Register(
        title=_("民主决策实施登记表"),
        matter_title=_("议什么事"),
        matter=found.matter,
        facts=facts,
        heads=(
            _("步骤"),
            _("时间"),
            _("应到"),
            _("实到"),
            _("比例"),
            _("同意"),
            _("签字"),
            _("乡镇参会人"),
        ),
        rows=[_row(each) for each in steps.steps if each.stage not in PUBLICATIONS],
        public_heads=(_("公开"), _("时间"), _("内容"), _("监督意见")),
        publications=[
            _publication(each) for each in steps.steps if each.stage in PUBLICATIONS
        ],
        signatures=(_("记录人"), _("村党组织书记"), _("村务监督委员会")),
        foot=_("空着的是没有登记的。人数对照法律的门槛，由系统算出。"),
    )


def _row(step: Step) -> paper.Row:
    meeting = step.meeting
    if meeting is None:
        return paper.Row(str(step.name))
    return paper.Row(
        name=str(step.name),
        body=str(step.body or ""),
        day=phrases.day(meeting.held_on) if meeting.held_on else "",
        due=_said(meeting.due),
        attended=_said(meeting.attended),
        share=_share(meeting.attended, meeting.due),
        in_favour=_said(meeting.in_favour),
        signed=_said(meeting.signed),
        township=meeting.township,
        minutes=meeting.minutes,
        checks=[check_words(each) for each in step.checks],
    )


def _publication(step: Step) -> paper.Publication:
    meeting = step.meeting
    if meeting is None:
        return paper.Publication(str(step.name))
    day = phrases.day(meeting.held_on) if meeting.held_on else ""
    return paper.Publication(str(step.name), day, meeting.minutes, meeting.supervision)


def _said(number: int | None) -> str:
    return "" if number is None else phrases.number(number)


def _share(part: int | None, whole: int | None) -> str:
    """Say a share in whole percent, rounded down: 66 % is not two thirds."""
    return f"{part * 100 // whole}%" if part is not None and whole else ""
