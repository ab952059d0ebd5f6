import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from wugeyi.casework.models import Case
from wugeyi.services.actions import queue
from wugeyi.services.models import Matter, Service, Visit
from wugeyi.services.rules.trips import Result


@pytest.fixture
def window(client, desk) -> Client:
    client.force_login(desk.world["worker"])
    return client


@pytest.fixture
def keeper(client, desk) -> Client:
    client.force_login(desk.world["administrator"])
    return client


def code(desk) -> str:
    return desk.unit.code


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(window, desk, language) -> None:
    window.cookies["django_language"] = language
    visit = desk.first(Result.TOLD)
    desk.ticket()
    for name in ("queue", "register", "again", "matters", "statistics", "entries"):
        assert (
            window.get(reverse(f"services:{name}", args=[code(desk)])).status_code
            == 200
        )
    for name, key in (
        ("matter", visit.matter.pk),
        ("trip", visit.matter.pk),
        ("slip", visit.pk),
    ):
        assert window.get(reverse(f"services:{name}", args=[key])).status_code == 200
    assert window.get(reverse("services:desks")).status_code == 302
    case = window.get(reverse("desk:case", args=[visit.matter.case_id]))
    assert "从窗口来的" in case.content.decode() or language == "en"


def test_public_pages_name_nobody_and_need_no_account(client, desk) -> None:
    desk.ticket()
    url = reverse("services:service", args=[code(desk), desk.service.pk])
    page = client.get(url).content.decode()
    assert "身份证" in page
    assert "由别人代办的" in page
    assert "甲县城管局" in page
    for name in ("catalogue", "waiting"):
        assert (
            client.get(reverse(f"services:{name}", args=[code(desk)])).status_code
            == 200
        )
    assert "金桥社区" in client.get(reverse("services:home")).content.decode()
    found = client.get(reverse("services:home"), {"q": "金桥"}).content.decode()
    assert reverse("services:catalogue", args=[code(desk)]) in found


def test_the_board_shows_numbers_and_refreshes_without_a_script(
    client, desk, monkeypatch
) -> None:
    from django.utils import timezone

    at = timezone.now()
    one, _two = desk.ticket(at), desk.ticket(at)
    queue.call(visit=one, by=desk.world["worker"], at=at)
    url = reverse("services:waiting", args=[code(desk)])
    page = client.get(url).content.decode()
    assert '<span class="board-first">1</span>' in page
    assert "<span>2</span>" in page
    assert 'http-equiv="refresh"' in page
    assert "办老年证" not in page
    assert 'http-equiv="refresh"' not in client.get(f"{url}?still=1").content.decode()


def test_a_matter_from_the_queue_to_the_slip(window, desk) -> None:
    arrive = reverse("services:arrive", args=[code(desk)])
    data = {"service": desk.service.pk, "client_id": uuid4()}
    window.post(arrive, data)
    window.post(arrive, data)
    visit = Visit.objects.get()
    window.post(reverse("services:act", args=[visit.pk, "call"]))
    served = window.post(reverse("services:act", args=[visit.pk, "serve"]))
    assert served.url.endswith(f"register/?visit={visit.pk}&service={desk.service.pk}")
    form = {
        "brought": [desk.card.pk],
        "not_needed": [desk.letter.pk],
        "result": "told",
        "name": "王阿姨",
        "phone": "13800138000",
        "client_id": uuid4(),
    }
    slip = window.post(served.url, form, follow=True)
    page = slip.content.decode()
    assert "还要带的材料" in page
    assert "照片" in page
    assert "由别人代办的" not in page
    receipt = Case.objects.get().receipt
    assert receipt[:4] in page
    # Once more, as after an impatient second press.
    window.post(served.url, form)
    assert Case.objects.count() == 1
    # The code is shown for a while to whoever registered it, never to anybody else.
    other = Client()
    other.force_login(desk.world["secretary"])
    assert receipt[:4] not in other.get(slip.request["PATH_INFO"]).content.decode()


