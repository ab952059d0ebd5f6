"""What a line has one of at a time: each rule, the fares, the ways, the timetable."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from wugeyi.buslines.actions import dated
from wugeyi.buslines.actions.writing import By, take
from wugeyi.buslines.models import (
    Edition,
    FareBand,
    FareTable,
    Line,
    Rule,
    Timetable,
    WaysTable,
)
from wugeyi.buslines.rules.given import Fares, Regular
from wugeyi.buslines.rules.limits import LIMITS, MOST_BANDS
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.buslines.rules.rulenames import BY_NAME

Single = TypeVar("Single", Rule, FareTable, WaysTable, Timetable)


def _set(
    model: type[Single],
    *,
    line: Line,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    on: date,
    by: By,
    at: datetime,
    told: Mapping[str, object] | None = None,
) -> Single:
    """Let values hold from a day on until what was written for a later day begins."""
    action = f"set_{model._meta.model_name}"
    rows = model._default_manager.select_for_update(of=("self",)).filter(
        line=line, **key
    )
    held = rows.filter(valid_from__lte=on).order_by("-valid_from").first()
    if held is not None and held.holds(on):
        return dated.supersede(
            held,
            line=line,
            values=values,
            on=on,
            action=action,
            by=by,
            at=at,
            told=told,
        )
    later = rows.filter(valid_from__gt=on).order_by("valid_from").first()
    return dated.begin(
        model,
        line=line,
        values={**key, **values},
        valid_from=on,
        valid_until=later.valid_from if later else None,
        action=action,
        by=by,
        at=at,
        told=told,
    )


@transaction.atomic
def set_rule(
    *,
    line: Line,
    name: str,
    number: int,
    on: date,
    by: By,
    at: datetime,
    source: str = "",
    verified: bool = False,
) -> Rule:
    """Let a rule have a number from a day on.

    Raises
    ------
    Refused
        CLOSED, BAD_DAYS; BAD_VALUE for an unknown rule, a number out of its limits, or
        one called verified without a source.
    """
    line = take(line)
    rule = BY_NAME.get(name)
    if rule is None:
        raise Refused(Why.BAD_VALUE, field="name")
    if not rule.least <= number <= rule.most:
        raise Refused(Why.BAD_VALUE, field="number", least=rule.least, most=rule.most)
    if verified and not source.strip():
        raise Refused(Why.BAD_VALUE, field="source")
    values = {"number": number, "source": source.strip(), "verified": verified}
    held = Rule.objects.filter(line=line, name=name, valid_until=None).first()
    if held is not None and held.valid_from <= on:
        known = (held.number, held.source, held.verified)
        if known == (number, values["source"], verified):
            return held
    return _set(Rule, line=line, key={"name": name}, values=values, on=on, by=by, at=at)


def _sound(fares: Fares) -> None:
    limits = {**LIMITS["faretable"], **LIMITS["fareband"]}

    def within(field: str, number: int) -> None:
        least, most = limits[field]
        if not least <= number <= most:
            raise Refused(Why.BAD_VALUE, field=field, least=least, most=most)

    within("base_fen", fares.base_fen)
    if fares.cap_fen is not None:
        within("cap_fen", fares.cap_fen)
        if fares.cap_fen < fares.base_fen:
            raise Refused(Why.BAD_VALUE, field="cap_fen")
    if len(fares.bands) > MOST_BANDS:
        raise Refused(Why.TOO_MANY, most=MOST_BANDS)
    if len({baskets for baskets, _fen in fares.bands}) != len(fares.bands):
        raise Refused(Why.BAD_VALUE, field="from_baskets")
    for baskets, fen in fares.bands:
        within("from_baskets", baskets)
        within("fen", fen)


def _told(fares: Fares) -> dict[str, object]:
    return {"bands": [list(each) for each in sorted(fares.bands)]}


def _bands(table: FareTable, bands: Sequence[tuple[int, int]]) -> None:
    table.bands.all().delete()
    FareBand.objects.bulk_create(
        FareBand(table=table, from_baskets=baskets, fen=fen)
        for baskets, fen in sorted(bands)
    )


@transaction.atomic
def set_fares(*, line: Line, fares: Fares, on: date, by: By, at: datetime) -> FareTable:
    """Let a fare table hold from a day on.

    Raises
    ------
    Refused
        CLOSED, BAD_DAYS, BAD_VALUE, TOO_MANY; IN_USE if the one that begins the same
        day was announced with a timetable already.
    """
    line = take(line)
    _sound(fares)
    same_day = FareTable.objects.filter(line=line, trial=False, valid_from=on)
    if Edition.objects.filter(fares__in=same_day).exists():
        raise Refused(Why.IN_USE)
    values = {
        "base_fen": fares.base_fen,
        "cap_fen": fares.cap_fen,
        "basis": fares.basis.strip(),
    }
    table = _set(
        FareTable,
        line=line,
        key={"trial": False},
        values=values,
        on=on,
        by=by,
        at=at,
        told=_told(fares),
    )
    _bands(table, fares.bands)
    return table


@transaction.atomic
def add_trial_fares(
    *, line: Line, fares: Fares, on: date, by: By, at: datetime
) -> FareTable:
    """Write a fare table down that is only compared with; never in force.

    Raises
    ------
    Refused
        CLOSED, BAD_VALUE, TOO_MANY.
    """
    line = take(line)
    _sound(fares)
    known = FareTable.objects.filter(
        line=line,
        trial=True,
        valid_from=on,
        valid_until=None,
        base_fen=fares.base_fen,
        cap_fen=fares.cap_fen,
        basis=fares.basis.strip(),
    ).prefetch_related("bands")
    for each in known:
        if [(b.from_baskets, b.fen) for b in each.bands.all()] == sorted(fares.bands):
            return each
    table = dated.begin(
        FareTable,
        line=line,
        values={
            "base_fen": fares.base_fen,
            "cap_fen": fares.cap_fen,
            "basis": fares.basis.strip(),
            "trial": True,
        },
        valid_from=on,
        valid_until=None,
        action="add_trial_fares",
        by=by,
        at=at,
        told=_told(fares),
    )
    _bands(table, fares.bands)
    return table


@transaction.atomic
def set_ways(
    *,
    line: Line,
    ways: Mapping[str, Any],
    on: date,
    by: By,
    at: datetime,
    source: str = WaysTable.Source.TABLE.value,
    shapes: Mapping[str, Any] | None = None,
    findings: Sequence[Any] = (),
    note: str = "",
) -> WaysTable:
    """Let a table of driving times and distances hold from a day on.

    Parameters
    ----------
    ways
        ``codes``, and ``minutes`` and ``metres`` by row from and column to; -1 where
        there is no road.

    Raises
    ------
    Refused
        CLOSED, BAD_DAYS; BAD_VALUE if it is not square.
    """
    line = take(line)
    size = len(ways["codes"])
    for name in ("minutes", "metres"):
        if len(ways[name]) != size or any(len(row) != size for row in ways[name]):
            raise Refused(Why.BAD_VALUE, field="ways")
    values = {
        "source": source,
        "note": note.strip()[:200],
        "ways": {name: ways[name] for name in ("codes", "minutes", "metres")},
        "shapes": dict(shapes or {}),
        "findings": list(findings),
    }
    return _set(
        WaysTable,
        line=line,
        key={},
        values=values,
        on=on,
        by=by,
        at=at,
        told={"places": size},
    )


@transaction.atomic
def set_timetable(
    *, line: Line, regular: Regular, on: date, by: By, at: datetime
) -> Timetable:
    """Let a regular timetable hold from a day on; the same again changes nothing.

    Raises
    ------
    Refused
        CLOSED, BAD_DAYS.
    """
    line = take(line)
    values = {
        "name": regular.name[:120],
        "digest": regular.digest,
        "service_on": regular.service_on,
        "departures": [list(each) for each in regular.departures],
        "findings": list(regular.findings),
    }
    held = Timetable.objects.filter(line=line, valid_until=None).first()
    stands = held is not None and held.valid_from <= on
    if stands and all(getattr(held, name) == each for name, each in values.items()):
        return held  # type: ignore[return-value]
    return _set(
        Timetable,
        line=line,
        key={},
        values=values,
        on=on,
        by=by,
        at=at,
        told={"count": len(regular.departures)},
    )
