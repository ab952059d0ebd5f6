from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.casework import world as acts
from tests.casework.public.conftest import sent
from tests.casework.world import World
from wugeyi.casework.actions import closing, combining, handling
from wugeyi.casework.models import Callback, Case
from wugeyi.casework.rules.receipts import display, issue
from wugeyi.casework.views import remembered

pytestmark = pytest.mark.django_db


def follow(client: Client, case: Case):
    return client.post("/follow", {"code": display(case.receipt)}, follow=True)


def page_of(client: Client, case: Case) -> str:
    answer = follow(client, case)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content.decode()


def code(case: Case, **more):
    return {"code": case.receipt, **more}


def test_code_opens_the_course_without_staff_names_or_notes(client, city: World):
    case = acts.working(city)
    handling.write_update(
        case=case,
        kind="note",
        text="内部:这位来过多次",
        by=city["worker"],
        at=city.now(),
    )
    handling.write_update(
        case=case,
        kind="progress",
        text="已联系厂家",
        by=city["worker"],
        at=city.now(),
    )
    handling.assign(
        case=case,
        to=city.department,
        reason="内部理由:设施归城管",
        by=city["dispatcher"],
        at=city.now(),
    )
    page = page_of(client, case)
    assert "已联系厂家" in page
    assert "已转给甲县城管局" in page
    for secret in ("内部", *(user.name for user in city.users.values())):
        assert secret not in page


def test_a_lower_case_code_with_spaces_and_lookalikes_works(client, city):
    case = acts.report(city)
    typed = " ".join(display(case.receipt).lower().replace("0", "o").split("-"))
    assert client.post("/follow", {"code": typed}).status_code == 302


@pytest.mark.parametrize(
    "typed", ["", "   ", "123", "x" * 60, "\x00", "7K3M-9QXP-2T4V"]
)
def test_malformed_codes_are_explained(client, city, typed):
    answer = client.post("/follow", {"code": typed})
    assert answer.status_code == 422
    assert "查询码" in answer.content.decode()


def test_forged_code_with_a_right_check_finds_nothing(client, city):
    answer = client.post("/follow", {"code": issue(12345)})
    assert answer.status_code == 422
    assert "没有这个查询码" in answer.content.decode()


def test_guessing_is_throttled(client, city, monkeypatch):
    case = acts.report(city)
    for _ in range(60):
        client.post("/follow", {"code": "AAAA"})
    assert client.post("/follow", {"code": case.receipt}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.post("/follow", {"code": case.receipt}).status_code == 302


def test_course_is_closed_to_who_has_no_code(client, city):
    case = acts.report(city)
    assert client.get(f"/follow/{case.pk}").url == "/follow"
    assert client.get(f"/receipt/{case.pk}").url == "/follow"
    other = acts.report(city)
    follow(client, other)
    assert client.get(f"/follow/{case.pk}").url == "/follow"
    forged = Client()
    forged.cookies["followed"] = "WzFd:abc:def"
    assert forged.get(f"/follow/{case.pk}").url == "/follow"


def test_a_ticket_opens_its_own_case_for_ten_minutes(client, city, monkeypatch):
    case, other = acts.report(city), acts.report(city)
    ticket = remembered.ticket(case.pk)
    assert client.get(f"/follow/{case.pk}?t={ticket}").status_code == 200
    monkeypatch.setattr(remembered, "TICKET_SECONDS", -1)
    assert Client().get(f"/follow/{case.pk}?t={ticket}").status_code == 302
    monkeypatch.undo()
    assert Client().get(f"/follow/{other.pk}?t={ticket}").status_code == 302


def test_acts_need_the_code_whatever_the_device_remembers(client, city):
    case = acts.answered(city)
    follow(client, case)
    for act in ("answer", "withdraw", "erase"):
        form = {"result": "resolved", "what": "all", "sure": "on"}
        assert client.post(f"/follow/{case.pk}/{act}", form).status_code == 404
        wrong = form | {"code": acts.report(city).receipt}
        assert client.post(f"/follow/{case.pk}/{act}", wrong).status_code == 404
    case.refresh_from_db()
    assert case.state == "answered"


def test_saying_solved_closes_the_case(client, city):
    case = acts.answered(city)
    answer = client.post(
        f"/follow/{case.pk}/answer",
        code(case, result="resolved", satisfaction="yes", version=case.version),
    )
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome, case.satisfaction) == (
        "closed",
        "resolved",
        "yes",
    )
    callback = case.callbacks.get()
    assert (callback.method, callback.by) == (Callback.Method.RECEIPT.value, None)


def test_saying_unsolved_reopens_it(client, city):
    case = acts.answered(city)
    form = code(case, result="unresolved", satisfaction="no", text="灯还是不亮")
    page = client.post(f"/follow/{case.pk}/answer", form, follow=True)
    case.refresh_from_db()
    assert (case.state, case.reopened) == ("working", 1)
    text = page.content.decode()
    assert "重新办理" in text
    assert "灯还是不亮" in text


