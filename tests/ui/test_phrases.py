import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django
import polib
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from wugeyi.ui import phrases
from wugeyi.ui.rules import Tone, Unit, remaining, share

ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
AROUND_MIDNIGHT = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "moment", "brief"),
    [
        ("zh-hans", "2026年11月22日", "2026年11月22日 18:05", "11月22日 18:05"),
        ("en", "22 Nov 2026", "22 Nov 2026, 18:05", "22 Nov, 18:05"),
    ],
)
def test_dates_are_written_as_each_language_does(language, day, moment, brief):
    with translation.override(language):
        assert phrases.day(EVENING) == day
        assert phrases.moment(EVENING) == moment
        assert phrases.moment(EVENING, year=False) == brief


def test_a_moment_is_told_in_the_time_of_the_place():
    assert phrases.moment(AROUND_MIDNIGHT) == "2027年1月1日 00:30"


def test_a_plain_date_has_no_hour():
    assert phrases.moment(date(2026, 1, 2)) == "2026年1月2日"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(0, 0, "0"), (1629, 0, "1,629"), (665276, 0, "665,276"), (1234.56, 1, "1,234.6")],
)
def test_numbers_are_grouped_by_three_in_both_languages(language, value, places, text):
    with translation.override(language):
        assert phrases.number(value, places) == text


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 米"),
        (87.4, "87 米"),
        (347, "350 米"),
        (994, "990 米"),
        (996, "1.0 公里"),
        (1240, "1.2 公里"),
        (9949, "9.9 公里"),
        (17_600, "18 公里"),
    ],
)
def test_distances(metres, text):
    assert phrases.distance(metres) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (812, 934, "86.9%"),
        (0, 10, "0.0%"),
        (10, 10, "100.0%"),
        (9, 9, None),
        (0, 0, None),
    ],
)
def test_no_percentage_under_ten(part, whole, text):
    assert phrases.percent(part, whole) == text


@pytest.mark.parametrize(("part", "whole"), [(11, 10), (-1, 10)])
def test_what_is_no_share_is_refused(part, whole):
    with pytest.raises(ValueError, match="no share"):
        share(part, whole)


@pytest.mark.parametrize(
    ("left", "tone", "text"),
    [
        (timedelta(days=6, hours=23), Tone.FAR, "还剩 6 天"),
        (timedelta(hours=47, minutes=59), Tone.FAR, "还剩 47 小时"),
        (timedelta(hours=24), Tone.SOON, "还剩 24 小时"),
        (timedelta(minutes=59), Tone.SOON, "还剩 59 分钟"),
        (timedelta(seconds=30), Tone.SOON, "现在到期"),
        (timedelta(), Tone.SOON, "现在到期"),
        (-timedelta(seconds=1), Tone.LATE, "刚刚到期"),
        (-timedelta(hours=3, minutes=59), Tone.LATE, "已超 3 小时"),
        (-timedelta(days=9), Tone.LATE, "已超 9 天"),
    ],
)
def test_deadlines_are_told_as_one_would_say_them(left, tone, text):
    assert phrases.due(EVENING + left, EVENING) == (tone, text)


@given(st.integers(-(10**7), 10**7))
def test_nobody_is_promised_time_that_is_not_there(seconds):
    told = remaining(EVENING + timedelta(seconds=seconds), EVENING)
    unit = {Unit.DAY: 86400, Unit.HOUR: 3600, Unit.MINUTE: 60}[told.unit]
    assert 0 <= abs(seconds) - told.count * unit < unit
    assert (told.tone is Tone.LATE) == (seconds < 0)


@pytest.mark.parametrize(
    ("octets", "text"), [(1, "1 KB"), (840_000, "820 KB"), (3_600_000, "3.4 MB")]
)
def test_sizes(octets, text):
    assert phrases.size(octets) == text


def test_djangos_own_errors_are_said_in_our_words():
    """Every message we reword exists in this Django, placeholders and all."""
    ours = polib.pofile(str(ROOT / "wugeyi/locale/zh_Hans/LC_MESSAGES/django.po"))
    folder = Path(django.__file__).parent / "conf/locale/zh_Hans/LC_MESSAGES"
    theirs = {entry.msgid: entry for entry in polib.pofile(str(folder / "django.po"))}
    assert len(ours) > 15
    for entry in ours:
        assert entry.msgid in theirs
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        names = set(re.findall(r"%\((\w+)\)", entry.msgid))
        assert {
            name for text in texts for name in re.findall(r"%\((\w+)\)", text)
        } <= names
