"""Tables open to everybody: every page is behind a key, every row says whose terms hold."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.interfaces.everything import Full, fill
from tests.interfaces.open import Open, build, shown
from wugeyi.books.queries import disclosures
from wugeyi.books.queries.disclosuresheet import sheet
from wugeyi.casework.actions import publishing
from wugeyi.casework.queries import rates
from wugeyi.interfaces.actions.keys import set_terms
from wugeyi.interfaces.registry import Asked, source, sources
from wugeyi.organisations.models import Installation
from wugeyi.places.models import Facility, FacilityKind, Template
from wugeyi.volunteering.models import Deed
from wugeyi.volunteering.queries import months

NAMES = [each.code for each in sources()]
# What stands beside the public rows and is nobody else's business.
PRIVATE = (
    "13800138000",
    "13800138001",
    "13812345678",
    "李四",
    "王小明",
    "小马哥",
    "晚上看不见路",
    "幸福小区 3 栋 502",
)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[Open]:
    """The city with something in every table."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        city = build(at=timezone.now() - timedelta(hours=2))
        city.full = fill(city)  # type: ignore[attr-defined]
        yield city
        transaction.set_rollback(True)


@pytest.fixture
def full(city: Open) -> Full:
    return city.full  # type: ignore[attr-defined]


def rows(code: str, size: int = 1000, after: str = "") -> list[dict[str, object]]:
    table = source(code)
    assert table is not None
    return [
        dict(zip((each.name for each in table.columns), row.values, strict=True))
        for row in table.rows(Asked(after, size, timezone.localdate(), ""))
    ]


def facility(city: Open, name: str, **given: object) -> Facility:
    template, _new = Template.objects.get_or_create(
        code="open", defaults={"name_zh": "模板"}
    )
    kind, _new = FacilityKind.objects.get_or_create(
        template=template, code="clinic", defaults={"name_zh": "卫生站"}
    )
    values = {
        "client_id": uuid4(),
        "organisation": city.world.community,
        "name": name,
        "kind": kind,
        "lon": 106.63,
        "lat": 26.65,
        "recorded_at": city.at,
    }
    return Facility.objects.create(**(values | given))


def lines_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("code", NAMES)
def test_every_table_answers_in_every_form(client, city: Open, code: str) -> None:
    found = client.get(f"/open/data/{code}.geojson")
    assert found.headers["Content-Type"] == "application/geo+json; charset=utf-8"
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.json()["type"] == "FeatureCollection"
    assert found.json()["provenance"].startswith("测试市")
    assert found.json()["features"]
    answered = client.get(f"/open/data/{code}.json").json()["rows"]
    answer = client.get(f"/open/data/{code}.csv")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    first, head, *rest = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    assert "测试市" in first[0]
    assert len(first) == len(head)
    assert head[-4:] == ["lon", "lat", "licence", "attribution"]
    assert len(rest) == len(answered)
    assert not [each for each in PRIVATE if each in f"{answered}{rest}"]
    # Every page a row names is one everybody may open, and shows it.
    page = answered[0].get("page", "").removeprefix("http://testserver")
    assert not page or client.get(page).status_code == 200


@pytest.mark.parametrize("code", NAMES)
def test_one_by_one_is_the_same_as_all_at_once(city: Open, code: str) -> None:
    table = source(code)
    whole = table.rows(Asked("", 1000, timezone.localdate(), ""))
    after = ""
    for row in whole:
        (next_,) = table.rows(Asked(after, 1, timezone.localdate(), ""))
        assert (next_.key, next_.values) == (row.key, row.values)
        after = next_.key
    assert table.rows(Asked(after, 1, timezone.localdate(), "")) == []
    assert table.rows(Asked("~rubbish~", 1000, timezone.localdate(), "")) == whole


def test_pages_hang_together_by_key(client, city: Open) -> None:
    for number in range(5):
        shown(city.world, at=timezone.now() - timedelta(minutes=number))
    seen: list[str] = []
    address = "/open/data/cases.geojson?limit=3"
    while address:
        page = client.get(address).json()
        seen += [each["id"] for each in page["features"]]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert len(seen) == len(set(seen)) == 7
    assert seen == sorted(seen)


