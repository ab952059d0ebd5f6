from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.casework.world import NOW, World, report
from tests.projects.laying import START, begin, decide, plan
from wugeyi.figures.queries import Period, figure, parts
from wugeyi.projects.actions import money, projects, results, rows, steps
from wugeyi.projects.actions.kinds import add_kind, end_kind
from wugeyi.projects.models import Money, OtherKind, Project, Undertaking
from wugeyi.projects.queries.details import details
from wugeyi.projects.rules.refusals import Refused, Why
from wugeyi.projects.rules.states import State

SPRING = Period(date(2026, 1, 1), date(2026, 6, 30))


def usual(world: World) -> dict:
    return {"by": world["worker"], "at": world.now()}


def counted(code: str, world: World) -> int | None:
    return figure(code, world.city, SPRING).value


def test_a_project_sent_twice_is_one(world: World) -> None:
    asked = plan(world)
    with assert_one_event("projects.begin"):
        first = projects.begin(plan=asked, **usual(world))
    with assert_no_event():
        second = projects.begin(plan=asked, **usual(world))
    assert (first.created, second.created) == (True, False)
    assert first.project == second.project
    assert counted("projects", world) == 1


def test_a_budget_told_with_the_project_is_a_line_of_its_own(world: World) -> None:
    made = begin(world, budget_fen=115_000_000)
    table = details(made).money
    assert table.total.budget_fen == 115_000_000
    assert [line.kind for each in table.accounts for line in each.lines] == ["budget"]
    assert counted("project_budget", world) == 115_000_000


def test_states_follow_one_another_and_ends_say_why(world: World) -> None:
    made = begin(world)
    with pytest.raises(Refused) as refused:
        projects.move_on(project=made, to=State.FAILED, on=START, **usual(world))
    assert refused.value.why is Why.NEEDS_REASON
    with pytest.raises(Refused) as refused:
        projects.move_on(project=made, to=State.PLANNED, on=START, **usual(world))
    assert refused.value.why is Why.NOT_NOW
    with assert_one_event("projects.move_on"):
        made = projects.move_on(
            project=made,
            to=State.FAILED,
            on=date(2026, 3, 1),
            reason="三年种植都没有收成",
            **usual(world),
        )
    assert made.ended_on == date(2026, 3, 1)
    assert counted("projects_failed", world) == 1
    assert counted("projects", world) == 1
    made = projects.move_on(
        project=made,
        to=State.RUNNING,
        on=date(2026, 3, 2),
        reason="换了品种再试",
        **usual(world),
    )
    assert made.ended_on is None
    assert not counted("projects_failed", world)


def test_a_failed_project_can_not_be_recorded_without_a_reason(world: World) -> None:
    with pytest.raises(Refused):
        begin(world, state=State.FAILED)
    assert not Project.objects.exists()


def test_a_stale_page_changes_nothing(world: World) -> None:
    made = begin(world)
    steps.plan_milestone(
        project=made, name="合龙", due_on=START, version=made.version, **usual(world)
    )
    with assert_no_event(), pytest.raises(Refused) as refused:
        projects.change(
            project=made, values={"title": "别的"}, version=made.version, **usual(world)
        )
    assert refused.value.why is Why.CHANGED


def test_a_change_keeps_what_stood_there_in_the_audit(world: World) -> None:
    made = begin(world)
    with assert_one_event("projects.change") as events:
        projects.change(
            project=made,
            values={"title": "金桥步行桥", "target": Decimal(6)},
            **usual(world),
        )
    assert "金桥便民桥" in events[0].before
    assert "金桥步行桥" in events[0].after


def test_a_withdrawn_project_counts_nowhere_and_is_still_there(world: World) -> None:
    made = begin(world, budget_fen=100)
    with assert_one_event("projects.withdraw"):
        projects.withdraw(project=made, reason="记错了", **usual(world))
    assert not counted("projects", world)
    assert not counted("project_budget", world)
    assert Project.objects.get().withdrawn_at is not None
    with pytest.raises(Refused) as refused:
        projects.withdraw(project=made, reason="再来", **usual(world))
    assert refused.value.why is Why.WITHDRAWN


def test_a_past_figure_stays_as_it_was_known_then(world: World) -> None:
    made = begin(world)
    before = world.now()
    projects.withdraw(project=made, reason="记错了", **usual(world))
    assert figure("projects", world.city, SPRING, as_of=before).value == 1


