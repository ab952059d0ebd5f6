from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.audit.helpers import assert_no_event as nothing_recorded
from tests.organisations.conftest import AT, user
from wugeyi.accounts import actions as accounts
from wugeyi.accounts.models import User
from wugeyi.audit.models import AuditEvent
from wugeyi.organisations.actions import abolish
from wugeyi.organisations.actions.people import FirstPost, take_on
from wugeyi.organisations.models import Post
from wugeyi.organisations.rules import Holding, Reach, Role, people

ADMIN = Role.ADMINISTRATOR
ACTS = ("deactivate", "reactivate", "unlock", "codes-off", "end-sessions")


def page(name: str, *args: object, **query: str) -> str:
    address = reverse(f"organisations:{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address


@pytest.fixture
def worker(tree) -> User:
    return user("worker", (Role.WORKER, tree["520103001001"]))


@pytest.fixture
def above(tree) -> User:
    return user("above", (ADMIN, tree["5201"]))


@pytest.fixture
def next_door(tree) -> User:
    return user("next_door", (ADMIN, tree["520111"]))


def names(answer) -> set[str]:
    return {row.user.username for row, _locked in answer.context["rows"]}


class TestWhoMayManage:
    def reach(self, *paths: str) -> Reach:
        return Reach(tuple(Holding(ADMIN, 1, path) for path in paths))

    def test_every_post_must_lie_within_reach(self):
        here = self.reach("0000100002")
        assert people.may_manage(here, ["000010000200003"])
        assert people.may_manage(here, ["0000100002"])
        assert not people.may_manage(here, ["000010000200003", "00001"])
        assert not people.may_manage(here, ["000010000200003", "0000100009"])
        assert people.may_manage(self.reach("0000100002", "0000100009"), ["0000100009"])

    def test_nobodys_person_is_any_administrators(self):
        assert people.may_manage(self.reach("0000100002"), [])
        assert not people.may_manage(Reach((Holding(Role.AUDITOR, 1, "00001"),)), [])
        assert not people.may_manage(Reach(), [])


class TestList:
    def test_shows_posts_of_my_subtree_only(
        self, client, administrator, worker, next_door, tree
    ):
        post = worker.posts.create(
            role=Role.WORKER,
            organisation=tree["520111001"],
            valid_from=timezone.localdate(),
        )
        client.force_login(administrator)
        answer = client.get(page("people"))
        assert names(answer) == {"administrator", "worker"}
        shown = {p for row, _ in answer.context["rows"] for p in row.posts}
        assert post not in shown

    def test_posts_to_come_count_and_ended_ones_do_not(self, client, tree, worker):
        later, gone = user("later"), user("gone")
        today = timezone.localdate()
        Post.objects.create(
            person=later,
            role=Role.WORKER,
            organisation=tree["520103"],
            valid_from=today + timedelta(30),
        )
        Post.objects.create(
            person=gone,
            role=Role.WORKER,
            organisation=tree["520103"],
            valid_from=today - timedelta(30),
            valid_to=today,
        )
        client.force_login(user("boss", (ADMIN, tree["520103"])))
        assert names(client.get(page("people"))) == {"boss", "later", "worker"}
        assert names(client.get(page("people", show="free"))) == {"gone"}

    def test_search_finds_names_and_sign_in_names(self, client, administrator, worker):
        accounts.change_user(user=worker, name="王小明", email="", by=None, at=AT)
        client.force_login(administrator)
        assert names(client.get(page("people", q="小明"))) == {"worker"}
        assert names(client.get(page("people", q="WORK"))) == {"worker"}
        assert names(client.get(page("people", q="%"))) == set()

    def test_pages_by_key_hold_everybody_once(self, client, administrator, tree):
        for number in range(60):
            user(f"p{number:02}", (Role.WORKER, tree["520103001"]))
        client.force_login(administrator)
        first = client.get(page("people"))
        second = client.get(page("people", older=first.context["older"]))
        assert len(names(first)) == 50
        assert not names(first) & names(second)
        assert len(names(first) | names(second)) == 61
        assert not second.context["older"]

    def test_queries_do_not_grow(self, client, administrator, tree):
        client.force_login(administrator)
        client.get(page("people"))

        def count() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page("people")).status_code == 200
            return len(seen)

        before = count()
        for number in range(30):
            user(
                f"p{number:02}",
                (Role.WORKER, tree["520103001"]),
                (Role.SUPERVISOR, tree["520103"]),
            )
        assert count() == before

    @pytest.mark.parametrize("role", [r for r in Role if r is not ADMIN])
    def test_no_other_role_sees_people(self, client, tree, worker, role):
        client.force_login(user("other", (role, tree["52"])))
        for address in (
            page("people"),
            page("take-on"),
            page("person", worker.pk),
            page("contact", worker.pk),
            page("give-post", worker.pk),
            *(page("person-act", worker.pk, slug) for slug in ACTS),
        ):
            assert client.get(address).status_code == 403, address
        assert client.post(page("person-reset", worker.pk)).status_code == 403

    def test_nobody_is_sent_to_sign_in(self, client, worker):
        for address in (page("people"), page("person", worker.pk), page("take-on")):
            assert "/sign-in" in client.get(address)["Location"]


