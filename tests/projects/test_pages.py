from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.audit.helpers import assert_one_event
from tests.casework.world import World, hire, report
from tests.projects.laying import begin, decide
from tests.uploads.pictures import phone_photo
from wugeyi.figures import openers
from wugeyi.organisations.queries import reach_of
from wugeyi.organisations.rules import Reach, Role
from wugeyi.projects.actions import money, projects, results, steps
from wugeyi.projects.context import case_panel, decision_panel
from wugeyi.projects.models import Evidence, Money, Project
from wugeyi.projects.queries.chain import (
    Step,
    chain_of_case,
    chain_of_decision,
    chain_of_project,
)
from wugeyi.projects.queries.measured import choices

DAY = date(2026, 3, 10)


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world[name])
    return client


def reach(world: World, name: str) -> Reach:
    return reach_of(world[name], on=timezone.localdate())


def told(steps: list[Step]) -> dict[str, tuple[int, int]]:
    """How many links and how many hidden ones each step has."""
    return {step.name: (len(step.links), step.hidden) for step in steps}


def measured(world: World, made: Project) -> None:
    results.add_result(
        project=made,
        found=results.Measured(
            after=Decimal(4), on=DAY, method="measured", measured_by="网格员"
        ),
        by=world["worker"],
        at=world.now(),
    )


def test_the_chain_is_the_same_from_every_link(world: World) -> None:
    case = report(world)
    decision = decide(world, case)
    made = begin(world, decision=decision)
    measured(world, made)
    whole = dict.fromkeys(("need", "case", "decision", "project", "result"), (1, 0))
    mine = reach(world, "worker")
    for steps_found in (
        chain_of_case(case, mine),
        chain_of_decision(decision, mine),
        chain_of_project(made, mine),
    ):
        assert told(steps_found) == whole


def test_a_case_may_lead_to_a_project_without_a_decision(world: World) -> None:
    case = report(world)
    made = begin(world, case)
    mine = reach(world, "worker")
    assert told(chain_of_case(case, mine))["project"] == (1, 0)
    assert told(chain_of_project(made, mine))["case"] == (1, 0)
    assert told(chain_of_project(made, mine))["decision"] == (0, 0)


def test_what_may_not_be_seen_is_counted_without_its_content(world: World) -> None:
    case = report(world, text="只有金桥看得到的话")
    decision = decide(world, case)
    made = begin(world, decision=decision, title="只有金桥看得到的项目")
    measured(world, made)
    begin(world, decision=decision, organisation=world.neighbour, title="银桥的项目")
    theirs = reach(world, "neighbour")
    found = chain_of_decision(decision, theirs)
    assert told(found) == {
        "need": (0, 1),
        "case": (0, 1),
        "decision": (0, 1),
        "project": (1, 1),
        "result": (0, 1),
    }
    page = client_of(world, "neighbour").get(
        reverse("projects:project", args=[Project.objects.get(title="银桥的项目").pk])
    )
    text = page.content.decode()
    assert "您的岗位看不到内容" in text
    assert "只有金桥看得到" not in text
    assert "便民桥" not in text


def test_a_chain_costs_the_same_however_long(world: World) -> None:
    case = report(world)
    decision = decide(world, case)
    made = begin(world, decision=decision)
    measured(world, made)
    mine = reach(world, "town_worker")
    makers: list[Any] = [
        lambda: chain_of_case(case, mine),
        lambda: chain_of_decision(decision, mine),
        lambda: chain_of_project(made, mine),
    ]

    def costs() -> list[int]:
        found = []
        for make in makers:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                make()
            found.append(len(asked))
        return found

    before = costs()
    for _each in range(3):
        other = report(world)
        decide(world, case, other)
        more = begin(world, other, decision=decision)
        measured(world, more)
        measured(world, made)
    assert costs() == before
    assert max(before) <= 7


def test_panels_show_the_chain(world: World) -> None:
    case = report(world)
    decision = decide(world, case)
    request = RequestFactory().get("/")
    request.reach = reach(world, "secretary")  # type: ignore[attr-defined]
    for panel in (case_panel(request, case), decision_panel(request, decision)):
        assert panel.template == "projects/panel.html"
        assert panel.context["writes"]
    page = client_of(world, "secretary").get(reverse("desk:case", args=[case.pk]))
    assert f"{reverse('projects:new')}?case={case.pk}" in page.content.decode()
    page = client_of(world, "secretary").get(decision.get_absolute_url())
    assert f"{reverse('projects:new')}?decision={decision.pk}" in page.content.decode()


