"""Two at once: a month is charged once, a due date has one draft, a year one plan."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connections

from tests.books.collective import found
from tests.holdings.laying import asset, contract, usual
from wugeyi.holdings.actions import assets, dues
from wugeyi.holdings.actions.depreciation import depreciate
from wugeyi.holdings.models import Depreciation
from wugeyi.holdings.queries.dues import of_contract
from wugeyi.holdings.rules.refusals import Refused, Why


def at_once(count: int, work: Callable[[], object]) -> list[object]:
    """Run the same in threads of their own; return what each gave or raised."""
    said: list[object] = []
    gate = threading.Barrier(count)

    def run() -> None:
        try:
            gate.wait(30)
            said.append(work())
        except (DatabaseError, Refused) as error:
            said.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


@pytest.mark.django_db(transaction=True)
def test_what_is_done_once_is_done_once() -> None:
    village = found()
    asset(village, wear=assets.Wear(10))
    due = of_contract(contract(village))[0]

    said = at_once(
        4, lambda: depreciate(book=village.book, month=24289, **usual(village))
    )
    refused = [each.why for each in said if isinstance(each, Refused)]
    assert refused == [Why.MONTH_DONE] * 3, said
    assert Depreciation.objects.count() == 1

    said = at_once(
        4, lambda: dues.draft_due(due=due, day=date(2024, 2, 12), **usual(village))
    )
    refused = [each.why for each in said if isinstance(each, Refused)]
    assert refused == [Why.DRAFT_WAITS] * 3, said
    assert village.book.drafts.filter(source="contract_due").count() == 1
