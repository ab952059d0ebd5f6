"""Two moves at once must not make a circle."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.organisations.conftest import AT
from wugeyi.organisations import actions
from wugeyi.organisations.models import Organisation
from wugeyi.organisations.queries import subtree


def add(code, parent):
    return actions.add_organisation(
        code=code, name=code, kind="other", parent=parent, by=None, at=AT
    )


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_that_want_under_each_other():
    root = add("root", None)
    one, other = add("one", root), add("other", root)
    below = add("below", one)
    start = Barrier(2)
    outcomes = []

    def put(unit, to):
        try:
            start.wait(timeout=10)
            actions.move(organisation=unit, to=to, by=None, at=AT)
            outcomes.append("moved")
        except ValidationError as problem:
            outcomes.append(problem.code)
        finally:
            connection.close()

    threads = [Thread(target=put, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["moved", "under_itself"]
    assert subtree(Organisation.objects.get(pk=root.pk)).count() == 4
    below.refresh_from_db()
    assert below.path.startswith(Organisation.objects.get(pk=one.pk).path)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_units_added_at_once_get_keys_of_their_own():
    root = add("root", None)
    start = Barrier(4)

    def put(number):
        try:
            start.wait(timeout=10)
            add(f"u{number}", root)
        finally:
            connection.close()

    threads = [Thread(target=put, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert subtree(root).count() == 5
