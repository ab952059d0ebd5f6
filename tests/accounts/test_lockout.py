import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.accounts.conftest import NOON, PASSWORD
from wugeyi.accounts import actions
from wugeyi.accounts.actions import proof
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import LOCKED_FOR, MAX_FAILURES
from wugeyi.audit.models import AuditEvent

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def attempt(password, at, username="wang.fang"):
    return actions.try_password(
        username=username, password=password, address="203.0.113.9", at=at
    )


def guess(times, start=NOON, step=SECOND):
    for number in range(times):
        assert attempt("错", start + number * step) is None
    return start + (times - 1) * step


def test_four_failures_do_not_lock(person):
    last = guess(MAX_FAILURES - 1)
    passed = attempt(PASSWORD, last + SECOND)
    assert passed is not None
    assert (passed.user, passed.needs_code) == (person, False)


def test_the_fifth_failure_locks_for_a_quarter_of_an_hour(person):
    last = guess(MAX_FAILURES)
    assert attempt(PASSWORD, last + SECOND) is None
    assert attempt(PASSWORD, last + LOCKED_FOR - SECOND) is None
    assert attempt(PASSWORD, last + LOCKED_FOR) is not None


def test_attempts_while_locked_do_not_lengthen_the_lock(person):
    last = guess(MAX_FAILURES)
    guess(10, start=last + SECOND, step=MINUTE)
    assert attempt(PASSWORD, last + LOCKED_FOR) is not None


def test_after_a_lock_the_count_starts_again(person):
    free = guess(MAX_FAILURES) + LOCKED_FOR
    last = guess(MAX_FAILURES - 1, start=free)
    assert attempt(PASSWORD, last + SECOND) is not None
    last = guess(MAX_FAILURES, start=last + 2 * SECOND)
    assert attempt(PASSWORD, last + SECOND) is None


def test_failures_are_forgotten_a_quarter_of_an_hour_after_the_last(person):
    last = guess(MAX_FAILURES - 1)
    assert attempt("错", last + 15 * MINUTE) is None
    person.refresh_from_db()
    assert (person.failed_sign_ins, person.locked_until) == (1, None)


@pytest.mark.parametrize("step", [SECOND, 3 * MINUTE, 225 * SECOND])
def test_any_five_failures_within_a_quarter_of_an_hour_lock(person, step):
    last = guess(MAX_FAILURES, step=step)
    assert last - NOON <= 15 * MINUTE
    assert attempt(PASSWORD, last + SECOND) is None


def test_four_before_a_seam_and_four_after_it_do_not_slip_through(person):
    attempt("错", NOON)
    guess(3, start=NOON + timedelta(minutes=14, seconds=50))
    assert attempt("错", NOON + timedelta(minutes=15, seconds=5)) is None
    assert attempt(PASSWORD, NOON + timedelta(minutes=15, seconds=6)) is None


def test_success_resets(person):
    last = guess(MAX_FAILURES - 1)
    assert attempt(PASSWORD, last + SECOND) is not None
    person.refresh_from_db()
    assert (person.failed_sign_ins, person.failed_at, person.locked_until) == (
        0,
        None,
        None,
    )
    assert person.signed_in_at == last + SECOND
    last = guess(MAX_FAILURES - 1, start=last + 2 * SECOND)
    assert attempt(PASSWORD, last + SECOND) is not None


def test_the_fifth_attempt_may_be_the_right_one(person):
    last = guess(MAX_FAILURES - 1)
    assert attempt(PASSWORD, last + SECOND) is not None
    assert attempt(PASSWORD, last + 2 * SECOND) is not None


def test_an_administrator_unlocks(person):
    last = guess(MAX_FAILURES)
    actions.unlock(user=person, by=None, at=last + SECOND)
    assert attempt(PASSWORD, last + 2 * SECOND) is not None
    event = AuditEvent.objects.get(action="accounts.unlock")
    assert event.subject_id == person.pk
    assert '"locked_until":null' in event.after


def test_one_persons_lock_is_not_anothers(person):
    other = actions.create_user(
        username="li", name="李强", password=PASSWORD, by=None, at=NOON
    )
    last = guess(MAX_FAILURES)
    passed = attempt(PASSWORD, last, username="li")
    assert passed is not None
    assert passed.user == other


def test_the_inactive_stay_out_with_the_right_password(person):
    actions.deactivate(user=person, by=None, at=NOON)
    assert attempt(PASSWORD, NOON + SECOND) is None


def test_what_happened_is_written_down_without_the_name(person):
    guess(MAX_FAILURES)
    attempt("错", NOON + MINUTE)
    attempt("错", NOON + MINUTE, username="zhao.lei")
    attempt(PASSWORD, NOON + timedelta(hours=1))
    events = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert events == [
        "accounts.create_user",
        *["accounts.sign_in_failed"] * MAX_FAILURES,
        "accounts.lock",
        "accounts.sign_in_failed",
        "accounts.sign_in_failed",
        "accounts.sign_in",
    ]
    written = "".join(event.before + event.after for event in AuditEvent.objects.all())
    for secret in ("zhao.lei", "wang.fang", "203.0.113.9", "example.org", PASSWORD):
        assert secret not in written
    reasons = [
        event.after.split('"reason":"')[1].split('"')[0]
        for event in AuditEvent.objects.filter(
            action="accounts.sign_in_failed"
        ).order_by("id")
    ]
    assert reasons == [*["password"] * MAX_FAILURES, "locked", "unknown"]


def test_strangers_are_told_apart_within_a_day_and_not_across(db):
    for at in (NOON, NOON + SECOND, NOON + timedelta(days=1)):
        attempt("错", at, username="zhao.lei")
    first, second, tomorrow = AuditEvent.objects.order_by("id").values_list(
        "after", flat=True
    )
    assert first == second
    assert first != tomorrow


@pytest.mark.django_db(transaction=True)
def test_guesses_that_come_together_are_compared_five_times_at_most():
    user = actions.create_user(
        username="wang.fang", name="王芳", password=PASSWORD, by=None, at=NOON
    )
    threads = 12
    start = threading.Barrier(threads)
    granted: list[proof.Reservation] = []

    def try_once() -> None:
        try:
            start.wait()
            granted.append(proof.reserve(user=user, at=NOON))
        finally:
            connection.close()

    workers = [threading.Thread(target=try_once) for _worker in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(granted) == threads
    assert sum(reservation.granted for reservation in granted) == MAX_FAILURES
    assert sum(reservation.locks for reservation in granted) == 1
    user.refresh_from_db()
    assert user.is_locked(NOON)


def test_giving_back_leaves_exactly_the_failures(person):
    for _attempt in range(3):
        proof.reserve(user=person, at=NOON)
    proof.give_back(user=person)
    person.refresh_from_db()
    assert person.failed_sign_ins == 2
    for _attempt in range(5):
        proof.give_back(user=person)
    person.refresh_from_db()
    assert person.failed_sign_ins == 0


def test_checking_a_password_while_signed_in_is_counted_too(person):
    for second in range(MAX_FAILURES):
        assert not actions.prove_password(
            user=person, password="错", at=NOON + second * SECOND
        )
    assert not actions.prove_password(user=person, password=PASSWORD, at=NOON + MINUTE)
    later = NOON + timedelta(hours=1)
    assert actions.prove_password(user=person, password=PASSWORD, at=later)
    assert User.objects.get().failed_sign_ins == 0
