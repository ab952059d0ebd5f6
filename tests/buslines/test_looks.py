"""Every page of bus lines in a real browser: whole on a phone and on a desk, in both tongues.

Names are as long as they may be. What others look at on the way (test_record_browser,
test_plan_browser, test_timetable_browser), and what is one more form like another, is
only measured here; all else is asked of axe as well.
"""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tests import looking
from tests.buslines.line import DAY, build
from tests.buslines.test_importing import tables
from tests.buslines.timetable import call
from tests.casework.world import build as build_world
from tests.casework.world import category
from tests.permissions.setups_buslines import Stage, stage
from wugeyi.buslines.actions import importing, planning, suggestions, surveys
from wugeyi.buslines.models import Driver, Line, Spot
from wugeyi.buslines.rules.by_hand import read

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "很长很长的名字"
WIDE = 1440
NARROW = 360


@pytest.fixture
def whole() -> Stage:
    bus = build(build_world())
    made = stage(bus)
    Line.objects.filter(pk=bus.line.pk).update(
        name=(LONG * 12)[:80],
        name_en="Farmers' line " * 8,
        phone="0851-12345678901234567890",
        note="一段说明。" * 60,
    )
    bus.line.refresh_from_db()
    Spot.objects.filter(pk=bus.spots["v2"].pk).update(
        name=(LONG * 9)[:60], name_en="Upper village by the old mill " * 3
    )
    Driver.objects.filter(pk=bus.drivers["b"].pk).update(name=(LONG * 6)[:40])
    code = "Q" * 20
    bus.demand(code, stop=bus.spots["v2"], name=(LONG * 9)[:60])
    bus.vehicle("W" * 20, name=(LONG * 9)[:60])
    bus.duty("D" * 20)
    bus.regular(
        "G" * 20, name=(LONG * 9)[:60], vehicle="W" * 20, ends_at=bus.spots["v2"]
    )
    suggestions.suggest(
        line=bus.line,
        client_id=uuid4(),
        said=suggestions.Said(
            text="早十分钟。" * 90,
            kind="residents",
            made_on=DAY,
            spot=bus.spots["v2"],
        ),
        by=bus.by,
        at=bus.world.now(),
    )
    surveys.open_case(
        finding=surveys.find(
            survey=made.survey,
            client_id=uuid4(),
            seen=surveys.Seen(
                what="road",
                spot=bus.spots["v2"],
                to_spot=bus.spots["v3"],
                text="塌方。" * 100,
            ),
            by=bus.by,
            at=bus.world.now(),
        ),
        text="修路。",
        category=category("road-damage"),
        place=bus.world.community,
        by=bus.by,
        at=bus.world.now(),
    )
    return made


def _preview(made: Stage) -> str:
    """A file with something new, something changed and something wrong."""
    line = made.line
    batch = importing.keep(
        line=line,
        filename=f"{LONG * 8}.zip",
        content=tables(
            requests=[
                "r1,三组,v1,m1,9,9,06:00,06:30,否",
                f"neu,{LONG * 5},v2,m1,1,0,06:00,06:30,否",
                "bad,四组,nowhere,m1,1,0,06:00,06:30,否",
            ],
            rules=["ride_limit_minutes,45"],
        ),
        rows=4,
        by=made.bus.by,
        at=made.bus.world.now(),
    )
    return at("import-batch", line.pk, batch.pk)


def at(name: str, *args: Any) -> str:
    return reverse(f"buslines:{name}", args=args)


def measured(made: Stage) -> list[str]:
    """What other tests have asked of axe."""
    line, plan, code = made.line.pk, made.plan.pk, made.line.code
    parts = ("times", "loads", "money", "left", "rosters")
    kinds = ("demand", "stops", "fares", "ways", "timetable")
    trip = made.edition.trips.earliest("number").pk
    return [
        at("list"),
        at("line", line),
        *(at("records", line, kind) for kind in kinds),
        *(at("record-new", line, kind) for kind in ("vehicles", "demand", "drivers")),
        at("import", line),
        at("village-demand", made.bus.world.community.code),
        at("scenarios", line),
        at("plan", plan),
        *(f"{at('plan', plan)}?part={part}" for part in parts),
        at("try", plan),
        at("editions", line),
        at("edition", made.draft.pk),
        at("edition", made.edition.pk),
        at("publish", plan),
        *(
            at(f"edition-{act}", made.draft.pk)
            for act in ("file", "publish", "withdraw")
        ),
        at("drive"),
        at("drive-trip", trip, timezone.localdate().isoformat()),
        at("lines"),
        at("public-line", code),
        at("public-stop", code, made.bus.spots["v2"].pk),
        at("book", code, call(made.edition, "v2").pk),
        at("booking", made.booking.code),
        at("find-booking"),
    ]


