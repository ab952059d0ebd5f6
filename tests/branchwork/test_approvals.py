"""Two procedures with their own voters: worked by the numbers of the law, and attacked."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.branchwork.approving import ASSEMBLY, COLLECTIVE, STEPS, VILLAGE, approve
from tests.branchwork.test_actions import decide
from tests.uploads.pictures import photo, saved
from wugeyi.audit.models import AuditEvent
from wugeyi.branchwork.actions import approvals as actions
from wugeyi.branchwork.models import Decision, Meeting, MeetingPicture
from wugeyi.branchwork.queries.approvals import standing, standings
from wugeyi.branchwork.rules import approvals
from wugeyi.branchwork.rules.approvals import Held, Lacking
from wugeyi.branchwork.rules.matters import matters
from wugeyi.branchwork.rules.meetings import (
    BODIES,
    Body,
    Condition,
    Result,
    Stage,
    Track,
    check,
    check_calling,
    stages,
)
from wugeyi.branchwork.rules.refusals import Refused, Why
from wugeyi.branchwork.views.register import _register as register_of

RESERVED = {"charter", "members", "land-shares", "compensation", "merger"}


def held(steps) -> dict[Stage, Held]:
    """Return steps as the rules know them."""
    return {
        stage: Held(
            stage,
            **{
                name: Body(value) if name == "body" else value
                for name, value in values.items()
            },
        )
        for stage, values in steps.items()
    }


def asked(track: Track, steps, *, matter: str = "investment", **more):
    kind = matters()[matter] if track.collective else None
    return approvals.standing(track, held(steps), matter=kind, **more)


class TestTheLaw:
    def test_five_items_are_the_assemblys_alone(self) -> None:
        # Article 28, fourth paragraph: all but items 1, 3, 8, 10 and 12.
        found = {each.item for each in matters().values() if not each.delegates}
        assert found == {0, 1, 3, 8, 10, 12}
        assert {c for c, m in matters().items() if m.item in {1, 3, 8, 10, 12}} == (
            RESERVED
        )
        items = [each.item for each in matters().values() if each.article == 26]
        assert items == list(range(1, 14))
        assert matters()["investment"].where == "第二十六条第一款第（十一）项"

    @pytest.mark.parametrize("matter", sorted(matters()))
    def test_delegates_decide_what_is_not_reserved(self, matter) -> None:
        delegates = ASSEMBLY | {
            "body": "collective_reps",
            "due": 33,
            "attended": 33,
            "in_favour": 33,
        }
        found = asked(
            Track.COLLECTIVE, COLLECTIVE | {Stage.ASSEMBLY: delegates}, matter=matter
        )
        what = [lack.what for lack in found.missing]
        if matter in RESERVED | {"contributors"}:
            assert what == [Lacking.RESERVED]
        else:
            assert found.decided

    @pytest.mark.parametrize(
        ("due", "favour", "decided"), [(612, 407, False), (612, 408, True)]
    )
    def test_two_thirds_of_all_not_of_those_who_came(self, due, favour, decided):
        vote = ASSEMBLY | {"due": due, "attended": 408, "in_favour": favour}
        found = asked(Track.COLLECTIVE, COLLECTIVE | {Stage.ASSEMBLY: vote})
        assert found.decided is decided

    def test_people_who_are_not_members_need_three_quarters(self) -> None:
        # Article 15: 459 of 612, where other matters need 408.
        for favour, decided in ((458, False), (459, True)):
            vote = ASSEMBLY | {"attended": 600, "in_favour": favour}
            steps = COLLECTIVE | {Stage.ASSEMBLY: vote}
            found = asked(Track.COLLECTIVE, steps, matter="contributors")
            assert found.decided is decided

    @pytest.mark.parametrize(("days", "decided"), [(9, False), (10, True)])
    def test_members_are_told_ten_days_before(self, days, decided) -> None:
        told = ASSEMBLY["held_on"] - timedelta(days=days)
        vote = ASSEMBLY | {"notice_on": told}
        found = asked(Track.COLLECTIVE, COLLECTIVE | {Stage.ASSEMBLY: vote})
        assert found.decided is decided
        if not decided:
            assert found.missing[0].check.condition is Condition.NOTICE

    def test_delegates_are_more_than_twenty_and_of_so_many_households(self) -> None:
        def of(due, households):
            calling = check_calling(
                Body.COLLECTIVE_REPRESENTATIVES,
                held_on=None,
                notice_on=None,
                due=due,
                households=households,
            )
            return [each.result for each in calling]

        assert of(21, 105) == of(21, 315) == [Result.FULFILLED]
        assert of(21, 104) == of(21, 316) == [Result.SHORT]
        assert of(21, None) == [Result.NOT_RECORDED]
        few = check(Body.COLLECTIVE_REPRESENTATIVES, due=20, attended=20, in_favour=20)
        assert few[0].result is Result.SHORT

    def test_a_council_is_odd_and_small_in_general(self) -> None:
        for due in range(1, 10):
            calling = check_calling(
                Body.COUNCIL, held_on=None, notice_on=None, due=due, households=None
            )
            fits = calling[0].result is Result.FULFILLED
            assert fits == (due in {3, 5, 7})
        # "Generally": nothing is undone by it.
        steps = COLLECTIVE | {
            Stage.DRAFT: {
                "body": "council",
                "held_on": date(2026, 3, 2),
                "due": 4,
                "attended": 4,
                "in_favour": 4,
            }
        }
        assert asked(Track.COLLECTIVE, steps).decided

    def test_important_matters_are_talked_over_first(self) -> None:
        steps = {Stage.ASSEMBLY: ASSEMBLY}
        found = asked(Track.COLLECTIVE, steps)
        assert [(x.what, x.stage) for x in found.missing] == [
            (Lacking.NOT_RECORDED, Stage.PARTY)
        ]
        late = steps | {Stage.PARTY: {"held_on": date(2026, 3, 21)}}
        assert asked(Track.COLLECTIVE, late).missing[0].what is Lacking.ORDER
        # The village Party organisation's proposal is such a talk.
        assert asked(Track.BOTH, STEPS[Track.BOTH]).decided
        assert asked(Track.COLLECTIVE, steps, matter="reports").decided


class TestApart:
    def test_each_procedure_has_steps_of_its_own(self) -> None:
        village, ours = set(stages(Track.VILLAGE)), set(stages(Track.COLLECTIVE))
        assert village & ours == {Stage.PUBLISH, Stage.PUBLISH_RESULT}
        assert set(stages(Track.BOTH)) == village | ours == set(Stage)
        bodies = [body for each in BODIES.values() for body in each]
        assert len(bodies) == len(set(bodies)) == len(Body)

    def test_one_vote_is_not_two(self) -> None:
        assert asked(Track.VILLAGE, VILLAGE).decided
        found = asked(Track.BOTH, VILLAGE)
        assert found.village == date(2026, 3, 8)
        assert found.collective is None
        assert [x.stage for x in found.missing] == [Stage.ASSEMBLY]
        assert not asked(Track.COLLECTIVE, VILLAGE).decided
        assert not asked(Track.VILLAGE, COLLECTIVE).decided

    @pytest.mark.parametrize("stage", list(Stage))
    def test_the_database_keeps_ballots_apart(self, world, stage) -> None:
        row = decide(world).row
        for body in Body:
            allowed = body in BODIES.get(stage, ())
            meeting = Meeting(decision=row, stage=stage.value, body=body.value)
            try:
                with transaction.atomic():
                    meeting.save()
            except IntegrityError:
                assert not allowed, (stage, body)
            else:
                assert allowed, (stage, body)
                meeting.delete()
            if not allowed:
                with pytest.raises(Refused) as refused:
                    actions.record_meetings(
                        decision=row,
                        meetings={stage: {"body": body.value}},
                        by=None,
                        at=world.now(),
                    )
                assert refused.value.why is Why.OTHERS_BALLOT

    @given(
        track=st.sampled_from(list(Track)),
        gone=st.sets(st.sampled_from(list(Stage)), max_size=3),
        matter=st.sampled_from(sorted(matters())),
    )
    def test_nothing_is_decided_with_a_step_missing(self, track, gone, matter) -> None:
        steps = STEPS.get(track, {})
        left = {stage: row for stage, row in steps.items() if stage not in gone}
        found = asked(track, left, matter=matter)
        whole = asked(track, steps, matter=matter)
        if found.decided:
            assert whole.decided
            lost = set(steps) - set(left)
            assert lost <= {Stage.PARTY} or not lost
        assert (found.decided_on is not None) == found.decided
        assert asked(track, steps, withdrawn=True).missing[0].what is Lacking.WITHDRAWN


class TestStanding:
    def test_as_often_asked_for_many(self, world) -> None:
        rows = [decide(world, matter=f"第 {n} 件").row for n in range(5)]
        for row in rows[:3]:
            approve(row, at=world.now())
        rows = list(Decision.objects.order_by("pk"))
        with CaptureQueriesContext(connection) as asked_:
            found = standings(rows)
        assert len(asked_) == 1
        assert [found[row.pk].decided for row in rows] == [True] * 3 + [False] * 2

    def test_what_is_missing_is_named(self, world) -> None:
        row = decide(world).row
        assert standing(row).missing[0].what is Lacking.NO_PROCEDURE
        row = approve(row, at=world.now(), track=Track.BOTH)
        found = standing(row)
        assert found.decided
        assert found.decided_on == date(2026, 3, 20)
        assert found.after == (Stage.PUBLISH, Stage.PUBLISH_RESULT)

    def test_a_matter_cannot_be_reserved_after_delegates_voted(self, world) -> None:
        row = approve(decide(world).row, at=world.now())
        delegates = ASSEMBLY | {"body": "collective_reps", "due": 33, "attended": 30}
        steps = COLLECTIVE | {Stage.ASSEMBLY: delegates | {"in_favour": 30}}
        actions.record_meetings(decision=row, meetings=steps, by=None, at=world.now())
        with pytest.raises(Refused) as refused:
            actions.choose_procedure(
                decision=row,
                track=Track.COLLECTIVE,
                collective_matter="merger",
                by=None,
                at=world.now(),
            )
        assert refused.value.why is Why.RESERVED
        row.refresh_from_db()
        assert row.collective_matter == "investment"

    def test_minutes_outlive_numbers_and_names_stay_out_of_the_audit(
        self, world
    ) -> None:
        row = approve(decide(world).row, at=world.now())
        values = {"minutes": "议了三条", "signed": 40, "township": "街道王五"}
        actions.record_minutes(
            decision=row,
            stage=Stage.ASSEMBLY,
            values=values,
            by=None,
            at=world.now(),
        )
        event = AuditEvent.objects.latest("pk")
        assert event.action == "branchwork.record_minutes"
        assert "王五" not in str(event.after)
        actions.record_meetings(decision=row, meetings={}, by=None, at=world.now())
        left = row.meetings.get()
        assert (left.stage, left.minutes, left.due) == ("assembly", "议了三条", None)


class TestPages:
    @pytest.fixture
    def secretary(self, client, world):
        client.force_login(world["village_secretary"])
        return client

    @pytest.fixture
    def row(self, world) -> Decision:
        made = decide(world).row
        Decision.objects.filter(pk=made.pk).update(organisation=world.village)
        made.refresh_from_db()
        return made

    def chosen(self, secretary, row, **more: str):
        data = {"track": "collective", "collective_matter": "charter"} | more
        address = reverse("branchwork:procedure", args=[row.pk])
        return secretary.post(address, data)

    def test_delegates_are_refused_with_the_article(self, secretary, row) -> None:
        self.chosen(secretary, row)
        address = reverse("branchwork:meetings", args=[row.pk])
        data = {"assembly-body": "collective_reps", "assembly-due": "33"}
        refused = secretary.post(address, data)
        assert refused.status_code == 422
        page = refused.content.decode()
        assert "第二十八条第四款" in page
        assert "第二十六条第一款第（一）项" in page
        assert not row.meetings.exists()

    def test_members_need_a_kind_of_matter(self, secretary, row) -> None:
        assert self.chosen(secretary, row, collective_matter="").status_code == 422
        assert self.chosen(secretary, row, collective_matter="x").status_code == 422
        assert self.chosen(secretary, row, track="none").status_code == 422
        assert self.chosen(secretary, row).status_code == 302

    def test_villagers_numbers_are_checked_and_kept(self, secretary, row) -> None:
        address = reverse("branchwork:meetings", args=[row.pk])
        assert secretary.get(address).status_code == 302  # choose first
        self.chosen(secretary, row, track="village")
        numbers = {
            "review-due": "30",
            "review-attended": "19",
            "review-in_favour": "18",
            "resolve-due": "36",
            "resolve-attended": "23",
            "resolve-in_favour": "20",
        }
        assert secretary.post(address, numbers).status_code == 422  # which body?
        numbers["resolve-body"] = "representatives"
        page = secretary.post(address, numbers, follow=True).content.decode()
        assert "到会还差 1 人" in page
        assert "还没有定" in page
        assert "未核对" in page
        for wrong in (
            {"review-attended": "31"},
            {"resolve-body": "collective"},
            {"resolve-in_favour": "24"},
        ):
            assert secretary.post(address, numbers | wrong).status_code == 422

    def test_a_page_says_when_it_was_decided(self, secretary, row, world) -> None:
        approve(row, at=world.now())
        page = secretary.get(row.get_absolute_url()).content.decode()
        assert "已经定了" in page
        assert "2026年3月20日" in page

    def test_pictures_are_shown_to_readers_only(
        self, secretary, row, world, settings, tmp_path, client
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        self.chosen(secretary, row)
        address = reverse("branchwork:minutes", args=[row.pk, "assembly"])
        sent = SimpleUploadedFile("x.jpg", saved(photo(64, 48)), "image/jpeg")
        data = {"minutes": "议了", "signed": "3", "photos": sent}
        assert secretary.post(address, data).status_code == 302
        kept = MeetingPicture.objects.get()
        shown = reverse("branchwork:picture", args=[kept.pk])
        assert secretary.get(shown).headers["Content-Type"] == "image/jpeg"
        bad = SimpleUploadedFile("x.jpg", b"no", "image/jpeg")
        refused = secretary.post(address, data | {"photos": bad})
        assert refused.status_code == 422
        client.force_login(world["neighbour"])
        assert client.get(shown).status_code == 404
        client.force_login(world["village_secretary"])
        client.post(reverse("branchwork:drop-picture", args=[kept.pk]))
        assert not MeetingPicture.objects.exists()

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_the_register_holds_every_column(
        self, secretary, row, world, language
    ) -> None:
        approve(row, at=world.now(), track=Track.BOTH)
        actions.record_minutes(
            decision=row,
            stage=Stage.PUBLISH,
            values={"minutes": "贴在公开栏", "supervision": "无异议"},
            by=None,
            at=world.now(),
        )
        address = reverse("branchwork:register", args=[row.pk])
        answer = secretary.get(address, {"lang": language})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        row.refresh_from_db()
        with translation.override(language):
            made = register_of(row)
        assembly = next(each for each in made.rows if each.due == "612")
        assert (assembly.attended, assembly.share, assembly.in_favour) == (
            "420",
            "68%",
            "410",
        )
        assert [each.opinion for each in made.publications] == ["无异议", ""]
        assert len(made.rows) == 7
