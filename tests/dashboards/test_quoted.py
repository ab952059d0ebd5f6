"""The article's figures, against a list copied from the article by hand.

Value, upper end, qualifier, unit, period as given, page it is shown on. The article's
words decide: 超 is over, 近 is nearly, 以上 is at least; everything else is exact.
"""

from decimal import Decimal

import pytest

from tests.casework.world import NOW, plant
from wugeyi.audit.models import AuditEvent
from wugeyi.demo.quoted import load
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.models import QuotedFigure
from wugeyi.figures.queries import quoted_for

HOSPITAL = "5201-hospital-demo"
CONTINUED = "2024年（原文承上句）"
ARTICLE = [
    ("18", None, "equal", "次", "“惠农专线”运行后", None),
    ("2", "7", "range", "元", "", None),
    ("10", None, "at_least", "年", "", None),
    ("18", None, "equal", "名", "", None),
    ("11.4", None, "equal", "米", "", None),
    ("100", None, "equal", "%", "", HOSPITAL),
    ("25", None, "equal", "人次", "", HOSPITAL),
    ("11", None, "equal", "名", "", HOSPITAL),
    ("6", None, "equal", "名", "2024年", HOSPITAL),
    ("146", None, "equal", "个", "", HOSPITAL),
    ("32", None, "equal", "个", "", HOSPITAL),
    ("57", None, "equal", "次", "", HOSPITAL),
    ("81", None, "equal", "条", "", HOSPITAL),
    ("97", None, "equal", "项", "", HOSPITAL),
    ("85", None, "equal", "项", "", HOSPITAL),
    ("29", None, "equal", "个", "", "520103"),
    ("3800", None, "equal", "万元", "", None),
    ("600", None, "over", "万元/年", "", None),
    ("49.9", None, "equal", "万元", "2024年", None),
    ("67", None, "equal", "名", CONTINUED, "520181201214"),
    ("8100", None, "equal", "万元", CONTINUED, "520181201214"),
    ("90", None, "nearly", "万元", CONTINUED, None),
    ("208", None, "equal", "个", "", "5201"),
    ("3", None, "equal", "个", "", "5201"),
    ("90", None, "over", "%", "", "5201"),
]
COUNTERPARTS = {
    "100": "secretaries_professional",
    "25": "training_secretaries_outside",
    "11": "members_promoted",
    "6": "members_admitted",
    "146": "vanguard_posts",
    "32": "demonstration_posts",
    "57": "decisions_joined",
    "81": "suggestions_made",
    "97": "technologies",
    "85": "grants",
}


@pytest.fixture
def loaded(db) -> list[QuotedFigure]:
    for code in sorted({row[-1] for row in ARTICLE} - {None}):
        plant(f"单位{code}", "hospital" if code == HOSPITAL else "village", code)
    return load(at=NOW)


def test_every_printed_figure_is_there_with_its_qualifier(loaded):
    found = [
        (
            each.value,
            each.value_to,
            each.qualifier,
            each.unit_zh,
            each.period_text,
            each.organisation.code if each.organisation else None,
        )
        for each in QuotedFigure.objects.select_related("organisation").order_by("code")
    ]
    assert found == [
        (Decimal(value), Decimal(end) if end else None, *rest)
        for value, end, *rest in ARTICLE
    ]


def test_every_figure_says_whom_the_article_speaks_of_and_where_it_is_from(loaded):
    for each in loaded:
        assert each.subject_zh
        assert each.subject_en
        assert each.text_zh
        assert each.text_en
        assert "坚持以“五个一”行动为总揽" in each.source
    hospital = [e for e in loaded if e.organisation and e.organisation.code == HOSPITAL]
    assert {each.subject_zh for each in hospital} == {"贵阳市第二人民医院"}


def test_counterparts_are_declared_measures(loaded):
    hospital = [e for e in loaded if e.organisation and e.organisation.code == HOSPITAL]
    assert {f"{each.value:g}": each.measure for each in hospital} == COUNTERPARTS
    for each in loaded:
        assert not each.measure or each.measure in catalogue()


def test_figures_of_nobody_in_the_register_belong_to_no_page(loaded):
    # Five of the line, four of villages: theirs are invented and not here.
    assert quoted_for(None).count() == 9


def test_loading_again_changes_no_number_of_figures(loaded):
    events = AuditEvent.objects.count()
    load(at=NOW)
    assert QuotedFigure.objects.count() == len(ARTICLE)
    assert AuditEvent.objects.count() == events + len(ARTICLE)
