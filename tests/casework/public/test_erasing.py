from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.casework import world as acts
from tests.casework.public.conftest import picture, sent
from tests.casework.world import World
from wugeyi.accounts.models import Throttle
from wugeyi.audit.actions import seal
from wugeyi.audit.models import AuditEvent
from wugeyi.audit.queries import verify
from wugeyi.casework.actions import closing, combining, erasing, publishing
from wugeyi.casework.actions.intake import Asker, register
from wugeyi.casework.models import Case, Reporter
from wugeyi.jobs import registry
from wugeyi.uploads.actions import store
from wugeyi.uploads.models import Upload

pytestmark = pytest.mark.django_db
# The audit seals only what is certainly committed.
COMMITTED = pytest.mark.django_db(transaction=True)

SECRETS = ("李秀英", "13987654321", "云岩路七号", "后门的污水井盖", "翻修过的老井")


def told(world: World, **more) -> Case:
    values = {
        "text": "后门的污水井盖丢了,我叫李秀英",
        "spot": "翻修过的老井旁",
        "lon": 106.63,
        "lat": 26.65,
        "asker": Asker("李秀英", "13987654321", "云岩路七号"),
    }
    upload = store(file=picture(), by=None, at=world.now())
    need = acts.need(world, **(values | more))
    return register(need=need, photos=[upload], by=None, at=world.now()).case


def ended(world: World, case: Case) -> Case:
    case = acts.handling.accept(case=case, by=world["worker"], at=world.now())
    case = acts.handling.answer(
        case=case, text="已补井盖", by=world["worker"], at=world.now()
    )
    case = publishing.publish(
        case=case,
        public_text="后门的污水井盖丢了",
        by=world["worker"],
        at=world.now(),
    )
    return closing.call_back(
        case=case,
        method="receipt",
        result="resolved",
        text="李秀英谢谢",
        by=None,
        at=world.now(),
    )


def nothing_personal_in_the_audit() -> None:
    for event in AuditEvent.objects.all():
        for secret in SECRETS:
            assert secret not in event.before + event.after, event.action


def chain_is_whole() -> None:
    seal()
    report = verify()
    assert not report.findings
    assert report.unsealed == 0


def test_the_audit_never_held_a_personal_value(city):
    ended(city, told(city))
    nothing_personal_in_the_audit()


@COMMITTED
def test_erasing_everything_leaves_course_and_chain(client, city):
    case = ended(city, told(city))
    old_salt, upload = case.salt, case.photos.get().upload
    seal()
    for sure in (None, "on"):
        form = {"code": case.receipt, "what": "all"} | ({"sure": sure} if sure else {})
        answer = client.post(f"/follow/{case.pk}/erase", form)
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.text == erasing.ERASED
    assert (case.public_text, case.spot, case.lon, case.cell) == ("", "", None, None)
    assert case.salt != old_salt
    assert not case.photos.exists()
    assert not Upload.objects.filter(pk=upload.pk).exists()
    assert case.callbacks.get().text == ""
    reporter = case.reporter
    assert (reporter.name, reporter.phone, reporter.salt) == ("", "", "")
    assert case.updates.get().text == "已补井盖"
    nothing_personal_in_the_audit()
    chain_is_whole()
    page = client.get(f"/follow/{case.pk}").content.decode()
    assert "已补井盖" in page
    for secret in SECRETS:
        assert secret not in page
    assert "后门的污水井盖" not in client.get("/public").content.decode()


def test_a_case_goes_on_after_its_words_were_erased(city):
    case = erasing.erase_all(case=told(city), by=None, at=city.now())
    case = acts.handling.accept(case=case, by=city["worker"], at=city.now())
    case = acts.handling.answer(
        case=case, text="已补井盖", by=city["worker"], at=city.now()
    )
    assert case.state == "answered"


def test_words_go_from_parts_split_off_as_well(city):
    case = told(city)
    part = combining.split(
        case=case,
        client_id=acts.uuid4(),
        text="后门的污水井盖另办",
        category=acts.category("drainage"),
        by=city["dispatcher"],
        at=city.now(),
    )
    erasing.erase_all(case=case, by=None, at=city.now())
    part.refresh_from_db()
    assert part.text == erasing.ERASED


def test_erasing_identity_leaves_the_words(client, city):
    case = told(city)
    form = {"code": case.receipt, "what": "identity"}
    asked = client.post(f"/follow/{case.pk}/erase", form).content.decode()
    assert "删除我的称呼和电话" in asked
    assert Reporter.objects.get(case=case).phone
    client.post(f"/follow/{case.pk}/erase", form | {"sure": "on"})
    assert Reporter.objects.get(case=case).phone == ""
    case.refresh_from_db()
    assert "井盖" in case.text


