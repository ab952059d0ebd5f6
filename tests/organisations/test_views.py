import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.organisations.conftest import user
from wugeyi.imports.models import Batch
from wugeyi.organisations.models import Organisation, Post
from wugeyi.organisations.rules import Role

CSV = "代码,名称,上级代码\n520103001003,新寨村,520103001\n520103001001,大寨新村,520103001\n"
GEOJSON = """{"type": "FeatureCollection", "features": [{"type": "Feature",
  "properties": {"code": "520103001", "name": "黔灵镇"}, "geometry": {"type": "Polygon",
  "coordinates": [[[106.6, 26.6], [106.7, 26.6], [106.7, 26.7], [106.6, 26.6]]]}}]}"""


def address(name, *args):
    return reverse(f"organisations:{name}", args=args)


@pytest.mark.parametrize("code", ["52", "520103", "520103001001"])
def test_an_organisation_is_public_without_its_people(client, tree, code):
    user("秘书", (Role.WORKER, tree[code]))
    answer = client.get(address("unit", code))
    assert answer.status_code == 200
    assert tree[code].name in answer.text
    assert "秘书" not in answer.text


def test_the_tree_and_search_pages(client, tree):
    assert "贵州省" in client.get(address("tree")).text
    found = client.get(address("search"), {"q": "大寨"}).text
    assert found.count("大寨村") == 2
    assert "云岩区" in found
    assert "花溪区" in found
    rows = client.get(
        address("search"), {"q": "dzc"}, headers={"HX-Request": "true"}
    ).text
    assert rows.count("大寨村") == 2
    assert "<html" not in rows
    assert "没有找到" in client.get(address("search"), {"q": "没有的村"}).text


def test_unknown_codes_and_strange_keys_are_not_errors(client, tree):
    assert client.get(address("unit", "999")).status_code == 404
    assert client.get(address("search"), {"q": "大", "after": "x"}).status_code == 200
    assert client.get(address("search"), {"q": '" OR 1 *'}).status_code == 200


CHANGES = {
    "add": {"code": "520103009", "name": "新镇", "kind": "town"},
    "rename": {"name": "新名"},
    "move": {"to": "520103001"},
    "merge": {"to": "520103001"},
    "abolish": {},
}


@pytest.mark.parametrize("change", CHANGES)
def test_changes_are_for_the_administrator_above_only(client, tree, change):
    there = address(change, "520103001002")
    assert client.get(there).status_code == 302
    strangers = [
        user("worker", (Role.WORKER, tree["520103"])),
        user("neighbour", (Role.ADMINISTRATOR, tree["520111"])),
    ]
    if change not in {"add", "rename"}:
        strangers.append(user("own", (Role.ADMINISTRATOR, tree["520103001002"])))
    for stranger in strangers:
        client.force_login(stranger)
        assert client.get(there).status_code == 403
        assert client.post(there, CHANGES[change]).status_code == 403


@pytest.mark.parametrize("change", ["add", "rename", "abolish"])
def test_a_change_is_carried_out(client, tree, administrator, change):
    client.force_login(administrator)
    answer = client.post(address(change, "520103001002"), CHANGES[change], follow=True)
    assert answer.status_code == 200
    unit = Organisation.objects.get(code="520103001002")
    assert {
        "add": lambda: unit.children.get().name == "新镇",
        "rename": lambda: unit.name == "新名",
        "abolish": lambda: unit.valid_to is not None,
    }[change]()


def test_moving_asks_back_when_a_name_is_not_enough(client, tree, administrator):
    client.force_login(user("province", (Role.ADMINISTRATOR, tree["52"])))
    there = address("move", "520103001002")
    asked = client.post(there, {"to": "大寨村"})
    assert asked.status_code == 400
    assert "520103001001" in asked.text
    assert "520111001001" in asked.text
    client.post(there, {"to": "520111001"})
    moved = Organisation.objects.get(code="520103001002")
    assert moved.parent.code == "520111001"


def test_an_administrator_cannot_move_a_unit_out_of_reach(client, tree, administrator):
    client.force_login(administrator)
    answer = client.post(address("move", "520103001002"), {"to": "520111001"})
    assert answer.status_code == 400
    moved = Organisation.objects.get(code="520103001002")
    assert moved.parent.code == "520103001"


