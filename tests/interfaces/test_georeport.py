import io
from datetime import datetime, timedelta
from urllib.parse import parse_qsl
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.interfaces.open import Open, new_key, shown
from wugeyi.casework.models import Case
from wugeyi.interfaces.actions import keys
from wugeyi.interfaces.models import ApiKey, Posted
from wugeyi.interfaces.rules.georeport import Refused, Why, moment, page, span
from wugeyi.submissions.models import Conflict

V2 = "/open/311/v2"
NOW = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_services_in_both_formats(client, city: Open) -> None:
    answer = client.get(f"{V2}/services.json")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    rows = answer.json()
    assert isinstance(rows, list)
    light = next(row for row in rows if row["service_code"] == "street-light")
    assert light["metadata"] is False
    assert light["type"] == "realtime"
    assert light["group"] != light["service_name"]
    answer = client.get(f"{V2}/services.xml")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    tree = ElementTree.fromstring(answer.content)
    assert tree.tag == "services"
    assert [each.tag for each in tree] == ["service"] * len(rows)
    assert [each.findtext("service_code") for each in tree] == [
        row["service_code"] for row in rows
    ]
    assert tree.find("service").findtext("metadata") == "false"


def test_a_definition_has_no_attributes_and_unknown_codes_are_404(client, city) -> None:
    found = client.get(f"{V2}/services/street-light.json").json()
    assert found == {"service_code": "street-light", "attributes": []}
    tree = ElementTree.fromstring(client.get(f"{V2}/services/street-light.xml").content)
    assert tree.tag == "service_definition"
    assert tree.find("attributes") is not None
    answer = client.get(f"{V2}/services/nothing.json")
    assert answer.status_code == 404
    (error,) = answer.json()
    assert error["code"] == 404
    assert "nothing" in error["description"]
    answer = client.get(f"{V2}/services/nothing.xml")
    assert answer.status_code == 404
    tree = ElementTree.fromstring(answer.content)
    assert (tree.tag, tree[0].tag) == ("errors", "error")
    assert tree[0].findtext("code") == "404"


def test_only_published_cases_masked(client, city: Open) -> None:
    rows = client.get(f"{V2}/requests.json").json()
    assert [row["service_request_id"] for row in rows] == [
        city.working.number,
        city.resolved.number,
    ]
    opened, closed = rows
    assert opened["status"] == "open"
    assert opened["description"] == "楼下垃圾没人收。"
    assert "路灯" not in str(rows), "the reporter's own words stay hidden"
    assert "13800138000" not in str(rows)
    assert closed["status"] == "closed"
    assert "清走了" in closed["status_notes"]
    assert closed["updated_datetime"].endswith("+08:00")
    assert "expected_datetime" not in closed
    assert opened["address"].startswith("金桥社区, 东街街道")
    # Not the pin of the report, only a point of the community.
    assert 26.64 <= opened["lat"] <= 26.66
    assert 106.62 <= opened["long"] <= 106.64


def test_a_case_taken_off_is_gone(client, city: Open) -> None:
    number = city.working.number
    assert client.get(f"{V2}/requests/{number}.json").json()[0]["status"] == "open"
    Case.objects.filter(pk=city.working.pk).update(published_at=None, public_text="")
    assert client.get(f"{V2}/requests/{number}.json").status_code == 404
    assert client.get(f"{V2}/requests/{city.hidden.number}.xml").status_code == 404


def test_ids_override_everything(client, city: Open) -> None:
    ids = f"{city.resolved.number}, {city.hidden.number},bad,20260101-{city.working.pk}"
    asked = {"service_request_id": ids, "status": "open", "start_date": "rubbish"}
    rows = client.get(f"{V2}/requests.json", asked).json()
    assert [row["service_request_id"] for row in rows] == [city.resolved.number]


def test_statuses_codes_and_jurisdictions_narrow(client, city: Open) -> None:
    def ids(**asked: str) -> list[str]:
        rows = client.get(f"{V2}/requests.json", asked).json()
        return [row["service_request_id"] for row in rows]

    both = [city.working.number, city.resolved.number]
    assert ids(status="closed") == both[1:]
    assert ids(status="open") == both[:1]
    assert ids(status="open,closed") == both
    assert ids(service_code="noise") == []
    assert ids(service_code="noise,rubbish") == both
    assert ids(jurisdiction_id=city.world.community.code) == both
    assert ids(jurisdiction_id=city.world.other_county.code) == []
    answer = client.get(f"{V2}/requests.json", {"jurisdiction_id": "nowhere.org"})
    assert answer.status_code == 404
    assert client.get(f"{V2}/requests.json", {"status": "done"}).status_code == 400


