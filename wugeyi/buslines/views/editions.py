"""Timetables of a line: drawn up from a plan, announced, reported, published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wugeyi.branchwork.models import Decision
from wugeyi.branchwork.queries.records import readable
from wugeyi.buslines.actions import editions as actions
from wugeyi.buslines.adapter.tickets import prices
from wugeyi.buslines.forms.editions import (
    DraftForm,
    FilingForm,
    NoticeForm,
    PublishForm,
    WithdrawForm,
    initial_draft,
)
from wugeyi.buslines.forms.refusals import explain
from wugeyi.buslines.models import Edition, Plan
from wugeyi.buslines.queries import editions as queries
from wugeyi.buslines.queries.bookings import persons_overtaken
from wugeyi.buslines.queries.notices import notice_rules
from wugeyi.buslines.rules import access
from wugeyi.buslines.rules.notices import noticed_long_enough
from wugeyi.buslines.rules.refusals import Refused
from wugeyi.buslines.templatetags.bustimes import line_name, standing
from wugeyi.buslines.views.common import (
    StaffRequest,
    frame,
    line_of,
    need_writing,
    readers,
    show,
    writers,
)

WRONG = 422
CONFLICT = 409
RECENT_DECISIONS = 40


def edition_of(request: StaffRequest, pk: int) -> Edition:
    """Return an edition this person may read; else 404."""
    edition = queries.load(pk)
    if edition is None or not access.reads(
        request.reach, edition.line.organisation.path
    ):
        raise Http404
    return edition


def _writable(request: StaffRequest, pk: int) -> Edition:
    edition = edition_of(request, pk)
    need_writing(request, edition.line)
    return edition


@require_safe
@readers
def editions(request: StaffRequest, pk: int) -> HttpResponse:
    """List a line's timetables, the newest first, and say which one is in force."""
    line = line_of(request, pk)
    today = timezone.localdate()
    found = queries.editions(line)
    context = {
        **frame(request, line),
        "page": "editions",
        "rows": [(row, standing(row, today)) for row in found],
        "current": queries.in_force(line, today),
    }
    return show(request, "editions/list.html", context)