def asked(made: Stage) -> list[str]:
    """What nobody else looks at."""
    line, bus = made.line.pk, made.bus
    tried = "do=move:large:1:0:500&do=take:r5:small:1:0&open=large:1:0"
    variant = planning.save_by_hand(
        base=made.plan,
        client_id=uuid4(),
        acts=[read("move:large:1:0:500")],
        words=LONG * 20,
        by=bus.by,
        at=bus.world.now(),
    )
    compared = f"with={made.plan.scenario_id}&with={made.other.pk}"
    return [
        at("close", line),
        *(
            at("records", line, kind)
            for kind in ("vehicles", "regular-duties", "drivers", "duties")
        ),
        at("records", line, "rules"),
        at("driver-away", line, made.absence.driver_id),
        _preview(made),
        at("feed", line, made.feed.pk),
        at("scenario", made.plan.scenario_id),
        at("scenario", made.other.pk),
        f"{at('compare', line)}?{compared}",
        f"{at('try', made.plan.pk)}?{tried}",
        at("plan", variant.pk),
        at("roster", made.roster.pk),
        at("surveys", line),
        at("survey", made.survey.pk),
        at("finding-case", made.seen.pk),
        at("suggestions", line),
        at("edition-notice", made.draft.pk),
    ]


def forms(made: Stage) -> list[str]:
    """Fields under each other: as wide as the phone, however wide the desk."""
    line, demand = made.line.pk, made.bus.demands["r1"].pk
    return [
        at("new"),
        at("edit", line),
        *(at("record-new", line, kind) for kind in ("stops", "duties", "fares")),
        at("record-new", line, "regular-duties"),
        f"{at('record-new', line, 'rules')}?name=ride_limit_minutes",
        at("record-edit", line, "demand", demand),
        at("record-end", line, "demand", demand),
        at("village-edit", made.bus.world.community.code, demand),
        at("scenario-new", line),
        at("scenario-edit", made.other.pk),
        at("survey-new", line),
        at("edition-change", made.draft.pk),
    ]


def sign_in(page: Page, made: Stage, language: str) -> None:
    client = Client()
    client.force_login(made.bus.by)
    page.goto("/health")
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[
            settings.SESSION_COOKIE_NAME
        ].value,
        settings.LANGUAGE_COOKIE_NAME: language,
    }
    page.context.add_cookies(
        [
            {"name": name, "value": text, "url": page.url}
            for name, text in cookies.items()
        ]
    )


def sticking_out(page: Page) -> list[str]:
    """What is wider than a phone, and than a desk."""
    found = []
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if over := looking.overhang(page):
            found.append(f"{page.url} at {width}: {over} px too wide")
    return found


def looked(page: Page, address: str) -> list[str]:
    """What is wrong with a page for the eye, once for each width."""
    answer = page.goto(address)
    assert answer is not None
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    return sticking_out(page)


def heard(page: Page) -> list[str]:
    """What axe finds."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    return looking.violations(page)


def heard_wide(page: Page) -> list[str]:
    """What axe finds in the same colours, laid out otherwise and in other words."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    return looking.violations(page, looking.ALL_BUT_CONTRAST)


def faulty(page: Page, address: str) -> list[str]:
    """What is wrong with the page that explains a form sent as it came."""
    page.goto(address)
    page.locator("main form:has(.field)").first.evaluate(
        "form => { form.noValidate = true; form.requestSubmit() }"
    )
    page.locator("[aria-invalid=true]").first.wait_for()
    return [*sticking_out(page), *heard(page)]


def test_every_page_is_whole(desktop: Page, whole: Stage) -> None:
    """Axe hears Chinese on the phone and English on the desk."""
    wrong: list[str] = []
    pages, plain = asked(whole), forms(whole)
    sign_in(desktop, whole, "zh-hans")
    for address in [*pages, *plain]:
        wrong += looked(desktop, address) + heard(desktop)
    line = whole.line.pk
    for address in (
        at("record-new", line, "stops"),
        at("scenario-new", line),
        at("survey", whole.survey.pk),
        at("suggestions", line),
        at("edition-withdraw", whole.draft.pk),
    ):
        wrong += faulty(desktop, address)
    sign_in(desktop, whole, "en")
    for address in pages:
        wrong += looked(desktop, address) + heard_wide(desktop)
    for address in [*plain, *measured(whole)]:
        wrong += looked(desktop, address)
    assert wrong == []