def test_pages_out_of_range_are_empty(client, city: Open) -> None:
    def ids(**asked: object) -> list[str]:
        rows = client.get(f"{V2}/requests.json", asked).json()
        return [row["service_request_id"] for row in rows]

    assert ids(page=1, page_size=1) == [city.working.number]
    assert ids(page=2, page_size=1) == [city.resolved.number]
    assert ids(page=3, page_size=1) == []
    assert ids(page=999_999_999) == []
    xml = client.get(f"{V2}/requests.xml", {"page": 99}).content
    assert ElementTree.fromstring(xml).tag == "service_requests"
    assert len(ElementTree.fromstring(xml)) == 0
    assert client.get(f"{V2}/requests.json", {"page": 0}).status_code == 400


def test_the_window_is_ninety_days(client, city: Open) -> None:
    old = shown(city.world, at=timezone.now() - timedelta(days=120))
    rows = client.get(f"{V2}/requests.json").json()
    assert old.number not in str(rows)
    start = (timezone.now() - timedelta(days=130)).isoformat()
    rows = client.get(f"{V2}/requests.json", {"start_date": start}).json()
    assert [row["service_request_id"] for row in rows] == [old.number]


def test_spans() -> None:
    found = span("", "", now=NOW)
    assert found.last - found.first == timedelta(days=90)
    assert span("2026-01-01T00:00:00Z", "", now=NOW).last == moment(
        "2026-04-01T00:00:00Z"
    )
    assert span("", "2026-04-01T00:00:00+08:00", now=NOW).first == moment(
        "2025-12-31T16:00:00Z"
    )
    # A plus sign that was not escaped.
    assert moment("2026-04-01T00:00:00 08:00") == moment("2026-03-31T16:00:00Z")
    for start, end, why in (
        ("2026-01-01", "", Why.BAD_DATE),
        ("2026-01-01T00:00:00", "", Why.BAD_DATE),
        ("9999-12-31T00:00:00Z", "", Why.BAD_DATE),
        ("", "0001-01-01T00:00:00Z", Why.BAD_DATE),
        ("2026-01-01T00:00:00Z", "2026-04-02T00:00:00Z", Why.LONG_SPAN),
        ("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", Why.TURNED_SPAN),
    ):
        with pytest.raises(Refused) as refused:
            span(start, end, now=NOW)
        assert refused.value.why is why, (start, end)
    assert page("", "5000").size == 1000


def test_the_list_asks_as_much_for_one_as_for_many(
    client, city: Open, django_assert_num_queries
) -> None:
    client.get(f"{V2}/requests.json")
    for _each in range(5):
        shown(city.world, at=timezone.now())
    with django_assert_num_queries(6):
        assert len(client.get(f"{V2}/requests.json").json()) == 7


def test_a_post_is_routed_like_any_other(client, city: Open) -> None:
    answer = client.post(f"{V2}/requests.json", city.post(phone="138 0013 8000"))
    assert answer.status_code == 200
    (row,) = answer.json()
    case = Case.objects.get(posted__key=city.key.row)
    assert row["service_request_id"] == case.number
    assert case.channel == "api"
    assert case.place == city.world.community
    assert case.handler == city.world.community
    assert case.assignments.get().reason
    assert case.reporter.phone == "13800138000"
    assert (case.lon, case.lat) == (106.63, 26.65)
    # The one who posted sees how it stands, but no words before they are published.
    address = f"{V2}/requests/{case.number}.json"
    assert client.get(address).status_code == 404
    (seen,) = client.get(address, {"api_key": city.key.key}).json()
    assert (seen["status"], seen["description"]) == ("open", "")
    other = new_key(city.world, at=timezone.now())
    assert client.get(address, {"api_key": other.key}).status_code == 404


def test_the_same_again_is_the_first_answer(client, city: Open) -> None:
    first = client.post(f"{V2}/requests.json", city.post()).json()
    assert client.post(f"{V2}/requests.json", city.post()).json() == first
    again = client.post(f"{V2}/requests.json", city.post(description="别的事"))
    assert again.json() != first
    Posted.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert client.post(f"{V2}/requests.json", city.post()).json() != first


