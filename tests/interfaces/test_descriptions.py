"""Strangers judge what we answer: schemathesis, by two descriptions."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.interfaces.open import Open
from wugeyi.interfaces.description import description
from wugeyi.interfaces.models import Posted
from wugeyi.interfaces.registry import sources

THEIRS = Path(__file__).with_name("open311") / "georeport-v2.json"
EXAMPLES = 3
FEW = hypothesis_settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def unhurried(monkeypatch, settings) -> None:
    """A judge asks more often than anybody may."""
    for name in ("READS_PER_MINUTE", "WRONG_KEYS_PER_MINUTE"):
        monkeypatch.setattr(f"wugeyi.interfaces.views.common.{name}", 10**6)
    monkeypatch.setattr("wugeyi.interfaces.views.data.WHOLE_TABLES_PER_MINUTE", 10**6)
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def in_process() -> Iterator[None]:
    """As Django's own client does it: the test's connection outlives a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def judge(schema: Any, checks: list[Any], change: Any) -> int:
    """Ask every operation some dozen times, as Hypothesis thinks of it."""
    schema.app = get_wsgi_application()
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @FEW
        @given(operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal asked
            change(case)
            response = case.call()
            case.validate_response(response, checks=checks)
            asked += 1

        ask()
    return asked


def test_schemathesis_with_open311s_own_description(
    city: Open, unhurried, in_process
) -> None:
    schema = schemathesis.openapi.from_dict(
        {**json.loads(THEIRS.read_text()), "basePath": "/open/311/v2"}
    )
    known = {
        "service_request_id": city.working.number,
        "service_code": "rubbish",
        "token_id": "nothing",
    }

    def change(case: Any) -> None:
        # What they leave open ("uid") and Hypothesis cannot guess, half of the time.
        guess = len(case.id) and int(case.id[-1], 36) % 2
        case.path_parameters["response_format"] = "xml" if guess else "json"
        case.query["jurisdiction_id"] = city.world.city.code
        if guess:
            for name in known.keys() & case.path_parameters.keys():
                case.path_parameters[name] = known[name]
            if case.method == "POST":
                case.query |= {"service_code": "rubbish", "address_id": ""}
                case.query |= {"lat": 26.65, "long": 106.63}
        if case.method == "POST":
            case.query["api_key"] = city.key.key

    # Refusals of a POST are not in their file: see open311/README.md.
    checks = [
        not_a_server_error,
        response_schema_conformance,
        content_type_conformance,
    ]
    assert judge(schema, checks, change) >= 6 * EXAMPLES
    assert Posted.objects.exists()


def test_schemathesis_with_our_own_description(
    city: Open, unhurried, in_process
) -> None:
    schema = schemathesis.openapi.from_wsgi(
        "/open/openapi.json", get_wsgi_application()
    )
    # Tables differ in their columns only: one of them in each form, and Open311 whole.
    schema = schema.include(path_regex=r"^/open/(311|calendar|data/cases\.)")

    def change(case: Any) -> None:
        if case.method == "POST":
            case.query["api_key"] = city.key.key

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    assert judge(schema, checks, change) >= 12 * EXAMPLES


def routes(patterns: Any = None, prefix: str = "") -> dict[str, str]:
    """Every address of the product by the name of its view."""
    found = {}
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(each, "url_patterns"):
            space = f"{each.namespace}:" if each.namespace else ""
            found |= {
                f"{space}{name}": path
                for name, path in routes(each.url_patterns).items()
            }
        else:
            found[each.name] = str(each.pattern)
    return found


# Pages for people.
PAGES = {
    "home",
    "calendar",
    "keys",
    "key-new",
    "key-revoke",
    "terms",
    "targets",
    "target-new",
    "target",
    "target-act",
    # Whatever else begins like Open311 is told that it is not there.
    "unknown",
}


def test_every_route_is_described(city: Open) -> None:
    paths = description("http://here")["paths"]
    named = {
        "openapi": "/open/openapi.json",
        "discovery": "/open/311/discovery.{form}",
        "services": "/open/311/{base}/services.{form}",
        "service": "/open/311/{base}/services/{code}.{form}",
        "requests": "/open/311/{base}/requests.{form}",
        "request": "/open/311/{base}/requests/{number}.{form}",
        "token": "/open/311/{base}/tokens/{code}.{form}",
        "feed": "/open/calendar/{secret}.ics",
        "data": "/open/data/cases.geojson",
    }
    own = {
        name.partition(":")[2] for name in routes() if name.startswith("interfaces:")
    }
    assert own == PAGES | set(named)
    assert set(named.values()) <= set(paths)
    for source in sources():
        for form in ("geojson", "json", "csv"):
            assert f"/open/data/{source.code}.{form}" in paths


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_description_speaks_both_languages(client, city: Open, language) -> None:
    found = client.get("/open/openapi.json", {"lang": language}).json()
    assert found["openapi"].startswith("3.")
    identifiers = [
        operation["operationId"]
        for path in found["paths"].values()
        for operation in path.values()
    ]
    assert len(identifiers) == len(set(identifiers))


# Of other apps, by the name of the view.
OTHERS = {
    "health": "/health",
    "audit:heads-text": "/audit/heads.txt",
    "public:areas": "/areas.geojson",
    "organisations:area": "/register/unit/{code}/area.json",
    "stations:geojson": "/stations/stations.geojson",
    "sharing:feed": "/sharing/things/{code}/calendar.ics",
    "buslines:public-gtfs": "/bus/l/{code}/gtfs.zip",
    "buslines:public-flex": "/bus/l/{code}/flex.zip",
}
# These speak with pages of this product and change with them (docs/interfaces.md).
OWN_PAGES = {
    "buslines:public-xlsx",  # a table for people
    "books:public-poster",  # a page to print
    "circles:public-ground",
    "icon",
    "offline:manifest",
    "offline:service-worker",
    "places:ground",
    "stations:json",
    "stations:sign",
    "submissions:copy",
    "submissions:queue",
    "submissions:who",
}
MATRIX = Path(__file__).parents[1] / "permissions" / "matrix.txt"
FILE = re.compile(r"\.(csv|geojson|ics|js|json|pdf|txt|webmanifest|xlsx|xml|zip)$")


def test_whatever_anybody_may_fetch_as_a_file_is_described_or_left_out_on_purpose(
    client, city: Open
) -> None:
    rows = [line.split() for line in MATRIX.read_text().splitlines() if line]
    open_ = {
        row[0] for row in rows if row[0] != "#" and row[1] == "GET" and row[3] == "Y"
    }
    named = {
        name
        for name, path in routes().items()
        if name in open_
        and not name.startswith("interfaces:")
        and (FILE.search(path) or name.startswith("submissions:"))
    }
    assert named <= OTHERS.keys() | OWN_PAGES
    assert open_ >= OTHERS.keys()
    paths = description("")["paths"]
    assert set(OTHERS.values()) <= set(paths)
    for path in OTHERS.values():
        said = paths[path]["get"]["responses"]["200"]["content"]
        if "{code}" not in path or path.startswith("/register"):
            answer = client.get(path.format(code=city.world.county.code))
            kind = answer.headers["Content-Type"].partition(";")[0]
            assert (answer.status_code, [kind]) == (200, list(said)), path
            if answer.streaming:
                b"".join(answer.streaming_content)