def test_a_page_costs_the_same_however_long_the_table(city: Open) -> None:
    """By key: a page in the middle asks what the first one asks."""
    for number in range(30):
        shown(city.world, at=timezone.now() - timedelta(minutes=number))
        facility(city, f"站{number}")
    for code in NAMES:
        table = next(each for each in sources() if each.code == code)
        asked = Asked("", 3, timezone.localdate(), "")
        first = table.rows(asked)
        if not first:
            continue
        with_few = count(table, asked)
        many = Asked(first[-1].key, 25, timezone.localdate(), "")
        assert count(table, many) <= with_few + 1, code


def count(table, asked) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as taken:
        table.rows(asked)
    assert not any("OFFSET" in each["sql"] for each in taken)
    return len(taken)


def test_cases_show_no_more_than_their_page(client, city: Open) -> None:
    page = client.get("/open/data/cases.geojson").json()
    text = str(page)
    assert "13800138000" not in text
    assert "晚上看不见路" not in text
    assert city.hidden.number not in text
    spots = {tuple(each["geometry"]["coordinates"]) for each in page["features"]}
    assert len(spots) == 1, "a point of the community, not of each report"
    case = city.working
    publishing.unpublish(case=case, by=city.world["worker"], at=timezone.now())
    assert case.number not in str(client.get("/open/data/cases.json").json())


def test_rows_from_openstreetmap_keep_their_licence(client, city: Open) -> None:
    set_terms(
        licence="CC-BY-4.0",
        licence_url="https://example.org/by",
        contact="数据科",
        key_service="",
        by=city.world["administrator"],
        at=timezone.now(),
    )
    facility(city, "自己登记的")
    facility(city, "图上来的", source="osm", osm_id="n1")
    facility(city, "已经停用", valid_to=timezone.localdate())
    facility(city, "还没开", valid_from=timezone.localdate() + timedelta(days=2))
    found = client.get("/open/data/facilities.json").json()["rows"]
    licences = {row["name"]: row["licence"] for row in found}
    assert licences["自己登记的"] == "CC-BY-4.0"
    assert licences["图上来的"] == "ODbL-1.0"
    assert not licences.keys() & {"已经停用", "还没开"}
    assert "OpenStreetMap" in found[-1]["attribution"]
    assert client.get("/open/data/facilities.json").json()["licence"] == "CC-BY-4.0"


def test_csv_for_old_spreadsheets_and_for_programs(client, city: Open) -> None:
    facility(city, "=1+1 站 𠮷")
    answer = client.get("/open/data/facilities.csv", {"encoding": "gb18030"})
    assert answer.headers["Content-Type"] == "text/csv; charset=gb18030"
    text = b"".join(answer.streaming_content).decode("gb18030")
    assert "'=1+1 站 𠮷" in text
    row = lines_of(client.get("/open/data/facilities.csv", {"plain": "1"}))[-1]
    assert row["name"] == "'=1+1 站 𠮷"
    assert (row["lon"], row["lat"]) == ("106.63", "26.65")
    assert row["invented"] == "false"
    wrong = client.get("/open/data/facilities.csv", {"encoding": "utf-7"})
    assert wrong.status_code == 400


def test_a_csv_holds_the_whole_table(client, city: Open, monkeypatch) -> None:
    monkeypatch.setattr("wugeyi.interfaces.views.data.CHUNK", 2)
    for number in range(5):
        facility(city, f"站{number}")
    found = lines_of(client.get("/open/data/facilities.csv", {"plain": "1"}))
    names = [row["name"] for row in found]
    assert names[-5:] == [f"站{number}" for number in range(5)]
    assert len(names) == len(set(names)) == Facility.objects.count()


def test_a_demo_says_so_in_every_file(client, city: Open) -> None:
    Installation.objects.update(demo=True)
    page = client.get("/open/data/units.json").json()
    assert page["provenance"].startswith("演示数据(虚构)")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nothing.json", 404),
        ("cases.xml", 404),
        ("cases.json?limit=0", 400),
        ("cases.json?limit=x", 400),
        ("cases.json?after=%00rubbish", 200),
        ("units.json?after=99999999999999999999", 200),
    ],
)
def test_what_does_not_do(client, city: Open, address, status) -> None:
    assert client.get(f"/open/data/{address}").status_code == status


