"""What a server process does before anybody comes."""

import subprocess
import sys

import pytest
from django.utils import timezone

from tests.circles.town import DAY, forget
from wugeyi.circles.adapter.streets import KEPT
from wugeyi.circles.queries.warming import warm
from wugeyi.places.gateway import network_path

pytestmark = pytest.mark.django_db


def test_without_a_circle_nothing_is_loaded() -> None:
    assert warm(today=timezone.localdate()) is False


def test_a_circle_is_looked_at_and_a_change_tried(town) -> None:
    forget()
    town.circle()
    assert warm(today=DAY) is True
    assert KEPT.held_bytes > 0


def test_a_lost_network_stops_no_server(town) -> None:
    forget()
    town.circle()
    file = network_path(town.network)
    aside = file.rename(file.with_suffix(".aside"))
    try:
        assert warm(today=DAY) is False
    finally:
        aside.rename(file)


def test_machine_code_is_left_alone_where_there_is_no_circle() -> None:
    program = (
        "import sys, django; django.setup()\n"
        "import wugeyi.circles.queries.warming\n"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
