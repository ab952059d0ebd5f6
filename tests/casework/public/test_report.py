from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.casework.public.conftest import picture, sent
from tests.casework.world import World
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import Case, CasePhoto, Reporter
from wugeyi.casework.rules.receipts import display
from wugeyi.organisations.rules.naming import words

pytestmark = pytest.mark.django_db


def receipt_of(client: Client, answer) -> Case:
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Case.objects.get(pk=int(answer.url.split("?")[0].rsplit("/", 1)[1]))


def test_start_page_leads_to_the_report(client: Client, city: World):
    page = client.get("/").content.decode()
    assert 'href="/report"' in page
    assert "tel:110" in page
    assert "测试市" in page


def test_report_becomes_a_case_and_shows_its_receipt(client: Client, city: World):
    answer = client.post("/report", sent(city))
    case = receipt_of(client, answer)
    assert (case.place, case.channel, case.danger) == (city.community, "web", False)
    assert case.category.code == "street-light"
    assert case.recorded_by is None
    assert not Reporter.objects.filter(case=case).exists()
    page = client.get(answer.url, follow=True)
    assert page.redirect_chain == [(f"/receipt/{case.pk}", 302)]
    text = page.content.decode()
    assert display(case.receipt) in text
    assert "未经核对" in text
    assert "<svg" in text
    assert page.headers["Cache-Control"].count("no-store")


def test_receipt_is_shown_to_a_browser_that_refuses_cookies(client, city):
    answer = client.post("/report", sent(city))
    case = receipt_of(client, answer)
    stranger = Client()
    page = stranger.get(answer.url)
    assert display(case.receipt) in page.content.decode()
    without_ticket = Client().get(f"/receipt/{case.pk}")
    assert without_ticket.status_code == 302
    assert without_ticket.url == "/follow"


def test_report_needs_no_csrf_cookie(city):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/report", sent(city)).status_code == 302


def test_name_and_phone_are_kept_apart(client, city):
    case = receipt_of(
        client, client.post("/report", sent(city, name="李四", phone="138 0013-8000"))
    )
    assert case.reporter.phone == "13800138000"
    assert not AuditEvent.objects.filter(after__contains="13800138000").exists()


def test_sending_twice_gives_one_case_and_the_same_receipt(client, city):
    form = sent(city)
    first = receipt_of(client, client.post("/report", form))
    second = receipt_of(client, client.post("/report", form))
    assert first == second
    assert Case.objects.count() == 1


def test_an_old_page_filled_in_anew_is_another_case(client, city):
    form = sent(city)
    first = receipt_of(client, client.post("/report", form))
    other = form | {"text": "楼下垃圾桶满了没有清运", "seen": "similar"}
    second = receipt_of(client, client.post("/report", other))
    assert second != first
    assert second.text == "楼下垃圾桶满了没有清运"
    assert receipt_of(client, client.post("/report", other)) == second


def test_category_can_be_chosen_or_left_open(client, city):
    chosen = receipt_of(client, client.post("/report", sent(city, category="noise")))
    assert chosen.category.code == "noise"
    unknown = receipt_of(client, client.post("/report", sent(city, text="有点怪事")))
    assert unknown.category.code == "other"


def test_danger_shows_the_numbers_first_and_then_takes_the_note(client, city):
    form = sent(city, text="隔壁厨房着火了", danger="on")
    page = client.post("/report", form)
    assert page.status_code == 200
    text = page.content.decode()
    assert not Case.objects.exists()
    assert text.index("tel:119") < text.index("<textarea")
    assert "隔壁厨房着火了" in text
    case = receipt_of(client, client.post("/report", form | {"seen": "danger"}))
    assert case.danger
    assert case.urgency == "urgent"


def test_words_of_danger_alone_show_the_numbers(client, city):
    form = sent(city, text="有人被困在电梯里")
    assert "tel:120" in client.post("/report", form).content.decode()
    case = receipt_of(client, client.post("/report", form | {"seen": "danger"}))
    assert not case.danger


def test_photos_go_with_the_case(client, city):
    form = sent(city, photos=[picture("a.jpg"), picture("b.jpg", (300, 200))])
    case = receipt_of(client, client.post("/report", form))
    assert case.photos.count() == 2
    assert not case.photos.filter(public=True).exists()


