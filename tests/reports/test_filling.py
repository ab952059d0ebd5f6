"""A form filled: from records, by hand, remembered, frozen, exported."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.casework.world import resolved
from tests.reports.forms import hospital, hotline
from wugeyi.audit.models import AuditEvent
from wugeyi.reports.actions import cells as actions
from wugeyi.reports.actions import filling as filling_actions
from wugeyi.reports.models import Cell, Filling, Form, Known, Layout, Learned
from wugeyi.reports.rules.answers import harmless, is_formula, lasting_key, number_of


@pytest.fixture
def client(world) -> Client:
    client = Client()
    client.force_login(world["town_worker"])
    return client


def answer(
    stage, cell: Cell, value: str, *, by: str = "town_worker", seen=None
) -> Cell:
    return actions.answer(
        cell=cell, value=value, seen=seen, by=stage.world[by], at=stage.world.now()
    )


def test_records_fill_their_cells(stage, world) -> None:
    stage.cases(12)
    filling = stage.filling()
    rate = stage.cell(filling, "G6")
    assert (rate.value, rate.source, rate.unit) == ("100", "figure", "%")
    assert (rate.numerator, rate.denominator) == (12, 12)
    assert rate.organisation == world.community
    assert stage.cell(filling, "G10").organisation == world.town
    # Under ten answers there is no percentage, nobody is called 铜桥社区.
    assert stage.cell(filling, "G7").source == "none"
    assert stage.cell(filling, "G8").why == "unknown_place"
    assert stage.cell(filling, "C6").source == "none"


def test_a_confirmed_match_fills_and_is_remembered(stage, world) -> None:
    stage.cases(12)
    filling = stage.filling()
    cell = stage.cell(filling, "C6")
    assert (cell.certainty, cell.code) == ("likely", "cases")
    actions.confirm_match(
        cell=cell, code="cases", by=world["town_worker"], at=world.now()
    )
    values = [stage.cell(filling, where).value for where in ("C6", "C7")]
    assert values == ["12", "1"]
    later = stage.filling(filling.layout)
    assert stage.cell(later, "C6").value == "12"
    assert stage.cell(later, "C6").why == "learned"
    # Not in another branch of the tree.
    Learned.objects.update(organisation=world.other_county)
    assert stage.cell(stage.filling(filling.layout), "C6").source == "none"


def test_a_wrong_guess_is_rejected_for_all_its_cells(stage, world) -> None:
    filling = stage.filling()
    cell = stage.cell(filling, "C6")
    actions.reject_match(cell=cell, by=world["town_worker"], at=world.now())
    assert stage.cell(filling, "C7").code == ""


def test_nothing_that_does_not_exist_is_confirmed(stage, world) -> None:
    cell = stage.cell(stage.filling(), "C6")
    for code in ("nonsense", "@secretary", ""):
        with pytest.raises(ValidationError):
            actions.confirm_match(
                cell=cell, code=code, by=world["town_worker"], at=world.now()
            )


def test_an_answer_is_asked_once(stage, world, client) -> None:
    first = stage.filling()
    answer(stage, stage.cell(first, "F6"), "31")
    second = stage.filling(first.layout)
    reused = stage.cell(second, "F6")
    assert (reused.value, reused.source) == ("31", "known")
    assert reused.by_system
    page = client.get(reverse("reports:filling", args=[second.pk])).content.decode()
    assert "town_worker的人" in page
    assert "核对" in page
    april = stage.filling(first.layout, first=date(2026, 4, 1), last=date(2026, 4, 30))
    assert stage.cell(april, "F6").source == "none"
    page = client.get(reverse("reports:filling", args=[april.pk])).content.decode()
    assert "上次（2026年3月1日至2026年3月31日）是 31" in page


def test_two_people_answer_the_same_thing(stage, world, client) -> None:
    layout = stage.layout(stage.form())
    mine, theirs = stage.filling(layout), stage.filling(layout)
    answer(stage, stage.cell(theirs, "F6"), "31", by="supervisor")
    cell = stage.cell(mine, "F6")
    url = reverse("reports:answers", args=[mine.pk])
    page = client.post(url, {f"value-{cell.pk}": "35", f"seen-{cell.pk}": ""})
    assert page.status_code == 409
    text = page.content.decode()
    assert "用这个：31" in text
    assert "用我填的：35" in text
    assert Known.objects.count() == 1
    known = Known.objects.get()
    data = {"act": "choose", "known": known.pk, "value": "35"}
    client.post(reverse("reports:cell", args=[cell.pk]), data)
    assert stage.cell(mine, "F6").value == "35"
    # Nothing is lost: the first answer stands in the table, withdrawn.
    assert sorted(Known.objects.values_list("value", flat=True)) == ["31", "35"]
    assert Known.objects.get(withdrawn_at=None).replaces == known


def test_the_other_answer_can_be_taken(stage, world, client) -> None:
    layout = stage.layout(stage.form())
    mine, theirs = stage.filling(layout), stage.filling(layout)
    answer(stage, stage.cell(theirs, "F6"), "31", by="supervisor")
    cell, known = stage.cell(mine, "F6"), Known.objects.get()
    data = {"act": "choose", "known": known.pk}
    client.post(reverse("reports:cell", args=[cell.pk]), data)
    assert stage.cell(mine, "F6").value == "31"
    assert Known.objects.count() == 1


def test_a_stale_page_does_not_overwrite(stage, world) -> None:
    filling = stage.filling()
    answer(stage, stage.cell(filling, "F6"), "31")
    with pytest.raises(actions.AlreadyAnsweredError):
        answer(stage, stage.cell(filling, "F6"), "35", by="supervisor")
    seen = Known.objects.get().pk
    answer(stage, stage.cell(filling, "F6"), "35", by="supervisor", seen=seen)
    assert stage.cell(filling, "F6").value == "35"


def test_what_is_typed_wrongly_comes_back(stage, client) -> None:
    filling = stage.filling()
    good, bad = stage.cell(filling, "F6"), stage.cell(filling, "F7")
    page = client.post(
        reverse("reports:answers", args=[filling.pk]),
        {f"value-{good.pk}": "1,234", f"value-{bad.pk}": "=1+1"},
    )
    assert page.status_code == 422
    assert "不能以 = + - @ 开头" in page.content.decode()
    assert 'value="=1+1"' in page.content.decode()
    assert stage.cell(filling, "F6").value == "1234"


@pytest.mark.parametrize(
    ("text", "number", "formula"),
    [
        ("-3.5", "-3.5", False),
        ("1,234.50", "1234.50", False),
        ("１２", "12", False),
        ("1,23", None, False),
        ("=1", None, True),
        ("＝1", None, True),
        ("+86 139", None, True),
        ("@cmd", None, True),
        ("张三", None, False),
    ],
)
def test_numbers_and_formulas(text: str, number: str | None, formula) -> None:
    found = number_of(text)
    assert (None if found is None else str(found)) == number
    assert is_formula(text) is formula
    assert harmless(text).startswith("'") is formula


def test_short_labels_are_remembered_for_their_own_form() -> None:
    assert lasting_key("人数", 5) == "5#人数"
    assert lasting_key("一般公共服务支出", 5) == "一般公共服务支出"


def test_frozen_stays_as_it_was(stage, world, client) -> None:
    stage.cases(12)
    filling = stage.filling()
    answer(stage, stage.cell(filling, "F6"), "31")
    filling = filling_actions.freeze(
        filling=filling, by=world["town_worker"], at=world.now()
    )
    assert (filling.cells_system, filling.cells_hand) == (6, 1)
    with pytest.raises(ValidationError):
        answer(stage, stage.cell(filling, "F7"), "9")
    resolved(world)
    page = client.get(reverse("reports:filling", args=[filling.pk])).content.decode()
    assert "格的记录变了" in page
    assert stage.cell(filling, "G6").denominator == 12


def test_read_again(stage, world, client) -> None:
    stage.cases(12)
    filling = stage.filling()
    answer(stage, stage.cell(filling, "F6"), "31")
    resolved(world)
    client.post(reverse("reports:again", args=[filling.pk]))
    assert stage.cell(filling, "G6").denominator == 13
    assert stage.cell(filling, "F6").value == "31"


def test_the_exported_file(stage, world, client) -> None:
    stage.cases(12)
    filling = stage.filling()
    answer(stage, stage.cell(filling, "F6"), "31")
    sent = client.get(reverse("reports:xlsx", args=[filling.pk]))
    book = load_workbook(BytesIO(sent.content))
    page, sources = book.worksheets
    assert (page["G6"].value, page["F6"].value) == (100, 31)
    assert page["C10"].value == "=SUM(C6:C9)"
    rows = {row[0]: row for row in sources.iter_rows(min_row=2, values_only=True)}
    assert "response_rate" in rows["Sheet!G6"][4]
    assert "12/12" in rows["Sheet!G6"][2]
    assert rows["Sheet!G6"][10].startswith("http://testserver/figures/response_rate/")
    assert "town_worker的人" in rows["Sheet!F6"][9]
    assert rows["Sheet!F7"][2] == "无记录"
    paper = client.get(reverse("reports:pdf", args=[filling.pk]))
    assert paper.content.startswith(b"%PDF-")


def test_a_form_of_texts(stage, world) -> None:
    layout = stage.layout(stage.form(), hospital.hospital(hospital.FIRST).content())
    filling = stage.filling(layout, organisation=world.community, by="town_worker")
    assert stage.cell(filling, "C3").value == "金桥社区"
    assert stage.cell(filling, "E3").value == world.community.code
    assert stage.cell(filling, "C4").value == "secretary的人"
    filler = filling.cells.get(inline="填报人")
    assert filler.value == "town_worker的人"


def test_a_name_goes_into_the_audit_as_a_hash_only(stage, world) -> None:
    layout = stage.layout(stage.form(), hospital.hospital(hospital.FIRST).content())
    filling = stage.filling(layout, organisation=world.community)
    answer(stage, stage.cell(filling, "D11"), "王小二")
    told = AuditEvent.objects.latest("pk")
    assert "王小二" not in str(told.after)


def bad() -> dict[str, bytes]:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for number in range(2_100):
        page.append([number])
    out = BytesIO()
    book.save(out)
    return {
        "这不是能读的": b"not a workbook",
        "设了密码": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + "EncryptedPackage".encode("utf-16-le"),
        "这是一份明细清单": out.getvalue(),
    }


def test_a_bad_file_loses_nothing_that_was_typed(world, client) -> None:
    for said, content in bad().items():
        page = client.post(
            reverse("reports:new"),
            {
                "file": SimpleUploadedFile("表.xlsx", content),
                "name": "月报",
                "asker": "市里",
                "organisation": world.town.code,
                "frequency": "month",
            },
        )
        text = page.content.decode()
        assert page.status_code == 422
        assert said in text
        assert 'value="月报"' in text
    assert not Form.objects.exists()
    assert not Layout.objects.exists()


def test_filling_is_bound_to_where_the_form_is_asked(stage, world, client) -> None:
    form = stage.form(organisation=world.community)
    stage.layout(form)
    data = {"organisation": world.neighbour.code, "year": 2026, "part": "m3"}
    page = client.post(reverse("reports:begin", args=[form.pk]), data)
    assert page.status_code == 422
    assert not Filling.objects.exists()


def test_the_page_costs_the_same_however_many_rows(
    stage, world, client, django_assert_max_num_queries
) -> None:
    few = stage.filling()
    address = reverse("reports:filling", args=[few.pk])
    client.get(address)
    with django_assert_max_num_queries(60) as spent:
        client.get(address)
    book = load_workbook(BytesIO(hotline.hotline(hotline.FIRST).content()))
    page = book.active
    page.unmerge_cells("A10:B10")
    page.insert_rows(10, 20)
    out = BytesIO()
    book.save(out)
    many = stage.filling(stage.layout(stage.form(), out.getvalue()))
    with django_assert_max_num_queries(len(spent.captured_queries)):
        client.get(reverse("reports:filling", args=[many.pk]))


def test_a_list_with_too_few_lines_says_so(stage, world, client) -> None:
    form = stage.form(organisation=world.county)
    laid = hotline.hotline(hotline.AGAIN, again=True)
    for area in list(laid.page.merged_cells.ranges):
        if area.min_row > 6:
            laid.page.unmerge_cells(str(area))
    laid.page.delete_rows(7, 3)
    stage.layout(form, laid.content())
    data = {"organisation": world.town.code, "year": 2026, "part": "m3"}
    address = reverse("reports:begin", args=[form.pk])
    page = client.post(address, data, follow=True).content.decode()
    assert "表里只有 1 行，下面有 2 个单位" in page
    filling = Filling.objects.get()
    assert stage.cell(filling, "B6").value == world.community.name


def test_many_places_without_records_are_folded_away(stage) -> None:
    stage.cases(2)
    filling = stage.filling()
    client = Client()
    client.force_login(stage.world["town_worker"])
    filling.cells.update(why="no_record", certainty="certain", source="none", value="")
    page = client.get(reverse("reports:filling", args=[filling.pk]))
    assert len(page.context["unrecorded"]) > 12
    assert page.context["missing"] == []
    assert "<details" in page.content.decode()
