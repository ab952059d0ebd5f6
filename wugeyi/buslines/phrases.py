"""What the acts, rows and fields of bus lines are called in the audit."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {}
SUBJECTS: dict[str, Promise] = {
    "buslines.line": _("惠农专线"),
}
FIELDS: dict[str, Promise] = {}


def values() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield fields that tell of a row, each with the names of its codes."""
    from wugeyi.buslines.models import Line

    yield "pricing", {str(code): name for code, name in Line.Pricing.choices}