class TestManaging:
    def assert_refused(self, client, person: User, status: int) -> None:
        events = AuditEvent.objects.count()
        for slug in ACTS:
            assert (
                client.post(page("person-act", person.pk, slug)).status_code == status
            )
        assert client.post(page("person-reset", person.pk)).status_code == status
        change = client.post(page("contact", person.pk), {"name": "改名", "email": ""})
        assert change.status_code == status
        person.refresh_from_db()
        assert person.is_active
        assert person.name == person.username
        assert AuditEvent.objects.count() == events

    def test_the_administrator_next_door_sees_nobody(self, client, next_door, worker):
        client.force_login(next_door)
        assert client.get(page("person", worker.pk)).status_code == 404
        self.assert_refused(client, worker, 404)

    def test_somebody_above_is_out_of_reach(self, client, administrator, above):
        client.force_login(administrator)
        assert client.get(page("person", above.pk)).status_code == 404
        self.assert_refused(client, above, 404)

    @pytest.mark.parametrize("starts_in_days", [0, 40])
    def test_a_post_elsewhere_now_or_later_hands_the_account_to_the_level_above(
        self, client, administrator, above, worker, tree, starts_in_days
    ):
        worker.posts.create(
            role=Role.WORKER,
            organisation=tree["520111001"],
            valid_from=timezone.localdate() + timedelta(starts_in_days),
        )
        client.force_login(administrator)
        shown = client.get(page("person", worker.pk))
        assert shown.status_code == 200
        assert "青岩镇" not in shown.content.decode()
        assert (
            worker.email not in {"", None} or "电子邮箱" not in shown.content.decode()
        )
        self.assert_refused(client, worker, 403)
        client.force_login(above)
        client.post(page("person-act", worker.pk, "deactivate"))
        worker.refresh_from_db()
        assert not worker.is_active

    def test_an_ended_post_elsewhere_binds_nobody(
        self, client, administrator, worker, tree
    ):
        today = timezone.localdate()
        worker.posts.create(
            role=Role.WORKER,
            organisation=tree["52"],
            valid_from=today - timedelta(9),
            valid_to=today,
        )
        client.force_login(administrator)
        client.post(page("person-act", worker.pk, "deactivate"))
        worker.refresh_from_db()
        assert not worker.is_active

    def test_who_holds_no_post_is_managed_by_any_administrator(self, client, next_door):
        free = user("free")
        client.force_login(next_door)
        client.post(page("contact", free.pk), {"name": "新名", "email": "a@b.cn"})
        free.refresh_from_db()
        assert (free.name, free.email) == ("新名", "a@b.cn")

    def test_nobody_lets_themselves_in_or_out(self, client, administrator):
        client.force_login(administrator)
        events = AuditEvent.objects.count()
        for slug in ACTS:
            answer = client.post(page("person-act", administrator.pk, slug))
            assert answer.status_code == 403
        assert client.post(page("person-reset", administrator.pk)).status_code == 403
        assert AuditEvent.objects.count() == events

    def test_deactivate_and_reactivate(self, client, administrator, worker):
        client.force_login(administrator)
        asked = client.get(page("person-act", worker.pk, "deactivate"))
        worker.refresh_from_db()
        assert asked.status_code == 200
        assert worker.is_active
        client.post(page("person-act", worker.pk, "deactivate"))
        worker.refresh_from_db()
        assert not worker.is_active
        client.post(page("person-act", worker.pk, "reactivate"))
        worker.refresh_from_db()
        assert worker.is_active
        acts = AuditEvent.objects.filter(actor_id=administrator.pk).order_by("pk")
        assert [e.action for e in acts] == [
            "accounts.deactivate",
            "accounts.reactivate",
        ]

    def test_an_act_that_no_longer_fits_changes_nothing(
        self, client, administrator, worker
    ):
        client.force_login(administrator)
        with nothing_recorded():
            answer = client.post(
                page("person-act", worker.pk, "reactivate"), follow=True
            )
        assert "情况已经变了" in answer.content.decode()
        assert client.get(page("person-act", worker.pk, "nonsense")).status_code == 404

    def test_unlock(self, client, administrator, worker):
        User.objects.filter(pk=worker.pk).update(
            locked_until=timezone.now() + timedelta(minutes=9), failed_sign_ins=5
        )
        client.force_login(administrator)
        assert "已锁定" in client.get(page("people")).content.decode()
        client.post(page("person-act", worker.pk, "unlock"))
        worker.refresh_from_db()
        assert worker.locked_until is None

    def test_codes_off_and_sessions_end(self, client, administrator, worker):
        device = accounts.enrol_codes(user=worker, by=worker, at=AT)
        device.confirmed = True
        device.save()
        client.force_login(administrator)
        assert "用登录验证码" in client.get(page("people")).content.decode()
        client.post(page("person-act", worker.pk, "codes-off"))
        assert "用登录验证码" not in client.get(page("people")).content.decode()
        epoch = User.objects.get(pk=worker.pk).session_epoch
        client.post(page("person-act", worker.pk, "end-sessions"))
        assert User.objects.get(pk=worker.pk).session_epoch > epoch

    def test_the_reset_sheet_answers_a_post_only(self, client, administrator, worker):
        client.force_login(administrator)
        assert client.get(page("person-reset", worker.pk)).status_code == 405
        sheet = client.post(page("person-reset", worker.pk))
        assert sheet.status_code == 200
        assert "no-store" in sheet["Cache-Control"]
        assert "只显示这一次" in sheet.content.decode()
        assert page("person", worker.pk) in sheet.content.decode()

    def test_a_person_page_costs_the_same_for_many_posts(
        self, client, administrator, worker, tree
    ):
        client.force_login(administrator)

        def count() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page("person", worker.pk)).status_code == 200
            return len(seen)

        count()
        before = count()
        for role in Role:
            for code in ("520103", "520103001", "520103001002"):
                worker.posts.create(
                    role=role, organisation=tree[code], valid_from="2021-01-01"
                )
        assert count() == before


