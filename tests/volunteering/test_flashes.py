"""Flashes become cases and records, once, by page and by queue."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.casework.world import World
from tests.volunteering.people import did, rider, said, signed
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.models import Case, CasePhoto
from wugeyi.casework.rules.receipts import display
from wugeyi.uploads.models import Upload
from wugeyi.volunteering.actions import deeds, people, voices
from wugeyi.volunteering.models import Deed, Emergency, Help, Voice
from wugeyi.volunteering.rules.refusals import Refused, Why
from wugeyi.volunteering.views.kinds import category_of

WHERE = {"place_query": "金桥社区", "spot": "东门"}


def photo(colour: str = "#336655", name: str = "p.png") -> SimpleUploadedFile:
    sheet = BytesIO()
    Image.new("RGB", (40, 30), colour).save(sheet, "PNG")
    return SimpleUploadedFile(name, sheet.getvalue(), "image/png")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def report(**more: object) -> dict[str, object]:
    values = {"client_id": str(uuid4()), "text": "人行道井盖没了", **WHERE}
    return values | more


def test_a_snapshot_becomes_a_case_and_the_result_comes_back(world: World) -> None:
    mine = rider(world)
    browser = signed(mine)
    url = reverse("volunteering:report")
    assert "先停好车" in browser.get(url).content.decode()
    answer = browser.post(url, report(photos=photo()))
    case = Case.objects.get()
    assert answer.headers["Location"].startswith(f"/receipt/{case.pk}") or (
        str(case.pk) in answer.headers["Location"]
    )
    # Nobody has looked at the photograph yet.
    assert not CasePhoto.objects.get(case=case).public
    assert case.published_at is None
    assert (case.place, case.spot) == (world.community, "东门")
    assert case.reporter.phone == mine.phone
    own = reverse("volunteering:mine")
    assert "人行道井盖没了" in browser.get(own).content.decode()
    assert "人行道井盖没了" not in signed(rider(world)).get(own).content.decode()
    resolve(world, case)
    assert voices.follow(at=world.now()) == 1
    assert voices.follow(at=world.now()) == 0
    voice = Voice.objects.get()
    assert voice.outcome == "resolved"
    assert "已解决" in browser.get(own).content.decode()


def resolve(world: World, case: Case) -> None:
    worker, at = world["worker"], world.now
    case = Case.objects.get(pk=case.pk)
    if case.handler != world.community:
        case = handling.assign(
            case=case,
            to=world.community,
            reason="社区办",
            by=world["dispatcher"],
            at=at(),
        )
    case = handling.accept(case=case, by=worker, at=at())
    case = handling.answer(case=case, text="补好了", by=worker, at=at())
    closing.call_back(
        case=case,
        method="phone",
        result="resolved",
        satisfaction="yes",
        by=world["dispatcher"],
        at=at(),
    )


def test_a_reopened_case_is_open_here_too(world: World) -> None:
    voice = said(world, rider(world))
    resolve(world, voice.case)
    voices.follow(at=world.now())
    Case.objects.filter(pk=voice.case_id).update(
        state="working", outcome="", closed_at=None, closed_on=None
    )
    assert voices.follow(at=world.now()) == 1
    voice.refresh_from_db()
    assert (voice.outcome, voice.ended_on) == ("", None)


def test_a_rider_adds_their_voice_to_what_is_known(world: World) -> None:
    """The same question, in the same words, as where residents report."""
    mine = rider(world)
    first = said(
        world,
        rider(world),
        kind="report",
        text="人行道井盖没了，很危险",
        category=category_of("人行道井盖没了"),
    ).case
    browser, url = signed(mine), reverse("volunteering:report")
    form = report(photos=photo())
    page = browser.post(url, form)
    text = page.content.decode()
    assert page.status_code == 200
    assert "附近有人反映过类似的事，是同一件吗？" in text
    assert "继续提交" in text
    assert first.text not in text  # words nobody has looked at are nobody's to read
    kept = text.split('name="kept" value="')[1].split('"')[0]
    again = report(client_id=form["client_id"], kept=kept, seen="similar")
    browser.post(url, again | {"join": first.pk})
    voice = Voice.objects.get(volunteer=mine)
    assert voice.case.merged_into == first
    assert CasePhoto.objects.filter(case=voice.case).count() == 1
    # Sent once more it is the same; what its twin made is not asked about.
    assert browser.post(url, again | {"join": "", "seen": ""}).status_code == 302
    # "Not the same": one of its own.
    browser.post(url, report(seen="similar", join=""))
    assert Voice.objects.filter(case__merged_into=None).count() == 2
    # A merged voice hears what became of the case it was added to.
    resolve(world, first)
    voices.follow(at=world.now())
    voice.refresh_from_db()
    assert voice.outcome == "resolved"


def test_the_queue_asks_only_who_is_looking(world: World) -> None:
    said(
        world,
        rider(world),
        kind="report",
        text="人行道井盖没了",
        category=category_of("人行道井盖没了"),
    )
    browser, key = signed(rider(world)), str(uuid4())
    fields = {"text": "人行道井盖没了", "client_id": key, **WHERE}
    looking = send(browser, "flash-report", fields, key, attended=True)
    assert (looking["state"], looking["status"]) == ("refused", 200)
    assert "看一下页面上的提示" in looking["text"]
    assert send(browser, "flash-report", fields, key)["state"] == "taken"
    assert Voice.objects.filter(case__merged_into=None).count() == 2


def test_danger_shows_the_numbers_first(world: World) -> None:
    url = reverse("volunteering:report")
    form = report(text="有人晕倒在路边")
    first = Client().post(url, form)
    assert first.status_code == 200
    assert "tel:120" in first.content.decode()
    assert not Case.objects.exists()
    Client().post(url, form | {"seen": "danger"})
    assert Case.objects.get().danger


@pytest.mark.parametrize(
    ("content", "name"),
    [(SVG, "p.svg"), (SVG, "p.jpg"), (b"", "p.jpg"), (b"\xff\xd8nothing", "p.jpg")],
)
def test_what_is_no_picture_is_refused_and_nothing_lost(
    world: World, content: bytes, name: str
) -> None:
    url = reverse("volunteering:report")
    bad = SimpleUploadedFile(name, content, "image/jpeg")
    answer = Client().post(url, report(photos=[photo(), bad]))
    text = answer.content.decode()
    if content:
        assert answer.status_code == 422
        assert "没有收下" in text
        assert 'name="kept"' in text  # the good one is here already
        assert not Case.objects.exists()
    assert "人行道井盖没了" in text or answer.status_code == 302
    assert not any(each.path.endswith("svg") for each in Upload.objects.all())


def test_posting_that_volunteers_must_not_touch_becomes_a_case(world: World) -> None:
    browser = signed(rider(world))
    url = reverse("volunteering:cleanup")
    page = browser.get(url).content.decode()
    for word in ("登高", "公物", "违规"):
        assert word in page
    form = {"client_id": str(uuid4()), "text": "二楼外墙的小广告", **WHERE}
    browser.post(url, form | {"safe": "no"})
    assert not Deed.objects.exists()
    voice = Voice.objects.get()
    assert (voice.kind, voice.case.category.code) == ("cleanup", "posters")
    form["client_id"] = str(uuid4())
    both = [photo("#111111"), photo("#eeeeee")]
    answer = browser.post(url, form | {"safe": "yes", "photos": both})
    deed = Deed.objects.get()
    assert answer.headers["Location"] == reverse("volunteering:deed", args=[deed.pk])
    assert deed.before is not None
    assert deed.after is not None
    assert deed.on == timezone.localdate()
    picture = reverse("volunteering:picture", args=[deed.pk, "before"])
    assert browser.get(picture).status_code == 200
    assert signed(rider(world)).get(picture).status_code == 404
    assert Client().get(picture).status_code == 302


def test_publicity_counts_sessions_and_pieces(world: World) -> None:
    browser = signed(rider(world))
    url = reverse("volunteering:publicity")
    form = {"client_id": str(uuid4()), "text": "反诈宣传", **WHERE}
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong, why in (
        ({}, "几场"),
        ({"pieces": "-3"}, "0"),
        ({"pieces": "99999999"}, "10000"),
        ({"sessions": "1", "on": tomorrow}, "还没有到"),
    ):
        answer = browser.post(url, form | wrong)
        assert answer.status_code == 422, wrong
        assert why in answer.content.decode()
    browser.post(url, form | {"sessions": "2", "pieces": "30"})
    browser.post(url, form | {"sessions": "2", "pieces": "30"})
    deed = Deed.objects.get()
    assert (deed.sessions, deed.pieces) == (2, 30)


def test_who_did_not_register_is_asked_first(world: World) -> None:
    for name in ("publicity", "cleanup", "helps", "mine", "claim", "issue"):
        answer = Client().get(reverse(f"volunteering:{name}"))
        assert answer.headers["Location"].startswith(reverse("volunteering:join"))


def test_a_deed_is_written_once_seen_and_taken_back(world: World) -> None:
    mine = rider(world)
    client_id = uuid4()
    row = did(world, mine, client_id=client_id)
    assert did(world, mine, client_id=client_id) == row
    for more in ({"text": "别的"}, {"kind": "publicity"}):
        with pytest.raises(Refused) as refused:
            did(world, mine, client_id=client_id, **more)
        assert refused.value.why is Why.OTHER_CONTENT
    for on, why in (
        (world.now().date() + timedelta(days=1), Why.FUTURE),
        (world.now().date() - timedelta(days=91), Why.PAST),
    ):
        with pytest.raises(Refused) as refused:
            did(world, mine, on=on)
        assert refused.value.why is why
    assert deeds.see(deed=row, by=world["worker"], at=world.now())
    assert not deeds.see(deed=row, by=world["worker"], at=world.now())
    assert deeds.take_back(deed=row, by=world["worker"], at=world.now())
    assert not deeds.take_back(deed=row, by=world["worker"], at=world.now())


def test_a_voice_is_one_case_however_often_it_is_sent(world: World) -> None:
    mine = rider(world)
    client_id = uuid4()
    first = said(world, mine, client_id=client_id)
    assert said(world, mine, client_id=client_id) == first
    with pytest.raises(Refused) as refused:
        said(world, mine, client_id=client_id, text="别的话")
    assert refused.value.why is Why.OTHER_CONTENT
    assert Case.objects.count() == 1


def tag(client: Client) -> str:
    """What a phone writes on what is queued: who used it then."""
    return client.get("/send/who", headers={"Idempotency-Key": "who"}).json()["person"]


def send(
    client: Client,
    code: str,
    fields: dict[str, str],
    key: str,
    *,
    person: str | None = None,
    attended: bool = False,
) -> dict:
    whose = tag(client) if person is None else person
    headers = {"Idempotency-Key": key, "Queue-Person": whose}
    if attended:
        headers["Queue-Attended"] = "1"
    answer = client.post(f"/send/{code}", fields, headers=headers)
    return answer.json() | {"status": answer.status_code}


def queue(world: World) -> list[tuple[str, dict[str, str]]]:
    del world
    return [
        ("flash-report", {"text": "人行道井盖没了", **WHERE}),
        ("flash-need", {"text": "想要个充电的地方", **WHERE}),
        ("flash-publicity", {"text": "反诈", "sessions": "1", **WHERE}),
        ("flash-cleanup", {"text": "小广告", "safe": "yes", **WHERE}),
        ("flash-emergency", {"text": "有人摔倒", **WHERE}),
        (
            "flash-help",
            {
                "kind": "carry",
                "text": "搬米",
                "within": "week",
                "near": "北门",
                "address": "3 栋",
                "phone": "13800138002",
                **WHERE,
            },
        ),
    ]


def test_what_waited_on_a_phone_is_taken_exactly_once(world: World) -> None:
    browser = signed(rider(world))
    for code, fields in queue(world):
        key = str(uuid4())
        whole = {**fields, "client_id": key}
        first = send(browser, code, whole, key)
        assert first["state"] == "taken", (code, first)
        again = send(browser, code, whole, key)
        assert (again["state"], again["text"]) == ("taken", first["text"])
        other = send(browser, code, {**whole, "spot": "别处"}, key)
        assert other["status"] == 409
        assert browser.get(first["url"], follow=True).status_code == 200, code
    assert Case.objects.count() == 2
    assert Deed.objects.count() == 2
    assert Emergency.objects.count() == 1
    assert Help.objects.count() == 1
    assert Voice.objects.exclude(volunteer=None).count() == 2


def test_the_queue_waits_until_one_is_known(world: World) -> None:
    key = str(uuid4())
    fields = {"text": "小广告", "safe": "yes", "client_id": key, **WHERE}
    answer = send(Client(), "flash-cleanup", fields, key)
    assert (answer["state"], answer["claim"]) == ("sign-in", False)
    browser = signed(rider(world))
    # Written before anybody was known: the one who is says that it is theirs.
    answer = send(browser, "flash-cleanup", fields, key, person="")
    assert (answer["state"], answer["claim"]) == ("sign-in", True)
    assert not Deed.objects.exists()
    assert send(browser, "flash-cleanup", fields, key)["state"] == "taken"


def test_what_one_wrote_never_becomes_anothers(world: World) -> None:
    mine = rider(world, user=world["postless"])
    first, second = signed(mine), signed(rider(world))
    tags = tag(first), tag(second)
    assert all(tags)
    assert tags[0] != tags[1]
    assert len(tags[0]) == len(tags[1]) == len("~volunteer=") + 24
    account = Client()
    account.force_login(world["postless"])
    # The same person with their account's cookie: the volunteer's part is the same.
    assert tag(account).partition("~")[2] == tags[0].partition("~")[2]
    for code, fields in queue(world):
        key = str(uuid4())
        whole = {**fields, "client_id": key}
        answer = send(second, code, whole, key, person=tags[0])
        if code in {"flash-emergency", "flash-help"}:
            # No alarm waits for its writer; it only is not told in another's name.
            assert answer["state"] == "taken"
            continue
        assert (answer["state"], answer["claim"]) == ("sign-in", False), code
        assert "另一位志愿者" in answer["text"]
        people.renew_link(volunteer=mine, at=world.now())
        again = send(signed(mine), code, whole, key, person=tags[0])
        assert again["state"] == "taken", code
    assert Emergency.objects.get().volunteer is None
    for made in (*Deed.objects.all(), *Voice.objects.all()):
        assert made.volunteer == mine


def test_what_nobody_signed_stays_nobodys(world: World) -> None:
    key = str(uuid4())
    fields = {"text": "人行道井盖没了", "client_id": key, **WHERE}
    answer = send(signed(rider(world)), "flash-report", fields, key, person="")
    assert answer["state"] == "taken"
    assert Voice.objects.get().volunteer is None


def test_the_queue_says_why_it_does_not_take(world: World) -> None:
    key = str(uuid4())
    fields = {"text": "", "client_id": key, **WHERE}
    answer = send(Client(), "flash-report", fields, key)
    assert answer["state"] == "refused"
    assert "text" in answer["errors"]


def test_somebody_without_account_follows_by_the_code(world: World) -> None:
    answer = Client().post(reverse("volunteering:need"), report(), follow=True)
    case = Case.objects.get()
    assert display(case.receipt) in answer.content.decode()
    assert Voice.objects.get().volunteer is None