def test_an_idempotency_key_decides(client, city: Open) -> None:
    token = str(uuid4())
    headers = {"Idempotency-Key": token}

    def post(**fields: object) -> object:
        return client.post(f"{V2}/requests.json", city.post(**fields), headers=headers)

    first = post().json()
    assert post().json() == first
    for _try in range(2):
        other = post(
            description="别的内容", media=SimpleUploadedFile("a.jpg", picture())
        )
        assert other.status_code == 409
        assert other.json()[0]["code"] == 409
    # Nobody's words are lost: people judge them beside the case that was made.
    kept = Conflict.objects.select_related("submission").get()
    case = Case.objects.get(posted__key=city.key.row)
    assert kept.submission.client_id == case.client_id
    assert kept.submission.organisation_id == case.place_id
    assert dict(parse_qsl(kept.content))["description"] == "别的内容"
    assert city.key.key not in kept.content
    assert kept.photos.count() == 1
    assert Case.objects.filter(posted__key=city.key.row).count() == 1
    (row,) = client.get(f"{V2}/tokens/{token}.json").json()
    assert row == {
        "service_request_id": first[0]["service_request_id"],
        "token": token,
    }
    assert client.get(f"{V2}/tokens/{uuid4()}.xml").status_code == 404
    # Another program's same word is another post.
    mine = new_key(city.world, at=timezone.now()).key
    assert post(api_key=mine).json() != first
    headers["Idempotency-Key"] = "短"
    assert post().status_code == 400


def test_media_are_made_anew_and_media_url_is_never_fetched(client, city) -> None:
    file = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    sent = city.post(media=file, media_url="http://127.0.0.1:9/picture.jpg")
    assert client.post(f"{V2}/requests.xml", sent).status_code == 200
    case = Case.objects.get(posted__key=city.key.row)
    assert case.photos.get().upload.media_type == "image/jpeg"
    assert case.posted.media_url == "http://127.0.0.1:9/picture.jpg"
    assert not case.photos.get().public
    svg = SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")
    for bad in (svg, SimpleUploadedFile("empty.jpg", b"", "image/jpeg")):
        answer = client.post(f"{V2}/requests.json", city.post(media=bad))
        assert answer.status_code in {200, 400}
        assert Case.objects.filter(posted__key=city.key.row).count() <= 2


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "nothing"}, 404),
        ({"jurisdiction_id": "nowhere"}, 404),
        ({"lat": ""}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"lat": "nan", "long": "106"}, 400),
        ({"lat": "91", "long": "106"}, 400),
        ({"lat": "10", "long": "10"}, 400),
        ({"description": "长" * 4001}, 400),
        ({"media_url": "x" * 1001}, 400),
        ({"api_key": ""}, 403),
        ({"api_key": "wgy_" + "2" * 32}, 403),
        ({"api_key": "短\x00"}, 403),
    ],
)
def test_what_does_not_do_is_a_list_of_errors(client, city, change, status) -> None:
    answer = client.post(f"{V2}/requests.json", city.post(**change))
    assert answer.status_code == status
    (error,) = answer.json()
    assert error["code"] == status
    assert error["description"]
    assert not Posted.objects.exists()


def test_a_place_may_be_named_instead(client, city: Open) -> None:
    without = {"lat": "", "long": ""}
    for given in (
        {"address_id": city.world.community.code},
        {"address_string": "金桥社区"},
        {"address_string": "金桥社区 3 号楼"},
    ):
        answer = client.post(f"{V2}/requests.json", city.post(**without, **given))
        assert answer.status_code == 200, given
    assert set(Posted.objects.values_list("case__place", flat=True)) == {
        city.world.community.pk
    }
    nowhere = city.post(**without, address_string="没有的地方")
    assert client.post(f"{V2}/requests.json", nowhere).status_code == 400


def test_a_key_reaches_its_own_area_only(client, city: Open) -> None:
    made = new_key(city.world, at=timezone.now(), organisation=city.world.neighbour)
    answer = client.post(f"{V2}/requests.json", city.post(api_key=made.key))
    assert answer.status_code == 403
    reading = new_key(city.world, at=timezone.now(), writes=False)
    answer = client.post(f"{V2}/requests.json", city.post(api_key=reading.key))
    assert answer.status_code == 403


def test_a_leaked_key_is_revoked_at_once(client, city: Open) -> None:
    assert client.post(f"{V2}/requests.json", city.post()).status_code == 200
    keys.revoke(key=city.key.row, by=city.world["administrator"], at=timezone.now())
    assert client.post(f"{V2}/requests.json", city.post()).status_code == 403
    asked = {"api_key": city.key.key}
    assert client.get(f"{V2}/services.json", asked).status_code == 403


def test_a_key_has_its_days_and_its_limits(client, city: Open) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    over = new_key(city.world, at=now, valid_to=today)
    soon = new_key(city.world, at=now, valid_from=today + timedelta(days=1))
    for made in (over, soon):
        asked = {"api_key": made.key}
        assert client.get(f"{V2}/services.json", asked).status_code == 403
    tight = new_key(city.world, at=now, per_minute=100, per_day=2)
    headers = {"Authorization": f"Bearer {tight.key}"}
    codes = [
        client.get(f"{V2}/services.json", headers=headers).status_code for _ in range(3)
    ]
    assert codes == [200, 200, 429]
    answer = client.get(f"{V2}/services.json", headers=headers)
    assert int(answer.headers["Retry-After"]) > 0
    assert ApiKey.objects.get(pk=tight.row.pk).used_on == today