def test_posts_are_seen_and_given_by_those_who_may(client, tree, administrator):
    person = user("li")
    there = address("posts", "520103001")
    client.force_login(user("worker", (Role.WORKER, tree["520103001"])))
    assert client.get(there).status_code == 403
    client.force_login(administrator)
    assert client.get(there).status_code == 200
    client.post(address("appoint", "520103001"), {"person": "li", "role": "worker"})
    post = Post.objects.get(person=person)
    assert post.organisation.code == "520103001"
    assert "li" in client.get(there).text
    assert client.get(address("end-post", post.pk)).status_code == 200
    client.post(address("end-post", post.pk))
    assert not Post.objects.filter(person=person).exists()


def test_appointing_nobody_says_so_and_keeps_what_was_typed(
    client, tree, administrator
):
    client.force_login(administrator)
    there = address("appoint", "520103001")
    answer = client.post(there, {"person": "nobody", "role": "worker"})
    assert answer.status_code == 400
    assert 'value="nobody"' in answer.text


def upload(client, name, content, **more):
    return client.post(
        address(name),
        {"file": SimpleUploadedFile("表.csv", content), **more},
        follow=True,
    )


def test_a_register_is_previewed_then_accepted_once(client, tree, administrator):
    client.force_login(administrator)
    root = tree["520103"].pk
    page = upload(client, "import-register", CSV.encode("gb18030"), root=root)
    assert page.status_code == 200
    assert not Organisation.objects.filter(code="520103001003").exists()
    batch = Batch.objects.get()
    assert "大寨新村" in page.text
    accepted = client.post(address("accept", batch.pk), follow=True)
    assert "已导入" in accepted.text
    assert Organisation.objects.get(code="520103001001").name == "大寨新村"
    again = client.post(address("accept", batch.pk), follow=True)
    assert "没有再改动什么" in again.text
    assert "表.csv" in client.get(address("imports")).text


def test_a_file_is_for_the_administrator_of_its_root_only(client, tree, administrator):
    client.force_login(administrator)
    upload(client, "import-register", CSV.encode(), root=tree["520103"].pk)
    outside = upload(client, "import-register", CSV.encode(), root=tree["5201"].pk)
    assert outside.status_code == 400
    batch = Batch.objects.get()
    client.force_login(user("neighbour", (Role.ADMINISTRATOR, tree["520111"])))
    assert client.get(address("batch", batch.pk)).status_code == 403
    assert client.post(address("accept", batch.pk)).status_code == 403
    assert client.post(address("discard", batch.pk)).status_code == 403
    client.force_login(user("worker", (Role.WORKER, tree["52"])))
    for name in ("imports", "import-register", "import-areas"):
        assert client.get(address(name)).status_code == 403
    client.logout()
    assert client.get(address("imports")).status_code == 302


def test_a_file_that_is_no_table_is_explained(client, tree, administrator):
    client.force_login(administrator)
    root = tree["520103"].pk
    page = upload(
        client, "import-register", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", root=root
    )
    assert "另存为 .xlsx" in page.text
    refused = client.post(address("accept", Batch.objects.get().pk), follow=True)
    assert "处错误" in refused.text


def test_a_batch_can_be_thrown_away(client, tree, administrator):
    client.force_login(administrator)
    upload(client, "import-register", CSV.encode(), root=tree["520103"].pk)
    batch = Batch.objects.get()
    client.post(address("discard", batch.pk))
    batch.refresh_from_db()
    assert batch.status == Batch.Status.DISCARDED
    assert not bytes(batch.content)
    client.post(address("accept", batch.pk))
    assert Organisation.objects.get(code="520103001001").name == "大寨村"


def test_outlines_are_previewed_accepted_and_shown(client, tree, administrator):
    client.force_login(administrator)
    upload(client, "import-areas", GEOJSON.encode(), root=tree["520103"].pk)
    client.post(address("accept", Batch.objects.get().pk))
    assert "data-map" in client.get(address("unit", "520103001")).text
    outline = client.get(address("area", "520103001"))
    assert outline.json()["features"][0]["properties"]["name"] == "黔灵镇"


def test_pages_of_children_are_by_key_and_cost_the_same(
    client, tree, django_assert_num_queries, django_assert_max_num_queries
):
    from tests.organisations.conftest import AT
    from wugeyi.organisations import actions

    with django_assert_max_num_queries(16) as few:
        client.get(address("unit", "520103001"))
    for number in range(60):
        actions.add_organisation(
            code=f"520103001{100 + number}",
            name=f"第{number}村",
            kind="village",
            parent=tree["520103001"],
            by=None,
            at=AT,
        )
    with django_assert_num_queries(len(few)):
        page = client.get(address("unit", "520103001"))
    assert "after=520103001147" in page.text
    rest = client.get(address("unit", "520103001"), {"after": "520103001147"}).text
    assert "第48村" in rest
    assert "第47村" not in rest
