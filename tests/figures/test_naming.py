from django.utils.translation import override

from wugeyi.casework.models import Category
from wugeyi.figures import naming
from wugeyi.figures.catalogue import catalogue
from wugeyi.figures.queries.figures import _unit


def test_every_dimension_has_names() -> None:
    wanted = {
        (measure.source, measure.dimension)
        for measure in catalogue().measures.values()
        if measure.dimension
    }
    assert {each for each in wanted if each not in naming._namers} == set()


def test_choices_are_named_and_what_is_unknown_keeps_its_code() -> None:
    naming.register("trial", "colour", naming.of_choices([("r", "红"), ("g", "绿")]))
    assert naming.names("trial", "colour", ["r", "x"]) == {"r": "红", "x": "x"}
    del naming._namers["trial", "colour"]


def test_rows_are_named(db: None) -> None:
    Category.objects.create(code="a", name="甲", name_en="A")
    assert naming.of_rows(Category)(["a", "b"]) == {"a": "甲"}


def test_english_units_know_one_from_many() -> None:
    measure = catalogue().measures["cases"]
    with override("en"):
        assert [_unit(measure, n) for n in (0, 1, 2, None)] == [
            "cases",
            "case",
            "cases",
            "cases",
        ]
    with override("zh-hans"):
        assert {_unit(measure, n) for n in (1, 2)} == {"件"}
