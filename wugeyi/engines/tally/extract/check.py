"""Facts are looked at before they are closed for good."""

from collections.abc import Iterable
from typing import Any

from wugeyi.engines.tally.extract.layout import Content, ExtractError
from wugeyi.engines.tally.rollup import Aggregate, Month, Part


def checked_facts(
    facts: Any,
    tree: Any,
    month: Month,
    measures: Iterable[Part],
) -> Any:
    """Check a table of ``Fact``s and put ``place`` beside their paths.

    Raises
    ------
    ExtractError
        Says how many facts are wrong in which way, with an example.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    known = {measure.code: measure for measure in measures}
    codes = pa.array(sorted(known), type=pa.int32())
    first, end = pa.scalar(month.first), pa.scalar(month.next.first)
    day = facts["day"]
    _none(facts, pc.invert(pc.is_in(facts["measure"], codes)), "measure", "not listed")
    outside = pc.or_(pc.less(day, first), pc.greater_equal(day, end))
    _none(facts, outside, "day", f"outside {month}")
    twice = pc.invert(pc.is_in(facts["records"], pa.array([1, -1], type=pa.int8())))
    _none(facts, twice, "records", "neither +1 nor -1")
    # Paths come sorted, each perhaps for several stays.
    paths = pc.unique(tree["path"])
    place = pc.index_in(facts["path"], value_set=paths)
    _none(facts, pc.is_null(place), "path", "not in the tree")
    place = place.cast(pa.int32())
    for code in codes.to_pylist():
        if known[code].aggregate is not Aggregate.COUNT:
            _bounded(facts, known[code])
    field = pa.field("place", pa.int32(), nullable=False)
    return facts.add_column(2, field, place)


def _none(facts: Any, wrong: Any, column: str, why: str) -> None:
    import pyarrow.compute as pc

    number = pc.sum(wrong).as_py() or 0
    if number:
        example = facts[column].filter(wrong)[0].as_py()
        msg = f"{number} facts with a {column} that is {why}, as {example}"
        raise ExtractError(msg)


def _bounded(facts: Any, measure: Part) -> None:
    """Refuse values whose sums an engine could not hold in 64 bits."""
    import pyarrow.compute as pc

    values = facts["value"].filter(pc.equal(facts["measure"], measure.code))
    total = pc.sum(pc.abs(values.cast("float64", safe=False))).as_py() or 0.0
    if total >= 2.0**63:
        msg = f"{measure.name}: values too large to be added in 64 bits"
        raise ExtractError(msg)


def content_of(table: Any, group_rows: int) -> dict[int, Content]:
    """Say what each measure has in a sorted table of facts, in its order."""
    import pyarrow.compute as pc

    found: dict[int, Content] = {}
    start = group = 0
    for one in pc.value_counts(table["measure"]).to_pylist():
        rows = one["counts"]
        part = table.slice(start, rows)
        groups = -(-rows // group_rows)
        found[one["values"]] = Content(
            rows=rows,
            records=pc.sum(part["records"]).as_py(),
            value=pc.sum(pc.multiply(part["records"], part["value"])).as_py(),
            withdrawn=pc.sum(pc.less(part["records"], 0)).as_py(),
            keys=pc.count_distinct(part["key"]).as_py(),
            first_group=group,
            groups=groups,
        )
        start += rows
        group += groups
    return found


def last_recorded(table: Any) -> str:
    """Say when the last fact was recorded, in UTC; "" without facts."""
    import pyarrow.compute as pc

    last = pc.max(table["recorded_at"]).as_py()
    return "" if last is None else str(last.isoformat(timespec="microseconds"))