def test_a_page_costs_the_same_however_much_is_on_it(world: World) -> None:
    made = begin(world, kind="company")
    client = client_of(world, "worker")
    address = reverse("projects:project", args=[made.pk])
    usual = {"project": made, "by": world["worker"]}

    def fill(name: str) -> None:
        row = steps.plan_milestone(name=name, due_on=DAY, at=world.now(), **usual)
        steps.move_milestone(
            milestone=row, to=date(2026, 4, 1), reason="雨", at=world.now(), **usual
        )
        steps.see_risk(kind="other", text=name, seen_on=DAY, at=world.now(), **usual)
        money.add_money(
            kind="paid",
            purse=money.Purse(name),
            amount_fen=100,
            on=DAY,
            at=world.now(),
            **usual,
        )
        money.add_partner(
            gives=money.Contribution(
                kind="state", contribution_fen=5, on=DAY, organisation=world.town
            ),
            at=world.now(),
            **usual,
        )
        measured(world, made)

    fill("一")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    for name in "二三四":
        fill(name)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_list_is_paged_by_key_and_costs_the_same(world: World) -> None:
    client = client_of(world, "worker")
    begin(world)
    address = reverse("projects:list")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(31):
        begin(world, title=f"第{number:02}号项目")
    with CaptureQueriesContext(connection) as many:
        first = client.get(address)
    assert len(many) == len(few)
    assert not any("OFFSET" in q["sql"] or "COUNT(" in q["sql"] for q in many)
    page = first.context["page"]
    assert (len(page.rows), page.newer) == (30, None)
    second = client.get(address, {"older": page.older}).context["page"]
    assert [row.title for row in second.rows] == ["第00号项目", "金桥便民桥"]
    back = client.get(address, {"newer": second.newer}).context["page"]
    assert [row.pk for row in back.rows] == [row.pk for row in page.rows]


def test_filters_narrow_and_nonsense_narrows_nothing(world: World) -> None:
    begin(world)
    begin(world, kind="line", title="早班车", organisation=world.neighbour)
    client = client_of(world, "supervisor")

    def titles(**query: str) -> list[str]:
        page = client.get(reverse("projects:list"), query).context["page"]
        return [row.title for row in page.rows]

    assert titles(kind="line") == ["早班车"]
    assert titles(below=world.community.code, kind="") == ["金桥便民桥"]
    assert titles(below=world.town.code) == ["早班车", "金桥便民桥"]
    assert titles(text="便民") == ["金桥便民桥"]
    assert titles(state="nonsense", older="x") == ["早班车", "金桥便民桥"]
    assert titles(below=world.other_county.code) == ["早班车", "金桥便民桥"]


def test_from_a_decision_nothing_known_is_asked(world: World) -> None:
    decision = decide(world)
    client = client_of(world, "secretary")
    page = client.get(reverse("projects:new"), {"decision": decision.pk})
    text = page.content.decode()
    assert "在河边修一座便民桥" in text
    assert 'name="to"' not in text
    data = {
        "decision": decision.pk,
        "kind": "link",
        "title": "桥",
        "started_on": "2026-03-01",
        "state": "running",
        "client_id": "0f5b4c6e-6a1e-4f6d-9f57-000000000001",
    }
    with assert_one_event("projects.begin"):
        client.post(reverse("projects:new"), data)
    client.post(reverse("projects:new"), data)
    made = Project.objects.get()
    assert (made.decision, made.organisation) == (decision, world.community)


def test_a_decision_out_of_reach_starts_nothing(world: World) -> None:
    decision = decide(world)
    page = client_of(world, "neighbour").get(
        reverse("projects:new"), {"decision": decision.pk}
    )
    assert page.status_code == 403


def test_a_wrong_form_loses_nothing(world: World) -> None:
    client = client_of(world, "worker")
    data = {"title": "写好的名称", "budget": "很多", "baseline": "5"}
    page = client.post(reverse("projects:new"), data)
    text = page.content.decode()
    assert page.status_code == 422
    assert "写好的名称" in text
    assert "看不懂这个金额" in text
    assert "还要写明衡量的是什么" in text
    assert not Project.objects.exists()


