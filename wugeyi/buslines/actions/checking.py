"""Values of records that cannot be, refused whoever sends them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wugeyi.buslines.models import Dated, Line, RegularDuty, Spot, Vehicle, holding
from wugeyi.buslines.rules.limits import LIMITS, ORDERED
from wugeyi.buslines.rules.minutes import spans
from wugeyi.buslines.rules.refusals import Refused, Why

MOST_CODE = 20
PLACES = {
    "stop": Spot.Kind.STOP,
    "market": Spot.Kind.MARKET,
    "depot": Spot.Kind.DEPOT,
    "starts_at": None,
    "ends_at": None,
}
"""The kind of place a column takes; None is any."""


def checked(
    model: type[Dated], line: Line, values: Mapping[str, Any], *, on: date
) -> None:
    """Look at the values of one record.

    Raises
    ------
    Refused
        NEEDS_TEXT without a code or a name, BAD_VALUE naming the column (a number out
        of its limits, times turned round, a place of another line or kind or day).
    """
    _texts(model, values)
    name = model._meta.model_name or ""
    for field, (least, most) in LIMITS.get(name, {}).items():
        number = values.get(field)
        if number is not None and not least <= number <= most:
            raise Refused(Why.BAD_VALUE, field=field, least=least, most=most)
    first, last = ORDERED.get(name, ("", ""))
    if first in values and last in values and values[first] > values[last]:
        raise Refused(Why.BAD_VALUE, field=last)
    for field, kind in PLACES.items():
        if field in values:
            _place(line, values[field], kind, field, on)
    if model is RegularDuty and "vehicle" in values:
        _bus(line, str(values["vehicle"]), on)
    if "driving" in values and spans(str(values["driving"])) is None:
        raise Refused(Why.BAD_VALUE, field="driving")
    if "weekdays" in values and not set(str(values["weekdays"])) & set("1234567"):
        raise Refused(Why.BAD_VALUE, field="weekdays")
    if (values.get("lat") is None) != (values.get("lon") is None):
        raise Refused(Why.BAD_VALUE, field="lat")


def _texts(model: type[Dated], values: Mapping[str, Any]) -> None:
    if "code" in values:
        code = str(values["code"])
        if not code.strip():
            raise Refused(Why.NEEDS_TEXT, field="code")
        if len(code) > MOST_CODE or any(letter.isspace() for letter in code):
            raise Refused(Why.BAD_VALUE, field="code")
    if model is Spot and not str(values.get("name", "-")).strip():
        raise Refused(Why.NEEDS_TEXT, field="name")


def _bus(line: Line, code: str, on: date) -> None:
    if not Vehicle.objects.filter(holding(on), line=line, code=code).exists():
        raise Refused(Why.BAD_VALUE, field="vehicle")


def _place(
    line: Line, spot: Spot, kind: Spot.Kind | None, field: str, on: date
) -> None:
    wrong = spot.line_id != line.pk or kind not in {None, spot.kind}
    if wrong or not spot.holds(on):
        raise Refused(Why.BAD_VALUE, field=field)
