import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.usefixtures("with_sheet")


@pytest.mark.parametrize(
    ("data", "cookie", "value"),
    [
        ({"theme": "dark"}, "theme", "dark"),
        ({"contrast": "high"}, "contrast", "high"),
        ({"type": "large"}, "type", "large"),
        ({"language": "en"}, "django_language", "en"),
    ],
)
def test_a_choice_is_remembered_in_a_cookie(data, cookie, value):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/settings/appearance", {**data, "next": "/x?a=1&b=2"})
    assert answer.status_code == 302
    assert answer["Location"] == "/x?a=1&b=2"
    assert list(answer.cookies) == [cookie]
    kept = answer.cookies[cookie]
    assert (kept.value, kept["samesite"], bool(kept["httponly"])) == (
        value,
        "Lax",
        True,
    )


@pytest.mark.parametrize(
    "where",
    ["https://example.org/", "//example.org", "javascript:alert(1)", "", "\\\\x.org"],
)
def test_nobody_is_sent_to_another_site(client, where):
    answer = client.post("/settings/appearance", {"theme": "dark", "next": where})
    assert answer["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [{"theme": "pink"}, {"language": "xx"}, {"type": "9"}, {"contrast": "no"}],
)
def test_an_unknown_choice_is_refused_in_words(client, data):
    answer = client.post("/settings/appearance", data)
    assert answer.status_code == 400
    assert "没有看懂" in answer.content.decode()
    assert not answer.cookies.get("theme")


@pytest.mark.django_db
def test_choices_show_on_the_page(client):
    client.cookies.load(
        {
            "theme": "dark",
            "type": "large",
            "contrast": "high",
            "django_language": "en",
        }
    )
    html = client.get("/").content.decode()
    assert (
        '<html lang="en" data-theme="dark" data-type="large" data-contrast="high">'
        in html
    )
    client.cookies.load(
        {"theme": '"><script>', "type": "x", "contrast": "x", "django_language": "x"}
    )
    html = client.get("/").content.decode()
    assert (
        '<html lang="zh-Hans" data-theme="auto" data-type="normal" data-contrast="normal">'
        in html
    )


@pytest.mark.django_db
def test_caches_keep_visitors_apart(client):
    assert "Cookie" in client.get("/")["Vary"]
    assert client.get("/")["Content-Language"] == "zh-hans"


def test_health_needs_no_database(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_refusals_say_why_in_the_readers_language(client):
    answer = client.get("/refuse")
    assert answer.status_code == 403
    assert "这件事已转给路灯管理所。" in answer.content.decode()
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "这里没有内容" in answer.content.decode()


def test_the_page_of_our_own_failure_needs_no_database():
    client = Client(raise_request_exception=False)
    answer = client.get("/fail")
    assert answer.status_code == 500
    text = answer.content.decode()
    assert "系统出了问题" in text
    assert "tel:120" in text
    assert "the database is gone" not in text


@pytest.mark.django_db
def test_a_page_left_open_too_long_says_how_not_to_lose_words():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/", {"words": "x"})
    assert answer.status_code == 403
    assert "页面放得太久" in answer.content.decode()


@pytest.mark.django_db
def test_the_gallery_is_shown_to_developers_and_in_the_demo_only(client, settings):
    assert client.get(reverse("design")).status_code == 404
    settings.DEBUG = True
    assert client.get(reverse("design")).status_code == 200


def test_templates_render_without_a_request():
    html = Template("{% extends 'ui/error.html' %}").render(Context({"status": 500}))
    assert 'data-theme="auto"' in html


def test_a_browser_that_asks_for_an_icon_gets_one_and_no_cookie(client):
    answer = client.get("/favicon.ico")
    assert answer.headers["Location"].endswith("icon.svg")
    assert not answer.cookies