def test_milestones_move_with_a_reason(world: World) -> None:
    made = begin(world)
    with assert_one_event("projects.plan_milestone"):
        row = steps.plan_milestone(
            project=made, name="桥面合龙", due_on=date(2026, 4, 1), **usual(world)
        )
    with pytest.raises(Refused) as refused:
        steps.move_milestone(
            project=made, milestone=row, to=date(2026, 5, 1), reason=" ", **usual(world)
        )
    assert refused.value.why is Why.NEEDS_REASON
    with assert_one_event("projects.move_milestone"):
        row = steps.move_milestone(
            project=made,
            milestone=row,
            to=date(2026, 5, 1),
            reason="汛期",
            **usual(world),
        )
    assert [(m.from_on, m.to_on) for m in row.moves.all()] == [
        (date(2026, 4, 1), date(2026, 5, 1))
    ]
    with assert_one_event("projects.finish_milestone"):
        row = steps.finish_milestone(
            project=made, milestone=row, on=date(2026, 5, 2), **usual(world)
        )
    with pytest.raises(Refused) as refused:
        steps.move_milestone(
            project=made, milestone=row, to=START, reason="x", **usual(world)
        )
    assert refused.value.why is Why.ALREADY_DONE


def add_money(world: World, made: Project, kind: str, amount: int, **more) -> Money:
    values = {"purse": money.Purse("设备费"), "on": START} | more
    return money.add_money(
        project=made, kind=kind, amount_fen=amount, **values, **usual(world)
    )


def test_money_is_corrected_by_another_line(world: World) -> None:
    made = begin(world)
    with assert_one_event("projects.add_money"):
        wrong = add_money(world, made, "paid", 1_000_00)
    with assert_one_event("projects.correct_money"):
        right = add_money(world, made, "paid", 1_200_00, replaces=wrong)
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert right.replaces == wrong
    assert counted("project_paid", world) == 1_200_00
    with pytest.raises(Refused):
        add_money(world, made, "paid", 1, replaces=wrong)


def test_what_does_not_fit_is_shown_per_account(world: World) -> None:
    made = begin(world, kind="fund")
    add_money(world, made, "budget", 100_00)
    add_money(world, made, "paid", 130_00)
    add_money(world, made, "paid", 50_00, purse=money.Purse("没有预算的账户"))
    found = {
        (account.name, one.trouble.value, one.amount_fen)
        for account, one in details(made).money.found
    }
    assert found == {
        ("设备费", "over_budget", 30_00),
        ("没有预算的账户", "without_budget", 50_00),
    }


def test_a_special_fund_ends_verified_and_with_its_asset(world: World) -> None:
    made = begin(world, kind="fund", budget_fen=400_00)
    purse = money.Purse(projects.WHOLE)
    add_money(world, made, "paid", 400_00, purse=purse)
    add_money(world, made, "verified", 300_00, purse=purse)
    assert details(made).money.found == []
    made = projects.move_on(project=made, to=State.DONE, on=START, **usual(world))
    troubles = [one.trouble.value for _account, one in details(made).money.found]
    assert troubles == ["unverified", "no_asset"]
    add_money(world, made, "verified", 100_00, purse=purse)
    account = made.accounts.get()
    assert account.special
    with assert_one_event("projects.form_asset"):
        money.form_asset(
            project=made,
            account=account,
            asset="步道 320 米",
            on=START,
            book_reference="2026-03-记-12",
            **usual(world),
        )
    assert details(made).money.found == []


def give(world: World, made: Project, kind: str, yuan: int, **more):
    return money.add_partner(
        project=made,
        gives=money.Contribution(
            kind=kind, contribution_fen=yuan * 100, on=START, name=kind, **more
        ),
        **usual(world),
    )


def test_shares_follow_from_contributions_and_the_majority_is_told(
    world: World,
) -> None:
    made = begin(world, kind="company")
    with assert_one_event("projects.add_partner"):
        give(world, made, "collective", 1_150_000)
    give(world, made, "state", 1_000_000)
    give(world, made, "villagers", 100_000, people=1)
    shares = details(made).shares
    assert [row.share for row in shares.rows] == [5111, 4445, 444]
    assert sum(row.share for row in shares.rows) == 10_000
    assert shares.majority == "collective"
    assert counted("contributions", world) == 225_000_000
    by_kind = {p.dimension: p.value for p in parts("contributions", world.city, SPRING)}
    assert by_kind["collective"] == 115_000_000


def test_the_collectives_assets_secure_nobodys_debt(world: World) -> None:
    made = begin(world, kind="company")
    with assert_no_event(), pytest.raises(Refused) as refused:
        money.undertake(
            project=made,
            kind="guarantee",
            giver="collective",
            text="村集体担保贷款",
            on=START,
            **usual(world),
        )
    assert refused.value.why is Why.COLLECTIVE_GUARANTEE
    with assert_one_event("projects.undertake"):
        money.undertake(
            project=made,
            kind="promise",
            giver="collective",
            text="支部兜底",
            on=START,
            **usual(world),
        )
    # Nor does any other way into the table.
    with pytest.raises(IntegrityError), transaction.atomic():
        Undertaking.objects.create(
            project=made,
            kind="guarantee",
            giver="collective",
            text="x",
            on=START,
            recorded_at=NOW,
        )


