from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.casework.world import report
from wugeyi.casework.models import Case, Reporter
from wugeyi.casework.rules.hotline import moment
from wugeyi.casework.rules.pasted import named, short, take_phone
from wugeyi.imports.models import Batch

pytestmark = pytest.mark.django_db


def send(client, **values):
    values = {"channel": "phone", "urgency": "general", **values}
    return client.post(reverse("desk:new"), values)


def fields(response) -> dict[str, str]:
    form = response.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_pasted_message_is_read_looked_at_and_registered(client, world) -> None:
    client.force_login(world["dispatcher"])
    pasted = "银桥小区三号楼楼下垃圾好几天没清运了，臭得很。联系电话：13912345678"
    looked = send(client, channel="chat", text=pasted)
    assert looked.status_code == 200
    assert Case.objects.count() == 0
    filled = fields(looked)
    assert filled["phone"] == "13912345678"
    assert "13912345678" not in filled["text"]
    assert filled["to_pick"] == str(world.neighbour.pk)
    done = send(client, **{**filled, "channel": "chat"})
    case = Case.objects.get()
    assert done.url == reverse("desk:registered", args=[case.pk])
    assert (case.place, case.category.code) == (world.neighbour, "rubbish")
    assert (case.channel, case.recorded_by) == ("chat", world["dispatcher"])
    assert Reporter.objects.get(case=case).phone == "13912345678"


def test_the_code_is_shown_once_to_read_out(client, world) -> None:
    client.force_login(world["worker"])
    values = fields(send(client, text="楼道垃圾没人清运", name="王女士"))
    send(client, **values)
    case = Case.objects.get()
    address = reverse("desk:registered", args=[case.pk])
    code = case.receipt
    shown = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    assert shown in client.get(address).content.decode()
    send(client, **fields(send(client, text="另一处垃圾没人清运", seen="")))
    page = client.get(reverse("desk:case", args=[case.pk])).content.decode()
    assert shown not in page
    assert code not in page


def test_another_person_never_sees_the_code(client, world) -> None:
    case = report(world)
    client.force_login(world["worker"])
    response = client.get(reverse("desk:registered", args=[case.pk]))
    assert response.url == reverse("desk:case", args=[case.pk])


def test_sent_twice_is_one_case(client, world) -> None:
    client.force_login(world["worker"])
    values = fields(send(client, text="楼道垃圾没人清运"))
    page = client.get(reverse("desk:new"))
    values["client_id"] = page.context["form"]["client_id"].value()
    send(client, **values)
    send(client, **values)
    assert Case.objects.count() == 1


def test_similar_ones_are_offered_to_join(client, world) -> None:
    known = report(world, text="三号楼楼下垃圾好几天没有清运，很臭")
    client.force_login(world["worker"])
    values = fields(send(client, text="三号楼楼下垃圾没有清运，臭"))
    hint = send(client, **values)
    assert [each.case.pk for each in hint.context["alike"]] == [known.pk]
    assert Case.objects.count() == 1
    send(client, **{**fields(hint), "join": known.pk})
    joined = Case.objects.exclude(pk=known.pk).get()
    assert joined.merged_into == known
    assert joined.receipt != known.receipt


def test_not_the_same_is_registered_on_the_second_press(client, world) -> None:
    report(world, text="三号楼楼下垃圾好几天没有清运，很臭")
    client.force_login(world["worker"])
    values = fields(send(client, text="三号楼楼下垃圾没有清运，臭"))
    hint = send(client, **values)
    send(client, **fields(hint))
    assert Case.objects.filter(merged_into=None).count() == 2


def test_a_place_out_of_reach_is_not_taken(client, world) -> None:
    client.force_login(world["worker"])
    response = send(client, text="垃圾没人清运", to=world.neighbour.code)
    assert "没有找到" in response.content.decode()
    assert Case.objects.count() == 0


def test_words_of_danger_show_the_numbers_first(client, world) -> None:
    client.force_login(world["worker"])
    text = send(client, text="三号楼起火了").content.decode()
    assert "tel:119" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("worker", 200), ("dispatcher", 200), ("department", 403), ("auditor", 403)],
)
def test_who_may_take_a_need_down(client, world, who, status) -> None:
    client.force_login(world[who])
    assert client.get(reverse("desk:new")).status_code == status


@pytest.mark.parametrize(
    ("text", "left", "phone"),
    [
        ("灯坏了，电话13912345678", "灯坏了", "13912345678"),
        ("联系电话：0851-85551234，灯坏了", "灯坏了", "085185551234"),
        ("灯坏了 13912345678 请快来", "灯坏了，请快来", "13912345678"),
        ("13912345678", "13912345678", ""),
        ("工单 2026031800001 没人管", "工单 2026031800001 没人管", ""),
    ],
)
def test_taking_the_number_out(text, left, phone) -> None:
    split = take_phone(text)
    assert (split.text, split.phone) == (left, phone)