def test_every_small_form_opens_and_a_refusal_keeps_what_was_typed(
    world: World,
) -> None:
    from wugeyi.projects.views.specs import SPECS

    made = begin(world, kind="company", goal=projects.Goal(measure=choices()[0][0]))
    client = client_of(world, "worker")
    for slug, spec in SPECS.items():
        address = reverse("projects:add", args=[made.pk, slug])
        assert client.get(address).status_code == (404 if spec.needs_row else 200), slug
    address = reverse("projects:add", args=[made.pk, "undertaking"])
    page = client.post(
        address,
        {
            "kind": "guarantee",
            "giver": "collective",
            "text": "用村集体的鱼塘担保",
            "on": "2026-03-10",
        },
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert "第三十五条" in text
    assert "用村集体的鱼塘担保" in text


def test_money_is_typed_in_yuan_and_corrected_by_a_new_line(world: World) -> None:
    made = begin(world)
    client = client_of(world, "worker")
    data = {"kind": "paid", "amount": "1,200.5", "account": "设备", "on": "2026-03-10"}
    answer = client.post(reverse("projects:add", args=[made.pk, "money"]), data)
    assert answer.status_code == 302
    line = Money.objects.get()
    assert line.amount_fen == 120_050
    address = reverse("projects:change", args=[made.pk, "money", line.pk])
    assert 'value="1200.50"' in client.get(address).content.decode()
    client.post(address, data | {"amount": "1200"})
    standing = Money.objects.get(withdrawn_at=None)
    assert (standing.amount_fen, standing.replaces) == (120_000, line)


def test_photographs_lose_what_they_carry_and_stand_side_by_side(
    world: World,
) -> None:
    made = begin(world)
    client = client_of(world, "worker")
    address = reverse("projects:add", args=[made.pk, "evidence"])
    sheet = phone_photo()
    for phase in ("before", "after"):
        data: dict[str, Any] = {
            "phase": phase,
            "photos": SimpleUploadedFile("a.jpg", sheet, "image/jpeg"),
        }
        first = Evidence.objects.first()
        if first is not None:
            data["pair"] = first.pk
        assert client.post(address, data).status_code == 302
    before, after = Evidence.objects.order_by("pk")
    assert after.pair == before
    page = client.get(reverse("projects:project", args=[made.pk])).content.decode()
    assert "before-after" in page
    answer = client.get(reverse("projects:photo", args=[before.pk]))
    assert b"Exif" not in answer.content
    bad = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    page = client.post(address, {"phase": "after", "photos": bad})
    assert page.status_code == 422


def test_the_public_sees_what_a_person_published_and_no_more(world: World) -> None:
    made = begin(world, budget_fen=999_99)
    address = reverse("projects:public", args=[made.pk])
    assert Client().get(address).status_code == 404
    client = client_of(world, "worker")
    data = {"goal": "修一座桥", "result": "过河五分钟"}
    publish = reverse("projects:publish", args=[made.pk])
    assert client.post(publish, data).status_code == 422  # not looked at
    client.post(publish, data | {"checked": "on"})
    text = Client().get(address).content.decode()
    assert "修一座桥" in text
    assert "过河五分钟" in text
    assert "999" not in text
    assert "worker" not in text
    listed = Client().get(reverse("projects:public-list")).content.decode()
    assert "金桥便民桥" in listed
    client.post(reverse("projects:unpublish", args=[made.pk]))
    assert Client().get(address).status_code == 404


def test_figures_open_only_what_may_be_read(world: World) -> None:
    made = begin(world, budget_fen=100)
    today = timezone.localdate()
    for kind, key in (
        ("project", made.pk),
        ("project_money", Money.objects.get().pk),
    ):
        for name, open_to in (("worker", True), ("neighbour", False)):
            found = openers.opened(kind, [key], reach=reach(world, name), today=today)
            assert bool(found) is open_to


def test_a_figures_page_leads_to_the_project(world: World) -> None:
    made = begin(world)
    client = client_of(world, "worker")
    address = reverse("figures:open", args=["projects", world.community.code])
    page = client.get(address, {"from": "2026-01-01", "to": "2026-12-31"})
    assert reverse("projects:project", args=[made.pk]) in page.content.decode()


@pytest.mark.parametrize("view", ["project", "print", "edit", "state", "withdraw"])
def test_pages_open(world: World, view: str) -> None:
    made = begin(world, decision=decide(world, report(world)), budget_fen=5)
    measured(world, made)
    client = client_of(world, "worker")
    assert client.get(reverse(f"projects:{view}", args=[made.pk])).status_code == 200


def test_a_person_of_two_places_is_asked_which(world: World) -> None:
    town = Client()
    town.force_login(hire("two", Role.WORKER, world.town))
    assert 'name="to"' in town.get(reverse("projects:new")).content.decode()
