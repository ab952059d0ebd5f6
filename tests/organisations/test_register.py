import gzip
import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import Count

from tests.organisations.conftest import AT, TODAY
from wugeyi.audit.models import AuditEvent
from wugeyi.imports.messages import explain
from wugeyi.imports.models import Batch
from wugeyi.organisations import actions
from wugeyi.organisations.actions import register as register_actions
from wugeyi.organisations.actions.register import File
from wugeyi.organisations.messages import SENTENCES
from wugeyi.organisations.models import Organisation, Placement
from wugeyi.organisations.queries import search, subtree
from wugeyi.organisations.rules import MAX_DEPTH
from wugeyi.organisations.rules.register import Known, Row, Scope, compare

HEADER = "代码,名称,类型,上级代码,并入代码\n"


def preview(text, *, root=None, complete=False, on=None, header=HEADER):
    return actions.preview_register(
        files=[File("a.csv", (header + text).encode())],
        source="测试",
        on=on,
        complete=complete,
        root=root,
        by=None,
        at=AT,
    )


def accept(batch, **more):
    return actions.accept_register(batch=batch, by=None, at=AT, **more)


def found(batch):
    return [
        (each.severity, each.line, each.code) for each in batch.findings.order_by("id")
    ]


FINDINGS = [
    ("520103002,新镇,镇,520103,\n", []),
    ("520103002,新镇,镇,999999,\n", [("error", 2, "orphan")]),
    (",新镇,镇,520103,\n", [("error", 2, "no_code")]),
    ("520103002,,镇,520103,\n", [("error", 2, "no_name")]),
    ("520103002,=1+1,镇,520103,\n", [("error", 2, "formula")]),
    ("5201 03,新镇,镇,520103,\n", [("error", 2, "bad_code")]),
    ("520103002," + "长" * 81 + ",镇,520103,\n", [("error", 2, "long_name")]),
    ("520103002,新镇,公园,520103,\n", [("error", 2, "unknown_kind")]),
    ("x1,新镇,,520103,\n", [("error", 2, "no_kind")]),
    (
        "520103002,新镇,镇,520103,\n520103002,新镇,镇,520103,\n",
        [("warning", 3, "repeated_row")],
    ),
    (
        "520103002,新镇,镇,520103,\n520103002,旧镇,镇,520103,\n",
        [("error", 3, "duplicate_code")],
    ),
    ("520103002,新镇,镇,520111,\n", [("warning", 2, "code_mismatch")]),
    (
        "520103002,新镇,镇,520103,\n520103003,新镇,镇,520103,\n",
        [("warning", 3, "same_name")],
    ),
    ("520103001003,大寨村,村,520103001,\n", [("warning", 2, "same_name")]),
    ("520103001001,大寨新村,村,520103001,\n", [("info", 2, "rename")]),
    (
        "520103001001,大寨村,村,520111001,\n",
        [
            ("warning", 2, "code_mismatch"),
            ("warning", 2, "moved"),
            ("warning", 2, "same_name"),
        ],
    ),
    ("520103001001,大寨村,社区,520103001,\n", [("info", 2, "kind_changed")]),
    ("520103001001,大寨村,村,520103001,520103001002\n", [("warning", 2, "merger")]),
    ("520103001001,大寨村,村,520103001,77\n", [("error", 2, "no_successor")]),
    (
        "a1,甲,中心,a2,\na2,乙,中心,a1,\n",
        [("error", 2, "circle"), ("error", 3, "circle")],
    ),
    (
        "a1,甲,中心,nobody,\na2,乙,中心,a1,\n",
        [("error", 2, "orphan"), ("error", 3, "below_left_out")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FINDINGS)
def test_every_finding(tree, text, expected):
    batch = preview(text)
    assert found(batch) == expected
    for each in batch.findings.all():
        said, _advice = explain(each, SENTENCES)
        assert said != each.code
        assert "%(" not in said
    assert Organisation.objects.count() == len(tree)


def test_every_sentence_can_be_said():
    class Any:
        value, other, other_line = "甲", "乙", 3

    for code in SENTENCES:
        each = Any()
        each.code = code
        said, advice = explain(each, SENTENCES)
        assert said
        assert "%(" not in said + advice


def test_missing_columns_are_named(tree):
    batch = preview("新镇,520103\n", header="名称,上级代码\n")
    assert found(batch) == [("error", 1, "missing_column")]
    with pytest.raises(ValidationError):
        accept(batch)


def test_a_file_is_taken_over_and_a_second_time_changes_nothing(tree):
    text = (
        "520103002,新镇,镇,520103,\n520103002001,新村,村,520103002,\n"
        "520103001001,大寨新村,村,520103001,\n520103001002,三桥社区,社区,520111001,\n"
    )
    batch = preview(text)
    edition = accept(batch)
    assert (edition.added, edition.renamed, edition.moved) == (2, 1, 1)
    village = Organisation.objects.get(code="520103002001")
    assert village.path.startswith(tree["520103"].path)
    assert village.placements.get().path == village.path
    state = list(Organisation.objects.order_by("pk").values())
    placements = list(Placement.objects.order_by("pk").values())
    events = AuditEvent.objects.count()
    accept(batch)
    assert AuditEvent.objects.count() == events
    again = accept(preview(text))
    assert again.unchanged == 4
    assert again.batch.findings.first().code == "already_imported"
    assert list(Organisation.objects.order_by("pk").values()) == state
    assert list(Placement.objects.order_by("pk").values()) == placements


def test_each_changed_unit_leaves_an_event(tree):
    accept(preview("520103002,新镇,镇,520103,\n520103001001,新名,村,520103001,\n"))
    acts = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))[-4:]
    assert acts == [
        "organisations.preview_register",
        "organisations.add",
        "organisations.rename",
        "organisations.accept_register",
    ]


