"""What there is to hear: said in both languages, listed, quiet and ended one by one."""

import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from tests.notices.conftest import NOW, later
from tests.notices.test_sending import say, send
from wugeyi.notices import registry
from wugeyi.notices.actions import Reader, choosing, spreading
from wugeyi.notices.actions.choosing import Wishes
from wugeyi.notices.gateways.base import Target
from wugeyi.notices.gateways.email import letter as as_letter
from wugeyi.notices.models import Address, Delivery, Letter, Notice
from wugeyi.notices.rules import QUIET_FROM, QUIET_UNTIL
from wugeyi.notices.writing import compose
from wugeyi.stations.models import Item
from wugeyi.volunteering.models import Help

PAGE = Path(__file__).parents[2] / "docs" / "notices.md"
CHINESE = re.compile("[\u3400-\u9fff，。：；？（）、]")
EVENTS = sorted(registry._events)
NIGHT = later(hours=14)


def written(world, code: str, language: str) -> Letter:
    """A letter of one event, with a word for every value it asks for."""
    event = registry.event(code)
    user = world["worker"]
    row = spreading.account(user, at=NOW)
    row.language = language
    row.save()
    names = set(re.findall(r"%\((\w+)\)s", f"{event.subject} {event.text}"))
    said = dict.fromkeys(names, "17") | {
        "kind": Help.Kind.values[0],
        "what": "lamp",
    }
    notice = Notice.objects.create(
        event=code,
        user=user,
        values=urlencode({name: said[name] for name in names}),
        url="/x",
        key=f"{code}:{language}",
        told_at=NOW,
    )
    box = spreading.mailbox(row, at=NOW)
    made = Letter.objects.create(
        subscriber=row, address=box, way="email", token=uuid4(), begun_at=NOW
    )
    Delivery.objects.create(notice=notice, address=box, letter=made, due_at=NOW)
    return made


def translated(code: str) -> bool:
    """What nobody translated yet, the catalogue's own test complains of."""
    event = registry.event(code)
    with override("en"):
        english = {str(event.subject), str(event.text)}
    with override("zh-hans"):
        return not english & {str(event.subject), str(event.text)}


def test_every_message_is_in_its_readers_language(world) -> None:
    Item.objects.create(code="lamp", name_zh="灯", name_en="lamp")
    for code in filter(translated, EVENTS):
        for language in ("zh-hans", "en"):
            message = compose(written(world, code, language))
            mail_ = as_letter(Target("a@example.cn"), message)
            text = f"{mail_.subject}\n{mail_.body}"
            assert "%(" not in text, code
            assert bool(CHINESE.search(mail_.subject)) is (language != "en"), text
            assert bool(CHINESE.search(mail_.body)) is (language != "en"), text


def test_a_value_is_said_in_the_readers_language_not_the_tellers(world) -> None:
    Item.objects.create(code="lamp", name_zh="灯", name_en="lamp")
    for language, kind, item in (
        ("zh-hans", "搬", "灯"),
        ("en", "carr", "lamp"),
    ):
        help_ = compose(written(world, "volunteering.help-taken", language))
        assert kind in help_.parts[0][0].lower()
        assert item in compose(written(world, "stations.broken", language)).subject


def listed() -> dict[str, tuple[str, str]]:
    """The table of docs/notices.md: who hears an event, and what holds by default."""
    rows = re.findall(
        r"^\| `([a-z._-]+)` \| (.+?) \| (.+?) \|$", PAGE.read_text(), re.M
    )
    return {code: (who, default) for code, who, default in rows}


def test_the_page_lists_what_staff_hear_and_what_holds_by_default() -> None:
    told = listed()
    assert set(told) == {event.code for event in registry.events()}
    for event in registry.events():
        default = told[event.code][1]
        assert default.startswith("on") is event.default, event.code
        assert ("night" in default) is event.always, event.code


def test_by_default_a_desk_hears_of_danger_only() -> None:
    """Everything else that comes by itself is for one person, about what is theirs."""
    desks = {
        code
        for code, (who, default) in listed().items()
        if who.startswith("desk") and default.startswith("on")
    }
    assert desks == {"casework.danger", "volunteering.emergency"}
    assert all(registry.event(code).always for code in desks)


