"""What messages need to know of a case that somebody follows by its receipt."""

import secrets
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse

from wugeyi.casework.actions import telling
from wugeyi.casework.forms.receipt import HeldForm
from wugeyi.casework.models import Case, Retention
from wugeyi.casework.queries import receipts
from wugeyi.casework.views.report import to_case
from wugeyi.notices.registry import Topic, register_topic


def label(key: int) -> str:
    """Return what a case is called."""
    case = Case.objects.filter(pk=key).first()
    return case.number if case is not None else ""


def may(request: HttpRequest, key: int) -> bool:
    """Tell whether a request carries the code of a case, as every act with it does."""
    form = HeldForm(request.POST)
    form.is_valid()
    found = receipts.by_key(key)
    sent = str(form.cleaned_data.get("code", ""))
    return found is not None and secrets.compare_digest(found.receipt, sent)


def show(request: HttpRequest, key: int) -> HttpResponse:
    """Lead somebody who follows a case to its page."""
    found = receipts.by_key(key)
    if found is None:
        raise Http404
    return to_case(request, found, "public:case")


def standing(key: int) -> tuple[int, date | None]:
    """Return the case that is worked on, and until when who asked is kept."""
    case = Case.objects.select_related("merged_into").get(pk=key)
    main = case.merged_into or case
    rule = Retention.objects.filter(field="reporter").first()
    if main.closed_on is None or rule is None:
        return main.pk, None
    return main.pk, main.closed_on + timedelta(days=rule.days)


def register() -> None:
    """Let cases be followed."""
    register_topic(
        Topic(
            telling.TOPIC,
            label=label,
            may=may,
            show=show,
            welcome=telling.received,
            standing=standing,
        )
    )
    telling.register()
