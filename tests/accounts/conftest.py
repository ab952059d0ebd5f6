from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from wugeyi.accounts import actions
from wugeyi.accounts.models import User

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PASSWORD = "银杏-石桥-四月"


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.LOGIN_REDIRECT_URL = "home"


@pytest.fixture
def person(db) -> User:
    return actions.create_user(
        username="wang.fang",
        name="王芳",
        email="wang@example.org",
        password=PASSWORD,
        by=None,
        at=NOON,
    )


def code_at(device: TOTPDevice, at: datetime) -> str:
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits)
    clock.time = at.timestamp()
    return f"{clock.token():06d}"


def wrong_code_at(device: TOTPDevice, at: datetime) -> str:
    near = {
        code_at(device, at + timedelta(seconds=30 * steps)) for steps in range(-3, 4)
    }
    return next(f"{n:06d}" for n in range(10) if f"{n:06d}" not in near)


@pytest.fixture
def with_codes() -> Callable[[User, datetime], tuple[TOTPDevice, list[str]]]:
    """Turn codes on for a person; the code of that moment is used up by it."""

    def turn_on(user: User, at: datetime) -> tuple[TOTPDevice, list[str]]:
        device = actions.enrol_codes(user=user, by=user, at=at)
        codes = actions.confirm_codes(
            user=user, password=PASSWORD, code=code_at(device, at), at=at
        )
        assert codes is not None
        device.refresh_from_db()
        return device, codes

    return turn_on


def sign_in(
    client: Client, username: str = "wang.fang", password: str = PASSWORD, **more
):
    return client.post(
        "/account/sign-in", {"username": username, "password": password, **more}
    )


def is_signed_in(client: Client) -> bool:
    return client.get("/home").status_code == 200
