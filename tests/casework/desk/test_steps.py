"""Taking steps through the pages: what is typed is never lost."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.casework.world import answered, category, report, working
from wugeyi.audit.models import AuditEvent
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.models import (
    Callback,
    Case,
    CasePhoto,
    Exclusion,
    Merge,
    Pause,
    Update,
)

pytestmark = pytest.mark.django_db


def step(client, case, slug, **values):
    values.setdefault("version", case.version)
    return client.post(reverse("desk:step", args=[case.pk, slug]), values)


def picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    return SimpleUploadedFile("photo.jpg", file.getvalue(), "image/jpeg")


def now_is(case, state: str) -> Case:
    case.refresh_from_db()
    assert case.state == state
    return case


def test_a_need_goes_its_whole_way_through_the_pages(client, world) -> None:
    case = report(world)
    client.force_login(world["worker"])
    assert step(client, case, "accept").status_code == 302
    now_is(case, "working")
    step(client, case, "contact", text="打过电话，说今天去看")
    step(client, now_is(case, "working"), "answer", text="灯已修好")
    now_is(case, "answered")
    client.force_login(world["dispatcher"])
    step(
        client, case, "callback", method="phone", result="resolved", satisfaction="yes"
    )
    case = now_is(case, "closed")
    assert (case.outcome, case.satisfaction) == ("resolved", "yes")
    step(client, case, "publish", public_text="路灯坏了，已修好。", checked="on")
    case.refresh_from_db()
    assert case.published_at
    step(client, case, "unpublish")
    case.refresh_from_db()
    assert case.published_at is None


def test_not_solved_goes_back_to_work(client, world) -> None:
    case = answered(world)
    client.force_login(world["dispatcher"])
    empty = step(client, case, "callback", method="phone", result="unresolved")
    assert empty.status_code == 422
    step(client, case, "callback", method="phone", result="unresolved", text="还是黑的")
    assert now_is(case, "working").reopened == 1


def test_giving_up_before_enough_tries_is_refused_with_what_to_do(
    client, world
) -> None:
    case = answered(world)
    client.force_login(world["dispatcher"])
    response = step(client, case, "give-up")
    assert response.status_code == 409
    assert "3 次" in response.content.decode()
    now_is(case, "answered")
    for days in (0, 1, 2):
        closing.call_back(
            case=case,
            method="phone",
            result="unreached",
            by=world["dispatcher"],
            at=world.now() + timedelta(days=days),
        )
    case.refresh_from_db()
    assert step(client, case, "give-up").status_code == 302
    assert now_is(case, "closed").outcome == "unreached"


def test_who_answered_may_not_check_the_own_answer(client, world) -> None:
    case = answered(world)
    client.force_login(world["worker"])
    response = step(
        client, case, "callback", method="check", result="resolved", text="看过了"
    )
    assert response.status_code == 409
    assert "换一位同事" in response.content.decode()


def test_hand_back_and_decision(client, world) -> None:
    case = report(world)
    client.force_login(world["worker"])
    step(client, case, "object", reason="不在社区清单")
    now_is(case, "objected")
    client.force_login(world["dispatcher"])
    # Upheld, but nobody named: asked back.
    assert step(client, case, "decide", upheld="yes", reason="是").status_code == 422
    step(
        client,
        case,
        "decide",
        upheld="yes",
        to=world.department.code,
        reason="由城管局办",
    )
    assert now_is(case, "assigned").handler == world.department


def test_pausing_asking_and_replying(client, world) -> None:
    case = working(world)
    client.force_login(world["worker"])
    step(client, case, "pause", reason="weather", text="连日大雨")
    case.refresh_from_db()
    assert case.due_at is None
    assert Pause.objects.filter(case=case, ended_at=None).count() == 1
    step(client, case, "resume")
    case.refresh_from_db()
    assert case.due_at is not None
    step(client, case, "ask", to="甲县城管局", text="请派车")
    asked = case.requests.get()
    client.force_login(world["department"])
    address = reverse("desk:reply", args=[case.pk, asked.pk])
    assert client.post(address, {"text": "  "}).status_code == 422
    assert client.post(address, {"text": "明早到"}).status_code == 302
    asked.refresh_from_db()
    assert asked.reply == "明早到"
    # Twice: the first answer stands.
    assert client.post(address, {"text": "再答"}).status_code == 409


def test_reclassify_split_merge_and_undo(client, world) -> None:
    case = working(world)
    other = report(world)
    client.force_login(world["dispatcher"])
    noise = category("noise")
    step(
        client,
        case,
        "reclassify",
        category=noise.pk,
        urgency="urgent",
        to="",
        reason="写错了",
    )
    case.refresh_from_db()
    assert (case.category, case.urgency, case.place) == (
        noise,
        "urgent",
        world.community,
    )
    page = client.get(reverse("desk:step", args=[case.pk, "split"]))
    client_id = page.context["form"]["client_id"].value()
    for _twice in range(2):
        step(
            client,
            case,
            "split",
            text="另一件事",
            category=noise.pk,
            client_id=client_id,
        )
    assert Case.objects.filter(split_from=case).count() == 1
    case.refresh_from_db()
    wrong = step(client, other, "merge", into="20260101-999999")
    assert wrong.status_code == 422
    assert "核对编号" in wrong.content.decode()
    step(client, other, "merge", into=case.number)
    now_is(other, "merged")
    step(client, other, "unmerge")
    now_is(other, "assigned")
    assert Merge.objects.get(case=other).undone_by == world["dispatcher"]


def test_exclusion_is_approved_by_somebody_else(client, world) -> None:
    case = working(world)
    client.force_login(world["worker"])
    step(client, case, "exclude", reason="unfounded", text="查无此事")
    asked = Exclusion.objects.get(case=case)
    address = reverse("desk:exclusion", args=[case.pk, asked.pk])
    assert client.get(address).status_code == 403
    client.force_login(world["supervisor"])
    assert client.get(address).status_code == 200
    client.post(address, {"approved": "yes", "text": "属实"})
    case.refresh_from_db()
    assert case.excluded


def test_a_stale_page_keeps_the_words_and_shows_what_happened(client, world) -> None:
    case = working(world)
    old = case.version
    handling.write_update(
        case=case, kind="note", text="同事刚写的", by=world["worker"], at=world.now()
    )
    client.force_login(world["worker"])
    response = step(client, case, "answer", text="我写了很久的答复", version=old)
    text = response.content.decode()
    assert response.status_code == 409
    assert "我写了很久的答复" in text
    assert "内部备注" in text
    # The same page sent again is decided on what it shows now.
    again = response.context["form"]["version"].value()
    response = step(client, case, "answer", text="我写了很久的答复", version=again)
    assert response.status_code == 302
    now_is(case, "answered")


def test_a_case_just_transferred_away(client, world) -> None:
    case = working(world)
    old = case.version
    handling.assign(
        case=case,
        to=world.department,
        reason="由城管局办",
        by=world["dispatcher"],
        at=world.now(),
    )
    client.force_login(world["worker"])
    response = step(client, case, "answer", text="我写好的答复", version=old)
    text = response.content.decode()
    assert response.status_code == 403
    assert "我写好的答复" in text
    assert "甲县城管局" in text
    assert not Update.objects.filter(kind="answer").exists()


def test_a_case_moved_out_of_sight_still_gives_the_words_back(client, world) -> None:
    case = report(world, category=category("street-light"), place=world.town)
    handling.assign(
        case=case,
        to=world.department,
        reason="路灯",
        by=world["dispatcher"],
        at=world.now(),
    )
    client.force_login(world["department"])
    case.refresh_from_db()
    handling.assign(
        case=case,
        to=world.other_county,
        reason="不在本县",
        by=world["dispatcher"],
        at=world.now(),
    )
    response = step(client, case, "answer", text="我写好的答复", version=case.version)
    text = response.content.decode()
    assert response.status_code == 404
    assert "我写好的答复" in text
    # Nothing of the case itself is told any more.
    assert case.text not in text
    assert case.number not in text


def test_a_step_that_ended_meanwhile_keeps_the_words_to_copy(client, world) -> None:
    case = working(world)
    client.force_login(world["worker"])
    handling.answer(case=case, text="同事已答复", by=world["worker"], at=world.now())
    case.refresh_from_db()
    response = step(client, case, "pause", reason="weather", text="下雨了")
    assert response.status_code == 409
    assert "下雨了" in response.content.decode()
    assert not Pause.objects.exists()


@pytest.mark.parametrize(
    ("who", "slug", "status"),
    [
        ("neighbour", "accept", 404),
        ("outsider", "assign", 404),
        ("department", "accept", 404),
        ("auditor", "accept", 403),
        ("supervisor", "accept", 403),
        ("administrator", "accept", 404),
        ("postless", "accept", 403),
        ("worker", "assign", 403),
        ("worker", "decide", 403),
        ("dispatcher", "pause", 403),
    ],
)
def test_who_may_not(client, world, who, slug, status) -> None:
    case = report(world)
    client.force_login(world[who])
    address = reverse("desk:step", args=[case.pk, slug])
    assert client.get(address).status_code == status
    assert client.post(address, {"version": 1}).status_code == status
    now_is(case, "assigned")


def test_photos_are_kept_through_a_refusal(client, world) -> None:
    case = working(world)
    old = case.version
    handling.write_update(
        case=case, kind="note", text="备注", by=world["worker"], at=world.now()
    )
    client.force_login(world["worker"])
    values = {"text": "换好了", "kind": "progress"}
    response = step(client, case, "update", photos=picture(), version=old, **values)
    assert response.status_code == 409
    assert CasePhoto.objects.count() == 0
    kept = response.context["kept"]
    version = response.context["form"]["version"].value()
    step(client, case, "update", version=version, kept=kept, **values)
    photo = CasePhoto.objects.get()
    assert photo.by_staff
    shown = client.get(reverse("desk:photo", args=[photo.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown).startswith(b"\xff\xd8")
    client.force_login(world["neighbour"])
    assert client.get(reverse("desk:photo", args=[photo.pk])).status_code == 404


def test_a_file_that_is_no_picture_is_told_and_the_words_stay(client, world) -> None:
    case = working(world)
    client.force_login(world["worker"])
    file = SimpleUploadedFile("photo.jpg", b"not a picture", "image/jpeg")
    response = step(client, case, "update", text="看现场", kind="progress", photos=file)
    assert response.status_code == 422
    assert "看现场" in response.content.decode()
    assert not Update.objects.exists()


def test_a_forged_token_of_kept_photos_is_ignored(client, world) -> None:
    case = working(world)
    client.force_login(world["worker"])
    step(client, case, "update", text="看现场", kind="note", kept="[1]:x:y")
    assert CasePhoto.objects.count() == 0


def test_the_reporter_is_shown_only_to_who_calls_back_and_it_is_written_down(
    client, world
) -> None:
    case = working(world)
    address = reverse("desk:reporter", args=[case.pk])
    page = reverse("desk:case", args=[case.pk])
    for who in ("worker", "supervisor", "auditor"):
        client.force_login(world[who])
        text = client.get(page).content.decode()
        assert "13800138000" not in text
        assert "张三" not in text
    for who in ("supervisor", "auditor"):
        client.force_login(world[who])
        assert client.post(address).status_code == 403
    assert not AuditEvent.objects.filter(action="casework.reveal").exists()
    client.force_login(world["worker"])
    assert client.get(address).status_code == 405
    response = client.post(address)
    assert "13800138000" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    event = AuditEvent.objects.get(action="casework.reveal")
    assert event.actor_id == world["worker"].pk
    assert "13800138000" not in event.after


def test_the_party_reported_never_sees_who_reported(client, world) -> None:
    case = report(world, reported_party=world.community)
    client.force_login(world["worker"])
    address = reverse("desk:reporter", args=[case.pk])
    assert client.post(address).status_code == 403
    done = answered(world, reported_party=world.community)
    response = step(client, done, "callback", method="phone", result="resolved")
    assert response.status_code == 403
    assert not Callback.objects.exists()


def test_a_saved_reply_goes_behind_what_was_typed(client, world) -> None:
    client.force_login(world["worker"])
    client.post(
        reverse("desk:replies"),
        {
            "title": "路灯已修",
            "text": "今晚会亮。",
            "organisation": world.community.pk,
        },
    )
    case = working(world)
    page = client.get(reverse("desk:step", args=[case.pk, "answer"]))
    saved = page.context["replies"][0]
    response = step(client, case, "answer", text="您好：", insert=saved.pk)
    assert response.context["form"]["text"].value() == "您好：\n今晚会亮。"
    now_is(case, "working")


def test_an_ambiguous_name_is_asked_back_with_paths(client, world) -> None:
    case = report(world)
    client.force_login(world["dispatcher"])
    response = step(client, case, "assign", to="社区", reason="就近")
    text = response.content.decode()
    assert response.status_code == 422
    assert "东街街道 / 银桥社区" in text
    assert "就近" in text
    step(
        client,
        case,
        "assign",
        to="社区",
        to_pick=world.neighbour.pk,
        reason="就近",
    )
    assert now_is(case, "assigned").handler == world.neighbour


def test_nothing_is_found_for_a_name_of_nobody(client, world) -> None:
    case = report(world)
    client.force_login(world["dispatcher"])
    response = step(client, case, "assign", to="没有这个", reason="就近")
    assert response.status_code == 422
    assert "没有找到" in response.content.decode()


def test_masked_words_are_proposed_for_the_public(client, world) -> None:
    case = report(world, text="我叫李四，电话13912345678，门口路灯坏了")
    client.force_login(world["worker"])
    page = client.get(reverse("desk:step", args=[case.pk, "publish"]))
    assert "13912345678" not in page.context["form"]["public_text"].value()
    assert any(each.original == "13912345678" for each in page.context["hidden"])
    unchecked = step(client, case, "publish", public_text="路灯坏了")
    assert unchecked.status_code == 422
