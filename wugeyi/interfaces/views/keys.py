"""Keys and terms of use, for administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.interfaces.actions import keys as actions
from wugeyi.interfaces.actions.keys import Plan
from wugeyi.interfaces.forms.keys import KeyForm, TermsForm
from wugeyi.interfaces.models import ApiKey
from wugeyi.interfaces.queries import keys as queries
from wugeyi.interfaces.rules.access import KEEPS
from wugeyi.organisations.queries import held, keeps_installation
from wugeyi.organisations.views.staff import StaffRequest, key_of, need, show, staff
from wugeyi.ui.paging import cut

WRONG = 422


@require_safe
@staff(*KEEPS)
def keys(request: StaffRequest) -> HttpResponse:
    """List the keys."""
    page = cut(
        queries.keys(request.reach),
        older=key_of(request.GET.get("older", "")),
        newer=key_of(request.GET.get("newer", "")),
    )
    today = timezone.localdate()
    context = {
        "rows": [(row, row.opens(today)) for row in page.rows],
        "page": page,
        "keeps": keeps_installation(request.reach),
        "today": today,
    }
    return show(request, "interfaces/keys.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPS)
def new(request: StaffRequest) -> HttpResponse:
    """Make a key and show it once."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = KeyForm(request.POST or None, units=held(request.reach, KEEPS), today=today)
    if request.method != "POST" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        return show(request, "interfaces/key_new.html", {"form": form}, status=status)
    values = form.cleaned_data
    need(request, KEEPS, values["organisation"])
    plan = Plan(valid_from=today, **values)
    made = actions.make(plan=plan, by=request.user, at=now)
    return show(request, "interfaces/key_made.html", {"made": made})


@require_POST
@staff(*KEEPS)
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    row = ApiKey.objects.select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise Http404
    need(request, KEEPS, row.organisation)
    actions.revoke(key=row, by=request.user, at=timezone.now())
    messages.success(request, _("密钥已吊销，从现在起打不开任何东西。"))
    return redirect("interfaces:keys")


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPS)
def terms(request: StaffRequest) -> HttpResponse:
    """Say on what terms public data may be used."""
    if not keeps_installation(request.reach):
        raise PermissionDenied(
            _("这里的规则对全市都有效，只有主管单位的管理员可以修改。")
        )
    said = queries.terms()
    names = ("licence", "licence_url", "contact", "key_service")
    initial = {name: getattr(said, name) for name in names}
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_terms(**form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("已保存，并留痕。"))
        return redirect("interfaces:keys")
    status = WRONG if form.is_bound else 200
    return show(request, "interfaces/terms.html", {"form": form}, status=status)
