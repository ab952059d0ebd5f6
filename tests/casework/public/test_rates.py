from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.casework import world as acts
from tests.casework.public.conftest import picture
from tests.casework.world import NOW, World
from wugeyi.casework.actions import closing, publishing
from wugeyi.casework.actions.intake import register
from wugeyi.casework.models import Case
from wugeyi.casework.queries import patterns, rates
from wugeyi.casework.queries.rates import Figure, Period
from wugeyi.ui.rules import FEWEST_FOR_PERCENT
from wugeyi.uploads.actions import store

pytestmark = pytest.mark.django_db
DAY = timezone.localdate(NOW)
PERIOD = Period(DAY - timedelta(days=5), DAY + timedelta(days=5))
LATER = NOW + timedelta(days=30)


def counted(world: World, place=None):
    return rates.rates(rates.below(place or world.county), PERIOD, now=LATER)


def fill(world: World) -> None:
    """One case of every sort."""
    acts.resolved(world)
    unhappy = acts.answered(world)
    closing.call_back(
        case=unhappy,
        method="phone",
        result="unresolved",
        satisfaction="no",
        by=world["dispatcher"],
        at=world.now(),
    )
    main = acts.report(world)
    register(need=acts.need(world), join=main, by=None, at=world.now())
    closing.withdraw(case=acts.report(world), by=None, at=world.now())
    excluded = acts.resolved(world)
    asked = closing.request_exclusion(
        case=excluded,
        reason="beyond",
        text="超出职责",
        by=world["worker"],
        at=world.now(),
    )
    closing.decide_exclusion(
        exclusion=asked,
        approved=True,
        text="同意",
        by=world["supervisor"],
        at=world.now(),
    )
    acts.report(world, danger=True)
    acts.report(world, place=world.neighbour)


def test_every_figure_by_hand(city):
    fill(city)
    found = counted(city)
    assert {figure.value: found[figure] for figure in Figure} == {
        "registered": 8,
        "merged": 1,
        "excluded": 1,
        "counted": 6,
        "contact_due": 5,
        "contacted_in_time": 2,
        "contact_pending": 0,
        "no_contact_term": 1,
        "reached": 2,
        "resolved": 1,
        "unresolved": 1,
        "unreached": 0,
        "ended_otherwise": 1,
        "pending": 3,
        "satisfaction_said": 2,
        "satisfied": 1,
        "satisfaction_unsaid": 0,
    }
    assert found.resolution.percent is None
    assert counted(city, city.neighbour)[Figure.REGISTERED] == 1


def test_every_figure_opens_onto_exactly_its_cases(city):
    fill(city)
    found = counted(city)
    for figure in Figure:
        cases = rates.cases_of(rates.below(city.county), PERIOD, figure, now=LATER)
        assert cases.count() == found[figure]


def test_the_cohort_is_of_the_registration_day(city):
    fill(city)
    nothing = Period(DAY - timedelta(days=5), DAY - timedelta(days=1))
    assert rates.rates(rates.below(None), nothing, now=LATER)[Figure.REGISTERED] == 0


def test_one_query_whatever_is_counted(city, django_assert_num_queries):
    fill(city)
    with django_assert_num_queries(1):
        counted(city)


def test_the_ui_and_the_rates_agree_when_a_percentage_says_too_much():
    assert rates.FEWEST_FOR_PERCENT == FEWEST_FOR_PERCENT
    assert rates.Rate(9, 9).percent is None
    assert rates.Rate(5, 10).percent == 50