def test_a_large_file_leaves_one_event_with_its_digest(tree, monkeypatch):
    monkeypatch.setattr(register_actions, "AUDIT_EACH", 2)
    before = AuditEvent.objects.count()
    batch = preview("".join(f"52010300200{n},村{n},村,520103001,\n" for n in range(5)))
    accept(batch)
    event = AuditEvent.objects.order_by("id").last()
    assert AuditEvent.objects.count() == before + 2
    assert batch.sha256 in event.after


def test_errors_stop_a_file_unless_they_are_to_be_skipped(tree):
    batch = preview("520103002,新镇,镇,520103,\n520103003,孤镇,镇,999999,\n")
    with pytest.raises(ValidationError) as refused:
        accept(batch)
    assert refused.value.code == "has_errors"
    assert not Organisation.objects.filter(code="520103002").exists()
    assert accept(batch, skip_errors=True).added == 1


def test_a_file_reaches_below_its_root_only(tree):
    batch = preview(
        "520103002,新镇,镇,520103,\n520111002,新镇,镇,520111,\n"
        "520111001001,新名,村,520111001,\n53,云南省,省级,,\n",
        root=tree["520103"],
    )
    assert found(batch) == [
        ("error", 3, "outside"),
        ("error", 4, "outside"),
        ("error", 5, "orphan"),
    ]


def test_a_complete_edition_abolishes_what_it_leaves_out(tree):
    text = "520103001,黔灵镇,镇,520103,\n520103001002,三桥社区,社区,520103001,\n"
    assert found(preview(text, root=tree["520103"])) == []
    batch = preview(text, root=tree["520103"], complete=True)
    assert found(batch) == [("warning", 0, "gone")]
    accept(batch)
    gone = Organisation.objects.get(code="520103001001")
    assert gone.valid_to == TODAY
    assert Organisation.objects.get(code="520111001001").valid_to is None
    again = preview("520103001001,大寨村,村,520103001,\n")
    assert found(again) == [("error", 2, "abolished_code")]


def test_a_broken_complete_edition_abolishes_nothing(tree):
    text = "520103001,黔灵镇,镇,520103,\n,三桥社区,社区,520103001,\n"
    batch = preview(text, root=tree["520103"], complete=True)
    assert found(batch) == [("error", 3, "no_code"), ("warning", 0, "gone_not_judged")]
    accept(batch, skip_errors=True)
    assert not Organisation.objects.exclude(valid_to=None).exists()


def test_a_new_code_keeps_the_link_to_the_old_one(tree):
    text = (
        "520103009,黔灵镇,镇,520103,\n520103009001,大寨村,村,520103009,\n"
        "520103009002,三桥社区,社区,520103009,\n"
    )
    batch = preview(text, root=tree["520103"], complete=True)
    assert [each[2] for each in found(batch)] == ["recoded"] * 3
    accept(batch)
    old = Organisation.objects.get(code="520103001001")
    assert old.valid_to == TODAY
    assert old.successions.get().successor.code == "520103009001"


def test_a_merger_is_taken_over_once(tree):
    text = "520103001001,大寨村,村,520103001,520103001002\n"
    accept(preview(text))
    assert tree["520103001001"].successions.get().successor == tree["520103001002"]
    assert accept(preview(text)).unchanged == 1


def test_twelve_digit_codes_lose_the_zeros_that_fill_them(tree):
    batch = preview(
        "520103000000,云岩区\n520103001000,黔灵镇\n520103001003,新寨村\n",
        header="统计用区划代码,名称\n",
    )
    assert found(batch) == []
    assert accept(batch).added == 1
    new = Organisation.objects.get(code="520103001003")
    assert new.parent == tree["520103001"]
    assert new.kind == "village"


