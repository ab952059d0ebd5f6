import pytest

from wugeyi.engines.tally.__main__ import main
from wugeyi.engines.tally.checker import DIALECTS, check, transpiled
from wugeyi.engines.tally.definitions import merge, read

GOOD = """
[source.visits]
record = "visit"
select = "SELECT v.id AS record, v.unit_id AS organisation, v.on_day AS on_day, v.n AS n, v.who AS who, v.kind AS kind FROM visit v"
[measure.visits]
version = 1
name_zh = "走访"
name_en = "Visits"
about_zh = "走访次数"
about_en = "Number of visits"
unit_zh = "次"
unit_en = "visits"
source = "visits"
on = "on_day"
{more}
[indicator.share]
version = 1
name_zh = "比例"
name_en = "Share"
about_zh = "甲除以乙"
about_en = "A by B"
numerator = "{numerator}"
denominator = "{denominator}"
"""
OTHER = """
[measure.none]
version = 1
name_zh = "无"
name_en = "None"
about_zh = "无"
about_en = "None"
source = "visits"
on = "on_day"
where = "kind = 'a' AND (kind = 'b')"
"""


def why(more: str = "", numerator: str = "visits", denominator: str = "all") -> set:
    text = GOOD.format(more=more, numerator=numerator, denominator=denominator)
    base = "[measure.all]" + GOOD.split("[measure.visits]")[1].split("{more}")[0]
    return {each.why for each in check(read(text + base))}


def test_nothing_is_wrong_with_what_is_right() -> None:
    assert why("where = \"kind IN ('a', 'b') AND COALESCE(n, 0) > 1\"") == set()
    assert why('aggregate = "sum"\nvalue = "n"\ndimension = "kind"') == set()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("where = \"strftime('%Y', on_day) = '2026'\"", "not_portable"),
        ('where = "random() > 0"', "not_portable"),
        ('where = "missing = 1"', "unknown_column"),
        ('where = "kind = = 1"', "not_read"),
        ("where = \"kind = 'a' AND kind = 'b'\"", "never"),
        ('where = "1 = 2"', "never"),
        ('dimension = "missing"', "unknown_column"),
        ('aggregate = "sum"', "sum_without_value"),
        ('aggregate = "distinct"', "distinct_without_key"),
        ('aggregate = "latest"', "latest_without_value"),
        ('aggregate = "median"', "unknown_setting"),
        ('value = "n"', "value_unused"),
        ('until = "on_day"', "until_without_standing"),
        ('wehre = "n > 1"', "unknown_setting"),
    ],
)
def test_a_wrong_measure_is_told(more: str, reason: str) -> None:
    assert reason in why(more)


def test_a_wrong_share_is_told() -> None:
    assert why(denominator="missing") == {"no_denominator"}
    assert why(numerator="share") == {"of_an_indicator"}
    assert why(denominator="visits") == {"of_itself"}
    text = GOOD.format(more="", numerator="visits", denominator="none") + OTHER
    assert {each.why for each in check(read(text))} == {"never", "always_zero"}


def test_a_source_that_refers_to_nothing_is_told() -> None:
    text = GOOD.format(more="", numerator="visits", denominator="visits")
    found = check(read(text.replace('source = "visits"', 'source = "calls"')))
    assert {"no_source", "unused_source"} <= {each.why for each in found}
    star = text.replace("SELECT v.id AS record", "SELECT *, v.id AS record")
    assert "star" in {each.why for each in check(read(star))}
    drop = text.replace("SELECT v.id AS record", "DELETE FROM x --")
    assert "not_a_select" in {each.why for each in check(read(drop))}


def test_a_changed_meaning_needs_a_new_version() -> None:
    text = GOOD.format(more="", numerator="visits", denominator="visits")
    first = read(text)
    known = {("visits", 1): first.digest("visits")}
    renamed = read(text.replace("走访次数", "走访了多少次"))
    assert "changed_meaning" not in {each.why for each in check(renamed, known)}
    narrower = read(text.replace('on = "on_day"', 'on = "on_day"\nwhere = "n > 1"'))
    told = [each for each in check(narrower, known) if each.why == "changed_meaning"]
    assert "version = 2" in told[0].text_zh


def test_what_two_apps_declare_is_told() -> None:
    text = GOOD.format(more="", numerator="visits", denominator="visits")
    both = merge([read(text, app="one"), read(text, app="two")])
    assert ("visits", "two") in both.doubled
    assert "declared_twice" in {each.why for each in check(both)}


def test_no_file_is_read_halfway() -> None:
    with pytest.raises(ValueError, match="table declaration"):
        read("[measure.x")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_text_can_be_written_for_every_engine(dialect: str) -> None:
    sql = "SELECT CAST(a AS VARCHAR(20)) FROM t WHERE NOT b AND c IN ('x')"
    assert "t" in transpiled(sql, dialect)


def test_the_command_line_tells(tmp_path, capsys) -> None:
    good = tmp_path / "good.toml"
    good.write_text(GOOD.format(more="", numerator="visits", denominator="nobody"))
    assert main(["check", str(good)]) == 1
    assert "'nobody' is declared nowhere" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "missing.toml")]) == 2
    assert "missing.toml" in capsys.readouterr().err
    assert main(["sql", "visits", str(good), "--dialect", "spark"]) == 0
    assert "FROM visit AS v" in capsys.readouterr().out
