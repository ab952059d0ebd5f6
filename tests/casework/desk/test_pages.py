from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.casework.world import answered, report, resolved, working
from wugeyi.casework import panels
from wugeyi.casework.actions import closing, combining, handling
from wugeyi.casework.models import Category, DutyList
from wugeyi.organisations import kept

pytestmark = pytest.mark.django_db

PLAIN = [
    "list",
    "today",
    "map",
    "map-points",
    "new",
    "organisations",
    "hotline",
    "supervision",
    "replies",
    "export-csv",
    "export-xlsx",
    "tables-categories",
    "tables-duties",
    "tables-deadlines",
    "tables-days",
    "tables-retention",
]


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(client, world, name, language) -> None:
    report(world, lon=106.7, lat=26.6)
    client.force_login(world["dispatcher"])
    client.cookies["django_language"] = language
    response = client.get(reverse(f"desk:{name}"))
    assert response.status_code == 200
    content = b"".join(response) if response.streaming else response.content
    assert content


def busy(world):
    """A case to which everything happened."""
    case = working(world, lon=106.7, lat=26.6)
    by, at = world["worker"], world.now
    handling.write_update(case=case, kind="contact", text="已电话联系", by=by, at=at())
    handling.pause(case=case, reason="weather", text="下雨", by=by, at=at())
    handling.resume(case=case, by=by, at=at())
    handling.ask(case=case, organisation=world.department, text="派车", by=by, at=at())
    handling.object_to(case=case, reason="不在清单", by=by, at=at())
    handling.decide_objection(
        case=case, upheld=False, reason="在清单内", by=world["dispatcher"], at=at()
    )
    other = report(world)
    combining.merge(case=other, into=case, by=by, at=at())
    closing.request_exclusion(case=case, reason="other", text="说明", by=by, at=at())
    return case


@pytest.mark.parametrize("name", ["case", "print", "trail", "case-map"])
def test_every_page_of_a_busy_case_opens(client, world, name) -> None:
    case = busy(world)
    client.force_login(world["supervisor"])
    response = client.get(reverse(f"desk:{name}", args=[case.pk]))
    assert response.status_code == 200


def test_a_case_page_asks_a_fixed_number_of_queries(
    client, world, django_assert_max_num_queries
) -> None:
    case = busy(world)
    client.force_login(world["dispatcher"])
    with django_assert_max_num_queries(31):
        client.get(reverse("desk:case", args=[case.pk]))


def test_a_plain_case_does_not_ask_empty_tables(
    client, world, settings, monkeypatch, django_assert_max_num_queries
) -> None:
    case = working(world)
    client.force_login(world["worker"])
    settings.KEPT_SECONDS = 60
    # The test's own transaction is none of the page's.
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))
    # What higher apps show is theirs to count.
    monkeypatch.setattr(panels, "shown", lambda request, case: [])
    kept.forget()
    client.get(reverse("desk:case", args=[case.pk]))
    with django_assert_max_num_queries(16):
        client.get(reverse("desk:case", args=[case.pk]))
    kept.forget()


@pytest.mark.parametrize(
    ("make", "who", "slugs"),
    [
        (
            report,
            "worker",
            [
                "accept",
                "contact",
                "update",
                "answer",
                "pause",
                "ask",
                "object",
                "reclassify",
                "merge",
                "publish",
                "exclude",
            ],
        ),
        (report, "dispatcher", ["assign", "refer", "withdraw", "split"]),
        (answered, "dispatcher", ["callback", "give-up"]),
        (resolved, "dispatcher", ["callback", "publish"]),
    ],
)
def test_every_step_has_a_page(client, world, make, who, slugs) -> None:
    case = make(world)
    client.force_login(world[who])
    for slug in slugs:
        response = client.get(reverse("desk:step", args=[case.pk, slug]))
        assert response.status_code == 200, slug


def test_administrators_open_every_form(client, world) -> None:
    client.force_login(world["administrator"])
    pages = [
        reverse("desk:new-category"),
        reverse("desk:category", args=[Category.objects.first().pk]),
        reverse("desk:duty-list", args=[DutyList.objects.first().kind]),
        reverse("desk:responsibility"),
        reverse("desk:kept", args=["reporter"]),
    ]
    for page in pages:
        assert client.get(page).status_code == 200, page
