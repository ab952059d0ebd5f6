"""Pages of lines and their records: what is shown, what is typed, what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.buslines.line import BusLine
from wugeyi.audit.models import AuditEvent
from wugeyi.buslines.models import (
    Absence,
    Demand,
    Driver,
    FareTable,
    Line,
    OtherDuty,
    Rule,
    Spot,
    Vehicle,
)

KINDS = (
    "demand",
    "stops",
    "vehicles",
    "regular-duties",
    "drivers",
    "duties",
    "rules",
    "fares",
)


def client(busline: BusLine, who: str = "town_worker") -> Client:
    made = Client()
    made.force_login(busline.world[who])
    return made


def page(busline, name, *args, who="town_worker", **query):
    return client(busline, who).get(reverse(f"buslines:{name}", args=args), query)


def sent(busline, values, name, *args, who="town_worker"):
    address = reverse(f"buslines:{name}", args=args)
    return client(busline, who).post(address, values)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(busline, language):
    pk = busline.line.pk
    row = busline.demands["r1"].pk
    driver = busline.drivers["a"].pk
    addresses = [
        reverse("buslines:list"),
        reverse("buslines:new"),
        reverse("buslines:line", args=[pk]),
        reverse("buslines:edit", args=[pk]),
        reverse("buslines:close", args=[pk]),
        *(reverse("buslines:records", args=[pk, kind]) for kind in KINDS),
        *(reverse("buslines:record-new", args=[pk, kind]) for kind in KINDS[:5]),
        reverse("buslines:record-new", args=[pk, "fares"]),
        reverse("buslines:record-new", args=[pk, "rules"]) + "?name=stops_limit",
        reverse("buslines:record-new", args=[pk, "rules"]) + "?name=roster.years",
        reverse("buslines:record-edit", args=[pk, "demand", row]),
        reverse("buslines:record-end", args=[pk, "demand", row]),
        reverse("buslines:driver-away", args=[pk, driver]),
        reverse("buslines:import", args=[pk]),
    ]
    browser = client(busline)
    browser.cookies["django_language"] = language
    for address in addresses:
        assert browser.get(address).status_code == 200, address


def test_the_lines_page_says_who_waits_and_that_all_is_there(busline):
    text = page(busline, "line", busline.line.pk).content.decode()
    assert "数据齐了" in text or "可以排方案了" in text
    assert "北门市场" in text
    assert 'class="bus-sheet broad"' in text


def test_what_is_at_odds_links_to_what_to_mend(busline):
    busline.rule("ride_limit_minutes", 10, on=date(2026, 3, 19))
    text = page(busline, "line", busline.line.pk).content.decode()
    assert "r1" in text
    of = reverse("buslines:record-of", args=[busline.line.pk, "demand", "r1"])
    assert of in text
    assert "?name=ride_limit_minutes" in text
    row = busline.demands["r1"].pk
    found = client(busline).get(of)
    assert found.url == reverse(
        "buslines:record-edit", args=[busline.line.pk, "demand", row]
    )


def test_a_line_without_anything_says_what_is_missing(busline):
    from tests.buslines.line import create

    bare = create(busline.world, number="9", name="空线")
    text = page(busline, "line", bare.pk).content.decode()
    assert "还没有行车时间" in text
    assert text.count("行车时间表里没有") == 0


def new_line(busline, **values):
    known = {
        "number": "253",
        "name": "253 路",
        "pricing": "market",
        "to_pick": str(busline.world.town.pk),
        "client_id": "7c5b7c0e-8a52-4a2e-9d2e-5a0b8a1f2c3d",
    }
    return {**known, **values}


def test_a_line_is_begun_once_however_often_it_is_sent(busline):
    for _again in range(2):
        assert sent(busline, new_line(busline), "new").status_code == 302
    line = Line.objects.get(number="253")
    assert line.organisation == busline.world.town
    assert (
        AuditEvent.objects.filter(action="buslines.create", subject_id=line.pk).count()
        == 1
    )


def test_a_stale_page_does_not_overwrite(busline):
    pk = busline.line.pk
    values = {"number": "252", "name": "新名字", "pricing": "set", "version": 1}
    assert sent(busline, values, "edit", pk).status_code == 302
    stale = sent(busline, {**values, "name": "别的"}, "edit", pk)
    assert stale.status_code == 422
    assert "有人改过" in stale.content.decode()
    assert Line.objects.get(pk=pk).name == "新名字"


def test_a_closed_line_is_read_but_not_written(busline):
    pk = busline.line.pk
    today = timezone.localdate().isoformat()
    assert sent(busline, {"on": today}, "close", pk).status_code == 302
    assert "停运" in page(busline, "line", pk).content.decode()
    answer = sent(busline, demand(busline), "record-new", pk, "demand")
    assert answer.status_code == 422
    assert "已经停用" in answer.content.decode()


def demand(busline, **values):
    known = {
        "code": "n1",
        "name": "五组",
        "home": "0",
        "stop": busline.spots["v2"].pk,
        "market": busline.spots["m1"].pk,
        "persons": "2",
        "baskets": "3",
        "earliest_minute": "06:00",
        "latest_minute": "7:10",
        "source": "meeting",
        "on": timezone.localdate().isoformat(),
    }
    return {**known, **values}


def test_demand_is_written_down(busline):
    sent(busline, demand(busline), "record-new", busline.line.pk, "demand")
    row = Demand.objects.get(line=busline.line, code="n1")
    assert (row.earliest_minute, row.latest_minute) == (360, 430)
    assert row.recorded_by == busline.by
    event = AuditEvent.objects.get(action="buslines.add_demand", subject_id=row.pk)
    assert "五组" not in str(event.after)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("persons", "0", "不能小于"),
        ("persons", "-3", "不能小于"),
        ("persons", "两个", "整数"),
        ("persons", "99999", "不能大于"),
        ("baskets", "-1", "不能小于"),
        ("baskets", "1e9", "整数"),
        ("earliest_minute", "六点", "06:30"),
        ("earliest_minute", "06:75", "06:30"),
        ("latest_minute", "48:00", "06:30"),
        ("latest_minute", "05:00", "最早"),
        ("code", "a b", "空格"),
        ("on", "0201-01-01", "年份"),
        ("stop", "999999", ""),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(busline, field, text, said):
    values = demand(busline, **{field: text})
    answer = sent(busline, values, "record-new", busline.line.pk, "demand")
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert field in errors
    assert said in str(errors[field])
    shown = answer.content.decode()
    assert 'value="五组"' in shown
    assert not Demand.objects.filter(code=values["code"]).exists()


def test_after_midnight_is_next_day(busline):
    values = demand(busline, earliest_minute="24:30", latest_minute="25:10")
    sent(busline, values, "record-new", busline.line.pk, "demand")
    row = Demand.objects.get(code="n1")
    assert row.latest_minute == 25 * 60 + 10
    text = page(busline, "records", busline.line.pk, "demand").content.decode()
    assert "次日 01:10" in text
    again = page(busline, "record-edit", busline.line.pk, "demand", row.pk)
    assert 'value="25:10"' in again.content.decode()


def test_what_held_is_kept_when_it_changes(busline):
    row = busline.demands["r1"]
    today = timezone.localdate()
    values = demand(
        busline,
        code="r1",
        name=row.name,
        stop=row.stop_id,
        persons="9",
        version=row.version,
    )
    args = (busline.line.pk, "demand", row.pk)
    assert sent(busline, values, "record-edit", *args).status_code == 302
    row.refresh_from_db()
    assert (row.persons, row.valid_until) == (3, today)
    new = Demand.objects.get(code="r1", valid_until=None)
    assert (new.persons, new.valid_from) == (9, today)


def test_a_place_is_corrected_where_it_stands(busline):
    spot = busline.spots["v2"]
    values = {
        "name": "中坝大桥",
        "lat": "26.7",
        "lon": "106.7",
        "version": spot.version,
    }
    args = (busline.line.pk, "stops", spot.pk)
    assert sent(busline, values, "record-edit", *args).status_code == 302
    spot.refresh_from_db()
    assert (spot.name, spot.code, spot.kind, spot.version) == (
        "中坝大桥",
        "v2",
        "stop",
        2,
    )
    event = AuditEvent.objects.get(action="buslines.change_spot", subject_id=spot.pk)
    assert "中坝" in str(event.before)


def test_half_a_place_on_earth_is_refused(busline):
    values = {"name": "中坝", "lat": "26.7", "version": 1}
    answer = sent(
        busline, values, "record-edit", busline.line.pk, "stops", busline.spots["v2"].pk
    )
    assert "lat" in answer.context["form"].errors


def test_a_stop_somebody_waits_at_does_not_end(busline):
    today = timezone.localdate().isoformat()
    args = (busline.line.pk, "stops", busline.spots["v1"].pk)
    answer = sent(busline, {"on": today}, "record-end", *args)
    assert "还有别的记录用着它" in answer.content.decode()
    assert Spot.objects.get(code="v1").valid_until is None


def test_what_never_held_is_taken_away(busline):
    today = timezone.localdate()
    sent(busline, demand(busline), "record-new", busline.line.pk, "demand")
    row = Demand.objects.get(code="n1")
    args = (busline.line.pk, "demand", row.pk)
    sent(busline, {"on": today.isoformat()}, "record-end", *args)
    assert not Demand.objects.filter(pk=row.pk).exists()
    assert AuditEvent.objects.filter(
        action="buslines.end_demand", subject_id=row.pk
    ).exists()


def test_a_vehicle_takes_yuan_and_metres(busline):
    values = {
        "code": "mid",
        "name": "中巴",
        "depot": busline.spots["d0"].pk,
        "count": "2",
        "seats": "30",
        "basket_places": "50",
        "length_cm": "8.5",
        "cost_fen_per_km": "2.35",
        "fixed_fen": "55",
        "until_minute": "25:00",
        "on": timezone.localdate().isoformat(),
    }
    sent(busline, values, "record-new", busline.line.pk, "vehicles")
    row = Vehicle.objects.get(code="mid")
    assert (row.length_cm, row.cost_fen_per_km, row.fixed_fen) == (850, 235, 5500)
    assert (row.from_minute, row.until_minute, row.floor_dm2) == (0, 1500, 0)
    again = sent(
        busline,
        {**values, "code": "mid2", "length_cm": "114"},
        "record-new",
        busline.line.pk,
        "vehicles",
    )
    assert "length_cm" in again.context["form"].errors


def test_drivers_and_their_days_off(busline):
    pk = busline.line.pk
    values = {
        "code": "d9",
        "name": "杨师傅",
        "licensed_on": "2011-02-03",
        "stars": "4",
        "account": "worker",
        "on": timezone.localdate().isoformat(),
    }
    sent(busline, values, "record-new", pk, "drivers")
    driver = Driver.objects.get(code="d9")
    assert driver.user == busline.world["worker"]
    event = AuditEvent.objects.get(action="buslines.add_driver", subject_id=driver.pk)
    assert "杨" not in str(event.after)
    days = {"first_day": "2027-02-01", "last_day": "2027-02-03"}
    for _again in range(2):
        sent(busline, days, "driver-away", pk, driver.pk)
    absence = Absence.objects.get(driver=driver)
    turned = {"first_day": "2027-02-03", "last_day": "2027-02-01"}
    assert sent(busline, turned, "driver-away", pk, driver.pk).status_code == 422
    more = {
        **values,
        "stars": "5",
        "on": (timezone.localdate() + timedelta(7)).isoformat(),
    }
    sent(busline, more, "record-edit", pk, "drivers", driver.pk)
    new = Driver.objects.get(code="d9", valid_until=None)
    assert new.stars == 5
    assert [each.first_day for each in new.absences.all()] == [absence.first_day]
    sent(busline, {}, "driver-back", pk, driver.pk, absence.pk)
    assert not Absence.objects.filter(driver=driver).exists()
    unknown = sent(
        busline,
        {**values, "code": "d8", "account": "nobody"},
        "record-new",
        pk,
        "drivers",
    )
    assert "account" in unknown.context["form"].errors


def test_a_duty_takes_spans(busline):
    values = {
        "code": "早班",
        "begin_minute": "05:30",
        "end_minute": "12:00",
        "driving": "05:40-08:00，08:20－11:50",
        "weekdays": ["1", "3"],
        "on": timezone.localdate().isoformat(),
    }
    pk = busline.line.pk
    sent(busline, values, "record-new", pk, "duties")
    row = OtherDuty.objects.get(code="早班")
    assert (row.driving, row.weekdays) == ("05:40-08:00 08:20-11:50", "13")
    for bad in ("05:40-08:00 07:00-09:00", "05:00-06:00", "早上"):
        answer = sent(
            busline, {**values, "code": "x", "driving": bad}, "record-new", pk, "duties"
        )
        assert "driving" in answer.context["form"].errors


def test_rules_hold_from_a_day_on(busline):
    pk = busline.line.pk
    today = timezone.localdate()
    address = reverse("buslines:record-new", args=[pk, "rules"]) + "?name=stops_limit"
    values = {"number": "6", "source": "", "verified": "on", "on": today.isoformat()}
    browser = client(busline)
    assert "source" in browser.post(address, values).context["form"].errors
    browser.post(address, {**values, "source": "坝坝会 3 月 2 日"})
    rows = list(Rule.objects.filter(name="stops_limit").order_by("valid_from"))
    assert [(row.number, row.valid_until) for row in rows] == [(4, today), (6, None)]
    assert browser.post(address, {**values, "number": "400"}).status_code == 422
    assert browser.get(address.replace("stops_limit", "nonsense")).status_code == 404


def test_fares_are_typed_in_yuan(busline):
    pk = busline.line.pk
    today = timezone.localdate()
    values = {
        "base_fen": "2",
        "baskets_1": "1",
        "more_1": "3",
        "baskets_2": "2",
        "more_2": "5.50",
        "cap_fen": "7",
        "on": today.isoformat(),
    }
    sent(busline, values, "record-new", pk, "fares")
    table = FareTable.objects.get(line=busline.line, valid_until=None, trial=False)
    bands = [(band.from_baskets, band.fen) for band in table.bands.all()]
    assert (table.base_fen, table.cap_fen, bands) == (200, 700, [(1, 300), (2, 550)])
    assert FareTable.objects.filter(valid_until=today).count() == 1
    for wrong in (
        {"more_1": ""},
        {"baskets_2": "1"},
        {"cap_fen": "1"},
        {"base_fen": "x"},
    ):
        answer = sent(busline, {**values, **wrong}, "record-new", pk, "fares")
        assert answer.status_code == 422
    sent(busline, {**values, "base_fen": "3", "trial": "on"}, "record-new", pk, "fares")
    assert FareTable.objects.filter(trial=True).count() == 1


@pytest.mark.parametrize(
    "who", ["worker", "department", "outsider", "postless", "administrator"]
)
def test_strangers_read_and_write_nothing(busline, who):
    pk = busline.line.pk
    allowed = {403, 404}
    assert page(busline, "line", pk, who=who).status_code in allowed
    for name, args in (
        ("edit", (pk,)),
        ("close", (pk,)),
        ("record-new", (pk, "demand")),
        ("record-end", (pk, "stops", busline.spots["v1"].pk)),
        ("import", (pk,)),
    ):
        assert sent(busline, {}, name, *args, who=who).status_code in allowed
    assert page(busline, "workbook", pk, who=who).status_code in allowed


def test_a_supervisor_reads_but_does_not_write(busline):
    pk = busline.line.pk
    assert page(busline, "line", pk, who="supervisor").status_code == 200
    assert page(busline, "records", pk, "demand", who="supervisor").status_code == 200
    answer = sent(
        busline, demand(busline), "record-new", pk, "demand", who="supervisor"
    )
    assert answer.status_code == 403


def test_records_of_another_line_are_not_found_under_this_one(busline):
    from tests.buslines.line import create

    other = create(busline.world, number="9", name="另一条")
    row = busline.demands["r1"].pk
    assert page(busline, "record-edit", other.pk, "demand", row).status_code == 404
    assert page(busline, "records", busline.line.pk, "nonsense").status_code == 404


def asked(busline, name, *args):
    browser = client(busline)
    address = reverse(f"buslines:{name}", args=args)
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_pages_take_as_many_queries_for_many_rows_as_for_few(busline):
    pk = busline.line.pk
    pages = [("line", pk), ("list",), *(("records", pk, kind) for kind in KINDS)]
    before = {each: asked(busline, *each) for each in pages}
    for n in range(12):
        busline.spot(f"w{n}")
        busline.demand(f"x{n}", stop=busline.spots[f"w{n}"])
        busline.driver(f"y{n}")
        busline.duty(f"z{n}")
        busline.vehicle(f"b{n}")
    assert {each: asked(busline, *each) for each in pages} == before


def test_long_lists_are_paged_by_key(busline):
    for n in range(40):
        busline.demand(f"x{n}")
    first = page(busline, "records", busline.line.pk, "demand")
    older = first.context["pages"].older
    assert len(first.context["rows"]) == 30
    second = page(busline, "records", busline.line.pk, "demand", older=older)
    keys = {row.pk for row, _cells in first.context["rows"]}
    assert not keys & {row.pk for row, _cells in second.context["rows"]}
    assert len(second.context["rows"]) == 17
