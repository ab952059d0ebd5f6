"""The five ones and the dashboards: what they show, to whom, at how many queries."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework.world import NOW, START, World, plant, report, resolved, working
from tests.stations.place import ground
from wugeyi.figures.actions import quote
from wugeyi.organisations.actions.views import add_view, build_view
from wugeyi.organisations.models import Area, Organisation, Placement, TreeView
from wugeyi.organisations.rules import STATUTORY

SQUARE = '{"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,1],[0,0]]]}'


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch) -> None:
    """Look at the pages on the evening of the day the cases were made."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW.replace(hour=12))


@pytest.fixture
def client(world: World) -> Client:
    found = Client()
    found.force_login(world["worker"])
    return found


def place_all() -> None:
    """Say since when every unit stands where it stands, as real registers do."""
    view, _made = TreeView.objects.get_or_create(
        code=STATUTORY, defaults={"name": "行政区划", "name_en": "Statutory"}
    )
    Placement.objects.bulk_create(
        Placement(organisation=each, view=view, path=each.path)
        for each in Organisation.objects.all()
    )


def url(name: str, organisation: Organisation, **query: str) -> str:
    page = reverse(f"dashboards:{name}", args=[organisation.code])
    return page + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def figure_of(client: Client, address: str, code: str):
    cells = client.get(address).context["cells"]
    return next(
        line for cell in cells for line in cell.lines if line.figure.code == code
    )


def test_the_five_cells_stand_in_their_order(world, client):
    html = text(client, url("profile", world.county))
    names = ["一个支书", "一支队伍", "一个中心", "一个机制", "一条路子"]
    places = [html.index(f'-title">{name}</h2>') for name in names]
    assert places == sorted(places)


def test_a_cell_is_computed_and_opens_onto_its_records(world, client):
    for _ in range(3):
        working(world)
    line = figure_of(client, url("profile", world.county), "cases")
    assert (line.shown.text, line.shown.unit) == ("3", "件")
    assert line.values[-1] == 3
    assert line.values[0] is None
    html = text(client, url("profile", world.county))
    assert f'href="/figures/cases/{world.county.code}/' in html


def test_nothing_on_record_is_said_and_never_nought(world, client):
    line = figure_of(client, url("profile", world.county), "cases")
    assert line.shown.text == ""
    html = text(client, url("profile", world.county))
    assert 'class="no-record">无记录' in html
    assert ">0<" not in html


def test_a_share_shows_both_its_numbers_and_no_percentage_of_few(world, client):
    resolved(world)
    line = figure_of(client, url("profile", world.county), "resolution_rate")
    assert line.shown.text == "1 / 1"


def test_what_was_recorded_later_is_not_known_earlier(world, client):
    working(world)
    earlier = url("profile", world.county, as_of="2026-03-17")
    assert figure_of(client, earlier, "cases").shown.text == ""
    html = text(client, earlier)
    assert "只数 2026年3月17日 当天以前记下的" in html


def test_quoted_figures_stand_apart_beside_the_computed_one(world, client):
    working(world)
    quote(
        code="x",
        organisation=world.county,
        subject_zh="某县",
        subject_en="Some county",
        value=Decimal("600"),
        qualifier="over",
        unit_zh="件",
        unit_en="cases",
        text_zh="超600件",
        text_en="over 600",
        cell="mechanism",
        measure="cases",
        source="某报",
        by=None,
        at=NOW,
    )
    response = client.get(url("profile", world.county))
    cell = next(each for each in response.context["cells"] if each.printed)
    assert cell.key == "mechanism"
    assert cell.printed[0].counterpart.text == "1"
    html = response.content.decode()
    quoted = html[html.index('<aside class="quoted"') : html.index("</aside>")]
    for said in ("超过", "600", "某县", "未经本系统核验", "原文没有说期间", "某报"):
        assert said in quoted
    # Never among the computed ones.
    assert "600" not in html.replace(quoted, "").split('class="ones"')[1]


def test_what_was_printed_for_a_year_is_compared_with_that_year(world, client):
    working(world)
    for year in (2025, 2026):
        quote(
            code=str(year),
            organisation=world.county,
            subject_zh="甲县",
            subject_en="County",
            value=Decimal(5),
            text_zh="5件",
            text_en="5",
            cell="mechanism",
            measure="cases",
            period_text=f"{year}年",
            source="某报",
            by=None,
            at=NOW,
        )
    cells = client.get(url("profile", world.county)).context["cells"]
    printed = next(each.printed for each in cells if each.printed)
    assert [each.counterpart.text for each in printed] == ["", "1"]
    assert "2025年1月1日至12月31日" in printed[0].days


def test_children_stand_in_the_order_of_their_codes_by_pages_of_the_key(world, client):
    for number in range(25):
        plant(f"村{number}", "village", f"99010100201{number:02}", world.town)
    place_all()
    report(world, place=world.neighbour)
    page = url("profile", world.town, cell="mechanism")
    first = client.get(page).context
    assert [row["name"] for row in first["below"]][:3] == [
        "金桥社区",
        "银桥社区",
        "村0",
    ]
    assert len(first["below"]) == 20
    second = client.get(first["older_url"].split("#")[0]).context
    names = [row["name"] for row in first["below"] + second["below"]]
    assert len(names) == len(set(names)) == 27
    assert second["older_url"] == ""


