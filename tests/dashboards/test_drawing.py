"""Charts: what is drawn is what the table says, and nothing leaves the sheet."""

import re
from html.parser import HTMLParser

from django.template.loader import render_to_string
from hypothesis import example, given
from hypothesis import strategies as st

from wugeyi.dashboards.rules import drawing
from wugeyi.dashboards.rules.charts import Chart, Series, Shape, Tone
from wugeyi.dashboards.templatetags.charts import chart as chart_tag
from wugeyi.dashboards.templatetags.charts import compact, sparkline

values = st.one_of(st.none(), st.integers(0, 10_000_000).map(float))
columns = st.integers(1, 14).flatmap(
    lambda n: st.lists(st.lists(values, min_size=n, max_size=n), min_size=1, max_size=4)
)


def labels(rows) -> list[str]:
    return [f"{place}月" for place in range(1, len(rows[0]) + 1)]


@given(st.floats(0, 1e9))
@example(1.00001)
def test_a_scale_holds_what_it_must_in_whole_steps(most):
    top, step = drawing.ceiling(most)
    assert top >= most
    assert step >= 1
    assert step == int(step)
    assert 1 <= round(top / step) <= 8


@given(columns, st.booleans())
def test_bars_stay_on_the_sheet_and_keep_their_proportions(rows, stacked):
    drawn = drawing.bars(labels(rows), rows, stacked=stacked)
    known = [v for row in rows for v in row if v is not None]
    assert len(drawn.bars) == len(known)
    for bar in drawn.bars:
        assert bar.x >= drawing.LEFT - 0.2
        assert bar.x + bar.width <= drawing.WIDTH - drawing.RIGHT + 0.2
        assert bar.y >= drawing.TOP - 0.2
        assert bar.y + bar.height <= drawing.GROUND + 0.2
    if not stacked and known and max(known):
        top, _step = drawing.ceiling(max(known))
        high = drawing.GROUND - drawing.TOP
        for bar in drawn.bars:
            assert abs(bar.height - high * bar.value / top) < 0.2


@given(columns)
def test_no_record_is_a_gap_and_never_a_nought(rows):
    drawn = drawing.lines(labels(rows), rows)
    for line, row in zip(drawn.lines, rows, strict=True):
        assert len(line.dots) == sum(value is not None for value in row)
    empty = sum(all(row[n] is None for row in rows) for n in range(len(rows[0])))
    assert len(drawn.gaps) == empty


def test_a_missing_month_breaks_the_line():
    drawn = drawing.lines(["1", "2", "3", "4", "5"], [[1, 2, None, 3, 4]])
    assert len(drawn.lines[0].runs) == 2


class Cells(HTMLParser):
    """Collects the text of a table's body, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = self.body = False

    def handle_starttag(self, tag, attrs):
        self.body = self.body or tag == "tbody"
        if self.body and tag == "tr":
            self.rows.append([])
        if self.body and tag in {"td", "th"}:
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in {"td", "th"}
        self.body = self.body and tag != "tbody"

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def example(shape: Shape) -> Chart:
    return Chart(
        key="k",
        title="登记 <b>",
        shape=shape,
        labels=["1月", "2月", "3月"],
        rows=["2026年1月", "2026年2月", "2026年3月"],
        series=[
            Series("甲", [1204, None, 3], Tone.MAIN),
            Series("乙", [0, None, 12], Tone.SECOND),
        ],
        unit="件",
    )


def rendered(shape: Shape) -> str:
    return render_to_string("dashboards/_chart.html", chart_tag(example(shape)))


def test_the_table_of_every_chart_equals_its_data():
    for shape in Shape:
        cells = Cells()
        cells.feed(rendered(shape))
        assert cells.rows == [
            ["2026年1月", "1,204", "0"],
            ["2026年2月", "无记录", "无记录"],
            ["2026年3月", "3", "12"],
        ]


def test_a_chart_has_as_many_bars_as_numbers_and_names_its_table():
    html = rendered(Shape.BARS)
    assert html.count('<rect class="chart-bar"') == 4
    assert html.count('class="chart-gap"') == 1
    assert 'aria-describedby="table-k"' in html
    assert 'id="table-k"' in html
    assert "<b>" not in html
    assert " style=" not in html


def test_a_chart_without_any_record_says_so_and_draws_nothing():
    chart = example(Shape.LINES)
    chart = Chart(
        "k", "t", Shape.LINES, ["1"], ["1"], [Series("甲", [None])], chart.unit
    )
    html = render_to_string("dashboards/_chart.html", chart_tag(chart))
    assert "无记录" in html
    assert "<svg" not in html


def test_a_small_line_shows_its_gaps_and_its_last_value():
    html = sparkline([1.0, 2.0, None, 4.0], "t")
    assert html.count("<polyline") == 1
    # The lone last value is a dot and the end of the line.
    assert len(re.findall("<circle", html)) == 2
    assert 'aria-describedby="t"' in html
    assert sparkline([None, None]) == ""


def test_numbers_on_an_axis_are_short():
    assert compact(12_000.0) == "12,000"
    assert compact(250_000.0) == "25万"
    assert compact(2_500_000.0) == "250万"
    assert compact(None) == ""