class Partitions(TestCase):
    """Whatever states cases are in, nothing is counted twice or falls through."""

    @settings(max_examples=15, deadline=None)
    @given(
        rows=st.lists(
            st.tuples(
                st.sampled_from(
                    [
                        ("new", ""),
                        ("assigned", ""),
                        ("working", ""),
                        ("answered", ""),
                        ("merged", ""),
                        ("closed", "resolved"),
                        ("closed", "unreached"),
                        ("closed", "referred"),
                        ("closed", "withdrawn"),
                    ]
                ),
                st.booleans(),
                st.booleans(),
                st.integers(0, 2),
                st.sampled_from(["", "yes", "mostly", "no"]),
                st.sampled_from([None, -1, 1]),
                st.sampled_from([None, -2, 2]),
            ),
            max_size=8,
        )
    )
    def test_parts_add_up(self, rows):
        world = acts.build()
        main = acts.report(world)
        for (state, outcome), excluded, danger, reopened, said, contact, term in rows:
            case = acts.report(world)
            closed = state == "closed"
            Case.objects.filter(pk=case.pk).update(
                state=state,
                outcome=outcome,
                excluded=excluded,
                danger=danger,
                reopened=reopened,
                satisfaction=said,
                merged_into=main.pk if state == "merged" else None,
                closed_at=NOW if closed else None,
                contacted_at=_near(contact),
                contact_due_at=_near(term),
            )
        found = rates.rates(rates.below(None), PERIOD, now=NOW)
        assert found[Figure.REGISTERED] == len(rows) + 1
        self.adds_up(
            found, Figure.REGISTERED, Figure.MERGED, Figure.EXCLUDED, Figure.COUNTED
        )
        self.adds_up(
            found,
            Figure.COUNTED,
            Figure.CONTACT_DUE,
            Figure.CONTACT_PENDING,
            Figure.NO_CONTACT_TERM,
        )
        self.adds_up(
            found,
            Figure.COUNTED,
            Figure.REACHED,
            Figure.UNREACHED,
            Figure.ENDED_OTHERWISE,
            Figure.PENDING,
        )
        self.adds_up(found, Figure.REACHED, Figure.RESOLVED, Figure.UNRESOLVED)
        self.adds_up(
            found,
            Figure.REACHED,
            Figure.SATISFACTION_SAID,
            Figure.SATISFACTION_UNSAID,
        )
        for rate in (found.response, found.resolution, found.satisfaction):
            assert 0 <= rate.part <= rate.whole

    def adds_up(self, found, whole, *parts):
        assert found[whole] == sum(found[part] for part in parts)


def _near(days: int | None) -> datetime | None:
    return None if days is None else NOW + timedelta(days=days)


def test_three_in_ninety_days_are_a_pattern(city):
    for _ in range(3):
        acts.report(city)
    acts.report(city, place=city.neighbour)
    today = DAY + timedelta(days=1)
    found = patterns.patterns(rates.below(city.county), today=today)
    assert [(p.place, p.category.code, p.count) for p in found] == [
        (city.community, "rubbish", 3)
    ]
    cases = patterns.cases_of(
        rates.below(None),
        place=city.community,
        category=found[0].category,
        today=today,
    )
    assert cases.count() == 3
    much_later = DAY + patterns.WINDOW
    assert patterns.patterns(rates.below(None), today=much_later) == []


# The page


def published(world: World, text: str = "路灯已修好", **more) -> Case:
    case = acts.resolved(world, **more)
    return publishing.publish(
        case=case, public_text=text, by=world["worker"], at=world.now()
    )


def test_public_page_shows_only_what_was_approved(client: Client, city):
    shown = published(city, text="小区路灯不亮", source_number="A1")
    acts.resolved(city, text="没有公开的事")
    page = client.get("/public").content.decode()
    assert "小区路灯不亮" in page
    assert "已更换灯泡" in page
    assert "没有公开的事" not in page
    assert shown.receipt not in page
    for secret in ("张三", "13800138000", city["worker"].name):
        assert secret not in page


def test_answers_on_the_public_page_are_masked(client, city):
    case = acts.working(city)
    case = acts.handling.answer(
        case=case,
        text="已告诉王女士13912345678，贵A12345已挪走",
        by=city["worker"],
        at=city.now(),
    )
    publishing.publish(
        case=case, public_text="占道停车", by=city["worker"], at=city.now()
    )
    page = client.get("/public").content.decode()
    assert "某女士" in page
    for secret in ("13912345678", "王女士", "贵A12345"):
        assert secret not in page


def test_unpublished_again_is_gone(client, city):
    case = published(city, text="小区路灯不亮")
    publishing.unpublish(case=case, by=city["worker"], at=city.now())
    assert "小区路灯不亮" not in client.get("/public").content.decode()


def test_place_category_and_state_narrow_the_list(client, city):
    published(city, text="金桥的垃圾")
    published(
        city, text="银桥的噪声", place=city.neighbour, category=acts.category("noise")
    )
    community = client.get(f"/public/{city.community.code}").content.decode()
    assert "金桥的垃圾" in community
    assert "银桥的噪声" not in community
    noise = client.get("/public?category=noise").content.decode()
    assert "银桥的噪声" in noise
    assert "金桥的垃圾" not in noise
    assert "金桥的垃圾" not in client.get("/public?state=open").content.decode()
    assert "金桥的垃圾" in client.get("/public?state=resolved").content.decode()
    parent = client.get("/public?category=environment").content.decode()
    assert "金桥的垃圾" in parent