def test_a_thrown_away_batch_is_not_accepted(tree):
    from wugeyi.imports.actions import discard

    batch = preview("520103002,新镇,镇,520103,\n")
    discard(batch=batch, by=None, at=AT)
    with pytest.raises(ValidationError):
        accept(batch)
    with pytest.raises(ValidationError):
        discard(batch=batch, by=None, at=AT)


def test_too_deep_a_file_is_refused_with_a_sentence(db):
    rows = [("r0", "根", "中心", "", "")]
    rows += [
        (f"r{n}", f"层{n}", "中心", f"r{n - 1}", "") for n in range(1, MAX_DEPTH + 1)
    ]
    batch = preview("".join(",".join(row) + "\n" for row in rows))
    with pytest.raises(ValidationError) as refused:
        accept(batch)
    assert refused.value.code == "too_deep"


def test_new_units_stand_in_every_view_their_parent_stands_in(tree):
    view = actions.add_view(code="zone", name="功能区", name_en="Zones", by=None, at=AT)
    actions.build_view(view=view, root=tree["5201"], zones={}, by=None, at=AT)
    accept(preview("520103002,新镇,镇,520103,\n520103002001,新村,村,520103002,\n"))
    for code in ("520103002", "520103002001"):
        unit = Organisation.objects.get(code=code)
        assert unit.placements.get(view=view).path == unit.path


def test_searching_finds_what_was_imported(tree):
    accept(preview("520103002,长坡镇,镇,520103,\n"))
    for text in ("长坡", "cpz", "zpz", "changpo", "520103002"):
        assert [each.organisation.code for each in search(text)] == ["520103002"]


def test_guiyang_comes_with_the_product(db):
    edition = actions.load_guiyang(by=None, at=AT)
    assert edition.added == 1_787
    kinds = dict(
        Organisation.objects.values_list("kind").annotate(n=Count("pk")).order_by()
    )
    assert kinds == {
        "province": 1,
        "city": 1,
        "county": 10,
        "town": 146,
        "village": 949,
        "community": 680,
    }
    city = Organisation.objects.get(code="5201")
    assert subtree(city).count() == 1_786
    assert len(search("大寨村", roots=[city.path])) == 6
    assert len(search("下坝村", roots=[city.path])) == 4
    assert len({tuple(o.code for o in each.lineage) for each in search("大寨村")}) == 6
    again = actions.load_guiyang(by=None, at=AT)
    assert again.unchanged == 1_787
    assert Organisation.objects.count() == 1_787


def test_the_command_previews_accepts_and_explains(db, tmp_path):
    towns = tmp_path / "towns.csv"
    towns.write_text("code,name\n52,贵州省\n5201,贵阳市\n", encoding="utf-8")
    packed = tmp_path / "more.csv.gz"
    packed.write_bytes(gzip.compress("code,name\n520103,云岩区\n".encode()))
    said = io.StringIO()
    call_command("register", "import", str(towns), str(packed), stdout=said)
    assert "还没有写入" in said.getvalue()
    assert not Organisation.objects.exists()
    call_command("register", "import", str(towns), str(packed), "--accept", stdout=said)
    assert Organisation.objects.count() == 3
    assert "内存最高" in said.getvalue()
    assert Batch.objects.filter(content=b"").count() == 2
    with pytest.raises(CommandError):
        call_command("register", "import", str(tmp_path / "none.csv"), stdout=said)
    with pytest.raises(CommandError):
        call_command("register", "import", str(towns), "--root", "99", stdout=said)


def test_comparing_is_the_same_whether_the_register_is_read_whole_or_in_part(
    tree, monkeypatch
):
    from wugeyi.organisations.queries import register

    texts = [text for text, _expected in FINDINGS]
    in_part = [found(preview(text)) for text in texts]
    monkeypatch.setattr(register, "WHOLE", 0)
    assert [found(preview(text)) for text in texts] == in_part


def test_a_village_of_a_code_that_ends_in_zeros_stays_a_village():
    # 金门县: 350527, 350527000 and 350527000000 are three units of the official files.
    plan = compare(
        [
            Row(2, "350527", "金门县", "", ""),
            Row(3, "350527000", "金门县", "", "350527"),
            Row(4, "350527000000", "金门县", "", "350527000"),
        ],
        {"3505": Known(1, "泉州市", "city", "")},
        Scope(),
    )
    assert [each.code for each in plan.additions] == [
        "350527",
        "350527000",
        "350527000000",
    ]


def test_changes_count_from_the_day_that_was_said(tree):
    day = date(2026, 2, 1)
    accept(preview("520103001001,大寨新村,村,520103001,\n", on=day))
    assert tree["520103001001"].former_names.get().valid_to == day
    with pytest.raises(ValidationError):
        preview("520103002,新镇,镇,520103,\n", on=date(2027, 1, 1))
