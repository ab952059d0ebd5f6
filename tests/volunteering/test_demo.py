"""The demo's year of flashes goes through the actions, is invented, and says so."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.world import START, World
from wugeyi.accounts.models import User
from wugeyi.audit.models import AuditEvent
from wugeyi.demo import riding, volunteering
from wugeyi.volunteering.models import (
    Certificate,
    Deed,
    Emergency,
    Help,
    Hours,
    Voice,
    Volunteer,
)
from wugeyi.volunteering.queries.certificates import checked

INVENTED = "虚构"


def test_a_year_is_lived_and_marked_as_invented(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HELPS", "NEEDS", "REPORTS", "PUBLICITY", "CLEANUPS"):
        monkeypatch.setattr(volunteering, name, 3)
    monkeypatch.setattr(volunteering, "EMERGENCIES", 2)
    monkeypatch.setattr(riding, "DAYS", 60)
    until = world.now()
    volunteering.live(
        staff={
            world.community.pk: world["worker"],
            world.neighbour.pk: world["neighbour"],
        },
        places=[world.community, world.neighbour],
        calls_back=world["dispatcher"],
        pictures=[],
        since=START,
        until=until,
    )
    assert Help.objects.count() == 3 + 2
    assert Deed.objects.count() == 6
    assert Voice.objects.count() == 6
    assert Emergency.objects.filter(noticed_at=None).count() == 1
    words = [
        *Help.objects.values_list("text", flat=True),
        *Deed.objects.values_list("text", flat=True),
        *Voice.objects.values_list("case__text", flat=True),
        *Emergency.objects.exclude(text="").values_list("text", flat=True),
    ]
    assert all(INVENTED in each for each in words)
    assert not AuditEvent.objects.filter(at__gt=until).exists()
    for row in Certificate.objects.all():
        assert checked(row).genuine
    assert Hours.objects.exclude(state="confirmed").count() <= 3
    rider = User.objects.get(username=volunteering.RIDER)
    assert not rider.posts.exists()
    browser = Client()
    browser.force_login(rider)
    page = browser.get(reverse("volunteering:mine"))
    assert Volunteer.objects.get(user=rider).name in page.content.decode()
