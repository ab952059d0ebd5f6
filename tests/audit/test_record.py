import json
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from wugeyi.audit.actions import changes, record
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.rules import Actor

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_refuses_outside_a_transaction():
    with pytest.raises(TransactionManagementError, match="transaction"):
        record(action="a.b", subject=None, by=None, at=AT)
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_writes_who_what_when(django_user_model):
    worker = django_user_model.objects.create(
        username="wang", name="王芳", created_at=AT
    )
    event = record(
        action="accounts.rename",
        subject=worker,
        by=worker,
        at=AT,
        organisation_id=7,
        before={"name": "王"},
        after=changes(worker, ["name", "is_active"]),
    )
    event.refresh_from_db()
    assert (event.actor_id, event.actor_name) == (worker.pk, "王芳")
    assert (event.subject_type, event.subject_id) == ("accounts.user", worker.pk)
    assert event.organisation_id == 7
    assert event.at == AT
    assert event.before == '{"name":"王"}'
    assert json.loads(event.after) == {"name": "王芳", "is_active": True}


@pytest.mark.django_db
def test_a_resident_and_the_system_act_without_an_account():
    resident = record(action="a.b", subject=None, by=Actor("诉求人"), at=AT)
    system = record(action="a.b", subject=None, by=None, at=AT)
    assert (resident.actor_id, resident.actor_name) == (None, "诉求人")
    assert (system.actor_id, system.actor_name) == (None, "")
    assert (system.before, system.after) == ("", "")


@pytest.mark.django_db
def test_refuses_a_moment_without_zone_and_an_unsaved_subject(django_user_model):
    with pytest.raises(ValueError, match="time zone"):
        record(action="a.b", subject=None, by=None, at=AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="saved key"):
        record(action="a.b", subject=django_user_model(), by=None, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_database_refuses_to_change_an_event(act):
    event = record(action="a.b", subject=None, by=None, at=AT)
    rows = AuditEvent.objects.filter(pk=event.pk)
    with (
        pytest.raises(IntegrityError, match="only ever added to"),
        transaction.atomic(),
    ):
        rows.update(action="x.y") if act == "change" else rows.delete()
    assert AuditEvent.objects.get().action == "a.b"
