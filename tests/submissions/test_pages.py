"""The queue's page, copies for phones, the service worker, the manifest, conflicts."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import NOW, World
from tests.permissions.setups_submissions import conflict_of, photo_of
from tests.submissions.phone import Phone
from wugeyi.audit.models import AuditEvent
from wugeyi.submissions import registry
from wugeyi.submissions.actions.photos import clean
from wugeyi.submissions.models import Conflict, ConflictPhoto
from wugeyi.submissions.queries import offline

pytestmark = pytest.mark.django_db
MOST_BYTES = 60 * 1024


def test_a_copy_holds_nothing_of_who_is_signed_in(city: World) -> None:
    client = Client()
    client.force_login(city["worker"])
    page = client.get("/report").content.decode()
    assert city["worker"].name in page
    answer = client.get("/send/copy", {"page": "/report"})
    copy = answer.content.decode()
    assert city["worker"].name not in copy
    assert "data-kept" in copy
    assert 'data-queued="report"' in copy
    assert answer.headers["Cache-Control"] == "no-store"
    # Neither signed out nor given another token by it.
    assert not answer.cookies
    assert client.get("/desk/").status_code == 200


def test_a_copy_speaks_the_readers_language(city: World) -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    copy = client.get("/send/copy", {"page": "/report"}).content.decode()
    assert '<html data-kept lang="en"' in copy


@pytest.mark.parametrize("page", ["", "/desk/", "/follow", "/receipt/1", "//x/report"])
def test_only_named_pages_are_copied(city: World, page: str) -> None:
    client = Client()
    client.force_login(city["worker"])
    assert client.get("/send/copy", {"page": page}).status_code == 404


def test_every_offline_page_is_public_and_whole(city: World) -> None:
    """A page named by an app opens for everybody, or phones could not keep it."""
    for path, name in offline.pages().items():
        answer = Client().get("/send/copy", {"page": path})
        assert answer.status_code == 200, name


def test_every_queued_form_is_ready(city: World) -> None:
    for kind in registry.kinds():
        # As a phone keeps it: also a form of people who are known shows itself there.
        answer = Client().get("/send/copy", {"page": reverse(kind.page)})
        page = answer.content.decode()
        assert f'data-queued="{kind.code}"' in page, kind.code
        assert 'name="client_id"' in page, kind.code
        assert "data-queue " in page, kind.code
        assert "offline.js" in page, kind.code


def test_the_service_worker_is_asked_for_anew(city: World) -> None:
    answer = Client().get("/service-worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    told = json.loads(re.match(r"self\.WUGEYI=(.*);\n", answer.content.decode())[1])
    assert "/report" in told["pages"]
    assert "/send/queue" in told["pages"]
    again = Client().get(
        "/service-worker.js", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_another_page_is_another_version(
    city: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = offline.service_worker()[1]
    monkeypatch.setattr(registry._REGISTRY, "pages", ["public:report", "public:about"])
    assert offline.service_worker()[1] != before


def test_the_manifest_can_be_installed(city: World) -> None:
    answer = Client().get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert {each["sizes"] for each in told["icons"]} == {"192x192", "512x512"}
    assert told["display"] == "standalone"
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    assert b"manifest.webmanifest" in Client().get("/report").content


def test_the_report_page_loads_at_most_sixty_kilobytes(city: World) -> None:
    """Script and style of a first visit, with the weaker of the two compressions."""
    page = Client().get("/report").content.decode()
    names = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', page))
    assert "ui/built/offline.js" in names
    sizes = {
        name: len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 9))
        for name in names
    }
    assert sum(sizes.values()) <= MOST_BYTES, sizes


# Conflicts


def test_conflicts_are_listed_reviewed_and_forgotten(
    city: World, django_assert_max_num_queries
) -> None:
    client = Client()
    client.force_login(city["administrator"])
    rows = [conflict_of(city, number) for number in range(40)]
    photo_of(city, rows[0])
    client.get(reverse("submissions:conflicts"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("submissions:conflicts")).content.decode()
    assert page.count("待核对") == 30
    assert "older=" in page
    address = reverse("submissions:conflict", args=[rows[0].pk])
    page = client.get(address).content.decode()
    assert "路灯又坏了" in page
    assert "/desk/" in page
    assert client.post(address, {"note": " "}).status_code == 422
    client.post(address, {"note": "同一件事"})
    rows[0].refresh_from_db()
    assert (rows[0].note, rows[0].reviewed_by) == ("同一件事", city["administrator"])
    client.post(address, {"note": "再改"})
    rows[0].refresh_from_db()
    assert rows[0].note == "同一件事"
    assert AuditEvent.objects.filter(action="submissions.review").count() == 1
    reviewed = timezone.now()
    Conflict.objects.filter(pk=rows[0].pk).update(received_at=reviewed)
    assert clean(NOW + timedelta(days=29)) == 0
    clean(reviewed + timedelta(days=31))
    assert not Conflict.objects.filter(pk=rows[0].pk).exists()
    assert ConflictPhoto.objects.count() == 0


def test_those_of_no_organisation_are_the_seats(city: World) -> None:
    row = conflict_of(city)
    row.submission.organisation = None
    row.submission.save()
    address = reverse("submissions:conflict", args=[row.pk])
    for who, status in (("administrator", 200), ("worker", 403), ("outsider", 403)):
        client = Client()
        client.force_login(city[who])
        assert client.get(address).status_code == status


def test_the_queue_is_named_on_public_pages(city: World, phone_line: Phone) -> None:
    assert reverse("submissions:queue").encode() in Client().get("/about").content
    assert phone_line.client.get("/send/who").json()["person"] == ""
