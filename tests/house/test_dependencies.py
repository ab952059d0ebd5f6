"""What is installed is listed once with its reason, and locked with hashes."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(SOURCE)
PINNED = re.compile(r"^([a-z0-9][a-z0-9-]*)(?:\[.*?\])?==\S+", re.MULTILINE)
GROUPS = PROJECT["dependency-groups"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKS = ["core", *EXTRAS, *GROUPS]


def name_of(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower()


def wanted(group):
    if group == "core":
        return set(map(name_of, PROJECT["project"]["dependencies"]))
    if group in EXTRAS:
        return wanted("core") | set(map(name_of, EXTRAS[group]))
    own = {name_of(line) for line in GROUPS[group] if isinstance(line, str)}
    included = [
        wanted(line["include-group"])
        for line in GROUPS[group]
        if isinstance(line, dict)
    ]
    return own.union(*included)


def lock(group):
    return (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("group", LOCKS)
def test_a_lock_holds_what_is_listed(group):
    assert wanted(group) <= set(PINNED.findall(lock(group)))


@pytest.mark.parametrize("group", LOCKS)
def test_a_lock_has_a_hash_for_everything_and_no_address(group):
    text = lock(group)
    pins = re.split(r"\n(?=\S)", text)
    unhashed = [p for p in pins if PINNED.match(p) and "--hash=sha256:" not in p]
    assert unhashed == []
    assert "://" not in text
    assert not re.search(r"^--(?!hash)", text, re.MULTILINE)


def test_groups_agree_on_versions():
    def pins(group):
        return set(re.findall(r"^([a-z0-9-]+==\S+)", lock(group), re.MULTILINE))

    assert pins("core") <= pins("build") <= pins("test")
    assert pins("core") <= pins("analysis") <= pins("test")
    assert pins("analysis") <= pins("bench")


def test_every_dependency_says_why_it_is_there():
    listed = re.findall(r'^    "([a-zA-Z][\w.-]*[^"]*)",(.*)$', SOURCE, re.MULTILINE)
    packages = set().union(*map(wanted, LOCKS))
    silent = [
        requirement
        for requirement, rest in listed
        if name_of(requirement) in packages and not rest.strip().startswith("# ")
    ]
    assert silent == []


def test_npm_packages_are_locked_by_hash_without_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: told for name, told in packages.items() if name}
    assert installed
    assert [name for name, told in installed.items() if "integrity" not in told] == []
    assert [name for name, told in installed.items() if "resolved" in told] == []