def test_pages_are_turned_by_key_without_loss(client, city):
    for n in range(45):
        case = acts.report(city, text=f"第{n}件")
        Case.objects.filter(pk=case.pk).update(
            public_text=f"〔{n}〕", published_at=NOW + timedelta(minutes=n // 2)
        )
    seen: list[str] = []
    address = "/public"
    for _ in range(3):
        answer = client.get(address)
        seen += [told.case.public_text for told in answer.context["told"]]
        older = answer.context["page"].older
        address = f"/public?older={older}".replace("+", "%2B")
    assert older == ""
    assert seen == [f"〔{n}〕" for n in reversed(range(45))]
    newer = answer.context["page"].newer.replace("+", "%2B")
    back = client.get(f"/public?newer={newer}")
    texts = [told.case.public_text for told in back.context["told"]]
    assert texts == [f"〔{n}〕" for n in range(24, 4, -1)]


def test_broken_addresses_show_the_first_page(client, city):
    published(city)
    for odd in (
        "older=x",
        "older=2026-01-01~9",
        "newer=9999-99-99T00:00:00~1",
        "older=2026-01-01T00:00:00%2B00:00~99999999999999999999",
        "days=7",
        "figure=nothing",
        "category=x%00",
        "state=%00",
    ):
        assert client.get(f"/public?{odd}").status_code == 200
    assert client.get("/public/no-such-code").status_code == 404


def test_query_count_does_not_grow_with_rows(
    client, city, django_assert_max_num_queries
):
    for n in range(12):
        published(city, text=f"第{n}件")
    client.get("/public")
    with django_assert_max_num_queries(13):
        client.get("/public")


def test_under_ten_no_percentage_and_never_a_comparison(client, city):
    published(city)
    page = client.get("/public").content.decode()
    assert "不足 10 件" in page
    assert "%" not in page.split('class="figures"')[1].split("</section>")[0]


def test_a_figure_on_the_page_opens_onto_published_cases(client, city):
    recent = published(city, text="解决了的一件")
    today = timezone.localdate()
    Case.objects.filter(pk=recent.pk).update(registered_on=today)
    pending = acts.report(city)
    Case.objects.filter(pk=pending.pk).update(
        registered_on=today, public_text="还在办的一件", published_at=NOW
    )
    page = client.get("/public?figure=resolved").content.decode()
    assert "解决了的一件" in page
    assert "还在办的一件" not in page
    assert 'href="?days=90&amp;figure=resolved#cases"' in page


def test_photos_of_unpublished_cases_are_not_handed_out(client, city):
    upload = store(file=picture(), by=None, at=city.now())
    case = register(need=acts.need(city), photos=[upload], by=None, at=city.now()).case
    photo = case.photos.get()
    assert client.get(f"/public/photo/{photo.pk}").status_code == 404
    publishing.publish(
        case=case,
        public_text="有照片",
        photos=[photo.pk],
        by=city["worker"],
        at=city.now(),
    )
    answer = client.get(f"/public/photo/{photo.pk}")
    assert answer.status_code == 200
    assert b"".join(answer)[:2] == b"\xff\xd8"
    publishing.publish(
        case=case, public_text="有照片", by=city["worker"], at=city.now()
    )
    assert client.get(f"/public/photo/{photo.pk}").status_code == 404


def test_finding_ones_community(client, city):
    page = client.get("/community", {"q": "jqsq"}).content.decode()
    assert "金桥社区" in page
    assert f"/public/{city.community.code}" in page
    assert "没有找到" in client.get("/community", {"q": "火星"}).content.decode()


def test_privacy_page_names_purpose_and_days(client, city):
    page = client.get("/privacy").content.decode()
    assert "180" in page
    assert "1095" in page or "1,095" in page
    assert "未经核对" in page


@pytest.mark.parametrize("address", ["/", "/report", "/follow", "/public", "/about"])
def test_pages_work_before_anything_is_set_up(client, db, address):
    assert client.get(address).status_code == 200


def test_dates_of_a_period_include_both_ends():
    period = Period.ending(date(2026, 3, 31), days=31)
    assert (period.first, period.last) == (date(2026, 3, 1), date(2026, 3, 31))
