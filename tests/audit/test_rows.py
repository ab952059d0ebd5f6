"""Rows in acts: held as they were shown, found by their id, altered and told of."""

from uuid import uuid4

import pytest
from django.db import transaction

from tests.casework.world import NOW, build
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries import changed
from wugeyi.audit.rows import Events, held, known
from wugeyi.audit.rules import Private, new_salt
from wugeyi.sharing.models import Partner

pytestmark = pytest.mark.django_db


class TooLateError(Exception):
    pass


@pytest.fixture
def row():
    world = build()
    return Partner.objects.create(
        client_id=uuid4(),
        community=world.community,
        name="金桥小学",
        kind="school",
        since_on=NOW.date(),
        contact_name="李老师",
        recorded_at=NOW,
    )


def test_a_row_is_held_only_as_it_was_shown(row, django_assert_num_queries):
    shown = row.version
    with transaction.atomic(), django_assert_num_queries(1):
        fresh = held(row, "community", version=shown, changed=TooLateError())
        assert fresh.community.pk == row.community_id
    Events("sharing").put(
        row, organisation_id=None, action="try", by=None, at=NOW, values={"name": "乙"}
    )
    assert held(row, changed=TooLateError()).name == "乙"
    with pytest.raises(TooLateError):
        held(row, version=shown, changed=TooLateError())


def test_a_row_is_known_by_its_id(row):
    assert known(Partner, row.client_id) == row
    assert known(Partner, uuid4()) is None
    assert known(Partner, None) is None


def test_what_is_told_stands_in_the_place_of_what_may_not(row):
    hidden = Private("张三", new_salt())
    Events("sharing").put(
        row,
        organisation_id=row.community_id,
        action="try",
        by=None,
        at=NOW,
        values={"name": "乙", "agreement": "", "contact_name": "张三"},
        told={"contact_name": hidden},
    )
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subject_id) == ("sharing.try", row.pk)
    assert "张三" not in event.before + event.after
    assert "李老师" not in event.before + event.after
    assert {each.field for each in changed(event)} == {"name", "contact_name"}
