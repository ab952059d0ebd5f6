"""The trial as a test: nothing wrong is ever filled in, and little is missed."""

import time

import pytest

from tests.reports.catalogue import PRODUCT
from tests.reports.forms import hospital, hotline, street, village
from tests.reports.trial import HELD_OUT, all_forms, known, product, tried
from wugeyi.engines.formfill import Certainty, match_form, read_form
from wugeyi.engines.formfill.periods import months

OUTCOMES = [tried(laid, span) for laid, span in all_forms()]
KNOWN = product()
OURS = [tried(laid, span, KNOWN, PRODUCT) for laid, span in all_forms()]


@pytest.mark.parametrize("outcome", OUTCOMES + OURS, ids=lambda each: each.name)
def test_nothing_wrong_is_filled(outcome) -> None:
    assert outcome.wrong == 0
    assert outcome.unseen == 0


@pytest.mark.parametrize(
    "outcome",
    [each for each in OUTCOMES if not each.name.startswith(HELD_OUT)],
    ids=lambda each: each.name,
)
def test_what_is_on_record_is_filled(outcome) -> None:
    assert outcome.right == outcome.on_record


def test_the_form_laid_out_before_the_matcher() -> None:
    held = [each for each in OUTCOMES if each.name.startswith(HELD_OUT)]
    assert sum(each.right for each in held) >= 23
    assert sum(each.missed for each in held) == 0


def test_with_the_measures_of_the_product() -> None:
    assert set(PRODUCT.values()) <= set(KNOWN.terms)
    assert sum(each.missed for each in OURS) == 0
    assert sum(each.right for each in OURS) >= 91
    assert sum(each.on_record for each in OURS) == 130


@pytest.mark.parametrize(
    ("label", "title"),
    [
        # A share of something else, a name or a number, other people's suggestions,
        # technology of a farm, half of what the measure says.
        ("业务骨干（名）", "专业技术人员统计表"),
        ("支部书记", "党组织情况表"),
        ("意见建议（条）", "居民议事会统计表"),
        ("提出意见建议（条）", "人大代表履职统计表"),
        ("新技术（项）", "农业推广统计表"),
        ("提拔支书（名）", "党建统计表"),
        ("受理诉求（件）", "12345办理情况表"),
        ("办结诉求（件）", "12345办理情况表"),
    ],
)
def test_the_product_asks_rather_than_mixes_up(label: str, title: str) -> None:
    laid = village.village(village.FIRST | {"total": label, "title": title})
    span = months(2025, 1, 12)
    assert match_of(laid, "D9", span, KNOWN).certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    ("label", "title", "code"),
    [
        ("支部书记（名）", "党组织情况表", "secretaries"),
        ("提出意见建议（条）", "党支部工作统计表", "suggestions_made"),
        ("新技术（项）", "医院工作统计表", "technologies"),
        ("支书外出培训（人次）", "党建统计表", "training_secretaries_outside"),
    ],
)
def test_the_product_knows_its_own(label: str, title: str, code: str) -> None:
    laid = village.village(village.FIRST | {"total": label, "title": title})
    found = match_of(laid, "D9", months(2025, 1, 12), KNOWN)
    assert found.certainty is Certainty.CERTAIN, found.reasons
    assert found.term
    assert found.term.code == code


def match_of(laid, address: str, span, dictionary=None):
    form = read_form(laid.content())
    found = match_form(form, dictionary or known(), span=span, places={})
    return next(
        each
        for each in found
        if each.field.address == address and not each.field.inline
    )


def test_a_confirmed_label_is_remembered_in_a_form_of_other_order() -> None:
    span = months(2026, 1, 3)
    first = match_of(street.street(street.FIRST), "C7", span)
    assert first.certainty is Certainty.POSSIBLE
    learned = {first.key: "talents"}
    again = match_of(street.street(street.FIRST), "C7", span, known(learned))
    assert again.certainty is Certainty.CERTAIN
    assert [reason.code for reason in again.reasons] == ["learned"]


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("女党员先锋岗（个）", None),
        ("其他经营性收入", None),
        ("人均经营性收入", None),
        ("经营性收入增幅（%）", None),
        ("经营性收入（不含分红）", "extra_words"),
        ("办结率（%）", None),
        ("群众满意度（%）", None),
        ("“四乡”人才（人次）", "unit_differs"),
        ("农业总产值", None),
    ],
)
def test_looks_alike_but_is_not_the_same(label: str, why: str | None) -> None:
    laid = village.village(village.FIRST | {"total": label, "talents": "甲"})
    found = match_of(laid, "D9", months(2025, 1, 12))
    assert found.certainty is not Certainty.CERTAIN
    if why:
        assert why in [reason.code for reason in found.reasons]


@pytest.mark.parametrize("title", ["困难党员情况统计表", "流动党员工作统计表"])
def test_a_title_may_narrow_everything(title: str) -> None:
    laid = hospital.hospital(hospital.FIRST | {"title": title})
    found = match_of(laid, "D10", months(2024, 1, 12))
    assert found.certainty is Certainty.LIKELY
    assert "narrowing" in [reason.code for reason in found.reasons]


def test_money_without_a_unit_is_asked() -> None:
    laid = village.village(village.FIRST | {"unit": "制表：财政所"})
    found = match_of(laid, "D9", months(2025, 1, 12))
    assert found.certainty is Certainty.LIKELY


def test_incomes_are_never_mixed_up() -> None:
    form = read_form(village.village(village.FIRST).content())
    for match in match_form(form, known(), span=months(2025, 1, 12)):
        offered = {
            match.term.code if match.term else "",
            *(t.code for t in match.others),
        }
        assert (
            len(offered & {"collective_income", "collective_total", "output_value"}) < 2
        )


def test_a_unit_two_share_a_name_means_nobody() -> None:
    form = read_form(hotline.hotline(hotline.FIRST).content())
    found = match_form(form, known(), span=months(2026, 3, 3), places={})
    named = [each for each in found if each.field.subject]
    assert named
    assert all(each.certainty is not Certainty.CERTAIN for each in named)


def wide(rows: int) -> bytes:
    laid = hotline.Laid("宽表")
    laid.put("A1:T1", "办理情况月报表", style="title")
    for column in range(20):
        letter = chr(65 + column)
        laid.put(f"{letter}2", "指标" if column == 0 else f"{column}月", style="head")
    for row in range(3, rows + 3):
        laid.put(f"A{row}", f"受理诉求{row}")
        for column in range(1, 20):
            laid.blank(f"{chr(65 + column)}{row}", None)
    return laid.content()


def test_two_thousand_cells_are_read_and_matched_quickly() -> None:
    content = wide(105)
    began = time.process_time()
    form = read_form(content)
    found = match_form(form, known(), span=months(2026, 1, 12))
    spent = time.process_time() - began
    assert len(found) > 1_990
    assert spent < 2
