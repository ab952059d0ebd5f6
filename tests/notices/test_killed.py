"""A process that is killed between claiming and hearing back: nothing goes out twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.machine import WAIT_SECONDS
from wugeyi.notices.actions import Reader, sending, tell
from wugeyi.notices.models import Letter
from wugeyi.notices.rules import UNKNOWN_AFTER

# Sends in a process of its own, on the database of this test.
SEND = """
import os, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = os.environ["TEST_NAME"]
settings.NOTICES = {"DINGTALK_ROBOT": "r", "DINGTALK_SECRET": "s",
                    "DINGTALK_URL": os.environ["TEST_URL"]}
django.setup()
from django.utils import timezone
from wugeyi.notices.actions.sending import send_waiting
send_waiting(clock=timezone.now)
"""


@pytest.mark.django_db(transaction=True)
def test_killed_while_sending_it_is_unknown_and_not_sent_again(
    world, events, sandbox, settings
):
    sandbox.answers.append("hang")
    with transaction.atomic():
        tell(
            event="casework.danger",
            to=Reader.at_desk(world.department.pk),
            values={"number": "1", "place": "x", "handler": "y"},
            url="/x",
            key="k",
            at=timezone.now(),
        )
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_NAME": str(connection.settings_dict["NAME"]),
        "TEST_URL": sandbox.url,
    }
    # Nobody else is told by this one but the group.
    world["department"].is_active = False
    world["department"].save()
    process = subprocess.Popen([sys.executable, "-c", SEND], env=env)
    try:
        end = time.monotonic() + 4 * WAIT_SECONDS
        while not sandbox.asked and time.monotonic() < end:
            time.sleep(0.05)
        assert len(sandbox.asked) == 1
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    letter = Letter.objects.get()
    assert letter.state == Letter.State.SENDING
    settings.NOTICES = {
        "DINGTALK_ROBOT": "r",
        "DINGTALK_SECRET": "s",
        "DINGTALK_URL": sandbox.url,
    }
    for wait in (UNKNOWN_AFTER / 2, UNKNOWN_AFTER * 2, UNKNOWN_AFTER * 999):
        sending.send_waiting(clock=lambda wait=wait: letter.begun_at + wait)
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (Letter.State.UNKNOWN, "lost")
    assert len(sandbox.asked) == 1