def test_risks_stay_with_what_came_of_them(world: World) -> None:
    made = begin(world)
    with assert_one_event("projects.see_risk"):
        risk = steps.see_risk(
            project=made, kind="nature", text="汛期", seen_on=START, **usual(world)
        )
    with assert_one_event("projects.end_risk"):
        risk = steps.end_risk(
            project=made,
            risk=risk,
            happened=True,
            outcome="停工十天",
            on=START,
            **usual(world),
        )
    assert (risk.state, risk.outcome) == ("happened", "停工十天")


def measure(world: World, made: Project, after: str, **more):
    return results.add_result(
        project=made,
        found=results.Measured(
            after=Decimal(after),
            on=date(2026, 3, 10),
            method="measured",
            measured_by="社区网格员",
        ),
        **more,
        **usual(world),
    )


def test_a_result_takes_before_and_target_from_the_goal(world: World) -> None:
    made = begin(world)
    with assert_one_event("projects.add_result"):
        first = measure(world, made, "7")
    assert (first.before, first.reached) == (Decimal(18), "no")
    with assert_one_event("projects.correct_result"):
        second = measure(world, made, "4", replaces=first)
    assert second.reached == "yes"
    assert counted("results_reached", world) == 1
    assert counted("results_with_target", world) == 1
    goal = details(made).goal
    assert goal is not None
    assert (goal.before.length, goal.after.length, goal.target.length) == (100, 22, 28)


def test_a_result_may_come_from_the_records(world: World) -> None:
    goal = projects.Goal(text="少一些垃圾诉求", measure="cases", target=Decimal(3))
    made = begin(world, goal=goal)
    report(world)
    report(world)
    with assert_one_event("projects.add_result"):
        row = results.compute_result(
            project=made,
            before=(date(2025, 1, 1), date(2025, 12, 31)),
            after=(date(2026, 1, 1), date(2026, 12, 31)),
            **usual(world),
        )
    assert (row.before, row.after, row.measure) == (None, Decimal(2), "cases")
    assert row.measure_version == 1
    assert row.as_of is not None
    with pytest.raises(Refused) as refused:
        results.compute_result(
            project=made,
            before=(date(2025, 1, 1), date(2025, 6, 30)),
            after=(date(2025, 7, 1), date(2025, 12, 31)),
            **usual(world),
        )
    assert refused.value.why is Why.NOTHING_MEASURED


def test_a_row_of_another_project_is_left_alone(world: World) -> None:
    one, other = begin(world), begin(world, title="另一座桥")
    risk = steps.see_risk(
        project=one, kind="other", text="x", seen_on=START, **usual(world)
    )
    line = add_money(world, one, "paid", 5)
    for row in (risk, line):
        with assert_no_event(), pytest.raises(Refused) as refused:
            rows.withdraw_row(project=other, row=row, reason="x", **usual(world))
        assert refused.value.why is Why.NOT_YOURS


def test_a_row_withdrawn_counts_no_longer(world: World) -> None:
    made = begin(world)
    line = add_money(world, made, "paid", 5)
    with assert_one_event("projects.withdraw_row"):
        rows.withdraw_row(project=made, row=line, reason="重复", **usual(world))
    assert not counted("project_paid", world)
    assert details(made).withdrawn == 1


def test_cases_lead_to_a_project_once(world: World) -> None:
    made, case = begin(world), report(world)
    with assert_one_event("projects.link_case"):
        projects.link_case(project=made, case=case, **usual(world))
    with assert_no_event():
        projects.link_case(project=made, case=case, **usual(world))


def test_publishing_needs_words(world: World) -> None:
    made = begin(world, decision=decide(world))
    with pytest.raises(Refused):
        projects.publish(project=made, goal=" ", **usual(world))
    with assert_one_event("projects.publish"):
        made = projects.publish(project=made, goal="修一座桥", **usual(world))
    assert made.published_at is not None
    with assert_one_event("projects.unpublish"):
        made = projects.unpublish(project=made, **usual(world))
    assert made.published_at is None


def test_kinds_of_ones_own(world: World) -> None:
    with assert_one_event("projects.add_kind"):
        kind = add_kind(code="key-specialty", name_zh="重点专科", **usual(world))
    with assert_no_event(), pytest.raises(Refused):
        add_kind(code="key-specialty", name_zh="又一个", **usual(world))
    made = begin(world, kind="other", other_kind=kind)
    assert made.kind_name == "重点专科"
    assert counted("key_specialties", world) == 1
    with assert_one_event("projects.end_kind"):
        end_kind(kind=kind, on=START, **usual(world))
    assert OtherKind.objects.get().ended_on == START
