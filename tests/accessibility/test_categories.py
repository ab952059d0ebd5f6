import pytest

from tests.accessibility.geodata import HAIDIAN
from wugeyi.engines.accessibility.categories import parse, rule, template, templates
from wugeyi.engines.accessibility.findings import Refused, say
from wugeyi.engines.accessibility.osm import read
from wugeyi.engines.accessibility.osm.shapes import is_facility

TEN = "教业文卫体老幼食住行"


def test_guiyang_has_ten_characters_of_fifteen_minutes():
    found = template()
    assert "".join(one.character for one in found.categories) == TEN
    assert {one.limit_minutes for one in found.categories} == {15}
    assert found.code == "guiyang"


def test_what_nobody_compared_with_its_text_says_so():
    for one in templates():
        assert not one.verified
        assert one.source
        assert not any(category.verified for category in one.categories)
        assert all(category.source for category in one.categories)
    assert [one.code for one in templates()] == ["guiyang", "td_t_1062", "gb_50180"]


def test_names_are_there_and_unlike():
    for one in templates():
        for name in ("code", "name_zh", "name_en"):
            names = [getattr(category, name) for category in one.categories]
            assert all(names)
            assert len(set(names)) == len(names)
    with pytest.raises(KeyError):
        template("../etc/passwd")


@pytest.mark.parametrize(
    ("tags", "characters"),
    [
        ({"amenity": "school"}, "教"),
        ({"office": "employment_agency"}, "业"),
        ({"amenity": "library"}, "文"),
        ({"amenity": "clinic"}, "卫"),
        ({"healthcare": "clinic"}, "卫"),
        ({"leisure": "pitch"}, "体"),
        ({"leisure": "pitch", "access": "private"}, ""),
        ({"amenity": "social_facility", "social_facility:for": "senior"}, "老"),
        ({"social_facility": "day_care", "social_facility:for": "child"}, ""),
        ({"amenity": "kindergarten"}, "幼"),
        ({"amenity": "marketplace"}, "食"),
        ({"shop": "convenience;bakery"}, "食"),
        ({"amenity": "toilets"}, "住"),
        ({"highway": "bus_stop", "public_transport": "platform"}, "行"),
        ({"amenity": "bench"}, ""),
        ({}, ""),
    ],
)
def test_what_openstreetmap_calls_it(tags, characters):
    assert "".join(one.character for one in template().of(tags)) == characters


def test_whatever_a_template_looks_for_is_read_from_a_map():
    for one in templates():
        for category in one.categories:
            for conditions in category.rules:
                wanted = [each for each in conditions if not each.differs]
                tags = {
                    each.key: min(each.values - {"*"} or {"yes"}) for each in wanted
                }
                if set(tags) <= {"social_facility:for"}:
                    tags["amenity"] = "social_facility"
                assert is_facility(tags), (one.code, category.code, tags)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("卫", "health"),
        ("看病", "health"),
        ("Health", "health"),
        (" 社区卫生服务站 ", "health"),
        ("ＢＵＳ stop", "transport"),
        ("education", "education"),
        ("", None),
        ("火箭发射场", None),
    ],
)
def test_names_that_tables_use(name, code):
    found = template().named(name)
    assert (found and found.code) == code


def test_a_rule_reads_as_it_is_written():
    (first, second) = rule("amenity=school|college & access!=private")
    assert (first.key, first.values) == ("amenity", {"school", "college"})
    assert second.differs
    assert rule("shop=*")[0].holds({"shop": "shoes"})
    assert not rule("shop=*")[0].holds({"shop": "no"})
    assert not rule("shop=*")[0].holds({})
    for wrong in ("shop", "=yes", "shop=", "a=b & ", "a=b|"):
        with pytest.raises(ValueError, match=r".*"):
            rule(wrong)


def test_limits_by_time_and_by_distance():
    health = template().named("health")
    assert health.limit_ms(1_333) == health.limit_ms(833) == 900_000
    nursery = template("gb_50180").named("kindergarten")
    # 300 m at 60 m a minute are five minutes.
    assert nursery.limit_ms(1_000) == 300_000


GOOD = """
code = "own"
name_zh = "自定"
name_en = "Own"
source = "街道"
verified = true
[[category]]
code = "a"
name_zh = "甲"
name_en = "A"
limit_m = 300
osm = ["shop=*"]
"""


def test_a_deployment_brings_its_own():
    found = parse(GOOD)
    assert found.categories[0].verified
    assert found.categories[0].source == "街道"


@pytest.mark.parametrize(
    "text",
    [
        "code = ",
        "",
        GOOD.replace("limit_m = 300", ""),
        GOOD.replace("limit_m = 300", "limit_m = 300\nlimit_minutes = 5"),
        GOOD.replace("limit_m = 300", "limit_m = -3"),
        GOOD.replace("shop=*", "shop"),
        GOOD.replace('name_en = "A"', ""),
        GOOD + GOOD[GOOD.index("[[") :],
    ],
)
def test_templates_with_a_fault(text):
    with pytest.raises(Refused) as caught:
        parse(text, "own.toml")
    assert "own.toml" in say(caught.value.finding)


def test_an_empty_template():
    with pytest.raises(Refused) as caught:
        parse(GOOD[: GOOD.index("[[")] + "category = []")
    assert caught.value.finding.code == "template-empty"


def test_haidian_has_most_of_the_ten():
    extract = read(HAIDIAN)
    found = {
        one.character for each in extract.amenities for one in template().of(each.tags)
    }
    assert found >= set("教文卫体幼食住行")
