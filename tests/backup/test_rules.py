import json

import pytest

from wugeyi.backup.rules import Manifest, Stored, safe

WHOLE = Manifest(
    product="0.1.0",
    kind="sqlite",
    made_at="2026-03-01T00:00:00+00:00",
    head="3:" + "ab" * 32,
    rows={"accounts_user": 1},
    migrations=["accounts.0001_initial"],
    key_check="x",
    files={"database.sqlite3.gz": Stored(1, "ab" * 32)},
)


def test_a_manifest_reads_back():
    assert Manifest.from_json(WHOLE.to_json()) == WHOLE


@pytest.mark.parametrize(
    "name",
    ["../etc/passwd", "/etc/passwd", "uploads/../../x", "uploads", "other/x", "uploads//x",
     "./manifest.json", "", "uploads/..", "database.sqlite3"],
)  # fmt: skip
def test_names_outside_a_backups_folders_are_refused(name):
    with pytest.raises(ValueError, match="unexpected"):
        safe(name)


@pytest.mark.parametrize(
    "name",
    [
        "uploads/ab/cd/x.jpg",
        "heads/heads.txt",
        "places/networks/ab/x.network",
        "buslines/x.osm",
        "manifest.json",
    ],
)
def test_names_inside_are_taken(name):
    assert safe(name) == name


def without(field):
    values = json.loads(WHOLE.to_json())
    del values[field]
    return json.dumps(values)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", without("kind"), without("format"),
     WHOLE.to_json().replace('"format": 1', '"format": 2'),
     WHOLE.to_json().replace("database.sqlite3.gz", "uploads/x"),
     WHOLE.to_json().replace("database.sqlite3.gz", "../x")],
)  # fmt: skip
def test_what_is_no_manifest_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        Manifest.from_json(text)