@pytest.mark.parametrize("page", ["profile", "board"])
def test_the_number_of_queries_is_the_same_at_every_level(world, client, page):
    def asked(organisation: Organisation) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(client, url(page, organisation))
        return len(queries)

    units = [world.province, world.city, world.county, world.town]
    before = {asked(each) for each in units}
    for number in range(15):
        plant(f"村{number}", "village", f"9901010020{number:02}", world.town)
        working(world)
    after = {asked(each) for each in units}
    assert len(before | after) <= 2, (before, after)
    assert max(after) <= max(before) + 2
    assert max(after) <= 45


def test_a_functional_view_counts_by_its_own_arrangement(world, client):
    working(world)
    zone = plant("功能区", "zone", "9901-ZONE", world.city)
    view = add_view(code="zones", name="功能区视图", name_en="Zones", by=None, at=NOW)
    build_view(
        view=view,
        root=world.city,
        zones={zone: [world.town]},
        by=None,
        at=NOW,
        on=START,
    )
    assert figure_of(client, url("profile", zone), "cases").shown.text == ""
    html = text(client, url("profile", world.county))
    assert "功能区视图" in html
    county = figure_of(client, url("profile", world.county, view="zones"), "cases")
    assert county.shown.text == ""
    moved = figure_of(client, url("profile", zone, view="zones"), "cases")
    assert moved.shown.text == "1"


def test_home_is_ones_own_organisation(world, client):
    response = client.get(reverse("dashboards:home"))
    assert response.context["unit"] == world.community
    assert "金桥社区：总览" in response.content.decode()


def test_a_dashboard_tells_what_waits_by_state_and_age(world, client):
    working(world)
    report(world)
    response = client.get(url("board", world.county))
    assert response.context["waiting"].total == 2
    ages = response.context["ages"]
    assert [list(each.values) for each in ages.series] == [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [0, 0, 0, 0],
    ]


def test_what_is_done_outside_stands_where_any_of_it_is_on_record(world, client):
    station = ground(world).station()
    html = text(client, url("board", world.county))
    line = html[html.index("骑手、志愿者和共享") :]
    assert f'href="/figures/stations_open/{world.county.code}/' in line
    opened = next(
        each["figure"].url
        for each in client.get(url("board", world.community)).context["field"]
        if each["figure"].code == "stations_open"
    )
    assert str(station) in text(client, opened)
    assert "骑手、志愿者和共享" not in text(client, url("board", world.department))


def test_where_nothing_was_ever_asked_nothing_is_known(world, client):
    working(world)
    response = client.get(url("board", world.department))
    assert not response.context["waiting"].known
    page = response.content.decode()
    start = page.index("此刻没办完的诉求")
    assert "无记录" in page[start : start + 200]
    assert client.get(url("board", world.community)).context["waiting"].known


def test_an_earlier_day_does_not_show_the_present(world, client):
    working(world)
    response = client.get(url("board", world.county, as_of="2026-03-17"))
    assert not response.context["present"]
    assert "此刻" not in response.content.decode()


def test_the_map_tells_three_shades_and_no_order(world, client):
    for unit in (world.community, world.neighbour):
        Area.objects.create(
            organisation=unit, geometry=SQUARE, size_m2=1, lon=0.5, lat=0.5
        )
    place_all()
    working(world)
    assert client.get(url("board", world.town)).context["map_url"]
    found = client.get(url("areas", world.town, map="cases")).json()["features"]
    bands = {each["properties"]["name"]: each["properties"]["band"] for each in found}
    assert bands == {"金桥社区": "few", "银桥社区": "none"}
    told = {each["properties"]["name"]: each["properties"]["text"] for each in found}
    assert told == {"金桥社区": "登记的诉求 1 件", "银桥社区": "登记的诉求 无记录"}
    assert client.get(url("areas", world.town, map="nonsense")).status_code == 404


def test_counts_are_for_everybody_and_lists_for_those_who_may_read_them(world):
    working(world)
    outsider = Client()
    outsider.force_login(world["outsider"])
    response = outsider.get(url("board", world.county))
    assert response.context["waiting"].total == 1
    assert response.context["desk_url"] == ""
    client = Client()
    client.force_login(world["supervisor"])
    assert client.get(url("board", world.county)).context["desk_url"]


def test_english_pages_have_english_names(world, client):
    working(world)
    client.cookies["django_language"] = "en"
    html = text(client, url("profile", world.county))
    assert "Needs registered" in html
    assert "Response rate" in html


@pytest.mark.parametrize("page", ["profile", "board"])
def test_bad_addresses_show_today_and_no_traceback(world, client, page):
    odd = url(page, world.town, as_of="x", period="y", view="z", cell="q", after="%00")
    assert "这个日期看不了" in text(client, odd)
    assert client.get("/overview/no-such-code/").status_code == 404