def test_the_page_for_people_names_every_table(client, city: Open) -> None:
    page = client.get("/open/").content.decode()
    for code in NAMES:
        assert f"/open/data/{code}.csv" in page
        assert f"/open/data/{code}.geojson" in page
    client.cookies["django_language"] = "en"
    assert client.get("/open/").status_code == 200


def test_whole_tables_are_limited(client, city: Open, monkeypatch) -> None:
    monkeypatch.setattr("wugeyi.interfaces.views.data.WHOLE_TABLES_PER_MINUTE", 1)
    codes = [client.get("/open/data/units.csv").status_code for _ in range(3)]
    assert 429 in codes


def test_lines_are_those_of_the_sheets(full: Full) -> None:
    found = [
        (row["sheet_code"], row["voucher"], row["summary"], row["about"], row["yuan"])
        for row in rows("sheet-lines")
    ]
    expected = [
        (each.code, line.number, line.summary, line.about, line.fen / 100)
        for each in full.sheets
        for section in sheet(disclosures.load(each.pk)).sections
        for line in section.lines
    ]
    assert sorted(found) == sorted(expected)
    assert len(found) == 8
    (line,) = {row["summary"] for row in rows("sheet-lines") if row["about"]}
    assert line == "付王**误工，电话〔电话〕"


def test_counts_of_few_people_are_empty(full: Full) -> None:
    found = [
        (row["residents_inside"], row["residents_outside"])
        for row in rows("circle-reach")
    ]
    # Both hold 200 people: the three cannot be worked out from the others.
    assert found == [(120, 80), (None, None)]


def test_figures_are_those_of_the_public_pages(city: Open, full: Full) -> None:
    unit = city.world.community
    (found,) = [row for row in rows("case-figures") if row["unit_code"] == unit.code]
    period = rates.Period.ending(timezone.localdate(), days=90)
    page = rates.rates(rates.below(unit), period, now=timezone.now())
    assert found["registered"] == page[rates.Figure.REGISTERED] == 3
    assert {name: found[name] for name in found.keys() & set(rates.Figure)} == {
        each.value: page[each] for each in rates.Figure if each.value in found
    }
    (month,) = [row for row in rows("volunteering-months") if row["needs"]]
    report = months.report(unit, months.Month.read("2026-03", timezone.localdate()))
    assert (month["month"], month["unit_code"]) == ("2026-03", unit.code)
    assert (month["needs"], month["needs_solved"]) == (report.asked, report.solved)
    assert month["cleanups"] == report.flashes["cleanup"] == 1
    assert (month["helps"], month["emergencies"]) == (1, 1)
    assert month["complete"] is True


def test_months_far_apart_are_found_in_order_and_one_by_one(
    city: Open, full: Full
) -> None:
    (last,) = Deed.objects.filter(kind="cleanup", withdrawn_at=None)
    for on in (date(2019, 7, 31), date(2024, 12, 1), date(2026, 2, 28)):
        last.pk, last.client_id, last.on = None, uuid4(), on
        last.save(force_insert=True)
    found = [row["month"] for row in rows("volunteering-months")]
    assert found[:3] == ["2019-07", "2024-12", "2026-02"]
    assert found == sorted(found)
    assert len(found) > 3
    table, key, single = source("volunteering-months"), "", []
    assert table is not None
    while got := table.rows(Asked(key, 1, timezone.localdate(), "")):
        key = got[0].key
        single.append(got[0].values[0])
    assert single == found


def test_a_page_of_months_reads_the_months_it_shows(city: Open, full: Full) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows("volunteering-months", size=1)
    # The first day on record, one month's six counts, the organisations.
    assert len(asked) == 12


def test_what_is_over_is_no_row(full: Full) -> None:
    assert [row["title"] for row in rows("activities")] == ["清扫楼道"]
