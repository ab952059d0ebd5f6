"""People for administrators: who works below here, taken on, changed, let go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wugeyi.accounts import actions as accounts
from wugeyi.accounts.forms import ContactForm
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import NameTakenError
from wugeyi.accounts.views.passwords import reset_sheet
from wugeyi.organisations import actions
from wugeyi.organisations.actions.people import FirstPost
from wugeyi.organisations.actions.people import take_on as take_somebody_on
from wugeyi.organisations.forms.people import GivePostForm, TakeOnForm
from wugeyi.organisations.queries.people import (
    PersonDetails,
    people_page,
    person_details,
)
from wugeyi.organisations.rules import Role
from wugeyi.organisations.rules.people import may_see_people
from wugeyi.organisations.views.common import allow, page, person, reach_of_request

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


class Doing(Protocol):
    """An action of accounts on one person."""

    def __call__(self, *, user: User, by: User | None, at: datetime) -> None:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to an account after asking, and when there is a use for it."""

    title: Promise
    text: Promise
    done: Promise
    do: Doing
    fits: Callable[[PersonDetails, datetime], bool]
    dangerous: bool = False


ACTS: dict[str, Act] = {
    "unlock": Act(
        gettext_lazy("解锁"),
        gettext_lazy("输错太多次被锁住的，现在就能再试。"),
        gettext_lazy("已解锁。"),
        accounts.unlock,
        lambda found, at: found.user.is_locked(at),
    ),
    "end-sessions": Act(
        gettext_lazy("退出所有设备"),
        gettext_lazy("在所有电脑和手机上退出；打印过的重设链接也一起作废。"),
        gettext_lazy("已在所有设备上退出。"),
        accounts.end_sessions,
        lambda found, at: found.user.is_active,
    ),
    "codes-off": Act(
        gettext_lazy("关闭登录验证码"),
        gettext_lazy(
            "手机和备用码都丢了才用。请先当面确认是本人；关闭后只凭密码登录，"
            "所有设备都会退出。"
        ),
        gettext_lazy("登录验证码已关闭，请提醒本人重新开启。"),
        accounts.disable_codes,
        lambda found, at: found.codes,
        dangerous=True,
    ),
    "deactivate": Act(
        gettext_lazy("停用账号"),
        gettext_lazy(
            "马上退出所有设备，以后不能登录。办过的事和岗位记录都保留，随时可以恢复。"
        ),
        gettext_lazy("账号已停用。"),
        accounts.deactivate,
        lambda found, at: found.user.is_active,
        dangerous=True,
    ),
    "reactivate": Act(
        gettext_lazy("恢复账号"),
        gettext_lazy("又能用原来的密码登录，岗位没有变。"),
        gettext_lazy("账号已恢复。"),
        accounts.reactivate,
        lambda found, at: not found.user.is_active,
    ),
}


@never_cache
@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List who holds a post below here, or who holds none."""
    reach = reach_of_request(request)
    allow(may_see_people(reach))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    free = request.GET.get("show") == "free"
    now = timezone.now()
    found = people_page(
        reach.roots([Role.ADMINISTRATOR]),
        on=timezone.localdate(now),
        without_post=free,
        text=text,
        after=request.GET.get("older", "").replace("\x00", "")[:60],
    )
    here = reverse("organisations:people")
    return page(
        request,
        "people/people.html",
        {
            "rows": [(row, row.user.is_locked(now)) for row in found.rows],
            "older": found.older,
            "q": text,
            "free": free,
            "tabs": [
                {"url": here, "label": _("有岗位的"), "current": not free},
                {"url": f"{here}?show=free", "label": _("没有岗位的"), "current": free},
            ],
        },
    )


@never_cache
@login_required
@require_safe
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: posts, and what may be done about the account."""
    found = _seen(request, pk)
    now = timezone.now()
    oneself = found.user.pk == person(request).pk
    may_act = found.managed and not oneself
    return page(
        request,
        "people/person.html",
        {
            "found": found,
            "who": found.user,
            "locked": found.user.is_locked(now),
            "oneself": oneself,
            "may_act": may_act,
            "acts": [
                (slug, each)
                for slug, each in ACTS.items()
                if may_act and each.fits(found, now)
            ],
        },
    )


