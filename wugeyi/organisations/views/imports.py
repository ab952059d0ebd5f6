"""Import pages: upload, look at the findings, accept or throw away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.imports.actions import discard
from wugeyi.imports.messages import explain
from wugeyi.imports.models import Batch, BatchFinding
from wugeyi.imports.queries import findings_page, severities
from wugeyi.organisations import actions
from wugeyi.organisations.actions.area_files import KIND as AREAS
from wugeyi.organisations.actions.register import KIND as REGISTER
from wugeyi.organisations.actions.register import File
from wugeyi.organisations.forms.imports import AreaFileForm, RegisterFileForm
from wugeyi.organisations.messages import SENTENCES
from wugeyi.organisations.models import AreaEdition, Organisation, RegisterEdition
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach, Role, access
from wugeyi.organisations.views.common import (
    allow,
    page,
    person,
    reach_of_request,
    sent,
)

PAGE = 50


@never_cache
@login_required
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """List what was sent for the units one administers, newest first."""
    reach = reach_of_request(request)
    roots = reach.roots([Role.ADMINISTRATOR])
    allow(bool(roots))
    batches = Batch.objects.filter(
        Q(register_edition__root__in=_below(roots))
        | Q(area_edition__root__in=_below(roots))
    )
    before = request.GET.get("older", "")
    if before.isascii() and before.isdigit():
        batches = batches.filter(pk__lt=int(before))
    shown = list(
        batches.defer("content")
        .select_related("created_by", "register_edition__root", "area_edition__root")
        .order_by("-pk")[: PAGE + 1]
    )
    older = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return page(request, "imports.html", {"batches": shown[:PAGE], "older": older})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_register(request: HttpRequest) -> HttpResponse:
    """Take a register file and show what is in it."""
    roots = reach_of_request(request).roots([Role.ADMINISTRATOR])
    allow(bool(roots))
    form = RegisterFileForm(sent(request), request.FILES or None, roots=roots)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.preview_register(
                files=[File(file.name, file.read())],
                source=form.cleaned_data["source"],
                on=form.cleaned_data["on"],
                complete=form.cleaned_data["complete"],
                root=form.cleaned_data["root"],
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return redirect("organisations:batch", pk=batch.pk)
    return _upload(request, form, _("导入名册"), register=True)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_areas(request: HttpRequest) -> HttpResponse:
    """Take a file of outlines and show what is in it."""
    roots = reach_of_request(request).roots([Role.ADMINISTRATOR])
    allow(bool(roots))
    form = AreaFileForm(sent(request), request.FILES or None, roots=roots)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        batch = actions.preview_areas(
            filename=file.name,
            content=file.read(),
            source=form.cleaned_data["source"],
            datum=form.cleaned_data["datum"],
            root=form.cleaned_data["root"],
            by=person(request),
            at=timezone.now(),
        )
        return redirect("organisations:batch", pk=batch.pk)
    return _upload(request, form, _("导入边界"), register=False)


@never_cache
@login_required
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was found in a file, and what accepting it would do."""
    found, edition = _batch(request, pk)
    kinds = severities(found)
    severity = request.GET.get("severity", "")
    if severity not in kinds:
        severity = kinds[0] if kinds else ""
    after = request.GET.get("after", "")
    shown = findings_page(
        found, severity, after=int(after) if after.isascii() and after.isdigit() else 0
    )
    more = len(shown) > PAGE
    return page(
        request,
        "batch.html",
        {
            "batch": found,
            "edition": edition,
            "facts": _facts(found, edition),
            "is_register": found.kind == REGISTER,
            "open": found.status == Batch.Status.PREVIEWED,
            "severity": severity,
            "tabs": _tabs(request, kinds, severity),
            "findings": [_shown(each) for each in shown[:PAGE]],
            "older": shown[PAGE - 1].pk if more else None,
        },
    )


@never_cache
@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what was previewed; a second time changes nothing and says so."""
    found, _edition = _batch(request, pk)
    if found.status == Batch.Status.ACCEPTED:
        messages.info(request, _("这一批已经导入过了，没有再改动什么。"))
        return redirect("organisations:batch", pk=pk)
    act = actions.accept_register if found.kind == REGISTER else actions.accept_areas
    try:
        act(
            batch=found,
            by=person(request),
            at=timezone.now(),
            skip_errors="skip_errors" in request.POST,
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("已导入。"))
    return redirect("organisations:batch", pk=pk)


@never_cache
@login_required
@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a previewed file away."""
    found, _edition = _batch(request, pk)
    try:
        discard(batch=found, by=person(request), at=timezone.now())
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("已放弃，什么都没有改动。"))
    return redirect("organisations:imports")


def _below(roots: list[str]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(within("path", roots))


def _batch(
    request: HttpRequest, pk: int
) -> tuple[Batch, RegisterEdition | AreaEdition]:
    """Return a batch the person may handle; 404 if there is none, 403 if not theirs."""
    found = get_object_or_404(
        Batch.objects.defer("content").select_related(
            "register_edition__root", "area_edition__root", "created_by"
        ),
        pk=pk,
        kind__in=(REGISTER, AREAS),
    )
    edition = found.register_edition if found.kind == REGISTER else found.area_edition
    allow(_may_handle(reach_of_request(request), edition))
    return found, edition


def _may_handle(reach: Reach, edition: RegisterEdition | AreaEdition) -> bool:
    root = edition.root
    return access.may_import(reach, root.path if root is not None else None)


def _upload(
    request: HttpRequest,
    form: RegisterFileForm | AreaFileForm,
    title: str,
    *,
    register: bool,
) -> HttpResponse:
    return page(
        request,
        "upload.html",
        {"form": form, "title": title, "register": register},
        status=400 if form.errors else 200,
    )


def _tabs(
    request: HttpRequest, kinds: list[str], severity: str
) -> list[dict[str, object]]:
    labels = dict(BatchFinding.Severity.choices)
    return [
        {
            "url": f"{request.path}?severity={each}",
            "label": labels[each],
            "current": each == severity,
        }
        for each in kinds
    ]


def _facts(
    found: Batch, edition: RegisterEdition | AreaEdition
) -> list[tuple[str, str]]:
    """Return what was said about a file and what it changes; nothing that is zero."""
    facts = [(_("来源"), edition.source)]
    if edition.root is not None:
        facts.insert(0, (_("导入到"), edition.root.name))
    if isinstance(edition, AreaEdition):
        counts = [(_("图形"), edition.areas)]
    else:
        counts = [
            (_("行数"), found.rows),
            (_("新增"), edition.added),
            (_("改名"), edition.renamed),
            (_("移动"), edition.moved),
            (_("改类型"), edition.retyped),
            (_("并入"), edition.merged),
            (_("停用"), edition.abolished),
            (_("不变"), edition.unchanged),
        ]
    counts.append((_("错误"), edition.errors))
    return facts + [
        (name, number_format(count, force_grouping=True))
        for name, count in counts
        if count
    ]


def _shown(finding: BatchFinding) -> dict[str, object]:
    said, advice = explain(finding, SENTENCES)
    return {"line": finding.line, "said": said, "advice": advice, "row": finding}
