"""Every role against every view and every step, as written by hand in matrix.txt."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.casework.world import World, build
from tests.permissions.setups import setup

TABLE = Path(__file__).with_name("matrix.txt")
PEOPLE = [
    "nobody",
    "worker",
    "neighbour",
    "town_worker",
    "dispatcher",
    "department",
    "supervisor",
    "auditor",
    "administrator",
    "outsider",
    "postless",
    "secretary",
    "accountant",
]
# Shown to developers and in the demo only.
ELSEWHERE = {"design"}


@dataclass(frozen=True)
class Row:
    view: str
    method: str
    setup: str
    may: frozenset[str]

    def __str__(self) -> str:
        return f"{self.view} {self.method} {self.setup}"


def rows() -> list[Row]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        view, method, setup, *marks = line.split()
        assert len(marks) == len(PEOPLE), line
        assert set(marks) <= {"Y", "."}, line
        may = {
            person for person, mark in zip(PEOPLE, marks, strict=True) if mark == "Y"
        }
        found.append(Row(view, method, setup, frozenset(may)))
    return found


ROWS = rows()


def views(patterns: list[Any] | None = None, space: str = "") -> set[str]:
    """The names of all views, with their namespaces."""
    names = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            names |= views(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"a view without a name: {pattern}"
            names.add(f"{space}{pattern.name}")
    return names


def test_every_view_is_in_the_matrix() -> None:
    assert views() - ELSEWHERE == {row.view for row in ROWS}


def let_in(response: Any, *, reading: bool) -> bool:
    """Whether the person got what was asked for, if only a form's complaint."""
    assert response.status_code not in {405, 500}, response.status_code
    if response.status_code in {403, 404}:
        return False
    if response.status_code not in {301, 302, 303}:
        return True
    target = urlsplit(response.headers["Location"]).path
    # Asked who they are, or whether they want to volunteer.
    if target in {reverse("accounts:sign-in"), reverse("volunteering:join")}:
        return False
    # Where somebody is sent instead of what was asked for.
    instead = {reverse("public:follow"), reverse("desk:list")}
    asked = response.request["PATH_INFO"]
    if not reading or asked == reverse("desk:start"):
        return True
    return target not in instead and not target.startswith("/desk/cases/")


def of_lines(row: Row) -> bool:
    """What bus lines need is dear to build: see test_buslines.py."""
    return row.view.startswith("buslines:") or row.setup.startswith("bus-")


Keys = dict[str, str]


def keys_of(world: World) -> Keys:
    """Everybody signed in once; what a session's cookie holds."""
    return {person: key_of(world, person) for person in PEOPLE if person != "nobody"}


def key_of(world: World, person: str) -> str:
    client = Client()
    client.force_login(world[person])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker) -> Iterator[tuple[World, Keys]]:
    """Built once; each row adds to it what it needs, and undoes that."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build()
        yield world, keys_of(world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("row", [row for row in ROWS if not of_lines(row)], ids=str)
def test_row(row: Row, city: tuple[World, Keys], db: None, bare_refusals: None) -> None:
    built, keys = city
    world = deepcopy(built)  # no row sees what another held on to
    kwargs, data = setup(row.setup)(world)
    assert sorted(inside(row, keys, kwargs, data)) == sorted(row.may)


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_is_refused_in_a_whole_page(
    person: str, city: tuple[World, Keys], db: None
) -> None:
    client = Client()
    _world, keys = city
    if person in keys:
        client.cookies[settings.SESSION_COOKIE_NAME] = keys[person]
    answer = client.get("/nothing/is/here/")
    assert answer.status_code == 404
    assert "这里没有内容" in answer.content.decode()
    assert "</html>" in answer.content.decode()


def pages(row: Row, *, drawn: bool) -> AbstractContextManager[Any]:
    """Draw what the first person opens; of the others only who may is asked here.

    What a form complains of is not drawn at all: the views' own tests look at it.
    """
    if row.method == "GET" and not drawn:
        return nullcontext()
    return patch.object(Template, "render", return_value="")


def inside(
    row: Row, keys: Keys, kwargs: dict[str, Any], data: dict[str, Any]
) -> set[str]:
    """Who of all people is let in; ``keys`` of their sessions."""
    url = reverse(row.view, kwargs=kwargs)
    client = Client()
    found = set()
    for person in PEOPLE:
        # What one person's request writes is undone before the next one asks.
        with transaction.atomic(), pages(row, drawn=bool(found)):
            client.cookies.clear()
            if person in keys:
                client.cookies[settings.SESSION_COOKIE_NAME] = keys[person]
            call = client.get if row.method == "GET" else client.post
            # A resident's page with a code nobody holds sends one to type it.
            reading = row.method == "GET" or row.view.startswith("public:drop")
            response = call(url, data)
            if response.streaming:
                b"".join(response.streaming_content)  # and so closed
            if let_in(response, reading=reading):
                found.add(person)
            transaction.set_rollback(True)
    return found