def test_the_key_itself_is_kept_nowhere(city: Open) -> None:
    row = ApiKey.objects.get(pk=city.key.row.pk)
    assert city.key.key not in {str(value) for value in vars(row).values()}
    assert city.key.key.startswith(row.start)


def test_reading_without_a_key_is_limited(client, city: Open, monkeypatch) -> None:
    monkeypatch.setattr("wugeyi.interfaces.views.common.READS_PER_MINUTE", 2)
    codes = [client.get(f"{V2}/services.json").status_code for _ in range(3)]
    assert codes[:2] == [200, 200]
    assert codes[2] in {200, 429}  # a minute may have begun in between
    codes = [client.get(f"{V2}/services.json").status_code for _ in range(2)]
    assert 429 in codes


def test_the_address_to_try_writes_nothing(client, city: Open) -> None:
    answer = client.post("/open/311/test/requests.json", city.post())
    assert answer.status_code == 200
    assert answer.json()[0]["service_request_id"].startswith("TEST-")
    assert not Posted.objects.exists()
    answer = client.post("/open/311/test/requests.json", city.post(service_code="x"))
    assert answer.status_code == 404


def test_discovery_names_two_endpoints(client, city: Open) -> None:
    found = client.get("/open/311/discovery.json").json()
    assert [each["type"] for each in found["endpoints"]] == ["production", "test"]
    for each in found["endpoints"]:
        assert each["formats"] == ["text/xml", "application/json"]
        assert each["url"].startswith("http://testserver/open/311/")
        path = each["url"].removeprefix("http://testserver")
        assert client.get(f"{path}/services.xml").status_code == 200
    tree = ElementTree.fromstring(client.get("/open/311/discovery.xml").content)
    assert [each.findtext("url") for each in tree.find("endpoints")] == [
        each["url"] for each in found["endpoints"]
    ]
    assert [each.text for each in tree.iter("format")] == [
        "text/xml",
        "application/json",
    ] * 2


def test_english_and_danger(client, city: Open) -> None:
    rows = client.get(f"{V2}/services.json", {"lang": "en"}).json()
    light = next(row for row in rows if row["service_code"] == "street-light")
    assert light["service_name"].isascii()
    sent = city.post(description="配电箱漏电，有人触电")
    (row,) = client.post(f"{V2}/requests.json", sent).json()
    assert "119" in row["service_notice"]


@pytest.mark.parametrize("path", ["v2/nothing", "v2/services.html", "v2/requests.yaml"])
def test_other_addresses_are_404_lists_of_errors(client, city: Open, path) -> None:
    answer = client.get(f"/open/311/{path}")
    assert answer.status_code == 404
    assert ElementTree.fromstring(answer.content).tag == "errors"


def test_attributes_nobody_asked_for_are_not_lost(client, city: Open) -> None:
    sent = city.post(**{"attribute[WHERE]": "二楼", "attribute[WHAT][]": ["甲", "乙"]})
    assert client.post(f"{V2}/requests.json", sent).status_code == 200
    text = Case.objects.get(posted__key=city.key.row).text
    assert text.endswith("WHERE：二楼\nWHAT：甲\nWHAT：乙")


def test_the_words_may_be_left_out(client, city: Open) -> None:
    """The specification says so: service and place are enough."""
    answer = client.post(f"{V2}/requests.json", city.post(description=" "))
    assert answer.status_code == 200
    text = Case.objects.get(posted__key=city.key.row).text
    assert text.endswith("（没有写说明）")


# GeoReport v2, "GET Service Requests", response.
FIELDS = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
]


def test_every_field_of_the_specification_is_there(client, city: Open) -> None:
    (row,) = client.get(f"{V2}/requests/{city.working.number}.json").json()
    assert list(row) == FIELDS  # and media_url, where a picture is public
    (closed,) = client.get(f"{V2}/requests/{city.resolved.number}.json").json()
    closed_at = datetime.fromisoformat(closed["updated_datetime"])
    city.resolved.refresh_from_db()
    assert closed_at == city.resolved.closed_at.replace(microsecond=0)
    tree = ElementTree.fromstring(
        client.get(f"{V2}/requests/{city.working.number}.xml").content
    )
    assert tree.tag == "service_requests"
    assert [each.tag for each in tree.find("request")] == FIELDS
    (posted,) = client.post(f"{V2}/requests.json", city.post()).json()
    assert set(posted) == {"service_request_id", "service_notice", "account_id"}
    assert posted["service_request_id"]
