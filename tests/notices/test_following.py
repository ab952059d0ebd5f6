"""A reporter is told of the own case: confirmed first, in public words, until erased."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import answered, report, working
from tests.notices.conftest import later
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import closing, combining, erasing, handling
from wugeyi.casework.actions.telling import TOPIC
from wugeyi.notices.actions import following, sending
from wugeyi.notices.models import Address, Notice, Subscriber

EMAIL = "zhang@example.cn"
# Pages tell the time themselves.
NOW = timezone.now()


def send(at=None) -> int:
    # Far enough from the last letter, and awake: ten in the morning of the next day.
    morning = NOW.replace(hour=2) + timedelta(days=1, minutes=15 * len(mail.outbox))
    at = at or morning
    return sending.send_waiting(clock=lambda: at)


def ask(client, case, email=EMAIL, **more):
    url = reverse("notices:follow", args=[TOPIC, case.pk])
    return client.post(url, {"code": case.receipt, "email": email} | more)


def link(letter, words: str) -> str:
    """The path of an address in a letter."""
    found = [part for part in letter.body.split() if words in part]
    return urlsplit(found[0]).path


def followed(case, email=EMAIL) -> Subscriber:
    address = following.follow_by_email(
        topic=TOPIC, key=case.pk, email=email, language="zh-hans", at=NOW
    )
    following.confirm(address=address, at=NOW)
    return address.subscriber


def test_only_who_holds_the_code_may_ask(client, world):
    case = report(world)
    assert ask(client, case, code="7K3M-9QXP-2T4V").status_code == 404
    assert ask(client, case, code="").status_code == 404
    assert not Subscriber.objects.exists()


def test_the_whole_way_without_a_cookie(client, world):
    case = working(world)
    response = ask(client, case)
    assert response.status_code == 302
    send(timezone.now())
    # Until the link is opened nothing else goes there.
    handling.assign(
        case=case, to=world.department, reason="城管", by=world["dispatcher"], at=NOW
    )
    send()
    assert len(mail.outbox) == 1
    assert case.number not in mail.outbox[0].subject + mail.outbox[0].body
    confirm = link(mail.outbox[0], "/notices/confirm/")
    # A filter that opens links confirms nothing.
    assert client.get(confirm).status_code == 200
    assert Address.objects.get().confirmed_at is None
    assert client.post(confirm).status_code == 302
    assert client.post(confirm).status_code == 302
    send()
    assert [case.number in letter.subject for letter in mail.outbox] == [False, True]
    case.refresh_from_db()
    handling.accept(case=case, by=world["department"], at=NOW)
    handling.answer(case=case, text="换好了灯泡", by=world["department"], at=NOW)
    send()
    letter = mail.outbox[-1]
    assert letter.to == [EMAIL]
    assert "解决" in letter.subject
    # Neither the words of anybody nor who asked.
    for private in ("换好了灯泡", "张三", "13800138000", case.text, case.receipt):
        assert private not in letter.subject + letter.body
    # The link opens the case on a device that never saw it.
    opened = client.get(link(letter, "/notices/open/"), follow=True)
    assert "换好了灯泡" in opened.content.decode()
    assert "请您说一句" in opened.content.decode()
    # One click in the mail program ends it and erases the address.
    way_out = letter.extra_headers["List-Unsubscribe"].strip("<>")
    path = urlsplit(way_out).path
    assert client.get(path).status_code == 200
    assert Address.objects.exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Address.objects.exists()
    assert client.get(link(letter, "/notices/open/")).status_code == 410


def test_asking_again_sends_the_link_again_but_not_for_ever(client, world):
    case = report(world)
    for n in range(5):
        ask(client, case)
        ask(client, case)  # twice in one minute is once
        asked = Notice.objects.filter(key__startswith="notices.confirm")
        asked.update(key=f"minute-{n}")
    assert Subscriber.objects.count() == 1
    assert Notice.objects.count() == 2


def test_a_bad_address_is_explained_and_kept(client, world):
    response = ask(client, report(world), email="zhang#example")
    assert response.status_code == 422
    assert "zhang#example" in response.content.decode()


def test_an_old_or_forged_link_says_so(client, world):
    case = report(world)
    ask(client, case)
    send(timezone.now())
    confirm = link(mail.outbox[0], "/notices/confirm/")
    assert client.get(confirm[:-3] + "abc").status_code == 410
    following.erase_old(today=NOW.date(), at=timezone.now() + timedelta(hours=49))
    assert client.post(confirm).status_code == 410
    assert not Address.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_choosing_what_when_and_in_which_language(client, world, language):
    case = answered(world)
    row = followed(case)
    url = reverse("notices:settings", args=[row.secret])
    assert client.get(url).status_code == 200
    sent = {
        "language": language,
        "quiet_from": "21:00",
        "quiet_until": "08:00",
        "wanted": "casework.reopened email",
    }
    assert client.post(url, sent | {"quiet_from": "abc"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert (row.language, row.quiet_from.hour) == (language, 21)
    Notice.objects.all().delete()
    closing.call_back(
        case=case, method="phone", result="unresolved", by=world["dispatcher"], at=NOW
    )
    send()
    assert mail.outbox[-1].extra_headers["Content-Language"] == language
    case.refresh_from_db()
    handling.answer(case=case, text="又换了", by=world["worker"], at=NOW)
    assert send() == 0  # answers were not ticked


def test_what_one_says_oneself_one_is_not_told(client, world):
    case = answered(world)
    followed(case)
    Notice.objects.all().delete()
    data = {"code": case.receipt, "version": case.version, "result": "unresolved"}
    client.post(reverse("public:answer", args=[case.pk]), data)
    assert not Notice.objects.filter(topic=TOPIC).exists()


def test_who_joined_another_case_hears_of_that_one(world):
    one, main = report(world), working(world)
    row = followed(one)
    combining.merge(case=one, into=main, by=world["dispatcher"], at=NOW)
    late = followed(one, "later@example.cn")
    assert late.follows_key == main.pk
    Notice.objects.all().delete()
    main.refresh_from_db()
    handling.answer(case=main, text="好了", by=world["worker"], at=NOW)
    send()
    assert {letter.to[0] for letter in mail.outbox} == {EMAIL, "later@example.cn"}
    one.refresh_from_db()
    combining.unmerge(case=one, by=world["dispatcher"], at=NOW)
    row.refresh_from_db()
    assert row.follows_key == one.pk


def test_addresses_are_kept_until_the_case_is_over_and_then_erased(world):
    case = answered(world)
    row = followed(case)
    closing.call_back(
        case=case, method="phone", result="resolved", by=world["dispatcher"], at=NOW
    )
    row.refresh_from_db()
    assert row.keep_until == timezone.localdate(NOW) + timedelta(days=180)
    assert following.erase_old(today=row.keep_until, at=NOW) == 0
    day = row.keep_until + timedelta(days=1)
    assert following.erase_old(today=day, at=NOW) == 1
    assert following.erase_old(today=day, at=NOW) == 0
    assert not Address.objects.exists()


def test_reopened_they_are_kept_longer_and_with_the_identity_they_go(world):
    case = answered(world)
    row = followed(case)
    case = closing.call_back(
        case=case, method="phone", result="resolved", by=world["dispatcher"], at=NOW
    )
    closing.call_back(
        case=case, method="phone", result="unresolved", by=world["dispatcher"], at=NOW
    )
    row.refresh_from_db()
    assert row.keep_until is None
    erasing.erase_identity(case=case, by=None, at=NOW)
    row.refresh_from_db()
    assert row.ended_at == NOW
    assert not Address.objects.exists()


def test_the_audit_tells_of_it_without_the_address(world):
    row = followed(report(world))
    salt = row.salt
    following.end(subscriber=row, at=NOW)
    events = AuditEvent.objects.filter(action__startswith="notices.").order_by("id")
    assert [event.action for event in events] == [
        "notices.subscribe",
        "notices.confirm",
        "notices.unsubscribe",
    ]
    written = "".join(event.before + event.after for event in events)
    assert EMAIL not in written
    assert '"hash":' in written
    row.refresh_from_db()
    assert row.salt != salt  # nobody can try addresses against the hash any more


def test_two_who_hold_one_receipt_never_learn_of_each_other_by_letter(world):
    case = answered(world)
    one, two = followed(case), followed(case, "li@example.cn")
    assert one.secret != two.secret
    following.end(subscriber=one, at=NOW)
    two.refresh_from_db()
    assert two.ended_at is None


def test_the_page_shows_where_one_is_told_masked_and_costs_one_query(client, world):
    from wugeyi.notices.queries import followed as shown

    case = report(world)
    followed(case)
    assert [each.where for each in shown(TOPIC, case.pk)] == ["z***@example.cn"]
    client.post(reverse("public:follow"), {"code": case.receipt})
    page = client.get(reverse("public:case", args=[case.pk])).content.decode()
    assert "z***@example.cn" in page
    assert EMAIL not in page


# Staff


def test_a_danger_reaches_the_desk_at_night_and_a_usual_case_only_who_asked(world):
    night = later(hours=14)
    report(world)
    danger = report(world, danger=True)
    assert sending.send_waiting(clock=lambda: night) == 1
    assert mail.outbox[0].to == ["worker@example.cn"]
    assert danger.number in mail.outbox[0].subject
    assert "危险" in mail.outbox[0].subject


def test_the_party_reported_is_never_told(world):
    report(world, danger=True, reported_party=world.community)
    told = {letter.to[0] for letter in mail.outbox}
    send()
    assert "worker@example.cn" not in told | {letter.to[0] for letter in mail.outbox}