def test_quiet_hours_hold_for_every_event_by_what_it_is(world, events) -> None:
    worker = world["worker"]
    row = spreading.account(worker, at=NOW)
    wished = {(event.code, "email"): True for event in registry.events()}
    choosing.choose(
        subscriber=row,
        wishes=Wishes("zh-hans", QUIET_FROM, QUIET_UNTIL, True, wished),
        at=NOW,
    )
    for event in registry.events():
        say(Reader.person(worker.pk), event=event.code, key=event.code, at=NIGHT)
    spreading.spread(at=NIGHT)
    due = dict(Delivery.objects.values_list("notice__event", "due_at"))
    at_night = {code for code, at in due.items() if at == NIGHT}
    assert at_night == {
        event.code for event in registry.events() if event.urgent or event.always
    }
    assert {at for at in due.values() if at != NIGHT} == {later(hours=21)}


def stop_path(message) -> str:
    parts = urlsplit(message.extra_headers["List-Unsubscribe"].strip("<>"))
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("said", [{"List-Unsubscribe": "One-Click"}, {}])
def test_one_sort_is_ended_and_others_still_come(client, world, events, said) -> None:
    reader = Reader.person(world["worker"].pk)
    say(reader)
    send()
    path = stop_path(mail.outbox[0])
    page = client.get(path).content.decode()
    assert "tests.usual" in page
    assert not Address.objects.filter(stopped_at__isnull=False).exists()
    for _twice in range(2):
        assert client.post(path, said).status_code == 200
    say(reader, key="k2", at=later(days=1))
    assert send(later(days=1)) == 0
    say(reader, event="tests.urgent", key="k3", at=later(days=1))
    assert send(later(days=1)) == 1
    # The page of one's own shows it, and it can be taken up there.
    client.force_login(world["worker"])
    mine = client.get(reverse("notices:mine")).content.decode()
    box = mine.split('value="tests.usual email"')[1].split(">")[0]
    assert "checked" not in box
    client.post(path, {"all": "1"})
    say(reader, event="tests.urgent", key="k4", at=later(days=2))
    assert send(later(days=2)) == 0


def test_a_link_ends_only_what_stands_in_its_own_letter(client, world, events) -> None:
    say(Reader.person(world["worker"].pk))
    say(Reader.person(world["dispatcher"].pk), event="tests.urgent", key="k2")
    send()
    mine, theirs = (stop_path(message) for message in mail.outbox)
    number = theirs.partition("?")[2]
    client.post(f"{mine.partition('?')[0]}?{number}")
    # No letter of that address: as with an old link, all of the own address ends.
    row = spreading.account(world["dispatcher"], at=NOW)
    assert not row.choices.exists()
    assert Address.objects.get(subscriber=row).stopped_at is None


def test_what_reaches_one_stands_on_one_page(client, world, settings) -> None:
    worker = world["worker"]
    client.force_login(worker)
    url = reverse("notices:mine")
    page = client.get(url).content.decode()
    for event in registry.events():
        assert str(event.label) in page
    assert "现在发不到您这里" not in page
    assert "（还没有设）" not in page
    settings.NOTICES = {"PUSH": "1"}
    assert client.get(url).content.decode().count("（还没有设）") == 1
    worker.email = ""
    worker.save()
    page = client.get(url).content.decode()
    assert "现在发不到您这里" in page
    assert page.count("（还没有设）") == 2


def test_who_has_no_desk_is_asked_only_what_can_reach_them(client, world) -> None:
    """And what is not asked is not refused: with a post one hears of danger."""
    client.force_login(world["postless"])
    url = reverse("notices:mine")
    page = client.get(url).content.decode()
    asked = set(re.findall(r'value="([a-z._-]+) email"', page))
    personal = {event.code for event in registry.events() if event.personal}
    assert asked == personal
    assert {listed()[code][0].split()[0] for code in personal}.isdisjoint({"desk"})
    client.post(
        url,
        {"language": "zh-hans", "quiet_from": "22:00", "quiet_until": "07:00"},
    )
    row = spreading.account(world["postless"], at=NOW)
    assert set(row.choices.values_list("event", flat=True)) == personal