def test_names_as_people_say_them() -> None:
    assert short("金元社区") == "金元"
    assert short("大寨村") == "大寨"
    # One character left would be found everywhere.
    assert short("张村") == "张村"
    units = [(1, "金元社区", 4), (2, "金元街道", 3), (3, "大寨村", 4)]
    assert named("金元社区门口", units) == [1]
    assert named("金元那边", units) == [1]
    assert named("大寨和金元社区", units) == [1]
    assert named("没有地名", units) == []


HEADER = "工单编号,诉求内容,类别,地址,联系人,联系电话,受理时间,办理时限,紧急程度\n"


def upload(client, rows: str):
    file = SimpleUploadedFile("orders.csv", (HEADER + rows).encode("gb18030"))
    return client.post(reverse("desk:hotline"), {"file": file}, follow=True)


def take_over(client, page, **choices):
    batch = page.context["batch"]
    values = {
        name: field.initial for name, field in page.context["form"].fields.items()
    }
    for each in page.context["unplaced"]:
        values.setdefault("unplaced", []).append(each.text)
        values[each.field] = choices.get(each.text, "")
    return client.post(
        reverse("desk:hotline-batch", args=[batch.pk]),
        {**values, "act": "accept"},
        follow=True,
    )


def test_orders_are_previewed_then_registered_once(client, world) -> None:
    client.force_login(world["dispatcher"])
    rows = (
        "G001,金桥小区垃圾没清运,垃圾清运,金桥社区,李女士,13912345678,2026/3/17 9:05,,一般\n"
        "G002,路灯不亮,没有这类,银桥社区,,,,,特急\n"
        "G003,,垃圾清运,金桥社区,,,,,\n"
        "G004,有人乱停车,停车秩序,天边,,,,,\n"
        "G001,再写一遍,垃圾清运,金桥社区,,,,,\n"
    )
    page = upload(client, rows)
    assert page.status_code == 200
    assert Case.objects.count() == 0
    text = page.content.decode()
    for said in ("没有诉求内容", "天边", "第 2 行已经有了", "没有对应"):
        assert said in text, said
    take_over(client, page, 天边=str(world.community.pk))
    made = {case.source_number: case for case in Case.objects.all()}
    assert set(made) == {"G001", "G002", "G004"}
    assert made["G002"].urgency == "urgent"
    assert made["G002"].category.code == "street-light"
    assert made["G004"].place == world.community
    assert Reporter.objects.get(case=made["G001"]).phone == "13912345678"
    # The clock began when the hotline took the call.
    began = timezone.localtime(made["G001"].counting_from)
    assert f"{began:%F %T}" == "2026-03-17 09:05:00"
    batch = Batch.objects.get()
    assert batch.status == "accepted"
    assert bytes(batch.content) == b""
    # The same again changes nothing.
    again = upload(client, rows)
    assert "已经登记过" in again.content.decode()
    take_over(client, again, 天边=str(world.community.pk))
    assert Case.objects.count() == 3


def test_a_nearer_deadline_of_the_hotline_wins(client, world) -> None:
    client.force_login(world["dispatcher"])
    due = timezone.localtime() + timedelta(hours=5)
    row = f"G009,垃圾没清运,垃圾清运,金桥社区,,,,{due:%Y-%m-%d %H:%M:%S},\n"
    take_over(client, upload(client, row))
    case = Case.objects.get()
    assert case.due_at == due.replace(microsecond=0)


def test_a_file_that_is_no_table_is_explained(client, world) -> None:
    client.force_login(world["dispatcher"])
    file = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")
    response = client.post(reverse("desk:hotline"), {"file": file})
    assert response.status_code == 422
    assert "不是表格" in response.content.decode()
    assert not Batch.objects.exists()


def test_throwing_a_file_away_registers_nothing(client, world) -> None:
    client.force_login(world["dispatcher"])
    page = upload(client, "G001,垃圾没清运,垃圾清运,金桥社区,,,,,\n")
    batch = page.context["batch"]
    address = reverse("desk:hotline-batch", args=[batch.pk])
    client.post(address, {"act": "discard"})
    assert Case.objects.count() == 0
    client.force_login(world["outsider"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-17 09:05:00", "2026-03-17T09:05:00+08:00"),
        ("2026/3/17 9:05", "2026-03-17T09:05:00+08:00"),
        ("2026年3月17日 09:05", "2026-03-17T09:05:00+08:00"),
        ("2026-03-17", "2026-03-17T00:00:00+08:00"),
        ("5 个工作日", None),
        ("", None),
    ],
)
def test_times_as_tables_write_them(text, iso) -> None:
    found = moment(text)
    assert (found.isoformat() if found else None) == iso