def test_not_a_picture_keeps_everything_else(client, city):
    form = sent(city, photos=[picture("灯.jpg"), fake("假.jpg")])
    page = client.post("/report", form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "假.jpg" in text
    assert "单元门口的路灯坏了三天" in text
    assert "已收好 1 张照片" in text
    assert f'value="{city.community.pk}" checked' in text
    token = text.split('name="kept" value="')[1].split('"')[0]
    assert client.get(f"/report/photo/{token}").headers["Content-Type"] == "image/jpeg"
    again = {k: v for k, v in form.items() if k != "photos"} | {"kept": token}
    case = receipt_of(client, client.post("/report", again))
    assert case.photos.count() == 1


def fake(name: str):
    return SimpleUploadedFile(name, b"MZ\x90\x00 not a picture" * 50, "image/jpeg")


def test_a_forged_photo_token_brings_nothing(client, city):
    case = receipt_of(client, client.post("/report", sent(city, kept="abc:def:ghi")))
    assert not CasePhoto.objects.filter(case=case).exists()
    assert client.get("/report/photo/abc:def:ghi").status_code == 404


def test_40_mb_photo_is_refused_with_a_sentence(client, city, settings):
    huge = SimpleUploadedFile(
        "大.jpg", b"\xff\xd8\xff\xe0" + bytes(40 * 1024 * 1024), "image/jpeg"
    )
    page = client.post("/report", sent(city, photos=[huge]))
    assert page.status_code == 422
    text = page.content.decode()
    assert "大.jpg" in text
    assert "单元门口的路灯坏了三天" in text
    assert not Case.objects.exists()


def test_at_most_six_photos(client, city):
    form = sent(city, photos=[picture(f"{n}.jpg", (100 + n, 100)) for n in range(7)])
    page = client.post("/report", form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "最多 6 张照片" in text
    assert text.count('name="kept"') == 6


def test_long_text_says_by_how_much(client, city):
    page = client.post("/report", sent(city, text="坏" * 10_000))
    assert page.status_code == 422
    text = page.content.decode()
    assert "还要删去 6000 个字" in text
    assert "坏" * 10_000 in text


def test_rare_characters_stay_and_controls_go(client, city):
    typed = "𠮷家巷👨‍👩‍👧 路灯\x00坏了\x07\u202e\r\n第二行"
    case = receipt_of(client, client.post("/report", sent(city, text=typed)))
    assert case.text == "𠮷家巷👨‍👩‍👧 路灯坏了\n第二行"


@pytest.mark.parametrize("field", ["lon", "category", "place", "seen", "join", "spot"])
def test_null_bytes_anywhere_are_no_fault(client, city, field):
    answer = client.post("/report", sent(city) | {field: "a\x00b"})
    assert answer.status_code in {302, 422}


def test_empty_text_is_asked_for(client, city):
    page = client.post("/report", sent(city, text="  \n "))
    assert page.status_code == 422
    assert "请写一句话" in page.content.decode()


def test_without_a_place_one_is_asked_for(client, city):
    page = client.post("/report", sent(city, place=""))
    assert page.status_code == 422
    assert "请在地图上点一下" in page.content.decode()


def test_place_by_name(client, city):
    form = sent(city, place="", place_query="银桥")
    case = receipt_of(client, client.post("/report", form))
    assert case.place == city.neighbour


def test_same_names_are_told_apart_by_their_path(client, city):
    form = sent(city, place="", place_query="桥社区")
    page = client.post("/report", form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "有几个地方符合" in text
    assert "甲县 / 东街街道" in text
    chosen = form | {"place": str(city.neighbour.pk)}
    assert receipt_of(client, client.post("/report", chosen)).place == city.neighbour


def test_looking_a_place_up_without_script_judges_nothing(client, city):
    page = client.post(
        "/report", sent(city, text="", place="", place_query="jqsq", action="find")
    )
    assert page.status_code == 200
    text = page.content.decode()
    assert "金桥社区" in text
    assert 'role="alert"' not in text


def test_a_department_or_a_gone_unit_is_no_place(client, city):
    page = client.post("/report", sent(city, place=str(city.department.pk)))
    assert page.status_code == 422
    assert client.post("/report", sent(city, place=str(2**62))).status_code == 422
    assert client.post("/report", sent(city, place="9" * 40)).status_code == 422


def test_unit_reported_is_optional_and_found_by_name(client, city):
    city.department.search = words(city.department.name, city.department.code)
    city.department.save(update_fields=["search"])
    form = sent(city, party_query="甲县城管局")
    case = receipt_of(client, client.post("/report", form))
    assert case.reported_party == city.department
    page = client.post("/report", sent(city, party_query="没有这个"))
    assert page.status_code == 422
    assert "名册里没有这个单位" in page.content.decode()


def test_flood_is_stopped_with_the_text_kept(client, city, monkeypatch):
    monkeypatch.setattr("wugeyi.casework.views.report.REPORTS_PER_WINDOW", 2)
    for n in range(2):
        text = f"第{n}盏路灯坏了"
        answer = client.post("/report", sent(city, text=text, seen="similar"))
        assert answer.status_code == 302
    form = sent(city, text="还有一盏灯不亮", seen="similar", photos=[picture()])
    page = client.post("/report", form)
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    text = page.content.decode()
    assert "还有一盏灯不亮" in text
    assert 'name="kept"' in text
    assert Case.objects.count() == 2


def test_a_made_up_client_id_gets_a_new_one(client, city):
    for odd in ("", "x", "../../etc", str(uuid4())[:-1]):
        form = sent(city, client_id=odd, seen="similar")
        assert client.post("/report", form).status_code == 302
    assert Case.objects.count() == 4


def test_before_set_up_nobody_loses_what_they_wrote(client, db):
    page = client.post("/report", {"text": "路灯坏了", "place_query": "金桥"})
    assert page.status_code == 503
    text = page.content.decode()
    assert "还没有设置好" in text
    assert "路灯坏了" in text
    assert client.post("/report/hints", {"text": "路灯坏了"}).status_code == 200
