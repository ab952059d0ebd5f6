"""Rows of a list as they leave the system: readable cells, nobody's identity."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wugeyi.casework.models import Case
from wugeyi.casework.queries.desk import Filters, cases, order_of
from wugeyi.casework.rules.masking import mask
from wugeyi.imports.rules import looks_like_formula
from wugeyi.organisations.rules import Reach

MOST = 5000
CHUNK = 500

Column = tuple[Promise, Callable[[Case], object]]


def _moment(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _yes(value: object) -> str:
    return _("是") if value else ""


COLUMNS: tuple[Column, ...] = (
    (gettext_lazy("诉求编号"), lambda case: case.number),
    # The words leave the system: what identifies people is hidden as for the public.
    (gettext_lazy("诉求（已遮去个人信息）"), lambda case: mask(case.text).text),
    (gettext_lazy("类别"), lambda case: str(case.category)),
    (gettext_lazy("紧急程度"), lambda case: case.get_urgency_display()),
    (gettext_lazy("危及人身"), lambda case: _yes(case.danger)),
    (gettext_lazy("来源"), lambda case: case.get_channel_display()),
    (gettext_lazy("来源编号"), lambda case: case.source_number),
    (gettext_lazy("地点"), lambda case: case.place.name),
    (gettext_lazy("地点代码"), lambda case: case.place.code),
    (gettext_lazy("状态"), lambda case: case.get_state_display()),
    (gettext_lazy("结果"), lambda case: case.get_outcome_display()),
    (gettext_lazy("满意度"), lambda case: case.get_satisfaction_display()),
    (gettext_lazy("办理单位"), lambda case: case.handler.name),
    (gettext_lazy("首接单位"), lambda case: case.receiver.name),
    (gettext_lazy("登记时间"), lambda case: _moment(case.registered_at)),
    (gettext_lazy("联系时间"), lambda case: _moment(case.contacted_at)),
    (gettext_lazy("办理期限"), lambda case: _moment(case.due_at)),
    (gettext_lazy("答复时间"), lambda case: _moment(case.answered_at)),
    (gettext_lazy("办结时间"), lambda case: _moment(case.closed_at)),
    (gettext_lazy("重新办理次数"), lambda case: case.reopened),
    (gettext_lazy("不计入三率"), lambda case: _yes(case.excluded)),
)


def header() -> list[str]:
    """Return the names of the columns in the reader's language."""
    return [str(name) for name, _value in COLUMNS]


def keys_of(
    filters: Filters,
    reach: Reach,
    *,
    now: datetime,
    only: Sequence[int] | None = None,
) -> list[int]:
    """Return the keys of a list in its order, at most ``MOST`` + 1 (which tells of more)."""
    found = cases(filters, reach, now=now)
    if only is not None:
        found = found.filter(pk__in=only)
    ordered = found.order_by(*order_of(filters.tab)).values_list("pk", flat=True)
    return list(ordered[: MOST + 1])


def _loaded(keys: Sequence[int]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=keys).select_related(
        "category", "place", "handler", "receiver"
    )


def rows(keys: Sequence[int]) -> Iterator[list[str]]:
    """Yield the rows of these cases in this order, a few hundred at a time."""
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        loaded = {case.pk: case for case in _loaded(part)}
        for key in part:
            if key in loaded:
                yield [cell(value(loaded[key])) for _name, value in COLUMNS]


def cell(value: object) -> str:
    """Write a value so that no spreadsheet computes it."""
    text = "" if value is None else str(value)
    risky = looks_like_formula(text) or text[:1] in {
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
    }
    return f"'{text}" if risky else text