def test_coming_again_by_receipt(window, desk) -> None:
    visit = desk.first(Result.TOLD, desk.card)
    again = reverse("services:again", args=[code(desk)])
    found = window.post(again, {"code": visit.matter.case.receipt})
    assert found.url == reverse("services:trip", args=[visit.matter.pk])
    page = window.get(found.url).content.decode()
    ticked = re.findall(r'name="brought" value="(\d+)"[^>]*checked', page)
    assert ticked == [str(desk.card.pk)]
    wrong = window.post(again, {"code": "7K3M-9QXP-2T4V"})
    assert wrong.status_code == 422
    assert "没有找到" in wrong.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"result": "done"}, "不能记成当场办好"),
        ({"result": "accepted"}, "缺的后补"),
        ({"result": "told", "note": "52010219880101123X"}, "不要写身份证号"),
        ({"result": "told", "phone": "abc"}, "电话号码看不懂"),
        ({"result": "told", "brought": ["0"]}, ""),
        ({"result": "nonsense"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(window, desk, data, said) -> None:
    url = reverse("services:register", args=[code(desk)])
    data = {"name": "王阿姨", "client_id": uuid4()} | data
    answer = window.post(f"{url}?service={desk.service.pk}", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "王阿姨" in page
    assert not Case.objects.exists()


def test_lacking_papers_may_be_taken_in_lenience(window, desk) -> None:
    url = reverse("services:register", args=[code(desk)])
    data = {"result": "accepted", "lenient": "on", "client_id": uuid4()}
    answer = window.post(f"{url}?service={desk.service.pk}", data)
    assert answer.status_code == 302
    matter = Matter.objects.get()
    assert matter.told
    assert matter.accepted_at is not None


def test_enter_in_a_field_means_what_the_papers_say(window, desk) -> None:
    url = reverse("services:register", args=[code(desk)])
    window.post(f"{url}?service={desk.service.pk}", {"client_id": uuid4()})
    assert Visit.objects.get().result == "told"


def test_a_hospital_writes_no_patients_down(window, keeper, desk) -> None:
    desk.unit.kind = "hospital"
    desk.unit.save()
    desk.service.kind = ""
    desk.service.save()
    url = reverse("services:add-material", args=[desk.service.pk])
    data = {
        "material-name": "病历复印件",
        "material-originals": 1,
        "material-copies": 0,
    }
    answer = keeper.post(url, data)
    assert answer.status_code == 422
    assert "不收病人的信息" in answer.content.decode()
    window.force_login(desk.world["worker"])
    register = reverse("services:register", args=[code(desk)])
    data = {"result": "told", "note": "患者家属", "client_id": uuid4()}
    answer = window.post(f"{register}?service={desk.service.pk}", data)
    assert answer.status_code == 422
    assert "不收病人的信息" in answer.content.decode()


def test_keeping_the_list(keeper, desk) -> None:
    entries = reverse("services:entries", args=[code(desk)])
    keeper.post(reverse("services:examples", args=[code(desk)]))
    page = keeper.get(entries).content.decode()
    assert "示例" in page
    assert "未核对" in page
    new = reverse("services:new-entry", args=[code(desk)])
    data = {
        "name_zh": "开证明",
        "promised_days": 1,
        "fee_yuan": "12.50",
        "category": desk.service.category_id,
        "valid_from": "2026-03-01",
    }
    wrong = keeper.post(new, data)
    assert wrong.status_code == 422
    assert "收费要写明依据" in wrong.content.decode()
    answer = keeper.post(new, data | {"basis": "某文件第 3 条"})
    service = Service.objects.get(name_zh="开证明")
    assert service.fee_fen == 1250
    assert answer.url == reverse("services:entry", args=[service.pk])
    assert keeper.get(answer.url).status_code == 200
    keeper.post(
        reverse("services:add-step", args=[service.pk]),
        {"step-what": "盖章", "step-kind": "town"},
    )
    assert service.steps.get().kind == "town"
    keeper.post(reverse("services:end-step", args=[service.steps.get().pk]))
    assert service.steps.get().ended_at is not None
    add = reverse("services:add-material", args=[service.pk])
    keeper.post(
        add, {"material-name": "表", "material-originals": 1, "material-copies": 0}
    )
    material = service.materials.get()
    keeper.post(
        reverse("services:material", args=[material.pk]),
        {"name": "申请表", "originals": 2, "copies": 0},
    )
    now = service.materials.get(ended_at=None)
    assert (now.name, now.line) == ("申请表", material.pk)
    keeper.post(reverse("services:end-material", args=[now.pk]))
    assert not service.materials.filter(ended_at=None).exists()
    end = data | {"basis": "x", "valid_to": "2026-02-01"}
    assert keeper.post(answer.url, end).status_code == 422


def test_a_city_may_write_for_all_its_communities(keeper, desk) -> None:
    url = reverse("services:new-entry", args=[desk.world.city.code])
    assert 'value="community"' in keeper.get(url).content.decode()
    data = {
        "name_zh": "居住证明",
        "kind": "community",
        "promised_days": 0,
        "fee_yuan": 0,
        "category": desk.service.category_id,
        "valid_from": "2026-03-01",
    }
    keeper.post(url, data)
    shared = Service.objects.get(name_zh="居住证明")
    neighbour = desk.world.neighbour.code
    page = Client().get(reverse("services:service", args=[neighbour, shared.pk]))
    assert page.status_code == 200
    assert (
        Client().get(reverse("services:service", args=["9901", shared.pk])).status_code
        == 404
    )
    # A community writes for itself only.
    own = reverse("services:new-entry", args=[code(desk)])
    assert 'value="community"' not in keeper.get(own).content.decode()


def test_one_may_not_keep_another_units_list(client, desk) -> None:
    from tests.casework.world import hire
    from wugeyi.organisations.rules import Role

    client.force_login(hire("lesser", Role.ADMINISTRATOR, desk.world.neighbour))
    assert (
        client.get(reverse("services:entry", args=[desk.service.pk])).status_code == 403
    )


def test_queries_do_not_grow_with_rows(
    window, desk, django_assert_max_num_queries
) -> None:
    from django.utils import timezone

    at = timezone.now()
    for _ in range(12):
        desk.ticket(at)
        visit = desk.first(Result.TOLD)
        desk.next(visit, Result.ASKED)
    limits = {"queue": 12, "matters": 12, "register": 12, "entries": 10}
    for name, limit in limits.items():
        with django_assert_max_num_queries(limit):
            window.get(reverse(f"services:{name}", args=[code(desk)]))
    with django_assert_max_num_queries(14):
        window.get(reverse("services:matter", args=[visit.matter.pk]))
    client = Client()
    with django_assert_max_num_queries(6):
        client.get(reverse("services:waiting", args=[code(desk)]))


def test_the_list_of_matters_is_paged_by_key(window, desk, monkeypatch) -> None:
    from wugeyi.services.views import matters

    monkeypatch.setattr(matters, "SIZE", 2)
    keys = [desk.first(Result.TOLD).matter.pk for _ in range(3)]
    url = reverse("services:matters", args=[code(desk)])
    first = window.get(url).content.decode()
    assert f"?older={keys[1]}" in first
    second = window.get(url, {"older": keys[1]}).content.decode()
    assert reverse("services:matter", args=[keys[0]]) in second
    assert reverse("services:matter", args=[keys[1]]) not in second


@pytest.mark.parametrize("address", ["services:waiting", "talents:unit"])
def test_what_can_be_no_code_is_not_there(window, desk, address) -> None:
    assert window.get(reverse(address, args=["99\x0001"])).status_code == 404


@pytest.mark.parametrize("query", ["\x00", "a" * 300, "%", "' OR 1"])
def test_any_search_is_answered(client, desk, query) -> None:
    for name in ("q", "after"):
        answer = client.get(reverse("services:home"), {name: query})
        assert answer.status_code == 200


def test_the_statistics_ask_a_fixed_number_of_queries(
    window, desk, django_assert_max_num_queries
) -> None:
    url = reverse("services:statistics", args=[code(desk)])
    for _ in range(6):
        desk.first(Result.DONE, desk.card, desk.photo)
    window.get(url)
    with django_assert_max_num_queries(30):
        window.get(url)


def test_every_act_has_a_name_in_the_trail(desk) -> None:
    from pathlib import Path

    import wugeyi
    from wugeyi.audit import phrases

    root = Path(wugeyi.__file__).parent
    acts = set()
    for app in ("services", "talents"):
        for file in (root / app / "actions").glob("*.py"):
            text = file.read_text(encoding="utf-8")
            acts |= set(re.findall(rf'action="({app}\.\w+)"', text))
            found = re.findall(r'_tell\(\s*row,\s*"(\w+)"', text)
            acts |= {f"{app}.{verb}" for verb in found}
    assert len(acts) == 20
    assert [act for act in acts if phrases.act_name(act) == act] == []