class TestTakingOn:
    form = {"username": "xin.ren", "name": "新人", "email": ""}

    def test_account_and_post_in_one_go(self, client, administrator, tree):
        client.force_login(administrator)
        answer = client.post(
            page("take-on"),
            {**self.form, "organisation": "520103001001", "role": "worker"},
        )
        made = User.objects.get(username="xin.ren")
        assert answer["Location"] == page("person", made.pk)
        assert not made.has_usable_password()
        assert [p.organisation.code for p in made.posts.all()] == ["520103001001"]

    def test_without_a_post(self, client, administrator):
        client.force_login(administrator)
        client.post(page("take-on"), self.form)
        assert not User.objects.get(username="xin.ren").posts.exists()

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"role": "worker"}, "请填在哪个单位任职"),
            ({"organisation": "520103"}, "请选在这个单位做什么"),
            ({"organisation": "520111", "role": "worker"}, "没有找到"),
            ({"organisation": "52", "role": "administrator"}, "请改填代码"),
            ({"organisation": "520103", "role": "mayor"}, ""),
            ({"username": "Administrator"}, "已经有人用了"),
            ({"username": "x"}, "2 个字以上"),
            (
                {
                    "organisation": "520103",
                    "role": "worker",
                    "valid_from": "2026-05-02",
                    "valid_to": "2026-05-01",
                },
                "结束日期要晚于开始日期",
            ),
        ],
    )
    def test_what_does_not_fit_makes_nothing(
        self, client, administrator, next_door, more, said
    ):
        client.force_login(administrator)
        people_before = User.objects.count()
        with nothing_recorded():
            answer = client.post(page("take-on"), self.form | more)
        assert answer.status_code == 400
        assert said in answer.content.decode()
        assert "新人" in answer.content.decode()
        assert User.objects.count() == people_before

    def test_account_and_post_are_one_transaction(self, tree):
        gone = abolish(organisation=tree["520103001001"], by=None, at=AT)
        with pytest.raises(ValidationError):
            take_on(
                username="xin",
                name="新",
                post=FirstPost(Role.WORKER, gone),
                by=None,
                at=AT,
            )
        assert not User.objects.filter(username="xin").exists()

    def test_appointing_from_a_person_page_stays_within_reach(
        self, client, administrator, worker
    ):
        client.force_login(administrator)
        form = {"organisation": "5201", "role": "supervisor"}
        assert client.post(page("give-post", worker.pk), form).status_code == 400
        form["organisation"] = "520103001002"
        client.post(page("give-post", worker.pk), form)
        assert worker.posts.filter(role="supervisor").count() == 1


