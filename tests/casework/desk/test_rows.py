from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from wugeyi.casework.queries.lines import Names, Row
from wugeyi.casework.templatetags.desk_rows import desk_rows, shortened

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
NAMES = Names(
    categories={7: "路灯 <b>"},
    places={5: ["云岩区", "大寨村"]},
    handlers={5: "大寨村 & 邻村"},
    workers={3: "王<芳"},
)


def row(**changes):
    values = {
        "pk": 12,
        "version": 4,
        "state": "working",
        "outcome": "",
        "urgency": "general",
        "danger": False,
        "due_at": datetime(2026, 11, 22, 9, tzinfo=UTC),
        "registered_on": date(2026, 11, 20),
        "reopened": 0,
        "category": 7,
        "place": 5,
        "handler": 5,
        "worker": None,
        "snippet": "灯<坏了>",
    }
    return Row(**{**values, **changes})


def draw(**changes):
    return desk_rows([row(**changes)], NAMES, "tab=work&text=a b", NOW)


@pytest.mark.usefixtures("db")
def test_a_row_tells_everything_and_escapes_it():
    html = draw(worker=3)
    assert 'value="12:4"' in html
    assert 'href="/desk/cases/12/?list=tab%3Dwork%26text%3Da%20b"' in html
    assert "20261120-12" in html
    assert "灯&lt;坏了&gt;" in html
    assert "路灯 &lt;b&gt;" in html
    assert "云岩区 / 大寨村" in html
    assert "大寨村 &amp; 邻村" in html
    assert "王&lt;芳" in html
    assert "已超 1 小时" in html
    assert "<坏" not in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"danger": True, "urgency": "urgent"}, "危及人身"),
        ({"urgency": "urgent"}, "紧急"),
        ({"reopened": 2}, "重新办理 2 次"),
        ({"due_at": None}, "未定"),
        ({"due_at": None, "paused_for": "weather"}, "计时暂停"),
        ({"state": "closed", "outcome": "resolved"}, 'data-tone="resolved"'),
        ({"state": "closed", "outcome": "unreached"}, 'data-tone="closed"'),
    ],
)
def test_what_only_some_rows_tell(changes, said):
    assert said in draw(**changes)
    assert said not in draw()


def test_names_that_are_gone_leave_blanks():
    html = draw(category=1, place=1, handler=1, worker=99)
    assert "<span></span><span></span>" in html


def test_a_row_speaks_the_readers_language():
    with translation.override("en"):
        assert "已超" not in draw()


@pytest.mark.parametrize(
    "text", ["短", "字" * 60, "字" * 61, "e\u0301" * 59, "a " * 50]
)
def test_texts_are_cut_as_the_filter_cuts_them(text):
    template = Template("{{ text|truncatechars:60 }}")
    assert shortened(text) == template.render(Context({"text": text}))
