"""What every way takes and how it tells what became of a message."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise

from wugeyi.notices.registry import Event


@dataclass(frozen=True, slots=True)
class Target:
    """Where to: an e-mail address, a telephone number, an account, an endpoint."""

    value: str
    public_key: str = ""
    auth: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, in the reader's language.

    ``parts`` are sentences, each with the full address of its page ("": none).
    ``token`` names this sending, also when it is tried again. ``stop_url`` ends it by
    one click; ``settings_url`` is the page to choose on.
    """

    subject: str
    parts: tuple[tuple[str, str], ...]
    token: UUID
    language: str
    urgent: bool = False
    stop_url: str = ""
    settings_url: str = ""

    def plain(self) -> str:
        """Return all sentences with their addresses as plain text."""
        return "\n\n".join("\n".join(filter(None, part)) for part in self.parts)


class Trouble(Exception):
    """A message that did not surely arrive; ``code`` says why, without an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gone(Trouble):
    """There is no such address: nothing shall be sent there again."""


class Refused(Trouble):
    """It was not sent, and another try would not help."""


class Later(Trouble):
    """It was not sent; it may be tried again, in ``seconds`` if the other side said."""

    def __init__(self, code: str, seconds: int | None = None) -> None:
        super().__init__(code)
        self.seconds = seconds


class Unclear(Trouble):
    """It may have been sent or not."""


class Way:
    """One way to reach people, or (``group``) the one group that is on duty.

    A ``repeatable`` way takes the same message twice without the reader seeing two.
    """

    code: ClassVar[str]
    label: ClassVar[str | Promise]
    group: ClassVar[bool] = False
    repeatable: ClassVar[bool] = False
    # Used for what is told unless refused; the others only where somebody chose them.
    by_default: ClassVar[bool] = True
    needs: ClassVar[tuple[str, ...]] = ()

    def ready(self) -> bool:
        """Tell whether the environment holds what it needs."""
        return all(given(name) for name in self.needs)

    def tells(self, event: Event) -> bool:
        """Tell whether it is used for an event where nobody chose anything."""
        return self.group or (event.default and self.by_default)

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Send a message, or raise one of the troubles above."""
        raise NotImplementedError


def given(name: str, default: str = "") -> str:
    """Return what the environment says in WUGEYI_NOTICE_<name>."""
    return settings.NOTICES.get(name, "") or default


def site() -> str:
    """Return the address of this site without a slash at its end, for links in letters."""
    told = given("ADDRESS").rstrip("/")
    if told:
        return told
    host = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"
    return f"{'https' if settings.HTTPS else 'http'}://{host.lstrip('.')}"
