from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.organisations.conftest import AT, user
from wugeyi.accounts import actions as accounts
from wugeyi.audit import actions as audit
from wugeyi.audit.models import AuditEvent
from wugeyi.organisations import actions
from wugeyi.organisations.queries import reach_of, trail
from wugeyi.organisations.queries.trail import Filters, scope_of, trail_page
from wugeyi.organisations.rules import Role

TRAIL = reverse("organisations:trail")


@pytest.fixture
def auditor(tree):
    return user("auditor", (Role.AUDITOR, tree["520103"]))


@pytest.fixture
def top_auditor(tree):
    return user("top", (Role.AUDITOR, tree["52"]))


def event(unit, *, action="organisations.rename", at=AT, by=None, **fields):
    return AuditEvent.objects.create(
        at=at,
        action=action,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        organisation_id=unit.pk if unit else None,
        **fields,
    )


def shown(answer) -> list[int]:
    return [each.event.pk for each in answer.context["events"]]


def scope(person):
    return scope_of(reach_of(person, on=AT.date()))


def everything(person, filters=None, **options) -> list[int]:
    """Turn the pages to the end."""
    found, before = [], None
    for _page in range(1000):
        page = trail_page(scope(person), filters or Filters(), before=before, **options)
        found += [each.pk for each in page.events]
        before = page.older
        if before is None:
            return found
    raise AssertionError("the pages never end")


class TestWhoMayRead:
    @pytest.mark.parametrize("role", [r for r in Role if r is not Role.AUDITOR])
    def test_no_other_role(self, client, tree, role):
        client.force_login(user("other", (role, tree["52"])))
        assert client.get(TRAIL).status_code == 403

    def test_nobody_is_sent_to_sign_in(self, client, db):
        assert "/sign-in" in client.get(TRAIL)["Location"]

    def test_it_is_never_written_to(self, client, auditor):
        client.force_login(auditor)
        assert client.post(TRAIL).status_code == 405


class TestScope:
    def test_only_events_of_the_subtree(self, client, tree, auditor):
        own, below = event(tree["520103"]), event(tree["520103001001"])
        beside = event(tree["520111001001"])
        above, loose = event(tree["5201"]), event(None)
        client.force_login(auditor)
        found = shown(client.get(TRAIL))
        assert {own.pk, below.pk} <= set(found)
        assert not {beside.pk, above.pk, loose.pk} & set(found)

    def test_a_root_auditor_reads_everything(self, client, tree, top_auditor):
        loose = event(None, action="accounts.sign_in")
        client.force_login(top_auditor)
        answer = client.get(TRAIL)
        assert loose.pk in shown(answer)
        assert set(everything(top_auditor)) == set(
            AuditEvent.objects.values_list("pk", flat=True)
        )

    def test_beside_another_root_loose_events_are_read_but_not_the_others(
        self, tree, top_auditor
    ):
        other = actions.add_organisation(
            code="53", name="云南省", kind="province", parent=None, by=None, at=AT
        )
        hidden, loose = event(other), event(None)
        found = everything(top_auditor)
        assert loose.pk in found
        assert hidden.pk not in found

    def test_a_unit_beyond_reach_cannot_be_asked_for(self, client, tree, auditor):
        beside = event(tree["520111"])
        client.force_login(auditor)
        answer = client.get(TRAIL, {"unit": "520111"})
        assert answer.status_code == 400
        assert beside.pk not in shown(answer)
        assert "没有找到" in answer.content.decode()


class TestFilters:
    def test_by_act_person_unit_and_day(self, client, tree, auditor):
        worker = user("worker")
        late = datetime(2026, 3, 4, 15, 59, tzinfo=UTC)
        a = event(tree["520103001"], action="organisations.move", by=worker)
        b = event(tree["520103001001"], at=late)
        # Already the fifth of March at the place.
        c = event(tree["520103001001"], at=late + timedelta(minutes=1))
        client.force_login(auditor)

        def found(**query):
            return [pk for pk in shown(client.get(TRAIL, query)) if pk >= a.pk]

        assert found() == [c.pk, b.pk, a.pk]
        assert found(action="organisations.move") == [a.pk]
        assert found(person="WORKER") == [a.pk]
        assert found(unit="520103001001") == [c.pk, b.pk]
        assert found(day="2026-03-04") == [b.pk]
        assert found(day="2026-03-05") == [c.pk]
        assert found(day="2020-01-01") == []
        assert found(person="worker", action="organisations.rename") == []

    @pytest.mark.parametrize(
        "query",
        [{"person": "nobody"}, {"day": "31.2."}, {"action": "x.y"}, {"unit": "??"}],
    )
    def test_what_is_not_understood_is_said_and_shows_nothing(
        self, client, auditor, query
    ):
        client.force_login(auditor)
        answer = client.get(TRAIL, query)
        assert answer.status_code == 400
        assert shown(answer) == []

    @pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "²"])
    def test_a_broken_key_begins_anew(self, client, tree, auditor, key):
        newest = event(tree["520103"])
        client.force_login(auditor)
        assert shown(client.get(TRAIL, {"older": key}))[0] == newest.pk


