"""The register: how a form stands, how much of it others ask already, what it costs."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.reports.forms import hotline, street
from wugeyi.audit.models import AuditEvent
from wugeyi.figures.queries import Period, figures
from wugeyi.reports.actions import filling as filling_actions
from wugeyi.reports.actions.register import change_form, stop_form
from wugeyi.reports.rules.comparing import Asked, compare
from wugeyi.reports.rules.entries import Entry
from wugeyi.reports.rules.standing import Standing, standing

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("basis", "approved", "until", "stopped", "expected"),
    [
        ("《办法》", "市减负办", None, False, Standing.VALID),
        ("《办法》", "市减负办", TODAY, False, Standing.VALID),
        ("《办法》", "市减负办", date(2026, 3, 17), False, Standing.EXPIRED),
        ("", "市减负办", None, False, Standing.NO_BASIS),
        ("  ", "市减负办", None, False, Standing.NO_BASIS),
        ("《办法》", "", None, False, Standing.NOT_APPROVED),
        ("", "", date(2026, 1, 1), True, Standing.STOPPED),
    ],
)
def test_how_a_form_stands(basis, approved, until, stopped, expected) -> None:
    found = standing(
        basis=basis,
        approved_by=approved,
        valid_until=until,
        stopped=stopped,
        today=TODAY,
    )
    assert found is expected


def test_forms_are_compared_field_by_field() -> None:
    own = [
        Asked("受理数", "cases", "受理数 / 本月"),
        Asked("受理数", "cases", "受理数 / 上月"),
        Asked("接听电话", "", "接听电话"),
        Asked("单位", "@organisation", "单位"),
    ]
    others = {
        7: [Asked("受理诉求件", "cases", "x"), Asked("接听电话", "", "y")],
        8: [Asked("别的", "", "z")],
        9: [Asked("受理", "cases", "x")],
    }
    found = compare(own, others)
    assert (found.fields, found.recorded, found.repeated) == (2, 1, 2)
    assert [(each.form, len(each.labels)) for each in found.overlaps] == [
        (7, 2),
        (9, 1),
    ]


def test_a_new_form_says_what_it_repeats(stage, world) -> None:
    old = stage.form(name="接诉即办通报表", basis="")
    stage.layout(old, hotline.hotline(hotline.AGAIN, again=True).content())
    new = stage.form()
    stage.layout(new)
    client = Client()
    client.force_login(world["town_worker"])
    page = client.get(reverse("reports:form", args=[new.pk])).content.decode()
    assert "这 7 个字段里 <strong>3</strong> 个系统里已有" in page
    assert "3 个与《接诉即办通报表》重复" in page
    listed = client.get(reverse("reports:list")).content.decode()
    assert "没有依据" in listed


def test_without_basis_it_is_shown_everywhere(stage, world) -> None:
    form = stage.form(basis="")
    filling = stage.filling(stage.layout(form))
    client = Client()
    client.force_login(world["town_worker"])
    for address in (
        reverse("reports:list"),
        reverse("reports:form", args=[form.pk]),
        reverse("reports:filling", args=[filling.pk]),
    ):
        assert "没有依据" in client.get(address).content.decode(), address


def test_changes_and_the_end_are_written_down(stage, world) -> None:
    form = stage.form()
    entry = Entry("新名", "市农业农村局", "year", basis="《办法》")
    change_form(form=form, entry=entry, by=world["town_worker"], at=world.now())
    event = AuditEvent.objects.latest("pk")
    assert "12345办理情况月报表" in event.before
    stop_form(form=form, by=world["town_worker"], at=world.now())
    with pytest.raises(ValidationError):
        stop_form(form=form, by=world["town_worker"], at=world.now())


def test_the_file_is_kept_byte_for_byte_and_once(stage, world) -> None:
    form = stage.form()
    content = street.street(street.FIRST).content()
    first = stage.layout(form, content)
    assert stage.layout(form, content).pk == first.pk
    client = Client()
    client.force_login(world["worker"])
    answer = client.get(reverse("reports:original", args=[form.pk]))
    assert answer.content == content


def test_what_forms_cost_is_counted(stage, world) -> None:
    stage.cases(12)
    form = stage.form(basis="")
    filling = stage.filling(stage.layout(form))
    filling_actions.freeze(filling=filling, by=world["town_worker"], at=world.now())
    codes = ["forms_asked", "forms_without_basis", "cells_by_system", "cells_by_hand"]
    found = figures(codes, world.county, Period.year(2026))
    assert [found[code].value for code in codes] == [1, 1, 6, 0]


def test_pages_cost_the_same_however_many_forms(
    stage, world, django_assert_max_num_queries
) -> None:
    client = Client()
    client.force_login(world["town_worker"])
    for number in range(3):
        stage.layout(stage.form(name=f"表{number}"))
    client.get(reverse("reports:list"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("reports:list"))
    for number in range(12):
        stage.layout(stage.form(name=f"更多{number}"))
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse("reports:list"))
