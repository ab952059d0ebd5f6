from tests.deadlines.national import PATH
from wugeyi.engines.deadlines.__main__ import main

NATIONAL = ["--calendar", str(PATH)]


def run(capsys, *argv: str) -> tuple[int, list[str], str]:
    code = main(["due", *argv])
    shown = capsys.readouterr()
    return code, shown.out.splitlines(), shown.err


def test_it_answers(capsys):
    code, lines, _ = run(capsys, "2026-09-28T15:00", "5", "working_days", *NATIONAL)
    assert code == 0
    assert lines == ["due: 2026-10-10 24:00 (2026-10-11T00:00:00+08:00)"]


def test_it_explains(capsys):
    _, lines, _ = run(
        capsys, "2026-09-28T15:00", "3", "calendar_days", *NATIONAL, "--explain"
    )
    assert lines[0].startswith("due: 2026-10-08 24:00")
    assert lines[1] == "2026-09-28     -  day of the event, not counted"
    assert lines[4] == "2026-10-01     3  day off, 国庆节"
    assert lines[-1] == "the last day was moved to the next working day (art. 203)"


def test_pauses_and_what_is_left(capsys):
    _, lines, _ = run(
        capsys,
        *["2026-03-02T10:00", "5", "working_days", *NATIONAL],
        *["--pause", "2026-03-03T09:00..2026-03-04T09:00"],
        *["--at", "2026-03-06T12:00"],
    )
    assert lines[0].startswith("due: 2026-03-11 24:00")
    assert lines[1] == "left at 2026-03-06T12:00:00+08:00: 4 working_days"
    _, lines, _ = run(
        capsys, "2026-03-02T10:00", "5", "hours", "--pause", "2026-03-02T12:00.."
    )
    assert lines == ["due: open, the clock stands still"]


def test_a_place_lays_its_own_days_over(capsys, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("\ufeffdate,kind,name_zh\n2026-03-03,closed,州庆\n", "utf-8")
    _, lines, _ = run(
        capsys,
        *["2026-03-02T10:00", "1", "working_days", *NATIONAL],
        *["--exceptions", str(own), "--explain"],
    )
    assert lines[0].startswith("due: 2026-03-04 24:00")
    assert lines[2] == "2026-03-03     -  day off, 州庆"


def test_without_a_calendar_it_says_so(capsys):
    _, lines, _ = run(capsys, "2026-09-30T15:00", "1", "working_days")
    assert lines[0].startswith("due: 2026-10-01 24:00")
    assert lines[1].startswith("note: no official calendar")


def test_bad_input_is_named_without_a_traceback(capsys, tmp_path):
    table = tmp_path / "table.csv"
    good = ["2026-03-02T10:00", "1", "working_days"]
    bad = {
        "no time like": ["tomorrow", "1", "hours"],
        "0 or more": ["2026-03-02", "-1", "hours"],
        "no pause like": [*good, "--pause", "2026-03-03"],
        "before it starts": [*good, "--pause", "2026-03-03..2026-03-01"],
        "unknown zone": [*good, "--zone", "Mars/Olympus"],
        "No such file": [*good, "--calendar", str(tmp_path / "none.csv")],
    }
    for message, argv in bad.items():
        code, lines, error = run(capsys, *argv)
        assert (code, lines) == (2, [])
        assert message in error
    tables = {
        "line 1: column kind missing": b"date\n",
        "line 1: column date and kind missing": b"",
        "line 2: '10/1' is no date": b"date,kind\n10/1,closed\n",
        "line 2: kind must be": b"date,kind\n2026-10-01,off\n",
        "line 2: verified must be": b"date,kind,verified\n2026-10-01,open,maybe\n",
        "line 3: 2026-10-01 is listed twice": b"date,kind\n"
        + b"2026-10-01,open\n2026-10-01,closed\n",
        "not UTF-8": "date,kind,name_zh\n2026-10-01,closed,国庆".encode("gb18030"),
    }
    for message, content in tables.items():
        table.write_bytes(content)
        code, lines, error = run(capsys, *good, "--calendar", str(table))
        assert (code, lines) == (2, [])
        assert message in error
