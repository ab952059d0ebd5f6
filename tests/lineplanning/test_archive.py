import json
from dataclasses import dataclass, replace
from datetime import date

import pytest

from wugeyi.engines.lineplanning import Finding, instance
from wugeyi.engines.lineplanning.archive import (
    case_from_json,
    digest,
    findings_from_json,
    from_json,
    plan_from_json,
    to_json,
)
from wugeyi.engines.lineplanning.packing import solve


@dataclass(frozen=True)
class Absence:
    driver: str
    days: tuple[date, ...] = ()
    pair: tuple[int, str] = (0, "")


CASE = instance.case(1, instance.Size(6, 2, 1, 1))


def through(record: object) -> object:
    return json.loads(json.dumps(to_json(record)))


def test_a_case_comes_back_as_it_was() -> None:
    assert case_from_json(through(CASE)) == CASE


def test_a_plan_comes_back_as_it_was() -> None:
    plan = solve(CASE)
    assert plan.blocks
    assert plan_from_json(through(plan)) == plan


def test_findings_come_back_with_what_they_come_from() -> None:
    inner = Finding("ride-too-long", "error", "r1", {"limit": 75, "who": ("a", "b")})
    found = (Finding("request-impossible", "error", "r1", {}, ("rule x",), (inner,)),)
    assert findings_from_json(through(found)) == found


def test_days_come_back_as_days() -> None:
    absence = Absence("d1", (date(2026, 1, 2),), (3, "x"))
    assert from_json(Absence, through(absence)) == absence


def test_what_was_stored_before_a_field_existed_is_read() -> None:
    stored = to_json(CASE)
    for each in stored["requests"]:
        del each["home"]
    assert case_from_json(stored) == CASE


@pytest.mark.parametrize("wrong", [None, [], {"stops": 3}, "x", {"stops": [{}]}])
def test_anything_else_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="No Case"):
        case_from_json(wrong)


def test_a_digest_names_the_contents() -> None:
    same = case_from_json(through(CASE))
    assert digest(same) == digest(CASE)
    assert digest(replace(CASE, name="another")) != digest(CASE)
