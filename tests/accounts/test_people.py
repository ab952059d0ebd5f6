import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory

from tests.accounts.conftest import NOON, PASSWORD, sign_in
from wugeyi.accounts import actions, queries
from wugeyi.accounts.forms import ContactForm, PersonForm
from wugeyi.accounts.models import User
from wugeyi.accounts.rules import NameTakenError
from wugeyi.accounts.views.passwords import reset_sheet
from wugeyi.audit.models import AuditEvent


def events(action):
    return AuditEvent.objects.filter(action=f"accounts.{action}").order_by("id")


def test_taking_somebody_on(person):
    event = events("create_user").get()
    assert event.subject_id == person.pk
    assert event.after.count('"hash"') == 3
    for private in ("王芳", "wang.fang", "wang@example.org"):
        assert private not in event.after
    assert person.email == "wang@example.org"


def test_a_name_belongs_to_one_person(person):
    with pytest.raises(NameTakenError):
        actions.create_user(username="WANG.Fang", name="李强", by=None, at=NOON)
    assert User.objects.count() == 1
    assert events("create_user").count() == 1


def test_without_a_password_nobody_gets_in(client, person):
    actions.create_user(username="li", name="李强", by=None, at=NOON)
    for password in ("", "!", "None"):
        assert sign_in(client, "li", password).status_code == 200


def test_correcting_a_person(person):
    boss = actions.create_user(username="boss", name="管理员", by=None, at=NOON)
    actions.change_user(
        user=person, name="王小芳", email="wang@example.org", by=boss, at=NOON
    )
    actions.change_user(
        user=person, name="王小芳", email="wang@example.org", by=boss, at=NOON
    )
    event = events("change_user").get()
    assert event.actor_id == boss.pk
    assert "name" in event.after
    assert "email" not in event.after
    assert event.before != event.after
    person.refresh_from_db()
    assert person.name == "王小芳"


def test_letting_go_twice_is_written_once(person):
    for _time in range(2):
        actions.deactivate(user=person, by=None, at=NOON)
    assert not person.is_active
    assert events("deactivate").count() == 1
    for _time in range(2):
        actions.reactivate(user=person, by=None, at=NOON)
    assert person.is_active
    assert events("reactivate").count() == 1


def test_an_act_without_its_event_is_undone(person, monkeypatch):
    before = AuditEvent.objects.count()
    naive = NOON.replace(tzinfo=None)
    for act in (actions.unlock, actions.end_sessions):
        with pytest.raises(ValueError, match="time zone"):
            act(user=person, by=None, at=naive)
    assert User.objects.get().session_epoch == 0
    assert AuditEvent.objects.count() == before


def test_the_form_for_a_new_person(person):
    form = PersonForm({"username": " LI.Qiang ", "name": "李强", "email": ""})
    assert form.is_valid()
    assert form.cleaned_data["username"] == "li.qiang"
    for username, said in (
        ("Wang.Fang", "已经有人用了"),
        ("李 强", "2 个字以上"),
        ("x", "2 个字以上"),
    ):
        form = PersonForm({"username": username, "name": "李强"})
        assert said in str(form.errors["username"])


def test_the_form_for_corrections():
    assert not ContactForm({"name": "", "email": "x"}).is_valid()
    assert ContactForm({"name": "李强", "email": "li@example.org"}).is_valid()


def test_the_sheet_with_a_link(person, rf: RequestFactory):
    link = actions.reset_link(user=person, by=None, at=NOON)
    request = rf.post("/")
    request.user = person
    response = reset_sheet(request, link=link, back_url="/back")
    page = response.content.decode()
    assert f"http://testserver/account/reset/{link.uid}/{link.token}" in page
    assert "data:image/svg+xml" in page
    assert "3月3日 12:00" in page
    assert response.headers["Cache-Control"] == "no-store"
    event = events("make_reset_link").get()
    assert link.token not in event.after
    assert '"expires_at":"2026-03-03T04:00:00.000000Z"' in event.after


def run(*arguments):
    out = StringIO()
    call_command("user", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_person_from_the_command_line(client, db):
    said = run("create", "Admin", "--name", "管理员", "--random")
    password = re.search(r"\b(\w{16})\n", said)[1]
    assert sign_in(client, "admin", password).status_code == 302
    assert events("create_user").get().actor_id is None


def test_a_password_from_the_command_line(client, person):
    said = run("password", "wang.fang", "--random")
    password = re.search(r"\b(\w{16})\n", said)[1]
    assert sign_in(client, password=PASSWORD).status_code == 200
    assert sign_in(client, password=password).status_code == 302


def test_unlocking_from_the_command_line(person):
    User.objects.filter(pk=person.pk).update(failed_sign_ins=3)
    run("unlock", "WANG.FANG")
    assert User.objects.get().failed_sign_ins == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("unlock", "nobody"),
        ("password", "nobody", "--random"),
        ("create", "x", "--name", "李强", "--random"),
        ("create", "wang.fang", "--name", "李强", "--random"),
        ("create", "li", "--name", "李强", "--email", "no-address", "--random"),
    ],
)
def test_the_command_line_explains_itself(person, arguments):
    with pytest.raises(CommandError):
        run(*arguments)
    assert User.objects.count() == 1


def test_a_password_is_never_read_from_a_pipe(person):
    with pytest.raises(CommandError, match="--random"):
        run("password", "wang.fang")


def test_asked_passwords_must_agree_and_be_good(person, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answers in ([PASSWORD, "别的"], ["12345678", "12345678"]):
        typed = iter(answers)
        monkeypatch.setattr("getpass.getpass", lambda prompt, typed=typed: next(typed))
        with pytest.raises(CommandError):
            run("password", "wang.fang")
    typed = iter(["新的-密码-四字", "新的-密码-四字"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    run("password", "wang.fang")
    assert User.objects.get().check_password("新的-密码-四字")


def test_looking_people_up_uses_an_index(person):
    with connection.cursor() as cursor:
        names = {
            column
            for constraint in connection.introspection.get_constraints(
                cursor, "accounts_user"
            ).values()
            for column in constraint["columns"]
            if constraint["index"] or constraint["unique"]
        }
    assert {"username", "email"} <= names
    assert queries.by_username("Wang.Fang") == person
