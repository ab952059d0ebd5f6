"""A file of tables: kept for a preview, then taken over once, all of it or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from wugeyi.audit.actions import record
from wugeyi.buslines.actions import dated, keeping, records, single
from wugeyi.buslines.actions.writing import By, take
from wugeyi.buslines.models import (
    Demand,
    Driver,
    FareTable,
    Line,
    OtherDuty,
    RegularDuty,
    Rule,
    Spot,
    Vehicle,
)
from wugeyi.buslines.rules.given import Fares, Regular
from wugeyi.buslines.rules.importing import ORDER, Step, What
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.imports.models import Batch

PREFIX = "buslines:"
MODELS: dict[str, Any] = {
    "spot": Spot,
    "vehicle": Vehicle,
    "regularduty": RegularDuty,
    "demand": Demand,
    "driver": Driver,
    "otherduty": OtherDuty,
    "rule": Rule,
    "fares": FareTable,
}
FARES = ("base_fen", "bands", "cap_fen", "basis")


def kind_of(line: Line) -> str:
    """Return what batches of a line are called in ``Batch.kind``."""
    return f"{PREFIX}{line.pk}"


def keep(
    *, line: Line, filename: str, content: bytes, rows: int, by: By, at: datetime
) -> Batch:
    """Keep tables to be looked at; nothing is taken over."""
    return keeping.keep(
        line=line,
        kind=kind_of(line),
        action="keep_import",
        filename=filename,
        content=content,
        rows=rows,
        by=by,
        at=at,
    )


@transaction.atomic
def accept(
    *, batch: Batch, line: Line, steps: Sequence[Step], by: By, at: datetime
) -> int:
    """Do what a file says; return how many records were written.

    Every record leaves its own event, as if it had been typed.

    Raises
    ------
    Refused
        CLOSED if it was taken over or thrown away already; what a single act refuses,
        with its code, and then nothing is written.
    """
    line = take(line)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.status != Batch.Status.PREVIEWED:
        raise Refused(Why.CLOSED)
    todo = [step for step in steps if step.what is not What.SAME]
    work = _Work(line, by, at)
    for name in ORDER:
        for step in todo:
            if step.record == name:
                work.write(step)
    for name in reversed(ORDER):
        for step in todo:
            if step.record == name and step.until is not None:
                work.end(step)
    batch.status = Batch.Status.ACCEPTED
    batch.accepted_at = at
    batch.content = b""
    batch.summary = str(len(todo))
    batch.save(update_fields=["status", "accepted_at", "content", "summary"])
    record(
        action="buslines.accept_import",
        subject=batch,
        by=by,
        at=at,
        organisation_id=line.organisation_id,
        after={"sha256": batch.sha256, "written": len(todo)},
    )
    return len(todo)


class _Work:
    """Takes a file over, row by row."""

    def __init__(self, line: Line, by: By, at: datetime) -> None:
        self.line, self.by, self.at = line, by, at
        self.spots = {each.code: each for each in Spot.objects.filter(line=line)}
        self.made: dict[tuple[object, ...], Any] = {}

    def write(self, step: Step) -> None:
        """Write what is new or changed."""
        if not step.values:
            return
        usual: dict[str, Any] = {"line": self.line, "by": self.by, "at": self.at}
        if step.record == "rule":
            self.made[_key(step)] = single.set_rule(
                name=step.code, on=step.on, **step.values, **usual
            )
        elif step.record == "fares":
            fares = Fares(**{name: step.values[name] for name in FARES})
            self.made[_key(step)] = single.set_fares(fares=fares, on=step.on, **usual)
        elif step.record == "ways":
            single.set_ways(ways=step.values, on=step.on, **usual)
        elif step.record == "timetable":
            single.set_timetable(regular=self._regular(step), on=step.on, **usual)
        else:
            self._coded(step)

    def _regular(self, step: Step) -> Regular:
        found = step.values["departures"]
        return Regular(
            name=step.values["name"],
            digest=step.values["digest"],
            service_on=step.on,
            departures=tuple((code, minute, name) for code, minute, name in found),
        )

    def _coded(self, step: Step) -> None:
        values = dict(step.values)
        away = values.pop("absent", ())
        for name in ("stop", "market", "depot", "starts_at", "ends_at"):
            if name in values:
                values[name] = self.spots[values[name]]
        if step.row is None:
            row = records.add(
                MODELS[step.record],
                line=self.line,
                values={**values, "code": step.code},
                valid_from=step.on,
                by=self.by,
                at=self.at,
            ).row
        else:
            row = self._row(step)
            if values:
                row = records.change(
                    row=row, values=values, on=step.on, by=self.by, at=self.at
                )
        for first, last in away:
            records.away(
                driver=row, first_day=first, last_day=last, by=self.by, at=self.at
            )
        self.made[_key(step)] = row
        if isinstance(row, Spot):
            self.spots[row.code] = row

    def _row(self, step: Step) -> Any:
        known = self.made.get(_key(step))
        if known is not None:
            return known
        rows = MODELS[step.record].objects.select_related("line__organisation")
        row = rows.filter(pk=step.row).first()
        if row is None:
            raise Refused(Why.CHANGED)
        return row

    def end(self, step: Step) -> None:
        """End what holds no longer."""
        assert step.until is not None  # noqa: S101 (asked by the caller)
        row = self._row(step)
        usual: dict[str, Any] = {"on": step.until, "by": self.by, "at": self.at}
        if isinstance(row, Spot):
            records.end_spot(spot=row, **usual)
        elif row.valid_until is None or row.valid_until > step.until:
            dated.end(row=row, **usual)


def _key(step: Step) -> tuple[object, ...]:
    """Return what tells a record: of rules and fares there is one from each day on."""
    return step.record, step.code, step.on