@never_cache
@login_required
@page_with_form
def take_on(request: HttpRequest) -> HttpResponse:
    """Make an account and, if wanted, appoint in one go."""
    reach = reach_of_request(request)
    allow(may_see_people(reach))
    form = TakeOnForm(request.POST or None, roots=reach.roots([Role.ADMINISTRATOR]))
    if request.method == "POST" and form.is_valid():
        data, post = form.cleaned_data, form.post()
        try:
            user = take_somebody_on(
                username=data["username"],
                name=data["name"],
                email=data["email"],
                post=FirstPost(**post) if post else None,
                by=person(request),
                at=timezone.now(),
            )
        except NameTakenError:
            form.add_error("username", _("这个登录名已经有人用了，请换一个。"))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(
                request, _("账号建好了。请打印重设密码的单子，当面交给本人设密码。")
            )
            return redirect("organisations:person", pk=user.pk)
    return _form(
        request,
        form,
        title=_("增加人员"),
        button=_("建账号"),
        text=_("先不设密码，由本人设。岗位可以现在一起给，也可以以后再任命。"),
        back_url=reverse("organisations:people"),
    )


@never_cache
@login_required
@page_with_form
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a name or an e-mail."""
    found = _managed(request, pk)
    form = ContactForm(
        request.POST or None,
        initial={"name": found.user.name, "email": found.user.email},
    )
    if request.method == "POST" and form.is_valid():
        accounts.change_user(
            **form.cleaned_data,
            user=found.user,
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, _("已改好。"))
        return redirect("organisations:person", pk=pk)
    return _form(
        request,
        form,
        title=_("改姓名、邮箱"),
        button=_("改好了"),
        who=found.user,
        back_url=reverse("organisations:person", args=[pk]),
    )


@never_cache
@login_required
@page_with_form
def give_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint this person in a unit of one's reach."""
    found = _seen(request, pk)
    allow(found.user.is_active)
    roots = reach_of_request(request).roots([Role.ADMINISTRATOR])
    form = GivePostForm(request.POST or None, roots=roots)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint(
                **form.cleaned_data,
                person=found.user,
                by=person(request),
                at=timezone.now(),
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("已任命。"))
            return redirect("organisations:person", pk=pk)
    return _form(
        request,
        form,
        title=_("任命"),
        button=_("任命"),
        text=_("岗位决定能看到什么、能办什么：到那个单位和它的下级为止。"),
        who=found.user,
        back_url=reverse("organisations:person", args=[pk]),
    )


@never_cache
@login_required
@page_with_form
def act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Ask, then do one of :data:`ACTS` to somebody else's account."""
    chosen = ACTS.get(slug)
    if chosen is None:
        raise Http404
    found = _managed(request, pk)
    allow(found.user.pk != person(request).pk)
    now = timezone.now()
    if not chosen.fits(found, now):
        messages.info(request, _("情况已经变了，没有改动什么。请看现在的状态。"))
        return redirect("organisations:person", pk=pk)
    if request.method == "POST":
        chosen.do(user=found.user, by=person(request), at=now)
        messages.success(request, str(chosen.done))
        return redirect("organisations:person", pk=pk)
    return _form(
        request,
        None,
        title=str(chosen.title),
        button=str(chosen.title),
        text=str(chosen.text),
        who=found.user,
        dangerous=chosen.dangerous,
        back_url=reverse("organisations:person", args=[pk]),
    )


@never_cache
@sensitive_post_parameters()
@login_required
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a sheet that lets somebody else choose a password, once."""
    found = _managed(request, pk)
    allow(found.user.pk != person(request).pk and found.user.is_active)
    link = accounts.reset_link(user=found.user, by=person(request), at=timezone.now())
    back_url = reverse("organisations:person", args=[pk])
    return reset_sheet(request, link=link, back_url=back_url)


def _seen(request: HttpRequest, pk: int) -> PersonDetails:
    """Return a person this administrator may see; 404 for anybody further away."""
    reach = reach_of_request(request)
    allow(may_see_people(reach))
    user = get_object_or_404(User, pk=pk)
    found = person_details(user, reach, on=timezone.localdate())
    if not found.visible:
        raise Http404
    return found


def _managed(request: HttpRequest, pk: int) -> PersonDetails:
    """Return a person whose account this administrator may change."""
    found = _seen(request, pk)
    allow(found.managed)
    return found


def _form(
    request: HttpRequest,
    form: Form | None,
    *,
    title: str,
    button: str,
    back_url: str,
    text: str = "",
    who: User | None = None,
    dangerous: bool = False,
) -> HttpResponse:
    return page(
        request,
        "people/form.html",
        {
            "form": form,
            "title": title,
            "button": button,
            "text": text,
            "who": who,
            "dangerous": dangerous,
            "back_url": back_url,
        },
        status=400 if form is not None and form.errors else 200,
    )
