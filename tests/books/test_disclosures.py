"""Sheets for villagers: what is on them, what they rest on, who may show them, questions."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.audit.helpers import assert_one_event
from tests.books.collective import AT, Collective, entry, lamps, line, rent
from tests.books.test_month_actions import JANUARY, close, closing
from wugeyi.books.actions import disclosures as actions
from wugeyi.books.actions.books import add_item
from wugeyi.books.actions.months import reopen
from wugeyi.books.actions.posting import post
from wugeyi.books.actions.posting import reverse as take_back
from wugeyi.books.models import Book, Disclosure, DisclosureQuestion, Head
from wugeyi.books.queries import disclosures as queries
from wugeyi.books.queries import disclosuresheet as sheets
from wugeyi.books.queries import disclosureslate
from wugeyi.books.rules.disclosure import Period
from wugeyi.books.rules.refusals import Refused, Why
from wugeyi.casework.models import Case, Category
from wugeyi.organisations.queries import reach_of

QUARTER = Period(JANUARY, JANUARY + 2)


def household(collective: Collective) -> None:
    add_item(
        book=collective.book,
        kind="household",
        code="H1",
        name="王小明户",
        personal=True,
        by=None,
        at=AT,
    )


@pytest.fixture
def kept(collective: Collective) -> Collective:
    """A quarter of rent and lamps, a worker paid, one month taken back; all closed."""
    household(collective)
    for month in (1, 2, 3):
        post(
            book=collective.book, entry=rent(date(2024, month, 5)), **collective.people
        )
        wrong = post(
            book=collective.book,
            entry=lamps(date(2024, month, 20)),
            **collective.people,
        )
    take_back(voucher=wrong, day=date(2024, 3, 25), **collective.people)
    worker = entry(
        date(2024, 2, 10),
        line("513", 450, "付王小明误工，电话13812345678", household="H1"),
        line("211", -450, "欠王小明误工"),
    )
    post(book=collective.book, entry=worker, **collective.people)
    close(collective, JANUARY, JANUARY + 1, JANUARY + 2)
    return collective


def drawn(collective: Collective, **words: str) -> Disclosure:
    return actions.draw_up(
        book=collective.book,
        period=QUARTER,
        by=collective.accountant,
        at=AT,
        **words,
    )


def reviewed(collective: Collective) -> Disclosure:
    row = drawn(collective)
    return actions.review(
        disclosure=row,
        reviewed_by="张三、李四",
        reviewed_on=date(2024, 4, 10),
        opinion="账实相符",
        version=row.version,
        by=collective.accountant,
        at=AT,
    )


@pytest.fixture
def public(kept: Collective) -> Disclosure:
    row = reviewed(kept)
    return actions.publish(
        disclosure=row, version=row.version, by=kept.accountant, at=AT
    )


def lines_by(row: Disclosure) -> dict[str, list[sheets.SheetLine]]:
    found = sheets.sheet(queries.load(row.pk))
    return {each.category.code: each.lines for each in found.sections}


class TestSheet:
    def test_every_posting_stands_once_with_its_amount(self, kept) -> None:
        found = lines_by(drawn(kept))
        assert [line.fen for line in found["income"]] == [100_000] * 3
        # Three months of lamps, one taken back, and the work.
        assert sorted(line.fen for line in found["expenses"]) == [
            -30_000,
            30_000,
            30_000,
            30_000,
            45_000,
        ]
        assert [line.fen for line in found["debts"]] == [45_000]
        lines = sum(len(each) for each in found.values())
        assert lines == 16

    def test_people_are_masked_and_amounts_stay(self, kept) -> None:
        found = lines_by(drawn(kept, other="王小明家的路已修好"))
        work = next(line for line in found["expenses"] if line.fen == 45_000)
        assert work.summary == "付王**误工，电话〔电话〕"
        assert work.about == "王**"
        sheet = sheets.sheet(queries.load(Disclosure.objects.get().pk))
        assert sheet.sections[-1].words == "王**家的路已修好"

    def test_balances_and_main_lines_are_those_of_the_books(self, kept) -> None:
        sheet = sheets.sheet(queries.load(drawn(kept).pk))
        sections = {each.category.code: each for each in sheet.sections}
        cash = 3 * 100_000 - 2 * 30_000
        assert [(b.code, b.fen) for b in sections["assets"].balances] == [("102", cash)]
        assert [(b.code, b.fen) for b in sections["debts"].balances] == [
            ("211", 45_000)
        ]
        main = {each.key: each.fen for each in sheet.main}
        assert main["operating_income"] == 300_000
        assert main["assets"] == main["cash"] == cash
        assert main["net"] == 300_000 - 60_000 - 45_000
        assert main["liabilities"] + main["equity"] == main["assets"]

    def test_december_is_not_emptied_by_carrying_over(self, kept) -> None:
        close(kept, *range(JANUARY + 3, JANUARY + 12))
        Book.objects.filter(pk=kept.book.pk).update(rhythm="quarterly")
        row = actions.draw_up(
            book=kept.book,
            period=Period(JANUARY, JANUARY + 11),
            by=kept.accountant,
            at=AT,
        )
        sheet = sheets.sheet(queries.load(row.pk))
        sections = {each.category.code: each for each in sheet.sections}
        assert sections["income"].total_fen == 300_000
        assert sheet.left_out > 0

    def test_later_vouchers_do_not_change_what_was_shown(self, kept, public) -> None:
        before = sheets.sheet(queries.load(public.pk))
        reopen(book=kept.book, reason="漏记", decision=None, **closing(kept))
        post(book=kept.book, entry=rent(date(2024, 3, 30), 777), **kept.people)
        after = sheets.sheet(queries.load(public.pk))
        assert after.changed
        assert not before.changed
        assert after.main == before.main
        assert [s.lines for s in after.sections] == [s.lines for s in before.sections]

    def test_as_often_asked_with_more_lines(self, kept, public) -> None:
        def count() -> int:
            row = queries.load(public.pk)
            with CaptureQueriesContext(connection) as asked:
                sheets.sheet(row)
            return len(asked)

        few = count()
        close(kept, JANUARY + 3, JANUARY + 4)
        for day in range(1, 9):
            post(book=kept.book, entry=rent(date(2024, 6, day)), **kept.people)
        close(kept, JANUARY + 5)
        Disclosure.objects.filter(pk=public.pk).update(last_month=JANUARY + 5)
        Head.objects.filter(pk=public.head_id)
        assert count() == few
        assert few <= 9

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_both_languages(self, kept, language) -> None:
        row = drawn(kept)
        with translation.override(language):
            sheet = sheets.sheet(queries.load(row.pk))
            names = [each.name for each in sheet.sections]
        assert ("Income" in names) is (language == "en")


class TestFlow:
    def test_drawn_up_looked_over_shown(self, kept) -> None:
        with assert_one_event("books.draw_up_disclosure"):
            row = drawn(kept)
        assert row.head.size == 8
        with assert_one_event("books.review_disclosure"):
            row = actions.review(
                disclosure=row,
                reviewed_by="张三",
                reviewed_on=date(2024, 4, 9),
                opinion="",
                version=row.version,
                by=kept.accountant,
                at=AT,
            )
        with assert_one_event("books.publish_disclosure"):
            row = actions.publish(
                disclosure=row, version=row.version, by=kept.accountant, at=AT
            )
        assert queries.by_code(row.code) == row
        with assert_one_event("books.withdraw_disclosure"):
            actions.withdraw(
                disclosure=row,
                why="印错了",
                version=row.version,
                by=kept.accountant,
                at=AT,
            )

    def test_an_open_month_is_not_shown(self, kept) -> None:
        with pytest.raises(Refused) as refused:
            actions.draw_up(
                book=kept.book,
                period=Period(JANUARY + 3, JANUARY + 5),
                by=kept.accountant,
                at=AT,
            )
        assert refused.value.why is Why.NOT_CLOSED

    def test_nothing_is_shown_unreviewed_twice_or_stale(self, kept) -> None:
        row = drawn(kept)
        with pytest.raises(Refused) as refused:
            actions.publish(
                disclosure=row, version=row.version, by=kept.accountant, at=AT
            )
        assert refused.value.why is Why.NOT_REVIEWED
        with pytest.raises(Refused) as refused:
            drawn(kept)
        assert refused.value.why is Why.TWICE
        row = actions.review(
            disclosure=row,
            reviewed_by="张三",
            reviewed_on=date(2024, 4, 9),
            opinion="",
            version=row.version,
            by=kept.accountant,
            at=AT,
        )
        reopen(book=kept.book, reason="漏记", decision=None, **closing(kept))
        post(book=kept.book, entry=rent(date(2024, 3, 30), 777), **kept.people)

        def refusal() -> Why:
            with pytest.raises(Refused) as refused:
                actions.publish(
                    disclosure=row, version=row.version, by=kept.accountant, at=AT
                )
            return refused.value.why

        assert refusal() is Why.NOT_CLOSED
        close(kept, JANUARY + 2)
        assert refusal() is Why.STALE

    def test_a_stale_page_changes_nothing(self, kept) -> None:
        row = drawn(kept)
        with pytest.raises(Refused) as refused:
            actions.withdraw(
                disclosure=row, why="x", version=99, by=kept.accountant, at=AT
            )
        assert refused.value.why is Why.CHANGED

    def test_what_is_to_be_shown_follows_the_rhythm(self, kept) -> None:
        assert [p.last for p in queries.to_show(kept.book)] == [JANUARY + 2]
        kept.book.rhythm = "monthly"
        assert len(queries.to_show(kept.book)) == 3
        drawn(kept)
        assert queries.to_show(kept.book) == []


class TestLate:
    def test_books_behind_are_listed(self, kept) -> None:
        reach = reach_of(kept.accountant, on=AT.date())

        def behind(today: date) -> list[tuple[int, int | None]]:
            _page, rows = disclosureslate.late(reach, today)
            return [(each.owed, each.shown) for each in rows]

        assert behind(date(2024, 4, 15)) == []
        assert behind(date(2024, 4, 16)) == [(JANUARY + 2, None)]
        row = reviewed(kept)
        assert behind(date(2024, 4, 16)) == [(JANUARY + 2, None)]
        actions.publish(disclosure=row, version=row.version, by=kept.accountant, at=AT)
        assert behind(date(2024, 4, 16)) == []
        assert behind(date(2024, 7, 16)) == [(JANUARY + 5, JANUARY + 2)]
        Book.objects.filter(pk=kept.book.pk).update(rhythm="monthly")
        assert behind(date(2024, 5, 16)) == [(JANUARY + 3, JANUARY + 2)]

    def test_two_queries(self, kept) -> None:
        reach = reach_of(kept.accountant, on=AT.date())
        with CaptureQueriesContext(connection) as asked:
            disclosureslate.late(reach, date(2026, 4, 16))
        assert len(asked) == 2


class TestPublicPages:
    def test_everybody_reads_a_sheet_and_nobody_its_draft(self, client, kept) -> None:
        row = reviewed(kept)
        page = reverse("books:public-sheet", args=[row.code])
        poster = reverse("books:public-poster", args=[row.code])
        assert client.get(page).status_code == 404
        assert client.get(poster).status_code == 404
        actions.publish(disclosure=row, version=row.version, by=kept.accountant, at=AT)
        told = client.get(page).content.decode()
        assert "王小明" not in told
        assert "13812345678" not in told
        assert "450.00" in told
        for group in (row.head.root[:8], row.head.root[-8:]):
            assert f"<code>{group}</code>" in told
        assert "<script" not in told.split("</main>")[0].split("<main")[1]
        assert client.get(poster).content.startswith(b"%PDF-")
        assert (
            row.code
            in client.get(
                reverse("books:public-village", args=[kept.book.code])
            ).content.decode()
        )
        found = client.get(reverse("books:public-find"), {"q": "溪口"})
        assert kept.book.name_zh in found.content.decode()

    def test_a_sheet_taken_down_says_why_and_shows_nothing(
        self, client, kept, public
    ) -> None:
        actions.withdraw(
            disclosure=public,
            why="第 3 笔摘要写错",
            version=public.version,
            by=kept.accountant,
            at=AT,
        )
        page = client.get(reverse("books:public-sheet", args=[public.code]))
        told = page.content.decode()
        assert "第 3 笔摘要写错" in told
        assert "450.00" not in told
        ask = reverse("books:public-ask", args=[public.code])
        assert client.get(ask).status_code == 404
        poster = reverse("books:public-poster", args=[public.code])
        assert client.get(poster).status_code == 404

    @pytest.mark.parametrize("size", ["a3", "a4"])
    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_the_wall(self, client, public, language, size) -> None:
        poster = reverse("books:public-poster", args=[public.code])
        made = client.get(poster, {"lang": language, "size": size})
        assert made.content.startswith(b"%PDF-")


class TestQuestions:
    @pytest.fixture
    def categories(self, db) -> None:
        Category.objects.get_or_create(
            code="question", defaults={"name": "政策咨询", "name_en": "Question"}
        )

    def test_a_question_becomes_a_case_once(
        self, client, kept, public, categories
    ) -> None:
        work = next(line for line in lines_by(public)["expenses"] if line.fen == 45_000)
        address = reverse("books:public-ask", args=[public.code])
        page = client.get(address, {"voucher": work.voucher_id}).content.decode()
        assert "王**" in page
        data = {
            "text": "这笔误工是做什么的？",
            "voucher": work.voucher_id,
            "client_id": str(uuid4()),
        }
        first = client.post(address, data)
        assert first.status_code == 302
        assert client.post(address, data).status_code == 302
        case = Case.objects.get()
        asked = DisclosureQuestion.objects.get()
        assert (asked.case, asked.voucher_id) == (case, work.voucher_id)
        assert case.place == kept.village
        assert "2024-" in case.spot
        assert "王小明" not in case.spot
        told = client.get(reverse("books:public-sheet", args=[public.code]))
        assert "村民问了 1 个问题" in told.content.decode()
        client.force_login(kept.world["town_worker"])
        desk = client.get(reverse("desk:case", args=[case.pk])).content.decode()
        assert public.get_absolute_url() in desk
        assert asked.voucher.get_absolute_url() in desk
        client.logout()
        # The question itself is not shown before somebody approved its words.
        assert data["text"] not in told.content.decode()
        Case.objects.update(public_text="误工用途", published_at=AT, state="answered")
        told = client.get(reverse("books:public-sheet", args=[public.code]))
        assert "误工用途" in told.content.decode()
        answers = queries.questions(public)
        assert (answers.asked, answers.waiting, answers.answered) == (1, 0, 1)

    @pytest.mark.parametrize(
        "data", [{"text": " "}, {"text": "问" * 5001}, {"text": "问", "phone": "x"}]
    )
    def test_a_bad_question_keeps_its_words(self, client, public, categories, data):
        address = reverse("books:public-ask", args=[public.code])
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert data["text"].strip()[:50] in answer.content.decode()
        assert not Case.objects.exists()

    def test_a_voucher_of_another_period_is_not_named(
        self, client, kept, public, categories
    ) -> None:
        other = post(book=kept.book, entry=rent(date(2024, 4, 2)), **kept.people)
        address = reverse("books:public-ask", args=[public.code])
        client.post(address, {"text": "问一下", "voucher": other.pk})
        assert DisclosureQuestion.objects.get().voucher is None

    def test_a_flood_is_stopped_and_nothing_lost(self, client, public, categories):
        address = reverse("books:public-ask", args=[public.code])
        for _number in range(20):
            client.post(address, {"text": "问一下", "client_id": str(uuid4())})
        answer = client.post(address, {"text": "还有一句"})
        assert answer.status_code == 429
        assert "还有一句" in answer.content.decode()
        assert Case.objects.count() == 20


class TestStaffPages:
    def test_from_drawing_up_to_the_wall(self, client, kept) -> None:
        client.force_login(kept.accountant)
        listing = reverse("books:disclosures", args=[kept.book.pk])
        draw = reverse("books:draw-up", args=[kept.book.pk, JANUARY])
        assert draw in client.get(listing).content.decode()
        assert client.get(draw).status_code == 200
        client.post(draw, {"plans": "修一条路", "resources": "", "other": ""})
        row = Disclosure.objects.get()
        page = client.get(row.get_absolute_url()).content.decode()
        assert "修一条路" in page
        review = reverse("books:review-disclosure", args=[row.pk])
        assert client.post(review, {"reviewed_by": ""}).status_code == 422
        future = {"reviewed_by": "张三", "reviewed_on": "2090-01-01"}
        assert client.post(review, future | {"version": 1}).status_code == 422
        data = {"reviewed_by": "张三", "reviewed_on": "2024-04-09", "version": 1}
        assert client.post(review, data).status_code == 302
        publish = reverse("books:publish-disclosure", args=[row.pk])
        client.post(publish, {"version": "1"})
        row.refresh_from_db()
        assert row.state == "drawn_up"  # the page was stale
        client.post(publish, {"version": str(row.version)})
        row.refresh_from_db()
        assert row.state == "published"
        poster = reverse("books:disclosure-poster", args=[row.pk])
        assert client.get(poster).content.startswith(b"%PDF-")
        withdraw = reverse("books:withdraw-disclosure", args=[row.pk])
        assert client.get(withdraw).status_code == 200
        client.post(withdraw, {"why": "重拟", "version": str(row.version)})
        row.refresh_from_db()
        assert row.state == "withdrawn"
        assert draw in client.get(listing).content.decode()
        assert client.get(reverse("books:late-disclosures")).status_code == 200

    def test_a_reviewer_reads_and_does_not_publish(self, client, kept) -> None:
        row = reviewed(kept)
        client.force_login(kept.reviewer)
        assert client.get(row.get_absolute_url()).status_code == 200
        publish = reverse("books:publish-disclosure", args=[row.pk])
        assert client.post(publish, {"version": "2"}).status_code == 403
