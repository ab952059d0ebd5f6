"""English is complete, and says the same places, numbers and names as the Chinese."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "wugeyi"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue():
    return [entry for entry in polib.pofile(str(ENGLISH)) if not entry.obsolete]


def identity(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def readings(entry):
    """Pairs of a Chinese text and its English, one for each plural form."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [
        (entry.msgid_plural if form else entry.msgid, text)
        for form, text in entry.msgstr_plural.items()
    ]


def test_every_text_is_translated(catalogue):
    lacking = [
        entry.msgid
        for entry in catalogue
        if entry.fuzzy or not all(text for _, text in readings(entry))
    ]
    assert lacking == []


def test_plurals_have_both_english_forms(catalogue):
    plurals = [entry for entry in catalogue if entry.msgid_plural]
    assert plurals
    assert [e.msgid for e in plurals if set(e.msgstr_plural) != {0, 1}] == []


def test_translations_keep_what_is_filled_in(catalogue):
    wrong = [
        (chinese, english)
        for entry in catalogue
        for chinese, english in readings(entry)
        # “1 case” may name the one without its figure.
        if not entry.msgid_plural
        and Counter(PLACEHOLDER.findall(chinese))
        != Counter(PLACEHOLDER.findall(english))
    ]
    assert wrong == []


def test_no_chinese_is_left_in_the_english(catalogue):
    han = re.compile(r"[\u4e00-\u9fff]")
    # A Chinese name may follow its English in brackets or stand in quotation marks.
    quoted = re.compile(r"\([^)]*\)|“[^”]*”|五个一|中文")
    left = [
        english
        for entry in catalogue
        for _, english in readings(entry)
        if han.search(quoted.sub("", english))
    ]
    assert left == []


@pytest.mark.gettext
def test_the_catalogue_holds_exactly_the_texts_of_the_sources(catalogue, tmp_path):
    copy = tmp_path / "wugeyi"
    ignored = shutil.ignore_patterns("static", "static_root", "*.mo", "__pycache__")
    shutil.copytree(PACKAGE, copy, ignore=ignored)
    (copy / "locale" / "en" / "LC_MESSAGES" / "django.po").unlink()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "--locale=en",
            "--verbosity=0",
        ],
        cwd=copy,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": str(PACKAGE.parent),
        },
        check=True,
    )
    fresh = polib.pofile(str(copy / "locale/en/LC_MESSAGES/django.po"))
    in_sources = {identity(entry) for entry in fresh}
    in_catalogue = {identity(entry) for entry in catalogue}
    assert sorted(in_sources - in_catalogue, key=str) == [], "run make messages"
    assert sorted(in_catalogue - in_sources, key=str) == [], "run make messages"
