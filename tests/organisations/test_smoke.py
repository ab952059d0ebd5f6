import datetime as dt

import pytest

from wugeyi.organisations import actions as A
from wugeyi.organisations import queries as Q

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def test_all():
    p = A.add_organisation(
        code="52", name="贵州省", kind="province", parent=None, by=None, at=AT
    )
    c = A.add_organisation(
        code="5201", name="贵阳市", kind="city", parent=p, by=None, at=AT
    )
    d = A.add_organisation(
        code="5202", name="六盘水市", kind="city", parent=p, by=None, at=AT
    )
    e = A.add_organisation(
        code="520101", name="云岩区", kind="county", parent=c, by=None, at=AT
    )
    assert [f.organisation.code for f in Q.search("lps")] == ["5202"]
    assert [f.organisation.code for f in Q.search("盘")] == ["5202"]
    assert [f.organisation.code for f in Q.search("贵州 520")] == [
        "5201",
        "5202",
        "520101",
    ]
    assert [f.organisation.code for f in Q.search("yy", roots=[d.path])] == []
    A.move(organisation=e, to=d, by=None, at=AT)
    assert [f.organisation.code for f in Q.search("yy", roots=[d.path])] == ["520101"]
    A.set_area(
        organisation=e,
        shape={
            "type": "Polygon",
            "coordinates": [[[106, 26], [107, 26], [107, 27], [106, 27], [106, 26]]],
        },
        by=None,
        at=AT,
    )
    assert Q.organisation_at(106.5, 26.5) == e
    A.merge_into(organisation=d, into=c, by=None, at=AT)
