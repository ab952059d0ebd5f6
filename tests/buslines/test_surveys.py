"""Looking at the road, and what growers suggested: written once, followed to the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.buslines.line import DAY, BusLine, create
from tests.casework.world import World, category
from wugeyi.audit.models import AuditEvent
from wugeyi.branchwork.actions.suggestions import follow
from wugeyi.branchwork.models import Suggestion
from wugeyi.branchwork.rules.suggestions import State
from wugeyi.buslines.actions import suggestions, surveys
from wugeyi.buslines.actions.suggestions import Said
from wugeyi.buslines.actions.surveys import Look, Seen
from wugeyi.buslines.models import LineSuggestion, Survey, SurveyFinding
from wugeyi.buslines.queries.surveys import suggested, tally
from wugeyi.buslines.rules.refusals import Refused, Why
from wugeyi.casework.actions import closing, handling
from wugeyi.casework.models import Case
from wugeyi.figures.queries import Period, figures

What = SurveyFinding.What


def look(busline: BusLine, **values: object) -> Survey:
    return surveys.record(
        line=busline.line,
        client_id=uuid4(),
        look=Look(**({"surveyed_on": DAY, "people": "党员 4 人"} | values)),
        by=busline.by,
        at=busline.world.now(),
    )


def find(busline: BusLine, survey: Survey, **values: object) -> SurveyFinding:
    known = {"what": What.ROAD, "spot": busline.spots["v1"], "text": "路肩塌了半米"}
    return surveys.find(
        survey=survey,
        client_id=uuid4(),
        seen=Seen(**(known | values)),
        by=busline.by,
        at=busline.world.now(),
    )


def opened(busline: BusLine, finding: SurveyFinding) -> Case:
    return surveys.open_case(
        finding=finding,
        text="上坝路肩塌了半米，请修。",
        category=category("road-damage"),
        place=busline.world.community,
        by=busline.by,
        at=busline.world.now(),
    )


def mend(world: World, case: Case) -> None:
    by = world["worker"]
    handling.accept(case=case, by=by, at=world.now())
    case.refresh_from_db()
    handling.answer(case=case, text="修好了。", by=by, at=world.now())
    case.refresh_from_db()
    closing.call_back(
        case=case,
        method="check",
        result="resolved",
        text="现场看过，路肩已经修好。",
        by=world["dispatcher"],
        at=world.now(),
    )


def client(busline: BusLine, who: str = "town_worker") -> Client:
    made = Client()
    made.force_login(busline.world[who])
    return made


def test_sent_twice_is_one_survey_and_one_finding(busline: BusLine) -> None:
    key = uuid4()
    told = {
        "line": busline.line,
        "client_id": key,
        "look": Look(DAY),
        "by": busline.by,
    }
    first = surveys.record(**told, at=busline.world.now())
    assert surveys.record(**told, at=busline.world.now()) == first
    seen = Seen(What.SIGN, busline.spots["v2"], text="站牌倒了")
    given = {"survey": first, "client_id": uuid4(), "seen": seen, "by": busline.by}
    one = surveys.find(**given, at=busline.world.now())
    assert surveys.find(**given, at=busline.world.now()) == one
    assert Survey.objects.filter(line=busline.line).count() == 1
    assert first.findings.count() == 1


def test_a_finding_opens_one_case_and_shows_it_until_mended(busline: BusLine) -> None:
    finding = find(busline, look(busline))
    assert tally(busline.line).opened == 0
    case = opened(busline, finding)
    assert opened(busline, finding) == case
    assert (case.place, case.spot) == (busline.world.community, "上坝")
    assert (case.lat, case.lon) == (
        busline.spots["v1"].lat,
        busline.spots["v1"].lon,
    )
    counted = tally(busline.line)
    assert (counted.problems, counted.opened, counted.mended) == (1, 1, 0)
    mend(busline.world, case)
    assert tally(busline.line).mended == 1


def test_a_problem_needs_words_and_a_place_of_the_line(busline: BusLine) -> None:
    survey = look(busline)
    other = create(busline.world, number="253", name="别的线")
    elsewhere = BusLine(busline.world, other)
    elsewhere.spot("v9")
    for values, why in (
        ({"text": "  "}, Why.NEEDS_TEXT),
        ({"spot": elsewhere.spots["v9"]}, Why.BAD_VALUE),
        ({"to_spot": busline.spots["v1"]}, Why.BAD_VALUE),
        ({"what": "dragon"}, Why.BAD_VALUE),
    ):
        with pytest.raises(Refused) as refused:
            find(busline, survey, **values)
        assert refused.value.why is why
    assert find(busline, survey, what=What.FINE, text="").pk


def test_what_is_fine_makes_no_case_and_no_problem(busline: BusLine) -> None:
    finding = find(busline, look(busline), what=What.FINE, text="")
    with pytest.raises(Refused):
        opened(busline, finding)
    assert tally(busline.line).problems == 0


def test_no_survey_of_a_day_to_come(busline: BusLine) -> None:
    with pytest.raises(Refused) as refused:
        look(busline, surveyed_on=DAY + timedelta(days=40))
    assert refused.value.why is Why.BAD_DAYS


def test_what_was_written_by_mistake_is_taken_back(busline: BusLine) -> None:
    survey = look(busline)
    finding = find(busline, survey)
    with pytest.raises(Refused):
        surveys.withdraw(survey=survey, by=busline.by, at=busline.world.now())
    surveys.withdraw_finding(finding=finding, by=busline.by, at=busline.world.now())
    surveys.withdraw(survey=survey, by=busline.by, at=busline.world.now())
    assert tally(busline.line).surveys == 0
    with pytest.raises(Refused):
        find(busline, survey)
    kept = find(busline, look(busline))
    opened(busline, kept)
    with pytest.raises(Refused) as refused:
        surveys.withdraw_finding(finding=kept, by=busline.by, at=busline.world.now())
    assert refused.value.why is Why.IN_USE


def test_surveys_and_problems_are_counted_as_they_are_written(busline: BusLine) -> None:
    codes = ["line_surveys", "line_findings"]
    survey = look(busline)
    find(busline, survey)
    find(busline, survey, what=What.FINE, text="")
    told = figures(codes, busline.world.city, Period(DAY, DAY))
    assert [told[code].value for code in codes] == [1, 1]
    gone = look(busline)
    surveys.withdraw(survey=gone, by=busline.by, at=busline.world.now())
    told = figures(codes, busline.world.city, Period(DAY, DAY))
    assert told["line_surveys"].value == 1


def test_every_act_leaves_one_event(busline: BusLine) -> None:
    before = AuditEvent.objects.count()
    survey = look(busline)
    find(busline, survey)
    names = AuditEvent.objects.order_by("id").values_list("action", flat=True)[before:]
    assert list(names) == ["buslines.survey", "buslines.find"]


def test_the_page_of_a_survey_takes_what_was_seen(busline: BusLine) -> None:
    browser = client(busline)
    answer = browser.post(
        reverse("buslines:survey-new", args=[busline.line.pk]),
        {"client_id": uuid4(), "surveyed_on": DAY.isoformat(), "people": "党员 3 人"},
    )
    survey = Survey.objects.get(line=busline.line)
    page = reverse("buslines:survey", args=[survey.pk])
    assert answer.headers["Location"] == page
    data = {
        "client_id": uuid4(),
        "what": "shelter",
        "spot": busline.spots["v3"].pk,
        "text": "没有雨棚",
    }
    assert browser.post(page, data).status_code == 302
    shown = browser.get(page).content.decode()
    assert "没有雨棚" in shown
    assert "还没开诉求" in shown
    wrong = browser.post(page, {**data, "client_id": uuid4(), "text": ""})
    assert wrong.status_code == 422
    assert "请把这一项写上" in wrong.content.decode()


def test_a_case_is_opened_with_what_is_known(busline: BusLine) -> None:
    finding = find(busline, look(busline), to_spot=busline.spots["v2"])
    address = reverse("buslines:finding-case", args=[finding.pk])
    browser = client(busline)
    shown = browser.get(address).content.decode()
    assert "上坝 到 中坝 之间" in shown
    form = browser.get(address).context["form"]
    sent = {
        "text": form.initial["text"],
        "category": form.initial["category"],
        "to_pick": form.initial["to_pick"],
    }
    assert browser.post(address, sent).status_code == 302
    finding.refresh_from_db()
    assert finding.case is not None
    assert finding.case.spot == "上坝 — 中坝"
    # Asked again, the page goes back instead of opening a second one.
    assert browser.get(address).status_code == 302
    case_page = client(busline, "worker").get(
        reverse("desk:case", args=[finding.case.pk])
    )
    # The community's worker does not read the town's line.
    assert "惠农专线勘验发现的" not in case_page.content.decode()
    case_page = browser.get(reverse("desk:case", args=[finding.case.pk]))
    assert "惠农专线勘验发现的" in case_page.content.decode()


def test_readers_see_and_do_not_write(busline: BusLine) -> None:
    survey = look(busline)
    finding = find(busline, survey)
    reader = client(busline, "auditor")
    page = reverse("buslines:survey", args=[survey.pk])
    assert reader.get(page).status_code == 200
    assert reader.post(page, {}).status_code == 403
    for name in ("finding-withdraw", "finding-case"):
        address = reverse(f"buslines:{name}", args=[finding.pk])
        assert reader.post(address, {}).status_code == 403
    stranger = client(busline, "outsider")
    assert stranger.get(page).status_code == 404


def test_lists_cost_the_same_however_long(busline: BusLine) -> None:
    browser = client(busline)
    page = reverse("buslines:surveys", args=[busline.line.pk])
    find(busline, look(busline))
    browser.get(page)
    with CaptureQueriesContext(connection) as few:
        browser.get(page)
    for _ in range(12):
        find(busline, look(busline))
    with CaptureQueriesContext(connection) as many:
        assert browser.get(page).status_code == 200
    assert len(many) == len(few)


def test_a_suggestion_is_kept_once_and_followed(busline: BusLine) -> None:
    key = uuid4()
    told = {
        "line": busline.line,
        "client_id": key,
        "said": Said("下坝站加个雨棚", DAY, spot=busline.spots["v3"]),
        "by": busline.by,
    }
    row = suggestions.suggest(**told, at=busline.world.now())
    assert suggestions.suggest(**told, at=busline.world.now()) == row
    assert LineSuggestion.objects.count() == Suggestion.objects.count() == 1
    follow(
        suggestion=row.suggestion,
        state=State.DONE,
        result="雨棚装好了。",
        on=DAY,
        by=busline.by,
        at=busline.world.now(),
    )
    assert suggested(busline.line) == {"all": 1, "done": 1, "declined": 0}
    shown = client(busline).get(reverse("buslines:suggestions", args=[busline.line.pk]))
    assert "雨棚装好了。" in shown.content.decode()


def test_suggestions_are_written_on_the_page(busline: BusLine) -> None:
    page = reverse("buslines:suggestions", args=[busline.line.pk])
    data = {
        "client_id": uuid4(),
        "text": "头班车早十分钟",
        "kind": "residents",
        "made_on": DAY.isoformat(),
        "spot": "",
    }
    browser = client(busline)
    assert browser.post(page, data).status_code == 302
    assert browser.post(page, {**data, "text": ""}).status_code == 422
    assert browser.post(page, {**data, "made_on": "2099-01-01"}).status_code == 422
    assert client(busline, "auditor").post(page, data).status_code == 403
    assert LineSuggestion.objects.filter(line=busline.line).count() == 1


@pytest.mark.parametrize("name", ["surveys", "survey-new", "suggestions"])
def test_pages_speak_english(busline: BusLine, name: str) -> None:
    browser = client(busline)
    browser.cookies["language"] = "en"
    with override("en"):
        page = browser.get(reverse(f"buslines:{name}", args=[busline.line.pk]))
    assert page.status_code == 200