class TestPages:
    @pytest.mark.parametrize("small", [0, 200])
    @pytest.mark.parametrize("window", [3, 7, 1000])
    @pytest.mark.parametrize(
        "filters",
        [Filters(), Filters(action="organisations.rename"), Filters(day=AT.date())],
    )
    def test_every_road_shows_each_event_once_newest_first(
        self, tree, auditor, monkeypatch, small, window, filters
    ):
        monkeypatch.setattr(trail, "SMALL", small)
        monkeypatch.setattr(trail, "WINDOW", window)
        monkeypatch.setattr(trail, "WIDE", window)
        units = list(tree.values())
        for number in range(40):
            event(
                units[number % len(units)],
                action=("organisations.rename", "organisations.move")[number % 2],
                at=AT + timedelta(days=number % 3),
            )
        below = [u.pk for u in units if u.path.startswith(tree["520103"].path)]
        wanted = AuditEvent.objects.filter(organisation_id__in=below)
        if filters.action:
            wanted = wanted.filter(action=filters.action)
        if filters.day:
            wanted = wanted.filter(at__lt=AT + timedelta(days=1))
        expected = list(wanted.order_by("-pk").values_list("pk", flat=True))
        assert expected
        assert everything(auditor, filters, size=4) == expected

    def test_queries_do_not_grow(self, client, tree, auditor):
        client.force_login(auditor)

        def count() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(TRAIL).status_code == 200
            return len(seen)

        units = [tree["520103"], tree["520103001"], tree["520103001001"]]
        event(units[0], subject_type="organisations.post", after='{"person":1}')
        count()
        before = count()
        for number in range(45):
            event(
                units[number % 3],
                subject_type="organisations.post",
                subject_id=number,
                after=f'{{"person":{number + 1}}}',
            )
        assert count() == before
        assert before <= 16

    def test_the_page_says_when_it_only_looked_so_far(
        self, client, tree, auditor, monkeypatch
    ):
        monkeypatch.setattr(trail, "SMALL", 0)
        monkeypatch.setattr(trail, "WINDOW", 5)
        for _number in range(10):
            event(tree["520111"])
        client.force_login(auditor)
        answer = client.get(TRAIL)
        assert shown(answer) == []
        assert "接着往前找" in answer.content.decode()


class TestReading:
    def test_acts_fields_and_values_are_words(self, client, tree, auditor):
        person = user("worker")
        actions.appoint(
            person=person, role="worker", organisation=tree["520103"], by=auditor, at=AT
        )
        client.force_login(auditor)
        text = client.get(TRAIL).content.decode()
        for word in ("任命", "岗位", "社区工作者", "云岩区", "2026年3月2日"):
            assert word in text
        assert "organisations.appoint" not in text.split("</form>")[-1]

    def test_codes_of_a_step_are_words_as_well(self, client, tree, auditor):
        event(
            tree["520103"],
            action="casework.call_back",
            subject_type="casework.case",
            after='{"method":"visit","result":"unreached","state":"closed"}',
        )
        client.force_login(auditor)
        text = client.get(TRAIL).content.decode()
        for word in ("回访", "上门回访", "未联系上", "已办结"):
            assert word in text
        assert "unreached" not in text

    def test_personal_values_are_never_shown(self, client, tree, top_auditor):
        accounts.create_user(
            username="li.si", name="李四", email="li@example.cn", by=None, at=AT
        )
        client.force_login(top_auditor)
        answer = client.get(TRAIL, {"action": "accounts.create_user"})
        text = answer.content.decode()
        assert "已加密留痕" in text
        assert "李四" not in text
        assert "li@example.cn" not in text

    def test_a_value_cannot_put_markup_into_the_page(self, client, tree, auditor):
        event(tree["520103"], after='{"name":"<script>alert(1)</script>"}')
        client.force_login(auditor)
        assert "<script>alert" not in client.get(TRAIL).content.decode()

    @pytest.mark.parametrize(
        "after", ['{"on":"2026-99-99"}', '{"into":"x"}', '{"role":5}', '{"a":[1,{}]}']
    )
    def test_values_of_no_known_form_are_shown_as_they_are(
        self, client, tree, auditor, after
    ):
        event(tree["520103"], subject_type="organisations.post", after=after)
        event(tree["520103"], subject_type="gone.model", after=after)
        client.force_login(auditor)
        assert client.get(TRAIL).status_code == 200

    def test_the_seal_and_what_waits_for_it(self, client, tree, auditor):
        client.force_login(auditor)
        assert "还没有封存过" in client.get(TRAIL).content.decode()
        event(tree["520103"])
        answer = client.get(TRAIL)
        assert answer.context["unsealed"] == AuditEvent.objects.count()
        assert "wugeyi audit verify --heads-file" in answer.content.decode()
        assert reverse("audit:heads") in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_after_sealing_the_digest_is_shown(client, tree, auditor):
    audit.seal()
    event(tree["520103"])
    client.force_login(auditor)
    answer = client.get(TRAIL)
    assert answer.context["seal"].digest in answer.content.decode()
    assert answer.context["unsealed"] == 1
