"""For who looks after the installation: ways, what did not arrive, a try."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wugeyi.accounts.views.mine import signed_in
from wugeyi.notices import queries, registry
from wugeyi.notices.actions import choosing
from wugeyi.notices.actions.spreading import account, group, mailbox
from wugeyi.notices.gateways import WAYS
from wugeyi.notices.models import Address, Letter
from wugeyi.notices.rules import row_key

Given = ParamSpec("Given")


def keepers(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in only who looks after sending."""

    @wraps(view)
    def checked(
        request: HttpRequest, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not registry.keeps_sending(request):
            raise PermissionDenied(_("只有整个系统的管理员能看这一页。"))
        return view(request, *args, **kwargs)

    return checked


@never_cache
@require_safe
@keepers
def sendings(request: HttpRequest) -> HttpResponse:
    """Show which ways are set up and what did not surely arrive; no addresses."""
    rows, page = queries.troubles(
        older=row_key(request.GET.get("older", "")),
        newer=row_key(request.GET.get("newer", "")),
    )
    context = {
        "kinds": queries.kinds(),
        "rows": rows,
        "older": f"?older={page.older}" if page.older else "",
        "newer": f"?newer={page.newer}" if page.newer else "",
        "now": timezone.now(),
    }
    return render(request, "notices/sendings.html", context)


@never_cache
@require_POST
@keepers
def trial(request: HttpRequest) -> HttpResponse:
    """Send a message by one way: to oneself, or to the group on duty."""
    way = WAYS.get(request.POST.get("way", ""))
    if way is None or not way.ready():
        raise Http404
    user, now = signed_in(request), timezone.now()
    if way.group:
        address: Address | None = group(way, at=now)
    else:
        subscriber = account(user, at=now)
        mailbox(subscriber, at=now)
        address = subscriber.addresses.filter(
            way=way.code, confirmed_at__isnull=False
        ).first()
    if address is None:
        messages.warning(
            request, _("您自己还没有设这种方式。请先到“我的通知”里设好，再来测试。")
        )
    else:
        choosing.send_trial(address=address, by=user, at=now)
        messages.success(request, _("几秒钟后发出。没有收到，就看下面的表。"))
    return redirect("notices:sendings")


@never_cache
@require_POST
@keepers
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter once more of which nobody knows whether it arrived."""
    letter = Letter.objects.filter(pk=pk).first()
    if letter is None:
        raise Http404
    now = timezone.now()
    if choosing.send_again(letter=letter, by=signed_in(request), at=now):
        messages.success(request, _("马上再发一次。"))
    else:
        messages.warning(request, _("这一封不能再发：对方已经退订，或者正在发。"))
    return redirect("notices:sendings")