@require_safe
@readers
def edition(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a timetable: what it changes, its notice and filing, its trips and fares."""
    row = edition_of(request, pk)
    return show(request, "editions/edition.html", _whole(request, row))


def _whole(request: StaffRequest, row: Edition) -> dict[str, Any]:
    today = timezone.localdate()
    rules = notice_rules(row.line, today)
    draft = row.published_at is None and row.withdrawn_at is None
    return {
        **frame(request, row.line),
        "page": "editions",
        "edition": row,
        "standing": standing(row, today),
        "draft": draft,
        "rules": rules,
        "noticed": noticed_long_enough(rules, row.noticed_on, row.valid_from),
        "may_withdraw": row.withdrawn_at is None and (draft or row.valid_from > today),
        "may_file": row.withdrawn_at is None and (draft or row.filed_on is None),
        "changes": queries.changed(row),
        "before": queries.before(row),
        "trips": queries.trips(row),
        "prices": prices(row.fares) if row.fares else (),
        "overtaken": persons_overtaken(row) if draft else 0,
        "late": draft and row.valid_from < today,
    }


# Acts, each with a page of its own


@dataclass(frozen=True, slots=True)
class Act:
    """A page with a form: what it is called, what it does, what it says afterwards."""

    title: str | Promise
    button: str | Promise
    done: str | Promise
    do: Callable[[Edition, Any, StaffRequest, datetime], Edition]
    lead: str = ""
    dangerous: bool = False


def _act(
    request: StaffRequest, row: Edition, act: Act, form: forms.Form
) -> HttpResponse:
    status = 200
    if form.is_bound:
        status = WRONG
        if form.is_valid():
            try:
                act.do(row, form.cleaned_data, request, timezone.now())
            except Refused as refused:
                form.add_error(None, explain(refused))
                # What was typed is shown with the state it now meets.
                fresh = queries.load(row.pk)
                if fresh is not None and "version" in form.fields:
                    again = request.POST.copy()
                    again["version"] = str(fresh.version)
                    form.data = again
                status = CONFLICT
            else:
                messages.success(request, str(act.done))
                return redirect("buslines:edition", pk=row.pk)
    context = {
        **frame(request, row.line),
        "page": "editions",
        "edition": row,
        "form": form,
        "title": act.title,
        "button": act.button,
        "lead": act.lead,
        "dangerous": act.dangerous,
        "back_url": reverse("buslines:edition", args=[row.pk]),
    }
    return show(request, "editions/form.html", context, status=status)


def _data(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def draw_up(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a timetable of a plan that is worked out and breaks no rule."""
    plan = queries.load_plan(pk)
    if plan is None or not access.reads(
        request.reach, plan.scenario.line.organisation.path
    ):
        raise Http404
    line = plan.scenario.line
    need_writing(request, line)
    today = timezone.localdate()
    rules = notice_rules(line, today)
    table = queries.fares_on(line, today)
    form = DraftForm(
        _data(request),
        line=line,
        initial={
            # A day to print and hang it up, then the days of notice.
            "valid_from": initial_draft(today, rules.days + 1),
            "weekdays": list("1234567"),
            "fares": table.pk if table else None,
        },
    )
    status = 200
    if form.is_bound:
        status = WRONG
        if form.is_valid():
            try:
                made = _made(plan, form.cleaned_data, request)
            except Refused as refused:
                form.add_error(None, explain(refused))
                status = CONFLICT
            else:
                messages.success(request, _("时刻表拟好了。下一步：公示和报备。"))
                return redirect("buslines:edition", pk=made.pk)
    context = {
        **frame(request, line),
        "page": "editions",
        "form": form,
        "plan": plan,
        "no_fares": table is None,
        "title": _("照这个方案拟时刻表"),
        "button": _("拟出来"),
        "lead": _("先拟出来，公示、报备以后再发布。没发布以前乘客看不到。"),
        "back_url": reverse("buslines:editions", args=[line.pk]),
    }
    return show(request, "editions/form.html", context, status=status)


def _made(plan: Plan, values: dict[str, Any], request: StaffRequest) -> Edition:
    return actions.draw_up(
        plan=plan, draft=_draft(values), by=request.user, at=timezone.now()
    )


def _draft(values: dict[str, Any]) -> actions.Draft:
    return actions.Draft(
        valid_from=values["valid_from"],
        fares=values["fares"],
        announcement=values["announcement"],
        weekdays=values["weekdays"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """Change what was drawn up, until it is published."""
    row = _writable(request, pk)
    form = DraftForm(
        _data(request),
        line=row.line,
        initial={
            "valid_from": row.valid_from,
            "weekdays": list(row.weekdays),
            "fares": row.fares_id,
            "announcement": row.announcement,
            "version": row.version,
        },
    )

    def do(found: Edition, values: Any, asked: StaffRequest, at: datetime) -> Edition:
        return actions.change(
            edition=found,
            draft=_draft(values),
            version=values["version"],
            by=asked.user,
            at=at,
        )

    act = Act(_("更改时刻表"), _("保存"), _("已经保存。"), do)
    return _act(request, row, act, form)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down when it was announced and where it was talked over."""
    row = _writable(request, pk)
    form = NoticeForm(
        _data(request),
        decisions=_decisions(request, row),
        initial={
            "noticed_on": row.noticed_on or timezone.localdate(),
            "talked_on": row.talked_on,
            "decision": row.decision_id,
            "version": row.version,
        },
    )

    def do(found: Edition, values: Any, asked: StaffRequest, at: datetime) -> Edition:
        told = actions.Notice(
            values["noticed_on"], values["talked_on"], values.get("decision")
        )
        version = values["version"]
        return actions.announce(
            edition=found, notice=told, version=version, by=asked.user, at=at
        )

    rules = notice_rules(row.line, timezone.localdate())
    lead = _("执行前至少公示 %(n)s 天。") % {"n": rules.days}
    act = Act(_("记下公示"), _("记下来"), _("公示记下了。"), do, lead)
    return _act(request, row, act, form)


def _decisions(request: StaffRequest, row: Edition) -> list[Decision]:
    """Return the decisions one may read, the newest, and the one that is linked."""
    rows = readable(Decision, request.reach)
    found = list(rows.order_by("-held_on", "-pk")[:RECENT_DECISIONS])
    if row.decision is not None and row.decision not in found:
        found.append(row.decision)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def filing(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down when and to whom it was reported."""
    row = _writable(request, pk)
    form = FilingForm(
        _data(request),
        initial={
            "filed_on": row.filed_on or timezone.localdate(),
            "filed_with": row.filed_with,
            "filing_number": row.filing_number,
            "version": row.version,
        },
    )

    def do(found: Edition, values: Any, asked: StaffRequest, at: datetime) -> Edition:
        told = actions.Filing(
            values["filed_on"], values["filed_with"], values["filing_number"]
        )
        version = values["version"]
        return actions.file(
            edition=found, filing=told, version=version, by=asked.user, at=at
        )

    act = Act(_("记下报备"), _("记下来"), _("报备记下了。"), do)
    return _act(request, row, act, form)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Let passengers see it; it is in force from its first day."""
    row = _writable(request, pk)
    form = PublishForm(_data(request), initial={"version": row.version})

    def do(found: Edition, values: Any, asked: StaffRequest, at: datetime) -> Edition:
        return actions.publish(
            edition=found,
            urgent=values["urgent"],
            version=values["version"],
            by=asked.user,
            at=at,
        )

    name = line_name(row.line)
    lead = _("发布后，乘客马上能看到%(line)s的新时刻表。") % {"line": name}
    act = Act(_("发布时刻表"), _("发布"), _("发布了。"), do, lead)
    return _act(request, row, act, form)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what has not begun; it stays readable."""
    row = _writable(request, pk)
    form = WithdrawForm(_data(request), initial={"version": row.version})

    def do(found: Edition, values: Any, asked: StaffRequest, at: datetime) -> Edition:
        return actions.withdraw(
            edition=found,
            reason=values["reason"],
            version=values["version"],
            by=asked.user,
            at=at,
        )

    lead = _("撤回后仍然能查到这一版，但不再执行。")
    act = Act(_("撤回时刻表"), _("撤回"), _("撤回了。"), do, lead, dangerous=True)
    return _act(request, row, act, form)


def day_or_404(text: str) -> date:
    """Read a day of an address."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
