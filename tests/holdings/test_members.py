from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.books.collective import Collective
from tests.holdings.laying import (
    START,
    household,
    member,
    other_books,
    silent,
    told_once,
    usual,
)
from tests.holdings.test_assets import refused
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.rules import Private
from wugeyi.holdings.actions import members, shares
from wugeyi.holdings.models import Member
from wugeyi.holdings.queries.members import holders, of_household, shares_of, totals
from wugeyi.holdings.rules.masking import mask
from wugeyi.holdings.rules.members import Left, article_against
from wugeyi.holdings.rules.refusals import Why


def test_a_household_is_a_personal_item(village: Collective) -> None:
    with told_once("holdings.add_household"):
        row = household(village)
    assert (row.item.kind, row.item.personal, row.item.name) == (
        "household",
        True,
        "张三",
    )
    with silent():
        refused(Why.TAKEN, household, village=village)


def test_names_are_in_the_audit_as_hashes_only(village: Collective) -> None:
    home = household(village, head="欧阳娜娜")
    row = member(village, home, "M0001", name="欧阳小明")
    told = "".join(
        event.before + event.after for event in AuditEvent.objects.order_by("pk")
    )
    assert "欧阳" not in told
    assert Private("欧阳小明", row.salt).digest() in told


@pytest.mark.parametrize(
    ("reason", "article"),
    [
        (Left.STUDY, 18),
        (Left.SERVICE, 18),
        (Left.WORK, 18),
        (Left.BUSINESS, 18),
        (Left.PRISON, 18),
        (Left.DIVORCE, 18),
        (Left.WIDOWED, 18),
        (Left.MARRIAGE, 8),
    ],
)
def test_nobody_is_removed_for_that(
    village: Collective, reason: Left, article: int
) -> None:
    row = member(village, household(village), "M0001")
    with silent():
        told = refused(
            Why.ARTICLE,
            members.leave,
            member=row,
            on=date(2025, 1, 1),
            reason=reason,
            **usual(village),
        )
    assert told.values["article"] == article
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=row.pk).update(
            left_on=date(2025, 1, 1), left=reason.value
        )


def test_lawful_grounds_are_not_forbidden() -> None:
    assert [each for each in Left if article_against(each) is None] == [
        Left.DIED,
        Left.NATIONALITY,
        Left.ELSEWHERE,
        Left.OFFICIAL,
        Left.WITHDREW,
        Left.LAWFUL,
    ]


def test_membership_is_dated_and_shares_stay(village: Collective) -> None:
    home = household(village)
    row = member(village, home, "M0001")
    assert totals(village.book, date(2024, 1, 14)).people == 0
    assert totals(village.book, START).people == 1
    with told_once("holdings.leave"):
        members.leave(
            member=row, on=date(2025, 3, 1), reason=Left.DIED, **usual(village)
        )
    assert totals(village.book, date(2025, 2, 28)).people == 1
    after = totals(village.book, date(2025, 3, 1))
    assert (after.people, after.shares_100) == (0, 100)
    with told_once("holdings.come_back"):
        members.come_back(
            member=row, on=date(2025, 3, 2), text="同名弄错", **usual(village)
        )
    assert totals(village.book, date(2025, 3, 1)).people == 1
    assert [each.what for each in row.changes.order_by("pk")] == [
        "joined",
        "left",
        "returned",
    ]


def test_shares_by_date(village: Collective) -> None:
    home = household(village)
    row = member(village, home, "M0001", shares_100=100)
    with told_once("holdings.quantify"):
        shares.quantify(
            member=row,
            from_on=date(2025, 1, 1),
            shares_100=150,
            reason="量化",
            **usual(village),
        )
    assert [
        of_household(home, day)[0].shares_100
        for day in (date(2024, 1, 14), date(2024, 12, 31), date(2025, 1, 1))
    ] == [0, 100, 150]
    assert shares_of([home], date(2025, 1, 1)) == {home.pk: 150}
    given = {"member": row, "reason": "x", **usual(village)}
    with silent():
        refused(
            Why.NEGATIVE,
            shares.quantify,
            from_on=date(2025, 2, 1),
            shares_100=-1,
            **given,
        )
        refused(
            Why.BAD_DAYS,
            shares.quantify,
            from_on=date(2024, 12, 1),
            shares_100=5,
            **given,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.shares.create(from_on=START, shares_100=-5, recorded_at=row.recorded_at)


def test_moving_keeps_the_member(village: Collective) -> None:
    first, second = household(village), household(village, "H0002", "李四")
    row = member(village, first, "M0001")
    with told_once("holdings.move"):
        members.move(member=row, to=second, on=date(2025, 1, 1), **usual(village))
    assert [each.household for each in holders(village.book, date(2025, 1, 2))] == [
        second
    ]
    with silent():
        refused(
            Why.NOT_NOW,
            members.move,
            member=row,
            to=second,
            on=date(2025, 1, 1),
            **usual(village),
        )
    theirs = members.add_household(
        book=other_books(village), code="H0001", head="王五", **usual(village)
    )
    refused(
        Why.NOT_YOURS,
        members.move,
        member=row,
        to=theirs,
        on=date(2025, 1, 1),
        **usual(village),
    )


def test_a_certificate_ends_the_one_before(village: Collective) -> None:
    home = household(village)
    with silent():
        refused(
            Why.NO_MEMBERS,
            shares.certify,
            household=home,
            number="1",
            on=START,
            **usual(village),
        )
    member(village, home, "M0001", 100)
    member(village, home, "M0002", 50)
    with told_once("holdings.certify"):
        first = shares.certify(household=home, number="1", on=START, **usual(village))
    assert (first.people, first.shares_100) == (2, 150)
    second = shares.certify(
        household=home, number="2", on=date(2025, 1, 1), **usual(village)
    )
    first.refresh_from_db()
    assert (first.ended_on, second.ended_on) == (date(2025, 1, 1), None)
    refused(
        Why.TAKEN,
        shares.certify,
        household=home,
        number="2",
        on=date(2025, 2, 1),
        **usual(village),
    )


def test_a_name_is_erased_with_its_salt(village: Collective) -> None:
    home = household(village)
    row = member(village, home, "M0001")
    given = {"member": row, "reason": "家属要求", **usual(village)}
    refused(Why.STILL_MEMBER, members.erase_member, **given)
    members.leave(member=row, on=date(2025, 3, 1), reason=Left.DIED, **usual(village))
    with told_once("holdings.erase_member"):
        members.erase_member(**given)
    row.refresh_from_db()
    home.refresh_from_db()
    home.item.refresh_from_db()
    assert (row.name, row.salt, home.salt, home.item.name) == ("", "", "", "H0001")
    assert totals(village.book, date(2025, 4, 1)).shares_100 == 100
    with silent():
        refused(Why.ERASED, members.erase_member, **given)
        refused(
            Why.ERASED,
            members.edit_member,
            member=row,
            name="x",
            votes=True,
            **usual(village),
        )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("欧阳娜娜", "欧***"),
        ("阿不都热合曼·买买提", "阿***"),
        ("", ""),
    ],
)
def test_masks(name: str, shown: str) -> None:
    assert mask(name) == shown
