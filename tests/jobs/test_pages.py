import pytest
from django.test import Client
from django.urls import reverse

from tests.casework.world import build
from tests.jobs.conftest import NOW
from wugeyi.jobs import actions
from wugeyi.jobs.models import Work


@pytest.fixture
def world(db):
    return build()


@pytest.fixture
def work(world, kinds) -> Work:
    kinds(
        "tests.count",
        lambda task: None,
        texts={"counting": "数到 %(value)s", "no_network": "没有路网"},
        address=lambda work: f"/after/{work.subject}",
        may=lambda request, work: request.user == world["auditor"],
    )
    return actions.ask(kind="tests.count", subject=7, by=world["worker"], at=NOW)


@pytest.fixture
def worker(client, world) -> Client:
    client.force_login(world["worker"])
    return client


def page(client, work, **headers) -> str:
    answer = client.get(reverse("jobs:work", args=[work.pk]), headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_waiting_running_and_done_without_javascript(worker, work):
    waiting = page(worker, work)
    assert "排队中" in waiting
    # A link reads the page anew; nothing moves by itself.
    assert f'href="{reverse("jobs:work", args=[work.pk])}">看现在到哪了' in waiting
    actions.take(at=NOW)
    actions.tell(work=work, done=30, of=120, message="counting", value="30", at=NOW)
    running = page(worker, work)
    assert '<progress class="progress" value="30" max="120"' in running
    assert "数到 30" in running
    actions.end(work=work, state="done", at=NOW)
    done = page(worker, work)
    assert 'href="/after/7"' in done
    assert "看现在到哪了" not in done
    assert "hx-trigger" not in done


def test_the_part_asks_again_until_the_page_is_to_be_read_anew(worker, work):
    url = reverse("jobs:work", args=[work.pk])
    part = worker.get(url, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert "HX-Refresh" not in part.headers
    actions.take(at=NOW)
    actions.end(work=work, state="failed", message="no_network", at=NOW)
    part = worker.get(url, headers={"HX-Request": "true"})
    assert part.headers["HX-Refresh"] == "true"
    assert "没有路网" in part.content.decode()


def test_stopping_it_leads_back(worker, work):
    answer = worker.post(reverse("jobs:cancel", args=[work.pk]))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/after/7")
    work.refresh_from_db()
    assert work.state == "cancelled"
    assert worker.get(reverse("jobs:cancel", args=[work.pk])).status_code == 405


@pytest.mark.parametrize(
    ("who", "status"), [("neighbour", 404), ("auditor", 200), (None, 302)]
)
def test_only_who_asked_and_whom_the_kind_lets(client, world, work, who, status):
    if who:
        client.force_login(world[who])
    assert client.get(reverse("jobs:work", args=[work.pk])).status_code == status
    if status != 200:
        client.post(reverse("jobs:cancel", args=[work.pk]))
        work.refresh_from_db()
        assert work.state == "queued"