def test_it_can_come_back_within_thirty_days_and_not_after(client, city):
    case = acts.resolved(city)
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=3))
    assert "又出现了" in page_of(client, case)
    Case.objects.filter(pk=case.pk).update(
        closed_at=timezone.now() - timedelta(days=31)
    )
    assert "又出现了" not in page_of(client, case)
    refused = client.post(
        f"/follow/{case.pk}/answer", code(case, result="unresolved", text="又坏了")
    )
    assert refused.status_code == 409
    case.refresh_from_db()
    assert case.state == "closed"


def test_a_stale_page_keeps_the_words_and_shows_what_changed(client, city):
    case = acts.answered(city)
    form = code(case, result="unresolved", text="还是不亮", version=case.version - 1)
    refused = client.post(f"/follow/{case.pk}/answer", form)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "还是不亮" in text
    assert f'name="version" value="{case.version}"' in text
    case.refresh_from_db()
    assert case.state == "answered"


def test_long_words_say_by_how_much(client, city):
    case = acts.answered(city)
    form = code(case, result="unresolved", text="坏" * 1200)
    answer = client.post(f"/follow/{case.pk}/answer", form)
    assert answer.status_code == 422
    assert "还要删去 200 个字" in answer.content.decode()
    fits = code(case, result="unresolved", text="坏" * 1000)
    assert client.post(f"/follow/{case.pk}/answer", fits).status_code == 302


def test_withdrawing_asks_once_more(client, city):
    case = acts.report(city)
    asked = client.post(f"/follow/{case.pk}/withdraw", code(case))
    assert "撤回这件诉求" in asked.content.decode()
    case.refresh_from_db()
    assert case.state == "assigned"
    client.post(f"/follow/{case.pk}/withdraw", code(case, sure="on"))
    case.refresh_from_db()
    assert case.outcome == "withdrawn"


def test_a_merged_case_shows_the_others_course_and_none_of_its_reporter(client, city):
    main = acts.report(city, text="路灯坏了,我叫王小明")
    main = handling.accept(case=main, by=city["worker"], at=city.now())
    handling.write_update(
        case=main,
        kind="contact",
        text="已电话联系王小明",
        by=city["worker"],
        at=city.now(),
    )
    main = handling.write_update(
        case=main,
        kind="progress",
        text="王小明先生 13812345678 说周三有空",
        by=city["worker"],
        at=city.now(),
    )
    joined = acts.register(
        need=acts.need(city, text="同一盏灯"), join=main, by=None, at=city.now()
    ).case
    page = page_of(client, joined)
    assert "已与同一件事合并办理" in page
    assert "周三有空" in page
    for secret in ("王小明", "13812345678", "已电话联系"):
        assert secret not in page
    main = handling.answer(case=main, text="修好了", by=city["worker"], at=city.now())
    assert "修好了" in page_of(client, joined)


def test_unmerging_gives_the_case_its_own_course_back(client, city):
    main = acts.report(city)
    joined = acts.register(need=acts.need(city), join=main, by=None, at=city.now()).case
    combining.unmerge(case=joined, by=city["worker"], at=city.now())
    assert "已派出" in page_of(client, joined)


def test_device_list_can_be_forgotten(client, city):
    case = acts.report(city)
    follow(client, case)
    assert "我的诉求" in client.get("/follow").content.decode()
    client.post(f"/follow/{case.pk}/drop")
    assert "我的诉求" not in client.get("/follow").content.decode()
    assert client.get(f"/follow/{case.pk}").url == "/follow"


def test_pauses_are_shown_with_their_reason(client, city):
    case = acts.working(city)
    handling.pause(
        case=case,
        reason="materials",
        text="等厂家报价",
        by=city["worker"],
        at=city.now(),
    )
    page = page_of(client, case)
    assert "等诉求人补充材料" in page
    assert "计时暂停" in page


def test_follow_page_costs_the_same_however_long_the_course(
    client, city, django_assert_max_num_queries
):
    case = acts.working(city)
    follow(client, case)
    for n in range(12):
        handling.write_update(
            case=case,
            kind="progress",
            text=f"进展{n}",
            by=city["worker"],
            at=city.now(),
        )
    with django_assert_max_num_queries(14):
        client.get(f"/follow/{case.pk}")


def test_receipt_codes_never_stand_in_an_address(client, city):
    answer = client.post("/report", sent(city), follow=True)
    case = Case.objects.get()
    addresses = " ".join(url for url, _ in answer.redirect_chain)
    assert case.receipt not in addresses
    assert display(case.receipt) not in addresses


def test_unreached_case_is_closed_but_never_resolved(client, city):
    case = acts.answered(city)
    start = timezone.now()
    for hours in (0, 1, 30):
        closing.call_back(
            case=case,
            method="phone",
            result="unreached",
            by=city["dispatcher"],
            at=start + timedelta(hours=hours),
        )
    closing.give_up(case=case, by=city["dispatcher"], at=start + timedelta(hours=31))
    page = page_of(client, case)
    assert "没有联系上" in page
    assert "已解决</span>" not in page
