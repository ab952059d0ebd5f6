"""Registering by choice, private by default, left at any time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.world import World
from tests.volunteering.people import (
    NAME,
    PHONE,
    activity,
    did,
    rider,
    said,
    signed,
    taken,
    team,
)
from wugeyi.audit.models import AuditEvent
from wugeyi.volunteering.actions import activities, belonging, people, takes
from wugeyi.volunteering.actions.writing import VOLUNTEER
from wugeyi.volunteering.models import CheckIn, Help, Membership, Voice, Volunteer
from wugeyi.volunteering.rules.cover import Cover
from wugeyi.volunteering.rules.refusals import Refused, Why


def join(client: Client, **more: str) -> str:
    """Register, and return the personal link."""
    form = {"client_id": str(uuid4()), "name": NAME, "phone": PHONE, "agreed": "on"}
    answer = client.post(reverse("volunteering:join"), form | more)
    assert answer.status_code == 200, answer.content.decode()
    text = answer.content.decode()
    begin = text.index("/volunteering/key/")
    return text[begin : text.index('"', begin)]


def test_the_link_lets_in_and_only_its_hash_is_kept(world: World) -> None:
    first, other = Client(), Client()
    link = join(first)
    mine = reverse("volunteering:mine")
    assert NAME in first.get(mine).content.decode()
    assert other.get(mine).status_code == 302
    # Looking at the link, as a chat's preview does, lets nobody in.
    other.get(link)
    assert other.get(mine).status_code == 302
    other.post(link)
    assert NAME in other.get(mine).content.decode()
    row = Volunteer.objects.get()
    secret = link.split("/")[-2]
    assert secret not in str(vars(row))
    assert secret not in str(list(AuditEvent.objects.values_list("after", "before")))


def test_a_new_link_ends_the_old_one_and_other_phones(world: World) -> None:
    first, other = Client(), Client()
    link = join(first)
    other.post(link)
    first.post(reverse("volunteering:renew"))
    mine = reverse("volunteering:mine")
    assert first.get(mine).status_code == 200
    assert other.get(mine).status_code == 302
    assert other.get(link).status_code == 404


def test_a_forged_cookie_opens_nothing(world: World) -> None:
    row = rider(world)
    client = signed(row)
    client.cookies["volunteer"] = client.cookies["volunteer"].value[:-2] + "xx"
    assert client.get(reverse("volunteering:mine")).status_code == 302


def test_an_account_is_enough(world: World) -> None:
    rider(world, user=world["postless"])
    client = Client()
    client.force_login(world["postless"])
    assert NAME in client.get(reverse("volunteering:mine")).content.decode()
    answer = client.get(reverse("volunteering:join"))
    assert answer.headers["Location"] == reverse("volunteering:mine")


def test_nobody_is_registered_without_saying_so(world: World) -> None:
    answer = Client().post(reverse("volunteering:join"), {"name": NAME})
    assert answer.status_code == 422
    assert "请先勾选自愿" in answer.content.decode()
    assert not Volunteer.objects.exists()


def test_it_goes_on_where_one_came_from_but_nowhere_else(world: World) -> None:
    wanted = reverse("volunteering:helps")
    client = Client()
    asked = client.get(wanted)
    assert asked.headers["Location"].endswith(f"?next={wanted.replace('/', '%2F')}")
    form = {"client_id": str(uuid4()), "agreed": "on"}
    for back, shown in ((wanted, True), ("https://elsewhere.example/", False)):
        text = (
            Client()
            .post(reverse("volunteering:join"), {**form, "next": back})
            .content.decode()
        )
        assert (f'href="{back}"' in text) is shown
        form["client_id"] = str(uuid4())


def test_a_name_is_public_only_by_consent_and_for_as_long(world: World) -> None:
    row, group = rider(world), team(world)
    belonging.join(team=group, volunteer=row, at=world.now())
    page = reverse("volunteering:place", args=[world.community.code])
    worker = Client()
    worker.force_login(world["worker"])
    desk = reverse("volunteering:desk-teams", args=[world.community.code])
    browser = signed(row)
    for public in (False, True, False):
        browser.post(
            reverse("volunteering:words"),
            {"name": NAME, "phone": PHONE, **({"public": "on"} if public else {})},
        )
        text = Client().get(page).content.decode()
        assert (NAME in text) is public
        assert PHONE not in text
        assert PHONE not in worker.get(desk).content.decode()


def test_teams_are_joined_and_left_by_choice_dated(world: World) -> None:
    row, group = rider(world), team(world)
    first = belonging.join(team=group, volunteer=row, at=world.now())
    assert belonging.join(team=group, volunteer=row, at=world.now()) == first
    assert belonging.quit_team(team=group, volunteer=row, at=world.now())
    assert not belonging.quit_team(team=group, volunteer=row, at=world.now())
    belonging.join(team=group, volunteer=row, at=world.now())
    assert Membership.objects.count() == 2
    belonging.close_team(team=group, by=world["worker"], at=world.now())
    assert not Membership.objects.filter(until=None).exists()
    with pytest.raises(Refused):
        belonging.join(team=group, volunteer=row, at=world.now())


def test_checking_in_is_dated_and_taken_back(world: World) -> None:
    row = rider(world)
    client_id = uuid4()
    values = {"volunteer": row, "organisation": world.community}
    first = belonging.check_in(client_id=client_id, at=world.now(), **values)
    assert belonging.check_in(client_id=uuid4(), at=world.now(), **values) == first
    assert belonging.check_out(row=first, by=VOLUNTEER, at=world.now())
    assert not belonging.check_out(row=first, by=VOLUNTEER, at=world.now())
    with pytest.raises(Refused) as refused:
        belonging.check_in(
            client_id=client_id,
            volunteer=rider(world),
            organisation=world.community,
            at=world.now(),
        )
    assert refused.value.why is Why.OTHER_CONTENT
    belonging.check_in(client_id=uuid4(), at=world.now(), **values)
    assert CheckIn.objects.filter(until=None).count() == 1


def test_activities_with_risk_are_insured_first(world: World) -> None:
    with pytest.raises(Refused) as refused:
        activity(world, cover=Cover(risk=True))
    assert refused.value.why is Why.NEEDS_INSURANCE
    until = world.now().date() + timedelta(days=30)
    row = activity(world, cover=Cover(risk=True, insurer="某保险", until=until))
    page = Client().get(reverse("volunteering:place", args=[world.community.code]))
    # What is over by now is not offered.
    assert row.title not in page.content.decode()
    mine = rider(world)
    made = activities.sign_up(activity=row, volunteer=mine, at=world.now())
    assert activities.sign_up(activity=row, volunteer=mine, at=world.now()) == made
    assert activities.sign_off(activity=row, volunteer=mine, at=world.now())
    activities.cancel(activity=row, by=world["worker"], at=world.now())
    with pytest.raises(Refused):
        activities.sign_up(activity=row, volunteer=mine, at=world.now())


def test_leaving_takes_everything_personal_along(world: World) -> None:
    row = rider(world, user=world["postless"])
    kept = taken(world, row)
    voice, deed = said(world, row), did(world, row)
    belonging.join(team=team(world), volunteer=row, at=world.now())
    belonging.check_in(
        client_id=uuid4(), volunteer=row, organisation=world.community, at=world.now()
    )
    browser = signed(row)
    url = reverse("volunteering:leave")
    assert "找不回来" in browser.get(url).content.decode()
    browser.post(url)
    row.refresh_from_db()
    kept.refresh_from_db()
    voice.refresh_from_db()
    assert (row.name, row.phone, row.salt, row.key_hash, row.user) == (
        *("",) * 4,
        None,
    )
    assert kept.state == Help.State.OPEN
    assert voice.volunteer is None
    assert not Membership.objects.filter(until=None).exists()
    assert not CheckIn.objects.filter(until=None).exists()
    assert type(deed).objects.filter(pk=deed.pk).exists()
    assert browser.get(reverse("volunteering:mine")).status_code == 302
    assert not people.leave(
        volunteer=row, end=Volunteer.End.PERSON, by=VOLUNTEER, at=world.now()
    )


def test_who_does_nothing_for_two_years_is_forgotten(world: World) -> None:
    idle, active = rider(world), rider(world)
    later = world.now() + timedelta(days=700)
    takes.take(help=taken_help(world, later), volunteer=active, at=later)
    assert people.expire(at=idle.joined_at + timedelta(days=730)) == 0
    assert people.expire(at=idle.joined_at + timedelta(days=731)) == 1
    idle.refresh_from_db()
    active.refresh_from_db()
    assert (idle.name, active.name) == ("", NAME)


def taken_help(world: World, at: object) -> Help:
    from tests.volunteering.people import opened

    return opened(world, at=at)


def test_one_takes_all_of_ones_own_data_along(world: World) -> None:
    row = rider(world)
    taken(world, row)
    said(world, row)
    answer = signed(row).get(reverse("volunteering:export"))
    found = answer.json()
    assert (found["name"], found["phone"]) == (NAME, PHONE)
    assert found["reports"][0]["text"].startswith("小区能不能")
    assert found["helps"][0]["near"] == "幸福小区北门一带"
    # What is another person's is not one's own.
    assert "王奶奶" not in answer.content.decode()
    assert Voice.objects.count() == 1