class TestCommand:
    def test_appoints_the_first_administrator(self, tree, capsys):
        first = user("first")
        call_command("post", "appoint", "First", "administrator", "52")
        assert "管理员" in capsys.readouterr().out
        post = first.posts.get()
        assert (post.role, post.organisation) == (ADMIN, tree["52"])
        event = AuditEvent.objects.get(action="organisations.appoint")
        assert (event.actor_id, event.organisation_id) == (None, tree["52"].pk)

    def test_from_a_day_and_end_on_a_day(self, tree):
        person = user("person")
        call_command(
            "post", "appoint", "person", "worker", "520103", "--from=2026-01-05"
        )
        call_command("post", "end", "person", "worker", "520103", "--on=2026-12-31")
        post = person.posts.get()
        assert (f"{post.valid_from}", f"{post.valid_to}") == (
            "2026-01-05",
            "2026-12-31",
        )

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["appoint", "nobody", "worker", "52"], "nobody"),
            (["appoint", "person", "worker", "99"], "99"),
            (["appoint", "person", "mayor", "52"], "mayor"),
            (["appoint", "person", "worker", "52", "--from", "5.1."], "5.1."),
            (["appoint", "away", "worker", "52"], "停用"),
            (["end", "person", "worker", "52"], "没有这个岗位"),
            (["end", "boss", "administrator", "52"], "最后一位管理员"),
        ],
    )
    def test_says_what_is_wrong(self, tree, words, said):
        user("person")
        user("boss", (ADMIN, tree["52"]))
        User.objects.filter(pk=user("away").pk).update(is_active=False)
        with nothing_recorded(), pytest.raises(CommandError, match=said):
            call_command("post", *words)
