import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wugeyi.engines.lineplanning import instance
from wugeyi.engines.lineplanning.command import main
from wugeyi.engines.lineplanning.crew import Driver, Duty, Origin, RosterRules
from wugeyi.engines.lineplanning.fares import STANDARD, Band, Fares
from wugeyi.engines.lineplanning.findings import Refused, say
from wugeyi.engines.lineplanning.reading import read_workbook
from wugeyi.engines.lineplanning.reading.crew import Crew, read_crew, write_crew
from wugeyi.engines.lineplanning.reading.crew_tables import (
    CREW_RULE_TITLES,
    CREW_TABLES,
)
from wugeyi.engines.lineplanning.reading.tables import DATED
from wugeyi.engines.lineplanning.roster import instance as people
from wugeyi.engines.lineplanning.texts_workbook import SHEETS
from wugeyi.engines.lineplanning.workbook import (
    case_workbook,
    read_crew_workbook,
    template,
)

CASE = instance.case(3, instance.Size(4, 1, 1, 1))
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
MONDAY = date(2026, 3, 2)

codes = st.text("ab九0", min_size=1, max_size=4)
names = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=5).filter(
    lambda text: not text.startswith(("=", "＝", "#", "＃"))
)
days = st.dates(date(2026, 1, 1), date(2026, 2, 1))
drivers = st.builds(
    Driver,
    code=codes,
    name=names,
    licensed_on=st.dates(date(1960, 1, 1), date(2026, 1, 1)),
    stars=st.integers(0, 5),
    absent=st.sets(days).map(lambda each: tuple(sorted(each))),
)
minutes = st.integers(0, 2879)
spans = st.tuples(minutes, minutes)
duties = st.builds(
    Duty,
    code=codes,
    begin_minute=minutes,
    end_minute=minutes,
    driving=st.lists(spans, max_size=3).map(tuple),
    weekdays=st.tuples(*[st.booleans()] * 7).filter(any),
    bus=names,
)
fares = st.builds(
    Fares,
    base_fen=st.integers(0, 900),
    bands=st.dictionaries(st.integers(1, 9), st.integers(0, 900)).map(
        lambda each: tuple(Band(*band) for band in sorted(each.items()))
    ),
    cap_fen=st.none() | st.integers(0, 900),
)
rules = st.builds(
    lambda numbers, source, verified: replace(
        RosterRules(),
        **numbers,
        origins={**RosterRules().origins, "years": Origin(source, verified)},
    ),
    st.dictionaries(st.sampled_from(list(CREW_RULE_TITLES)), st.integers(-1, 3000)),
    st.just("市公交公司 2026 年 3 号文"),
    st.booleans(),
)
crews = st.builds(
    Crew,
    st.lists(drivers, max_size=3).map(tuple),
    st.lists(duties, max_size=3).map(tuple),
    rules,
    fares,
    names,
)


@LANGUAGES
@settings(max_examples=20, deadline=None)
@given(crew=crews)
def test_what_is_written_as_sheets_is_read_again(language: Any, crew: Crew) -> None:
    again, found = read_crew_workbook(case_workbook(CASE, language, crew=crew))
    assert found == ()
    assert again == crew


@settings(max_examples=20, deadline=None)
@given(crew=crews, chinese=st.booleans())
def test_what_is_written_as_csv_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, crew: Crew, chinese: bool
) -> None:
    folder = tmp_path_factory.mktemp("crew")
    write_crew(crew, folder, chinese=chinese)
    assert read_crew(folder) == (crew, ())


CREW = Crew(people.drivers(1, 8, 7), people.duties(1, 1, 3), RosterRules(), STANDARD)


@LANGUAGES
def test_the_line_and_its_people_share_one_workbook(
    tmp_path: Path, language: Any
) -> None:
    content = case_workbook(CASE, language, crew=CREW)
    assert content == case_workbook(CASE, language, crew=CREW)
    assert read_workbook(content, name=CASE.name) == (CASE, ())
    assert read_crew_workbook(content) == (CREW, ())
    (tmp_path / "all.xlsx").write_bytes(content)
    assert read_crew(tmp_path) == (CREW, ())
    assert read_crew(tmp_path / "all.xlsx") == (CREW, ())


def test_each_may_have_a_workbook_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(case_workbook(CASE, crew=CREW)))
    for sheet in book.worksheets:
        if sheet.title not in {SHEETS[name][0] for name in CREW_TABLES}:
            del book[sheet.title]
    book.save(tmp_path / "people.xlsx")
    (tmp_path / "line.xlsx").write_bytes(case_workbook(CASE))
    assert read_crew(tmp_path) == (CREW, ())


