"""From telling to the letter: once, to who hears it, when they are awake, in their words."""

from datetime import time

import pytest
from django.core import mail
from django.db import transaction

from tests.notices.conftest import NOW, later
from wugeyi.notices.actions import Reader, choosing, sending, spreading, tell
from wugeyi.notices.actions.choosing import Wishes
from wugeyi.notices.gateways import WAYS
from wugeyi.notices.gateways.base import Gone, Later, Refused, Unclear
from wugeyi.notices.models import Address, Letter, Notice, Subscriber

State = Letter.State


def say(
    to: Reader, *, event: str = "tests.usual", key: str = "k", n: str = "1", at=NOW
):
    with transaction.atomic():
        tell(event=event, to=to, values={"n": n}, url="/x", key=key, at=at)


def send(at=NOW) -> int:
    return sending.send_waiting(clock=lambda: at)


def wants(user, *events: str, way: str = "email", **times) -> Subscriber:
    row = spreading.account(user, at=NOW)
    known = {
        "language": "zh-hans",
        "quiet_from": time(22),
        "quiet_until": time(7),
        "urgent_anytime": False,
    }
    wished = {(event, way): True for event in events}
    wishes = Wishes(**(known | times), wanted=wished)
    return choosing.choose(subscriber=row, wishes=wishes, at=NOW)


@pytest.fixture
def worker(world, events):
    return world["worker"]


def test_it_belongs_to_the_act_it_tells_of(worker):
    reader = Reader.person(worker.pk)
    with transaction.atomic():
        tell(event="tests.usual", to=reader, values={}, url="", key="k", at=NOW)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    with pytest.raises(KeyError):
        say(reader, event="tests.unknown")


def test_the_same_key_is_told_once(worker):
    for _ in range(3):
        say(Reader.person(worker.pk))
        send()
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["worker@example.cn"]


def test_what_nobody_asked_for_leaves_no_row(worker, django_assert_num_queries):
    reader = Reader.person(worker.pk)
    with transaction.atomic(), django_assert_num_queries(1):
        tell(event="tests.asked", to=reader, values={}, url="", key="k", at=NOW)
    assert not Notice.objects.exists()
    wants(worker, "tests.asked")
    say(reader, event="tests.asked")
    send()
    assert len(mail.outbox) == 1


def test_a_desk_is_whoever_works_there_that_day(world, events):
    say(Reader.at_desk(world.community.pk))
    send()
    assert [letter.to for letter in mail.outbox] == [["worker@example.cn"]]
    # With a role: who holds it there or above.
    say(Reader.at_desk(world.community.pk, "supervisor"), key="k2")
    send(later(hours=1))
    assert mail.outbox[1].to == ["supervisor@example.cn"]


def test_who_may_not_sign_in_hears_nothing(worker):
    worker.is_active = False
    worker.save()
    say(Reader.person(worker.pk))
    assert send() == 0


def test_an_own_choice_goes_before_what_is_usual(worker):
    row = wants(worker)
    row.choices.create(event="tests.usual", way="email", wanted=False)
    say(Reader.person(worker.pk))
    assert send() == 0


@pytest.mark.parametrize(
    ("language", "subject", "way_out"),
    [
        ("zh-hans", "五个一：2 条新消息", "不再收这样的信"),
        ("en", None, None),
    ],
)
def test_in_the_readers_language_whoever_acted(worker, language, subject, way_out):
    from django.utils.translation import ngettext, override

    wants(worker, language=language)
    with override("en" if language == "zh-hans" else "zh-hans"):
        say(Reader.person(worker.pk))
        say(Reader.person(worker.pk), key="k2", n="2")
        send()
    with override(language):
        told = ngettext("五个一：%(n)s 条新消息", "五个一：%(n)s 条新消息", 2) % {
            "n": 2
        }
    letter = mail.outbox[0]
    assert letter.subject == told == (subject or told)
    assert letter.extra_headers["Content-Language"] == language
    assert "正文 1" in letter.body
    assert "正文 2" in letter.body
    assert way_out is None or way_out in letter.body


# Quiet hours


NIGHT = later(hours=14)  # midnight in Guiyang
MORNING = later(hours=21)  # seven


@pytest.mark.parametrize(
    ("event", "anytime", "at_night"),
    [
        ("tests.usual", True, False),
        ("tests.urgent", False, False),
        ("tests.urgent", True, True),
        ("tests.always", False, True),
    ],
)
def test_who_sleeps_is_woken_only_for_what_they_allow(worker, event, anytime, at_night):
    wants(worker, urgent_anytime=anytime)
    say(Reader.person(worker.pk), event=event, at=NIGHT)
    assert (send(NIGHT) == 1) is at_night
    send(MORNING)
    assert len(mail.outbox) == 1


def test_each_has_hours_of_their_own(worker):
    wants(worker, quiet_from=time(9), quiet_until=time(11))
    say(Reader.person(worker.pk))
    assert send() == 0  # ten in the morning
    assert send(later(hours=1)) == 1


# Together


def test_several_within_minutes_come_in_one_letter(worker):
    reader = Reader.person(worker.pk)
    say(reader)
    send()
    for n in range(3):
        say(reader, key=f"more{n}", n=str(n), at=later(minutes=1))
        assert send(later(minutes=1 + n)) == 0
    assert send(later(minutes=11)) == 1
    assert [len(letter.body.split("正文")) - 1 for letter in mail.outbox] == [1, 3]


def test_what_is_urgent_waits_for_no_company(worker):
    reader = Reader.person(worker.pk)
    say(reader)
    send()
    say(reader, event="tests.always", key="k2", at=later(minutes=1))
    assert send(later(minutes=1)) == 1


# Groups on duty


