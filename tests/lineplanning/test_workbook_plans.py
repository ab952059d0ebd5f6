import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.fares import STANDARD, revenue, subsidy
from wugeyi.engines.lineplanning.findings import say
from wugeyi.engines.lineplanning.packing import solve
from wugeyi.engines.lineplanning.reasons import explain
from wugeyi.engines.lineplanning.texts_planned import HEADS, PLANNED
from wugeyi.engines.lineplanning.workbook import plan_workbook

CASE = instance.case(7, instance.Size(9, 2, 1, 0))
PLAN = solve(CASE)
REASONS = explain(CASE, PLAN)


def opened(**given: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(plan_workbook(CASE, PLAN, **given)))


def records(book: openpyxl.Workbook, sheet: str) -> list[dict[str, Any]]:
    titles, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_the_plan_serves_some_and_leaves_some_out() -> None:
    assert PLAN.served
    assert PLAN.left_out


def test_every_sheet_has_its_titles_in_both_languages() -> None:
    for number, language in enumerate(("zh", "en")):
        book = opened(fares=STANDARD, language=language)
        assert book.sheetnames == [
            PLANNED[code][number] for code in ("summary", *HEADS)
        ]
        for code, head in HEADS.items():
            page = book[PLANNED[code][number]]
            assert [cell.value for cell in page[1]] == [each[number] for each in head]
            assert page.print_title_rows == "$1:$1"


def test_calls_are_the_plans_with_times_as_times() -> None:
    rows = records(opened(), "时刻表")
    calls = [
        call for block in PLAN.blocks for trip in block.trips for call in trip.calls
    ]
    stops = [row for row in rows if row["人数"] is not None]
    assert [row["到"] for row in stops] == [
        timedelta(minutes=call.arrive_minute) for call in calls
    ]
    trips = sum(len(block.trips) for block in PLAN.blocks)
    assert len(rows) == len(calls) + trips
    served = [each for each in CASE.requests if each.code in PLAN.served]
    assert sum(row["人数"] for row in stops) == sum(each.persons for each in served)


def test_money_adds_up() -> None:
    book = opened(fares=STANDARD)
    shown = {row[0].value: row[1].value for row in book["概要"].iter_rows(min_row=2)}
    account = subsidy(CASE, PLAN, STANDARD)
    assert shown["需补贴（元）"] == account.subsidy_fen / 100
    assert shown["方案价值（元）"] == pytest.approx(PLAN.money.value_milli / 100_000)
    fen = revenue(CASE, PLAN, STANDARD).fen
    assert sum(row["票款（元）"] for row in records(book, "各班票款")) * 100 == fen
    assert sum(row["票款（元）"] for row in records(book, "谁坐哪班车")) * 100 == fen
    blocks = records(book, "车辆任务")
    assert sum(row["成本（元）"] for row in blocks) * 100_000 == pytest.approx(
        PLAN.money.driven_milli + PLAN.money.buses_milli
    )


def test_everybody_left_out_is_listed_with_the_reason() -> None:
    rows = records(opened(reasons=REASONS), "没接上的")
    assert [row["编号"] for row in rows] == list(PLAN.left_out)
    assert [row["原因"] for row in rows] == [say(each.finding) for each in REASONS]
    assert [row["原因"] for row in records(opened(), "没接上的")] == [None] * len(rows)


def test_an_empty_plan_is_a_workbook_too() -> None:
    empty = replace(
        PLAN,
        blocks=(),
        left_out=tuple(each.code for each in CASE.requests),
        stopped=True,
    )
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(CASE, empty)))
    assert book["时刻表"].max_row == 1
    assert len(records(book, "没接上的")) == len(CASE.requests)


def test_no_text_becomes_a_formula() -> None:
    requests = tuple(replace(each, name="=1+1") for each in CASE.requests)
    content = plan_workbook(replace(CASE, requests=requests), PLAN)
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {
        cell.data_type for page in book for row in page.iter_rows() for cell in row
    }
    assert "f" not in kinds
