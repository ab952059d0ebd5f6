"""Who asked and who reported hear of it without an account; nobody else can listen."""

from django.test import Client
from django.urls import reverse

from tests.casework.world import World
from tests.volunteering.people import asked, opened, rider, said, signed, taken
from tests.volunteering.test_flashes import resolve
from wugeyi.casework.rules.receipts import display
from wugeyi.notices.models import Notice, Subscriber
from wugeyi.volunteering.actions import takes, voices
from wugeyi.volunteering.actions.telling import ASKED, MINE


def follow(client: Client, topic: str, key: int, code: str = "") -> int:
    answer = client.post(
        reverse("notices:follow", args=[topic, key]),
        {"email": "ma@example.cn", "code": code},
    )
    return answer.status_code


def test_who_asked_follows_by_the_code_alone(world: World) -> None:
    row = asked(world)
    assert follow(Client(), ASKED, row.pk, "wrong") in {403, 404}
    assert not Subscriber.objects.exists()
    assert follow(Client(), ASKED, row.pk, display(row.code)) == 302
    assert Subscriber.objects.get().topic == ASKED
    shown = opened(world)
    assert follow(Client(), ASKED, shown.pk, display(shown.code)) == 302
    takes.take(help=shown, volunteer=rider(world), at=world.now())
    told = Notice.objects.get(event="volunteering.help-taken")
    assert told.topic_key == shown.pk


def test_a_rider_follows_their_own_page_by_their_link(world: World) -> None:
    mine, other = rider(world), rider(world)
    assert follow(signed(other), MINE, mine.pk) in {403, 404}
    assert follow(Client(), MINE, mine.pk) in {403, 404}
    assert follow(signed(mine), MINE, mine.pk) == 302
    voice = said(world, mine)
    resolve(world, voice.case)
    voices.follow(at=world.now())
    voices.follow(at=world.now())
    told = Notice.objects.get(event="volunteering.result-link")
    assert (told.topic, told.topic_key) == (MINE, mine.pk)
    assert told.url == reverse("volunteering:mine")


def test_both_hear_that_a_request_was_taken_back(world: World) -> None:
    mine = rider(world)
    row = taken(world, mine)
    assert follow(Client(), ASKED, row.pk, display(row.code)) == 302
    assert follow(signed(mine), MINE, mine.pk) == 302
    takes.recall(help=row, reason="没有来", by=world["worker"], at=world.now())
    heard = {each.event: (each.topic, each.topic_key) for each in Notice.objects.all()}
    assert heard["volunteering.recalled-link"] == (MINE, mine.pk)
    assert heard["volunteering.help-free"] == (ASKED, row.pk)


def test_somebody_with_an_account_hears_by_it(world: World) -> None:
    mine = rider(world, user=world["postless"])
    voice = said(world, mine)
    resolve(world, voice.case)
    voices.follow(at=world.now())
    told = Notice.objects.get(event="volunteering.result")
    assert told.user_id == world["postless"].pk
