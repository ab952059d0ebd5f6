import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.accounts.conftest import NOON
from wugeyi.accounts.models import Throttle
from wugeyi.accounts.throttle import (
    allow,
    allow_here,
    client_address,
    forget,
    key_of,
    purge,
)

HOUR = timedelta(hours=1)


class AgainstCounting(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(
        st.integers(0, 4),
        st.integers(1, 600),
        st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3000)), max_size=25),
    )
    def test_never_more_than_the_limit_in_a_window(self, limit, span, uses):
        Throttle.objects.all().delete()
        cache.clear()
        per = timedelta(seconds=span)
        start = NOON.replace(hour=0)
        passed: dict[tuple[str, int], int] = {}
        for key, second in uses:
            at = start + timedelta(seconds=second)
            window = int(at.timestamp()) // span
            before = passed.get((key, window), 0)
            for count in (allow, allow_here):
                assert count(key, limit=limit, per=per, at=at) is (before < limit)
            passed[key, window] = min(before + 1, limit)


def test_counts_are_kept_for_one_window(db):
    end = NOON + HOUR
    assert [allow("k", limit=2, per=HOUR, at=NOON) for _use in range(3)] == [
        True,
        True,
        False,
    ]
    assert not allow("k", limit=2, per=HOUR, at=end - timedelta(microseconds=1))
    assert allow("k", limit=2, per=HOUR, at=end)


def test_counting_here_asks_the_database_nothing(db, django_assert_num_queries):
    cache.clear()
    with django_assert_num_queries(0):
        assert [allow_here("h", limit=1, per=HOUR, at=NOON) for _use in "ab"] == [
            True,
            False,
        ]


def test_refused_uses_are_not_written(db, django_assert_num_queries):
    for _use in range(5):
        allow("k", limit=2, per=HOUR, at=NOON)
    assert Throttle.objects.get().count == 2
    with django_assert_num_queries(1):
        allow("k", limit=2, per=HOUR, at=NOON)


def test_the_model_reads_back_what_was_counted(db):
    allow("k", limit=2, per=HOUR, at=NOON + timedelta(minutes=20))
    row = Throttle.objects.get()
    assert (row.key, row.starts_at, row.ends_at, row.count) == (
        "k",
        NOON,
        NOON + HOUR,
        1,
    )


def test_what_ended_is_purged(db):
    allow("old", limit=2, per=HOUR, at=NOON)
    allow("new", limit=2, per=HOUR, at=NOON + HOUR)
    assert purge(at=NOON + HOUR) == 1
    assert Throttle.objects.get().key == "new"


def test_a_key_can_be_forgotten(db):
    allow("k", limit=1, per=HOUR, at=NOON)
    forget("k")
    assert allow("k", limit=1, per=HOUR, at=NOON)


def test_keys_hide_whom_they_count():
    key = key_of("report", "203.0.113.9")
    assert "203.0.113.9" not in key
    assert key == key_of("report", "203.0.113.9")
    assert key != key_of("report", "203.0.113.8")
    assert key != key_of("sign-in", "203.0.113.9")
    assert key_of("x", "a", "bc") != key_of("x", "ab", "c")
    assert len(key_of("x" * 300, "a")) <= 120


def test_keys_need_the_secret_of_the_installation(settings):
    before = key_of("report", "203.0.113.9")
    settings.SECRET_KEY = "another"
    assert key_of("report", "203.0.113.9") != before


@pytest.mark.django_db(transaction=True)
def test_uses_that_come_together_are_all_counted():
    limit, threads = 7, 6
    start = threading.Barrier(threads)
    passed: list[bool] = []

    def use() -> None:
        try:
            start.wait()
            for _use in range(4):
                passed.append(allow("k", limit=limit, per=HOUR, at=NOON))
        finally:
            connection.close()

    workers = [threading.Thread(target=use) for _worker in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(passed) == threads * 4
    assert sum(passed) == limit
    assert Throttle.objects.get().count == limit


@pytest.mark.parametrize(
    ("proxies", "counted"), [(0, "10.0.0.1"), (1, "198.51.100.1"), (2, "6.6.6.6")]
)
def test_the_header_is_believed_as_far_as_configured(settings, proxies, counted):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.1"
    )
    assert client_address(request) == counted


def test_a_view_answers_429_and_keeps_what_was_typed(client, db):
    typed = {
        "text": "路灯不亮 <b>",
        "password": "secret-one",
        "code": "123456",
    }
    assert client.post("/plain", typed).content == b"taken"
    client.post("/plain", typed)
    answer = client.post("/plain", typed)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600
    assert 'value="路灯不亮 &lt;b&gt;"' in page
    assert "secret-one" not in page
    assert "123456" not in page
    assert client.get("/plain").content == b"taken"


def test_a_view_may_make_its_own_refusal(client, db):
    client.post("/own", {"text": "a"})
    answer = client.post("/own", {"text": "b"})
    assert answer.status_code == 429
    assert answer.content == b"kept b"
    assert "Retry-After" in answer.headers


def test_addresses_do_not_pay_for_each_other(client, db):
    client.post("/own", {"text": "a"})
    assert client.post("/own", {"text": "b"}, REMOTE_ADDR="192.0.2.7").content == (
        b"taken"
    )


def test_changing_a_forged_header_does_not_help(client, db):
    client.post("/own", {"text": "a"}, HTTP_X_FORWARDED_FOR="1.1.1.1")
    answer = client.post("/own", {"text": "b"}, HTTP_X_FORWARDED_FOR="2.2.2.2")
    assert answer.status_code == 429