@LANGUAGES
def test_a_template_is_read_as_nobody_under_the_usual_rules(language: Any) -> None:
    assert read_crew_workbook(template(language)) == (Crew(), ())


@LANGUAGES
def test_a_template_offers_the_rules_of_rosters(language: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(language)))
    page = book[SHEETS["roster_rules"][language == "en"]]
    (rule,) = (
        each
        for each in page.data_validations.dataValidation
        if each.type == "list" and str(each.formula1).startswith("'")
    )
    title, _, cells = str(rule.formula1).rpartition("!")
    offered = [cell.value for (cell,) in book[title.strip("'")][cells.replace("$", "")]]
    titles = CREW_RULE_TITLES
    assert offered == list(titles.values() if language == "zh" else titles)


# Dated rows.

Rows = Mapping[str, list[dict[str, Any]]]


def filled(
    rows: Mapping[str, list[dict[str, Any]]], tables: Any = CREW_TABLES
) -> bytes:
    """A workbook of English sheets with these rows only."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        page = book.create_sheet(SHEETS[name][1])
        columns = [each.name for each in (*table.columns, *DATED)]
        page.append(columns)
        for row in rows.get(name, ()):
            page.append([row.get(each) for each in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


ANNA: dict[str, Any] = {"code": "a", "licensed_on": date(2010, 1, 1), "stars": 3}
CHANGE = date(2026, 4, 1)
DATED_ROWS: Rows = {
    "drivers": [
        ANNA | {"valid_until": CHANGE},
        ANNA | {"stars": 5, "valid_from": CHANGE},
        ANNA | {"code": "b", "valid_from": CHANGE},
    ],
    "duties": [
        {
            "code": "x",
            "begin_minute": "05:00",
            "end_minute": "24:10",
            "valid_until": CHANGE,
        }
    ],
    "fares": [
        {"from_baskets": 0, "fen": 200, "valid_until": CHANGE},
        {"from_baskets": 1, "fen": 500, "valid_until": CHANGE},
        {"from_baskets": 0, "fen": 300, "cap_fen": 900, "valid_from": CHANGE},
    ],
    "roster_rules": [
        {"rule": "years", "number": 10, "valid_until": CHANGE},
        {"rule": "years", "number": 8, "valid_from": CHANGE},
    ],
}


def test_rows_hold_on_their_days() -> None:
    content = filled(DATED_ROWS)
    before, found = read_crew_workbook(content, on=CHANGE - timedelta(1))
    assert found == ()
    assert [(each.code, each.stars) for each in before.drivers] == [("a", 3)]
    assert before.duties == (Duty("x", 300, 1450, ((300, 1450),)),)
    assert before.fares == Fares(200, (Band(1, 300),))
    assert before.rules.years == 10
    after, found = read_crew_workbook(content, on=CHANGE)
    assert [each.code for each in found] == ["none-hold"]
    assert [(each.code, each.stars) for each in after.drivers] == [("a", 5), ("b", 3)]
    assert (after.duties, after.fares) == ((), Fares(300, (), 900))
    assert after.rules.years == 8


def test_a_day_is_asked_for_and_overlaps_are_told() -> None:
    with pytest.raises(Refused) as problem:
        read_crew_workbook(filled(DATED_ROWS))
    assert [each.code for each in problem.value.findings] == ["day-needed"]
    twice: Rows = {
        "drivers": [ANNA],
        "fares": [
            {"from_baskets": 0, "fen": 200},
            {"from_baskets": 0, "fen": 300, "valid_from": CHANGE},
        ],
    }
    with pytest.raises(Refused) as problem:
        read_crew_workbook(filled(twice), on=CHANGE)
    found = {(each.code, each.subject) for each in problem.value.findings}
    assert ("dates-overlap", "fares:3") in found


def test_all_troubles_are_told_at_once_with_sheet_and_row() -> None:
    rows: Rows = {
        "drivers": [ANNA | {"absent": "2026-02-30"}, ANNA | {"stars": "三"}],
        "duties": [
            {
                "code": "x",
                "begin_minute": "05:00",
                "end_minute": "12:00",
                "driving": "早上 05:00-06:75",
                "weekdays": "8",
            }
        ],
        "fares": [
            {"from_baskets": 1, "fen": 500, "cap_fen": 700},
            {"from_baskets": 1, "fen": 600, "cap_fen": 800},
        ],
        "roster_rules": [{"rule": "years", "number": "十"}],
    }
    with pytest.raises(Refused) as problem:
        read_crew_workbook(filled(rows))
    told = sorted((each.code, each.subject) for each in problem.value.findings)
    assert told == [
        ("cell-date", "drivers:2"),
        ("cell-number", "drivers:3"),
        ("cell-number", "roster rules:2"),
        ("cell-times", "duties:2"),
        ("cell-times", "duties:2"),
        ("cell-weekdays", "duties:2"),
        ("fare-band-unclear", "fares:3"),
        ("fare-base-missing", "fares"),
    ]
    for each in problem.value.findings:
        assert "{" not in say(each, "zh") + say(each, "en")


def test_two_caps_are_one_too_many() -> None:
    rows: Rows = {
        "drivers": [ANNA],
        "fares": [
            {"from_baskets": 0, "fen": 200, "cap_fen": 700},
            {"from_baskets": 1, "fen": 500, "cap_fen": 600},
        ],
    }
    with pytest.raises(Refused) as problem:
        read_crew_workbook(filled(rows))
    assert [each.code for each in problem.value.findings] == ["fare-caps-differ"]


def test_a_workbook_without_drivers_is_told() -> None:
    with pytest.raises(Refused) as problem:
        read_crew_workbook(case_workbook(CASE))
    told = [(each.code, each.subject) for each in problem.value.findings]
    assert told == [("sheet-missing", "驾驶员")]


# The command.


def roster(capsys: Any, *words: str) -> tuple[int, list[list[str]], str]:
    code = main(["roster", *words], language="zh")
    told = capsys.readouterr()
    return code, [line.split("\t") for line in told.out.splitlines()], told.err


def test_a_roster_is_made_of_a_workbook(tmp_path: Path, capsys: Any) -> None:
    rows: Rows = {
        "drivers": [
            ANNA | {"code": code, "name": f"{code}师傅"} for code in ("a", "b", "c")
        ]
        + [ANNA | {"code": "late", "valid_from": CHANGE}],
        "duties": [{"code": "x", "begin_minute": "06:00", "end_minute": "09:00"}],
        "roster_rules": [
            {"rule": "years", "number": 10, "valid_until": CHANGE},
            {"rule": "years", "number": 30, "valid_from": CHANGE},
        ],
    }
    path = tmp_path / "people.xlsx"
    path.write_bytes(filled(rows))
    words = [str(path), "--from", MONDAY.isoformat(), "--days", "7"]
    code, made, _ = roster(capsys, *words)
    assert code == 0
    assert len(made) == 1 + 7
    assert {row[2] for row in made[1:]} <= {"a", "b", "c"}
    # Under the rules of another day nobody has driven for long enough.
    code, made, said = roster(capsys, *words, "--on", CHANGE.isoformat())
    assert (code, made) == (1, [])
    assert "排不出来" in said or "领证" in said or "驾龄" in said


def test_a_template_for_the_command_holds_everybody(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    assert main(["template", str(path), "--seed", "3"], language="zh") == 0
    crew, found = read_crew(path)
    assert (crew.drivers, found) == (people.drivers(3), ())
    assert crew.fares == STANDARD


def test_the_lines_own_plan_is_driven_too(tmp_path: Path, capsys: Any) -> None:
    drivers = tuple(Driver(f"p{n}", f"第{n}位", date(2001, 1, 1), 5) for n in range(4))
    crew = Crew(drivers, (Duty("x", 1000, 1100, ((1000, 1100),)),))
    book = openpyxl.load_workbook(io.BytesIO(case_workbook(CASE, crew=crew)))
    requests = book["出行需求"]
    ends = [cell.value for cell in requests[1]].index("停用日期") + 1
    for line in range(2, requests.max_row + 1):
        requests.cell(line, ends).value = CHANGE
    book.save(tmp_path / "line.xlsx")
    words = [str(tmp_path / "line.xlsx"), "--from", MONDAY.isoformat(), "--days", "7"]
    code, made, said = roster(capsys, *words)
    assert code == 0, said
    with_plan = {row[1] for row in made[1:]}
    assert with_plan > {"x"}
    # Once nobody wants to ride, only what is driven besides is left.
    code, made, said = roster(capsys, *words, "--on", CHANGE.isoformat())
    assert code == 0, said
    assert {row[1] for row in made[1:]} == {"x"}