def test_erasing_twice_writes_one_event(city):
    case = told(city)
    for _ in range(2):
        erasing.erase_all(case=case, by=None, at=city.now())
        erasing.erase_identity(case=case, by=None, at=city.now())
    assert AuditEvent.objects.filter(action="casework.erase_all").count() == 1
    assert not AuditEvent.objects.filter(action="casework.erase_identity").exists()


@COMMITTED
def test_dates_decide_to_the_day(city):
    case = ended(city, told(city))
    at = city.now()
    kept_until = case.reporter.keep_until
    assert kept_until == case.closed_on + timedelta(days=180)
    assert erasing.erase_reporters(today=kept_until, at=at) == 0
    assert erasing.erase_reporters(today=kept_until + timedelta(days=1), at=at) == 1
    words_until = case.closed_on + timedelta(days=1095)
    assert erasing.erase_words(today=words_until, at=at) == 0
    assert erasing.erase_words(today=words_until + timedelta(days=1), at=at) == 1
    case.refresh_from_db()
    assert case.text == erasing.EXPIRED
    assert erasing.erase_words(today=words_until + timedelta(days=9), at=at) == 0
    chain_is_whole()


def test_a_merged_case_ends_with_the_one_it_went_into(city):
    main = told(city)
    joined = register(
        need=acts.need(city, text="同一个井盖"), join=main, by=None, at=city.now()
    ).case
    main = ended(city, main)
    assert Reporter.objects.get(case=joined).keep_until == main.closed_on + timedelta(
        days=180
    )
    later = main.closed_on + timedelta(days=1100)
    assert erasing.erase_reporters(today=later, at=city.now()) == 2
    assert erasing.erase_words(today=later, at=city.now()) == 2
    joined.refresh_from_db()
    assert joined.text == erasing.EXPIRED


def test_reopening_stops_the_clock_of_keeping(city):
    case = ended(city, told(city))
    closing.call_back(
        case=case, method="receipt", result="unresolved", by=None, at=city.now()
    )
    assert Reporter.objects.get(case=case).keep_until is None


def test_many_are_erased_in_batches(city, monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 2)
    for _ in range(5):
        acts.resolved(city)
    today = timezone.localdate() + timedelta(days=4000)
    assert erasing.erase_reporters(today=today, at=city.now()) == 5
    assert erasing.erase_words(today=today, at=city.now()) == 5


# The commands


def test_erase_says_what_it_did(city, capsys):
    case = acts.resolved(city)
    long_ago = timezone.localdate() - timedelta(days=2000)
    Case.objects.filter(pk=case.pk).update(closed_on=long_ago)
    Reporter.objects.filter(case=case).update(keep_until=long_ago)
    call_command("erase")
    assert "1 位诉求人" in capsys.readouterr().out


@COMMITTED
def test_tick_does_everything_and_is_safe_to_repeat(client, city, capsys):
    client.post("/report", sent(city))
    orphan = store(file=picture("x.jpg", (50, 50)), by=None, at=city.now())
    Upload.objects.filter(pk=orphan.pk).update(
        created_at=timezone.now() - timedelta(days=2)
    )
    call_command("tick")
    said = capsys.readouterr().out
    for name in (
        "seal",
        "escalate",
        "erase",
        "purge",
        "publish 1",
        "erase-words",
        "sweep 1",
    ):
        assert name in said
    assert said.count("\n") == 1
    call_command("tick")
    assert "sweep" not in capsys.readouterr().out
    assert not Upload.objects.filter(pk=orphan.pk).exists()
    chain_is_whole()


def test_one_failing_task_does_not_stop_the_others(city, capsys, monkeypatch):
    def broken(at):
        raise RuntimeError("no disk")

    monkeypatch.setitem(registry.ALWAYS, "escalate", broken)
    monkeypatch.setitem(registry.DAILY, "erase-words", broken)
    with pytest.raises(SystemExit):
        call_command("tick")
    out, err = capsys.readouterr()
    assert "seal" in out
    assert "purge" in out
    assert "sweep" in out
    assert "no disk" in err
    # What failed is tried again at once, what succeeded waits for tomorrow.
    kept = set(Throttle.objects.values_list("key", flat=True))
    assert "tick:sweep" in kept
    assert "tick:erase-words" not in kept