def test_a_group_hears_what_those_on_duty_must(world, events, settings, sandbox):
    settings.NOTICES = {"WECOM_ROBOT": "robot-key", "WECOM_URL": sandbox.url}
    say(Reader.at_desk(world.community.pk), event="tests.always", at=NIGHT)
    say(Reader.at_desk(world.community.pk), key="k2", at=NIGHT)
    assert send(NIGHT) == 2  # the group and the worker
    assert [path for path, *_ in sandbox.asked] == ["/cgi-bin/webhook/send"]


# What became of it


class Fails:
    """In place of a way's sending: the troubles it is given, then success."""

    def __init__(self, *troubles) -> None:
        self.troubles, self.sent = list(troubles), 0

    def __call__(self, target, message, *, at) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.sent += 1


def failing(monkeypatch, *troubles, way: str = "email") -> Fails:
    made = Fails(*troubles)
    monkeypatch.setattr(WAYS[way], "send", made)
    return made


def test_what_surely_did_not_arrive_is_tried_again_with_longer_waits(
    worker, monkeypatch
):
    made = failing(monkeypatch, Later("mail-server"), Later("mail-server", 900))
    say(Reader.person(worker.pk))
    send()
    assert send(later(seconds=59)) == 0
    assert send(later(minutes=1)) == 1
    letter = Letter.objects.get()
    # It asked for a quarter of an hour, which is longer than our own wait.
    assert letter.due_at == later(minutes=16)
    assert send(later(minutes=16)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, made.sent) == (State.SENT, 3, 1)


def test_tries_end(worker, monkeypatch):
    failing(monkeypatch, *(Later("mail-server") for _ in range(9)))
    say(Reader.person(worker.pk))
    tried = sum(send(later(days=day)) for day in range(9))
    assert tried == 6
    assert Letter.objects.get().state == State.FAILED


def test_what_may_have_arrived_is_not_sent_again(worker, monkeypatch):
    made = failing(monkeypatch, Unclear("no-answer"))
    say(Reader.person(worker.pk))
    for day in range(3):
        send(later(days=day))
    letter = Letter.objects.get()
    assert (letter.state, letter.reason, made.sent) == (State.UNKNOWN, "no-answer", 0)


def test_a_way_that_knows_repeats_is_asked_again(worker, monkeypatch, settings):
    settings.NOTICES = {"PUSH": "1", "PUSH_HOSTS": "http://127.0.0.1:9"}
    choosing.add_browser(
        user=worker, endpoint="http://127.0.0.1:9/p", public_key="x", auth="y", at=NOW
    )
    made = failing(monkeypatch, Unclear("no-answer"), way="push")
    say(Reader.person(worker.pk))
    send()
    send(later(minutes=1))
    assert Letter.objects.get(way="push").state == State.SENT
    assert made.sent == 1


def test_an_address_that_is_none_is_marked_and_left_alone(worker, monkeypatch):
    made = failing(monkeypatch, Gone("smtp-550"))
    say(Reader.person(worker.pk))
    send()
    address = Address.objects.get()
    assert (address.refused_at, address.reason) == (NOW, "smtp-550")
    say(Reader.person(worker.pk), key="k2", at=later(days=1))
    assert send(later(days=1)) == 0
    assert made.sent == 0
    # Another address of the account begins afresh.
    worker.email = "other@example.cn"
    worker.save()
    say(Reader.person(worker.pk), key="k3", at=later(days=2))
    assert send(later(days=2)) == 1


def test_a_browser_that_left_is_dropped(worker, monkeypatch, settings):
    settings.NOTICES = {"PUSH": "1"}
    choosing.add_browser(
        user=worker,
        endpoint="https://fcm.googleapis.com/x",
        public_key="x",
        auth="y",
        at=NOW,
    )
    failing(monkeypatch, Gone("push-410"), way="push")
    say(Reader.person(worker.pk))
    send()
    assert not Address.objects.filter(way="push").exists()
    assert Letter.objects.get(way="push").state == State.FAILED


def test_one_way_that_is_down_does_not_hold_up_the_others(
    world, events, monkeypatch, settings, sandbox
):
    settings.NOTICES = {"WECOM_ROBOT": "robot-key", "WECOM_URL": sandbox.url}
    made = failing(monkeypatch, *(Later("mail-server") for _ in range(9)))
    for n, name in enumerate(["worker", "neighbour", "dispatcher", "supervisor"]):
        say(Reader.person(world[name].pk), key=f"k{n}")
    say(Reader.at_desk(world.community.pk), event="tests.always", key="d")
    send()
    assert made.troubles.__len__() == 7  # two tries were enough
    assert len(sandbox.asked) == 1
    waiting = Letter.objects.filter(way="email")
    assert {letter.state for letter in waiting} == {State.WAITING}


def test_words_that_lack_a_value_are_a_refusal_not_a_crash(worker, caplog):
    with transaction.atomic():
        tell(
            event="tests.usual",
            to=Reader.person(worker.pk),
            values={},
            url="",
            key="k",
            at=NOW,
        )
    send()
    letter = Letter.objects.get()
    assert (letter.state, letter.reason) == (State.FAILED, "words")


def test_a_subject_is_one_line(worker):
    say(Reader.person(worker.pk), n="1\r\nBcc: all@example.cn")
    send()
    assert mail.outbox[0].subject == "标题 1 Bcc: all@example.cn"


def test_refused_is_final(worker, monkeypatch):
    failing(monkeypatch, Refused("smtp-554"))
    say(Reader.person(worker.pk))
    send()
    send(later(days=1))
    assert Letter.objects.get().attempts == 1


def test_old_news_is_not_sent(worker):
    say(Reader.person(worker.pk))
    assert send(later(days=3, seconds=1)) == 0
    assert Notice.objects.get().spread_at is not None
