"""Closed months: written once, opened only when they are what their manifest says."""

import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.tally import scale
from wugeyi.engines.tally.definitions import Aggregate
from wugeyi.engines.tally.extract import (
    Closing,
    ExtractError,
    Fact,
    Stay,
    open_extract,
    open_month,
    write_month,
)
from wugeyi.engines.tally.kernel import answer
from wugeyi.engines.tally.rollup import Month, Part

MONTH = Month(2026, 9)
VISITS = Part("visits", 1, Aggregate.COUNT)
PEOPLE = Part("people", 2, Aggregate.DISTINCT)
AT = datetime(2026, 9, 8, 1, tzinfo=UTC)
CLOSED = datetime(2026, 10, 8, tzinfo=UTC)
SINCE = date(1949, 10, 1)
STAYS = [
    Stay("city", "00001", SINCE, None),
    Stay("east", "0000100002", SINCE, None),
    Stay("west", "0000100003", SINCE, None),
    Stay("village", "000010000200004", SINCE, None),
]
FACTS = [
    Fact(2, "000010000200004", date(2026, 9, 7), 1, 1, 0, "王", "", AT),
    Fact(1, "0000100003", date(2026, 9, 1), 2, 1, 0, None, "", AT),
    Fact(1, "000010000200004", date(2026, 9, 30), 3, 1, 0, None, "", AT),
    Fact(1, "000010000200004", date(2026, 9, 30), 3, -1, 0, None, "", AT),
]


def closing(**changes):
    told = {
        "month": MONTH,
        "measures": (VISITS, PEOPLE),
        "as_of": CLOSED,
        "written_at": CLOSED,
        "tool": "0.1",
    }
    return Closing(**{**told, **changes})


@pytest.fixture
def written(tmp_path):
    return write_month(tmp_path, closing(), FACTS, STAYS)


def test_facts_stand_in_tree_order_with_their_intervals(written):
    facts = pq.read_table(written.facts).to_pydict()
    assert facts["measure"] == [1, 1, 1, 2]
    assert facts["path"] == [
        "000010000200004",
        "000010000200004",
        "0000100003",
        "000010000200004",
    ]
    assert facts["place"] == [2, 2, 3, 2]
    units = pq.read_table(written.units).to_pydict()
    assert units["unit"] == ["city", "east", "village", "west"]
    intervals = list(zip(units["place"], units["last"], strict=True))
    assert intervals == [(0, 3), (1, 2), (2, 2), (3, 3)]


def test_the_manifest_counts(written):
    told = written.manifest.content
    assert (told[1].rows, told[1].records, told[1].withdrawn) == (3, 1, 1)
    assert (told[2].rows, told[2].keys) == (1, 1)
    assert written.manifest.last_recorded == "2026-09-08T01:00:00.000000+00:00"
    assert open_month(written.folder.parent, MONTH) == written


def test_written_again_only_if_the_same(tmp_path, written):
    same = write_month(tmp_path, closing(tool="0.2"), reversed(FACTS), STAYS)
    assert same.manifest.tool == "0.1"
    with pytest.raises(ExtractError, match="closed already"):
        write_month(tmp_path, closing(), FACTS[1:], STAYS)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-09"]
    assert open_month(tmp_path, MONTH) == written


def test_arrow_gives_the_same_as_rows(tmp_path, written):
    columns = dict(zip(Fact._fields, zip(*FACTS, strict=True), strict=True))
    batches = [
        pa.RecordBatch.from_pydict({k: v[:2] for k, v in columns.items()}),
        pa.RecordBatch.from_pydict({k: v[2:] for k, v in columns.items()}),
    ]
    same = write_month(tmp_path, closing(), batches, STAYS)
    assert same.manifest == written.manifest


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"day": date(2026, 10, 1)}, "outside 2026-09, as 2026-10-01"),
        ({"path": "0000100009"}, "not in the tree, as 0000100009"),
        ({"measure": 7}, "not listed, as 7"),
        ({"records": 2}, "neither .1 nor -1, as 2"),
        ({"recorded_at": datetime(2026, 11, 1, tzinfo=UTC)}, "recorded at 2026-11-01"),
        ({"value": 2**70}, "Fact is not in order"),
        ({"path": None}, "path"),
    ],
)
def test_a_fact_that_cannot_be_closed(tmp_path, change, message):
    with pytest.raises(ExtractError, match=message):
        write_month(tmp_path, closing(), [*FACTS, FACTS[0]._replace(**change)], STAYS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("stay", "message"),
    [
        (Stay("odd", "0001", SINCE, None), "path that is none, as 0001"),
        (Stay("odd", "0000100008", SINCE, SINCE), "end before they begin"),
    ],
)
def test_a_unit_that_cannot_be_closed(tmp_path, stay, message):
    with pytest.raises(ExtractError, match=message):
        write_month(tmp_path, closing(), FACTS, [*STAYS, stay])


def test_sums_beyond_64_bits_are_refused(tmp_path):
    money = Part("money", 1, Aggregate.SUM)
    facts = [FACTS[1]._replace(value=2**62)] * 2
    with pytest.raises(ExtractError, match="money: values too large"):
        write_month(tmp_path, closing(measures=(money,)), facts, STAYS)


def test_what_is_wrong_is_said_for_all_months_at_once(tmp_path):
    folder = scale.world(3, 200).write(tmp_path / "extract")
    first, second, third, fourth = (folder / str(month) for month in scale.MONTHS)
    (first / "units.parquet").unlink()
    (second / "notes.txt").write_text("?")
    facts = third / "facts.parquet"
    with facts.open("r+b") as file:
        file.seek(5)
        byte = file.read(1)[0]
        file.seek(5)
        file.write(bytes([byte ^ 1]))
    text = (fourth / "manifest.json").read_text(encoding="utf-8")
    (fourth / "manifest.json").write_text(text[:-9], encoding="utf-8")
    with pytest.raises(ExtractError) as found:
        open_extract(folder, (*scale.MONTHS, Month(2031, 1)))
    lines = str(found.value).splitlines()
    assert [line.removeprefix(f"{folder}/") for line in lines] == [
        "2025-11: units.parquet is missing",
        "2025-12: notes.txt does not belong here",
        "2026-01: facts.parquet was changed: another SHA-256 than when written",
        lines[3].removeprefix(f"{folder}/"),
        "2031-01: the month has not been written",
    ]
    assert "2026-02: manifest.json is not JSON" in lines[3]


def test_a_shorter_file_is_seen_without_hashing(written):
    with written.facts.open("r+b") as file:
        file.truncate(100)
    with pytest.raises(ExtractError, match="was changed: 100 bytes instead of"):
        open_extract(written.folder.parent, [MONTH], verify=False)


def test_another_format_is_refused(written):
    path = written.folder / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "format": 99}), encoding="utf-8")
    with pytest.raises(ExtractError, match="format 99, this program reads 1"):
        open_month(written.folder.parent, MONTH)


def test_a_measure_with_another_meaning_is_not_answered(written):
    other = Part("visits", 1, Aggregate.COUNT, version=2)
    asked = scale.Question((scale.Asked("visits", other),), (MONTH,), (0,))
    with pytest.raises(ExtractError, match="version 2"):
        answer([written], asked)


def test_a_month_without_facts(tmp_path):
    empty = write_month(tmp_path, closing(), [], STAYS)
    asked = scale.Question((scale.Asked("visits", VISITS, PEOPLE),), (MONTH,), (0, 1))
    found = answer([empty], asked).to_pydict()
    assert found["path"] == ["00001", "0000100002", "0000100003"]
    assert found["n1"] == found["d1"] == [0, 0, 0]
