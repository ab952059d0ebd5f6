"""A paragraph with evidence: every number is a figure, and none is without its source."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.casework.world import NOW, World, report, resolved, working
from wugeyi.figures.actions import quote
from wugeyi.figures.queries import Period, figure
from wugeyi.reports.paragraphs import sentences
from wugeyi.reports.paragraphs.composing import evidence
from wugeyi.reports.paragraphs.sentences import Amount, SentenceError, compose, plain

EVENING = NOW.replace(hour=12)
SPRING = Period(date(2026, 1, 1), date(2026, 3, 18))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

TEXT = """
[[sentence]]
key = "a"
kinds = ["hospital"]
zh = "机制："
en = "Mechanism: "
[[sentence.clause]]
zh = "决策{d}次"
en = "{d:decision|decisions} joined"
[[sentence.clause]]
zh = "建议{s}条"
en = "{s:suggestion|suggestions} made"

[[sentence]]
key = "b"
kinds = ["*"]
[[sentence.clause]]
zh = "再说一次决策{d}次"
en = "again {d:decision|decisions}"
"""


def amount(value: int) -> Amount:
    return Amount({"zh": f"{value:,}", "en": f"{value:,}"}, single=value == 1)


def said(kind: str, language: str, **values: int) -> tuple[str, list[str]]:
    amounts = {code: amount(value) for code, value in values.items()}
    text, notes = compose(sentences.read(TEXT), kind, amounts, language)
    return plain(text), notes


def test_sentences_drop_what_has_no_record():
    assert said("hospital", "zh", d=57, s=81) == (
        "机制：决策57次，建议81条。再说一次决策57次。",
        ["d", "s"],
    )
    assert said("hospital", "zh", s=81) == ("机制：建议81条。", ["s"])
    assert said("village", "zh", s=81) == ("", [])
    assert said("hospital", "zh") == ("", [])


def test_english_has_one_and_many():
    assert said("hospital", "en", d=1, s=2)[0] == (
        "Mechanism: 1 decision joined; 2 suggestions made. again 1 decision."
    )
    assert said("hospital", "en", d=0)[0].startswith("Mechanism: 0 decisions joined.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('en = "{d:decision|decisions} joined"', 'en = "joined"'),
        ('en = "again', 'de = "'),
    ],
)
def test_both_languages_must_name_the_same_figures(old, new):
    with pytest.raises(SentenceError):
        sentences.read(TEXT.replace(old, new))


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: EVENING)


@pytest.fixture
def client(world: World) -> Client:
    found = Client()
    found.force_login(world["worker"])
    return found


@pytest.fixture
def busy(world: World) -> World:
    resolved(world)
    working(world)
    report(world, place=world.neighbour)
    quote(
        code="x",
        organisation=world.county,
        subject_zh="某县",
        subject_en="Some county",
        value=Decimal("90"),
        qualifier="nearly",
        unit_zh="万元",
        unit_en="×10,000 yuan",
        text_zh="近90万元",
        text_en="nearly 900,000 yuan",
        source="某报",
        by=None,
        at=NOW,
    )
    return world


def numbers(world: World) -> dict[str, str]:
    found = evidence(world.county, SPRING, as_of=None, now=EVENING)
    return {note.figure.code: note.text for note in found.texts["zh"].notes}


def test_every_number_of_the_text_equals_its_figure(busy):
    found = numbers(busy)
    assert {"cases", "cases_resolved", "cases_open"} <= set(found)
    for code, text in found.items():
        value = figure(code, busy.county, SPRING).value
        assert re.search(rf"\b{value}\b|{value}个", text), (code, text)
    text = plain(
        evidence(busy.county, SPRING, as_of=None, now=EVENING).texts["zh"].sentences
    )
    assert "登记诉求3件" in text
    assert "解决率1个中1个" in text
    # Nothing is said about what nobody recorded.
    assert "项目" not in text


def test_the_same_moment_gives_the_same_text_whatever_comes_later(busy):
    # The last moment before what is recorded next; each act here is a minute later.
    moment = busy.now()
    before = evidence(busy.county, SPRING, as_of=moment, now=EVENING)
    working(busy)
    after = evidence(busy.county, SPRING, as_of=moment, now=EVENING)
    assert before == after
    now = evidence(busy.county, SPRING, as_of=None, now=EVENING)
    assert plain(now.texts["zh"].sentences) != plain(before.texts["zh"].sentences)


def address(world: World, name: str = "paragraph", **query: str) -> str:
    given = {"from": "2026-01-01", "to": "2026-03-18", **query}
    page = reverse(f"reports:{name}", args=[world.county.code])
    return page + "?" + "&".join(f"{key}={value}" for key, value in given.items())


def test_the_page_links_every_number_and_marks_what_is_quoted(busy, client):
    html = client.get(address(busy)).content.decode()
    body = html[
        html.index('<p class="evidence">') : html.index('<p class="row no-print')
    ]
    links = re.findall(r'<a href="(/figures/[^"]+)">([^<]+)</a><sup>', body)
    assert len(links) == len(numbers(busy))
    assert all("as_of=" in url for url, _text in links)
    # Outside the links there is no digit but the footnotes' numbers.
    rest = re.sub(r"<sup>.*?</sup>|<a .*?</a>", "", body)
    assert not re.search(r"\d", re.sub(r"<[^>]+>", "", rest))
    quoted = html[html.index('<aside class="quoted"') :]
    for told in ("将近", "90", "未经本系统核验", "某报", "原文没有说期间"):
        assert told in quoted
    assert client.get(links[0][0].replace("&amp;", "&")).status_code == 200


def test_without_any_record_the_page_says_so(world, client):
    html = client.get(address(world)).content.decode()
    assert "这段时间没有可写的记录" in html


def test_dates_that_make_no_sense_are_told(busy, client):
    for odd in ({"from": "x"}, {"from": "2026-03-19"}, {"as_of": "2099-01-01"}):
        html = client.get(address(busy, **odd)).content.decode()
        assert "日期没看懂" in html


def opened(content: bytes) -> dict[str, ElementTree.Element]:
    with ZipFile(BytesIO(content)) as file:
        assert file.testzip() is None
        return {
            name: ElementTree.fromstring(file.read(name)) for name in file.namelist()
        }


def test_the_docx_holds_the_same_numbers_and_its_notes_open_the_figures(busy, client):
    response = client.get(address(busy, "paragraph-docx"))
    parts = opened(response.content)
    text = "".join(each.text or "" for each in parts["word/document.xml"].iter(f"{W}t"))
    for written in numbers(busy).values():
        assert written in text
    notes = parts["word/footnotes.xml"]
    own = [each for each in notes if each.get(f"{W}type") is None]
    referred = parts["word/document.xml"].iter(f"{W}footnoteReference")
    assert {each.get(f"{W}id") for each in referred} == {
        each.get(f"{W}id") for each in own
    }
    links = {
        each.get("Id"): each.get("Target")
        for each in parts["word/_rels/footnotes.xml.rels"]
    }
    for note in own:
        link = note.find(f".//{W}hyperlink")
        assert links[link.get(f"{R}id")].startswith("http://testserver/figures/")
    # Every part is named where it is used.
    used = {
        each.get("PartName").lstrip("/")
        for each in parts["[Content_Types].xml"]
        if each.get("PartName")
    }
    assert used <= set(parts)
    assert "将近 90 万元" in text


def test_the_same_docx_has_the_same_bytes(busy, client):
    moment = busy.now().isoformat().replace("+", "%2B")
    one = client.get(address(busy, "paragraph-docx", as_of=moment)).content
    assert client.get(address(busy, "paragraph-docx", as_of=moment)).content == one


def test_the_workbook_has_each_figure_with_its_source(busy, client):
    response = client.get(address(busy, "paragraph-xlsx"))
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert book.sheet_names == ["数字", "引用的数字", "正文"]
    rows = book.get_sheet_by_name("数字").to_python()
    found = {row[2]: row[1] for row in rows[1:]}
    assert found["登记的诉求 件"] == 3
    assert len(rows) == 1 + len(numbers(busy))
    quoted = book.get_sheet_by_name("引用的数字").to_python()
    assert quoted[1][:2] == ["某县", "将近 90 万元"]


def test_english_text_and_files_are_english(busy, client):
    client.cookies["django_language"] = "en"
    html = client.get(address(busy)).content.decode()
    assert "needs were</p>" not in html
    assert re.search(r">3</a><sup>.*?</sup> needs were registered", html)
    parts = opened(client.get(address(busy, "paragraph-docx")).content)
    text = "".join(each.text or "" for each in parts["word/document.xml"].iter(f"{W}t"))
    assert "needs were registered" in text


def test_control_letters_do_not_break_the_document(busy, client):
    busy.county.name = "县\x0b名<&>"
    busy.county.save()
    parts = opened(client.get(address(busy, "paragraph-docx")).content)
    text = "".join(each.text or "" for each in parts["word/document.xml"].iter(f"{W}t"))
    assert "县名<&>" in text


def test_a_day_means_until_it_was_over(busy, client):
    assert isinstance(timezone.now(), datetime)
    today = client.get(address(busy, as_of="2026-03-17")).context["text"]
    assert today.sentences == []
