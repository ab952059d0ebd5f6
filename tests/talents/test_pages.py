from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.talents.people import WORDS, came, card, kind
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.rules.receipts import display
from wugeyi.talents.models import TalentCard, TalentCount


@pytest.fixture
def worker(client, world) -> Client:
    client.force_login(world["worker"])
    return client


def address(name: str, *args) -> str:
    return reverse(f"talents:{name}", args=args)


def entry(**more) -> dict:
    return {
        "kind": kind().pk,
        "change": "came",
        "people": 3,
        "on": timezone.localdate().isoformat(),
        "client_id": uuid4(),
    } | more


def agreed(**more) -> dict:
    return {
        "kind": kind().pk,
        "name": "王秀英",
        "skill": "嫁接",
        "contact": "13800138000",
        "purpose": "教大家种果树",
        "months": 12,
        "agreed_on": timezone.localdate().isoformat(),
        "agreed_how": "written",
        "agreed": "on",
        "client_id": uuid4(),
    } | more


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(worker, world, language) -> None:
    worker.cookies["django_language"] = language
    row, made = came(world), card(world)
    code = world.community.code
    pages = [
        address("unit", code),
        address("cards", code),
        address("new-card", code),
        address("correct", row.pk),
        address("card", made.pk),
        address("edit-card", made.pk),
        address("withdraw", made.pk),
        address("slip", made.pk),
        address("kinds"),
        address("mine"),
        address("public", code),
    ]
    for page in pages:
        assert worker.get(page).status_code == 200, page
    assert worker.get(address("home")).status_code == 302


def test_counting_on_one_screen(worker, world) -> None:
    url = address("add", world.community.code)
    data = entry()
    for _press in range(2):
        assert worker.post(url, data).status_code == 302
    assert TalentCount.objects.get().people == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"people": 0}, "people"),
        ({"people": "三"}, "people"),
        ({"on": "2999-01-01"}, "还没有到"),
        ({"change": "left", "people": 4}, "只有 3 人"),
        ({"kind": ""}, "kind"),
    ],
)
def test_what_is_wrong_is_said(worker, world, data, said) -> None:
    came(world, 3)
    answer = worker.post(address("add", world.community.code), entry(**data))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert TalentCount.objects.count() == 1


def test_no_card_without_consent(worker, world) -> None:
    url = address("new-card", world.community.code)
    answer = worker.post(url, agreed(agreed=""))
    assert answer.status_code == 422
    assert "没有本人同意" in answer.content.decode()
    assert "嫁接" in answer.content.decode()
    answer = worker.post(url, agreed(agreed_on="2020-01-01", months=6))
    assert "已经到期" in answer.content.decode()
    assert not TalentCard.objects.exists()


def test_a_card_its_slip_and_the_way_back_without_account(worker, world) -> None:
    url = address("new-card", world.community.code)
    slip = worker.post(url, agreed(), follow=True).content.decode()
    made = TalentCard.objects.get()
    assert display(made.code) in slip
    assert "教大家种果树" in slip
    anybody = Client()
    mine = anybody.post(address("mine"), {"code": display(made.code).lower()})
    assert "王秀英" in mine.content.decode()
    sure = anybody.post(address("mine-withdraw"), {"code": made.code})
    assert TalentCard.objects.get().name == "王秀英"
    assert 'name="sure"' in sure.content.decode()
    gone = anybody.post(address("mine-withdraw"), {"code": made.code, "sure": "on"})
    assert "已撤回" in gone.content.decode()
    row = TalentCard.objects.get()
    assert (row.name, row.end) == ("", "person")
    again = anybody.post(address("mine"), {"code": made.code})
    assert again.status_code == 422
    page = worker.get(address("card", made.pk)).content.decode()
    assert "王秀英" not in page
    assert worker.get(address("slip", made.pk)).status_code == 302


def test_the_contact_is_a_look_of_its_own(worker, world) -> None:
    made = card(world)
    for page in (address("cards", world.community.code), address("card", made.pk)):
        assert WORDS.contact not in worker.get(page).content.decode()
    shown = worker.post(address("contact", made.pk)).content.decode()
    assert WORDS.contact in shown
    assert AuditEvent.objects.filter(action="talents.reveal").count() == 1


def test_only_what_was_separately_agreed_is_public(client, world) -> None:
    card(world)
    url = address("public", world.community.code)
    assert WORDS.name not in client.get(url).content.decode()
    card(world, public=True)
    page = client.get(url).content.decode()
    assert WORDS.name in page
    assert WORDS.contact not in page


def test_a_card_out_of_reach_is_not_there(client, world) -> None:
    made = card(world)
    client.force_login(world["neighbour"])
    assert client.get(address("card", made.pk)).status_code == 404
    assert client.get(address("cards", world.community.code)).status_code == 403
    # The figures are everybody's who holds a post; the records are not.
    came(world)
    page = client.get(address("unit", world.community.code))
    assert page.status_code == 200
    assert "本单位登记的" not in page.content.decode()


def test_publishing_and_withdrawing_on_somebodys_word(worker, world) -> None:
    made = card(world)
    worker.post(address("publish", made.pk), {"public": "yes"})
    made.refresh_from_db()
    assert made.public
    data = {"name": "王大姐", "skill": "", "offer": "", "contact": ""}
    worker.post(address("edit-card", made.pk), data)
    made.refresh_from_db()
    assert (made.name, made.contact) == ("王大姐", "")
    worker.post(address("withdraw", made.pk))
    made.refresh_from_db()
    assert (made.name, made.end) == ("", "staff")


def test_correcting_and_taking_back_a_count(worker, world) -> None:
    row = came(world, 30)
    worker.post(address("correct", row.pk), entry(people=3))
    now = TalentCount.objects.get(withdrawn_at=None)
    assert (now.people, now.replaces_id) == (3, row.pk)
    worker.post(address("back", now.pk))
    assert not TalentCount.objects.filter(withdrawn_at=None).exists()


def test_the_kinds_are_the_seats(client, world) -> None:
    client.force_login(world["administrator"])
    data = {"code": "craft", "name_zh": "匠人", "active": "on", "verified": "on"}
    wrong = client.post(address("new-kind"), data)
    assert wrong.status_code == 422
    client.post(address("new-kind"), data | {"source": "某文件"})
    assert kind("craft").verified
    moved = client.post(address("kind", kind("craft").pk), data | {"code": "other"})
    assert moved.status_code == 422
    client.post(address("kind", kind("stay").pk), {"code": "stay", "name_zh": "留乡"})
    assert not kind("stay").active


def test_queries_do_not_grow_with_rows(
    worker, world, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        came(world)
        card(world)
    with django_assert_max_num_queries(35):
        worker.get(address("unit", world.community.code))
    with django_assert_max_num_queries(10):
        worker.get(address("cards", world.community.code))
