from wugeyi.casework.models import Category
from wugeyi.figures import naming
from wugeyi.figures.catalogue import catalogue


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
