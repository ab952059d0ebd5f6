"""The examples of docs/interfaces.md, run as they stand there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.interfaces.open import build
from wugeyi.interfaces.events import labels
from wugeyi.interfaces.models import Posted
from wugeyi.interfaces.registry import sources

PAGE = Path(__file__).parents[2] / "docs" / "interfaces.md"


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    return "".join(blocks).replace("\\\n", " ").strip().splitlines()


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.django_db(transaction=True)
def test_every_example_works(live_server) -> None:
    cache.clear()
    city = build(at=timezone.now())
    environment = {
        "SITE": live_server.url,
        "KEY": city.key.key,
        "PATH": "/usr/bin:/bin",
    }
    said = commands()
    assert len(said) > 10
    for command in said:
        done = subprocess.run(
            ["sh", "-c", f"{command} -sS"],
            env=environment,
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout
    assert Posted.objects.count() == 1


def test_every_table_and_every_event_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for code in [*labels(), *(each.code for each in sources())]:
        assert f"`{code}`" in text, code


def test_the_tests_it_names_are_there() -> None:
    said = set(re.findall(r"`(test_\w+)`", PAGE.read_text(encoding="utf-8")))
    sources_ = (file.read_text() for file in Path(__file__).parent.glob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)", "".join(sources_)))
    assert len(said) > 10
    assert said <= there
