"""What every app keeps, how long, stands on one page; and it is forgotten then."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.world import World
from tests.volunteering.people import did, picture, rider, signed
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.models import Retention
from wugeyi.interfaces.rules.hooks import KEPT_FOR as DELIVERIES
from wugeyi.jobs import keeping
from wugeyi.notices.actions.upkeep import KEPT_FOR as MESSAGES
from wugeyi.sharing.rules.times import KEEP_DAYS as BOOKERS
from wugeyi.submissions import rules as submissions
from wugeyi.uploads.actions import sweep
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions import deeds, people
from wugeyi.volunteering.actions.writing import VOLUNTEER
from wugeyi.volunteering.models import Volunteer
from wugeyi.volunteering.rules import keeping as own

DAYS = {
    own.WORDS: own.VOLUNTEER_DAYS,
    own.ASKER: own.ASKER_DAYS,
    own.CALLER: own.CALLER_DAYS,
    own.PHOTOS: own.PHOTO_DAYS,
    "sharing-booker": BOOKERS,
    "submissions-photos": submissions.PHOTOS_KEPT.days,
    "submissions-answers": submissions.ANSWERS_KEPT.days,
    "submissions-conflicts": submissions.REVIEWED_KEPT.days,
    "submissions-unreviewed": submissions.UNREVIEWED_KEPT.days,
    "notices-told": MESSAGES.days,
    "interfaces-deliveries": DELIVERIES.days,
    "uploads-unfinished": 1,
    "buslines-words": 0,
}


def test_one_page_names_all_that_is_kept(world: World) -> None:
    rows = {row.field: row for row in keeping.rows()}
    assert {field: rows[field].days for field in DAYS} == DAYS
    staff = Client()
    staff.force_login(world["administrator"])
    for page in (
        Client().get(reverse("public:privacy")),
        staff.get(reverse("desk:tables-retention")),
    ):
        text = page.content.decode()
        for row in rows.values():
            assert str(row.name) in text
            assert str(row.purpose) in text
            assert str(row.span) % {"days": row.days} in text
        # Nobody held the days against a source.
        assert text.count("核对") >= len(rows)


def test_the_seat_decides_the_days_and_they_hold(world: World) -> None:
    staff = Client()
    staff.force_login(world["administrator"])
    url = reverse("desk:kept", args=[own.PHOTOS])
    assert staff.get(url).status_code == 200
    staff.post(url, {"days": 30, "basis": "某市志愿服务办法"})
    assert keeping.days_of(own.PHOTOS) == 30
    row = Retention.objects.get(field=own.PHOTOS)
    assert row.name == "闪宣、闪除的照片"
    staff.post(url, {"days": 40, "basis": "某市志愿服务办法"})
    assert keeping.days_of(own.PHOTOS) == 40
    changes = AuditEvent.objects.filter(action="casework.change_retention")
    assert changes.count() == 2
    assert "收到后 40 天" in Client().get(reverse("public:privacy")).content.decode()
    # What an app below decides by itself is told, not changed here.
    for field in ("notices-told", "nothing"):
        gone = staff.get(reverse("desk:kept", args=[field]))
        assert gone.status_code == 404


@pytest.mark.parametrize("how", ["by the clock", "taken back", "left"])
def test_photographs_of_deeds_end(world: World, how: str) -> None:
    mine = rider(world)
    row = did(world, mine, before=picture(world), after=picture(world))
    kept = did(world, mine, text="另一处", after=picture(world))
    address = reverse("volunteering:picture", args=[row.pk, "after"])
    browser = signed(mine)
    assert browser.get(address).status_code == 200
    # No page for everybody shows one, before or after somebody looked.
    deeds.see(deed=row, by=world["worker"], at=world.now())
    assert Client().get(address).status_code == 302
    desk = reverse("volunteering:desk-picture", args=[row.pk, "after"])
    assert Client().get(desk).status_code == 302
    if how == "by the clock":
        assert deeds.forget_photos(at=row.at + timedelta(days=own.PHOTO_DAYS)) == 0
        later = kept.at + timedelta(days=own.PHOTO_DAYS, seconds=1)
        assert deeds.forget_photos(at=later) == 2
        assert deeds.forget_photos(at=later) == 0
        events = AuditEvent.objects.filter(action="volunteering.forget_photos")
        assert events.count() == 2
    elif how == "taken back":
        deeds.take_back(deed=row, by=VOLUNTEER, at=world.now())
        kept.refresh_from_db()
        assert kept.after is not None
    else:
        people.leave(
            volunteer=mine, end=Volunteer.End.PERSON, by=VOLUNTEER, at=world.now()
        )
    row.refresh_from_db()
    assert (row.before, row.after, row.text) == (None, None, "电线杆上三张小广告")
    left = 1 if how == "taken back" else 0
    after = world.now() + timedelta(days=2)
    sweep(before=after, at=after)
    assert Upload.objects.count() == left
