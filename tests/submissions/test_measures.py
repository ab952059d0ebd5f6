"""What phones sent later is counted, opens onto its records, and stays counted."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import World
from tests.submissions.phone import Phone, report
from wugeyi.casework.models import Case
from wugeyi.figures.actions import recount
from wugeyi.figures.queries import Period, figures, parts, records
from wugeyi.organisations.queries import reach_of
from wugeyi.submissions.actions.photos import clean
from wugeyi.submissions.models import Submission

pytestmark = pytest.mark.django_db
WAITS = {"hour": 30, "day": 60 * 5, "week": 60 * 30, "longer": 60 * 24 * 9}


def send(line: Phone, world: World, text: str, **headers: str) -> UUID:
    key = uuid4()
    answer = line.send("report", key, report(world, text=text), **headers)[1]
    assert answer["state"] == "taken"
    return key


def waited(minutes: int) -> dict[str, str]:
    now = timezone.now()
    written = now - timedelta(minutes=minutes)
    return {"Queue-Written": written.isoformat(), "Queue-Sent": now.isoformat()}


def test_what_came_later_is_counted_by_how_long_it_waited(
    city: World, phone_line: Phone
) -> None:
    at_once = send(phone_line, city, "井盖不见了", **{"Queue-Attended": "1"})
    for number, minutes in enumerate(WAITS.values()):
        send(phone_line, city, f"第{number}处路灯坏了", **waited(minutes))
    unknown = send(phone_line, city, "路灯坏了，表也走错了")
    today = timezone.localdate()
    on = Period(today, today)
    assert figures(["sent_later"], city.county, on)["sent_later"].value == 5
    assert figures(["sent_later"], city.neighbour, on)["sent_later"].value is None
    found = parts("sent_later", city.city, on)
    assert {each.dimension: each.value for each in found} == {
        **dict.fromkeys(WAITS, 1),
        "unknown": 1,
    }
    # It opens onto the cases, for whoever may read those.
    reach = reach_of(city["worker"], on=today)
    behind = records("sent_later", city.county, on, reach=reach, today=today)
    assert (len(behind.shown), behind.hidden) == (5, 0)
    case = Case.objects.get(client_id=unknown)
    assert reverse("desk:case", args=[case.pk]) in {each.url for each in behind.shown}
    reach = reach_of(city["neighbour"], on=today)
    behind = records("sent_later", city.county, on, reach=reach, today=today)
    assert (len(behind.shown), behind.hidden) == (0, 5)

    # Answers are forgotten after a while; what was counted is not.
    later = timezone.now() + timedelta(days=401)
    assert clean(later) == 6
    assert clean(later) == 0
    assert not Submission.objects.filter(client_id=at_once).exists()
    row = Submission.objects.get(client_id=unknown)
    assert (row.digest, row.text, row.url, row.written_at) == ("", "", "", None)
    _whole, differences = recount(at=later)
    assert [each for each in differences if each.code == "sent_later"] == []
    # A phone that lay in a drawer for a year hears that it came; nothing is made twice.
    status, answer = phone_line.send("report", unknown, report(city))
    assert (status, answer["state"], answer["url"]) == (200, "taken", "/report")
    assert answer["text"]
    assert Case.objects.count() == 6
