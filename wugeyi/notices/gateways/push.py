"""Web push to browsers (RFC 8030): small, encrypted, through the browser maker's server.

It is off unless WUGEYI_NOTICE_PUSH is 1: those servers belong to others. Browsers name
the server themselves, so only known ones are asked, or anybody could make this server
ask any other.
"""

import json
import os
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils.translation import gettext_lazy

from wugeyi.notices.gateways.base import (
    Gone,
    Later,
    Message,
    Refused,
    Target,
    Way,
    given,
)
from wugeyi.notices.gateways.encryption import (
    authorisation,
    derived_key,
    encrypted,
    private_key,
    public_octets,
    to_octets,
    to_text,
)
from wugeyi.notices.gateways.outbound import FAULTY, TOO_MANY, ask
from wugeyi.notices.rules import shortened

HOSTS = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
KEPT_FOR = timedelta(days=3)
SIGNED_FOR = timedelta(hours=12)
GONE = frozenset({404, 410})
TAKEN = frozenset({200, 201, 202, 204})
MOST_CHARACTERS = 500


def own_key() -> ec.EllipticCurvePrivateKey:
    """Return the key that signs requests: the given one, or one made of the secret."""
    told = given("PUSH_KEY")
    return private_key(to_octets(told)) if told else derived_key(settings.SECRET_KEY)


def application_key() -> str:
    """Return the public key a browser subscribes with."""
    return to_text(public_octets(own_key().public_key()))


def known(endpoint: str) -> bool:
    """Tell whether an endpoint is one of a push service we are willing to ask."""
    try:
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return False
    told = tuple(given("PUSH_HOSTS").split())
    if f"{parts.scheme}://{parts.netloc}" in told:
        return True
    if parts.scheme != "https" or parts.username or port not in {None, 443}:
        return False
    hosts = (*HOSTS, *(each for each in told if "/" not in each))
    return any(host == each or host.endswith(f".{each}") for each in hosts)


class WebPush(Way):
    """One notification; a repeat replaces it, on the service and on the screen."""

    code = "push"
    label = gettext_lazy("这台设备上的提醒")
    repeatable = True

    def ready(self) -> bool:
        """Tell whether it was switched on."""
        return given("PUSH") == "1"

    def send(self, target: Target, message: Message, *, at: datetime) -> None:
        """Encrypt a message for one browser and hand it to its service."""
        if not known(target.value):
            raise Gone("unknown-service")
        try:
            body = encrypted(
                payload(message),
                reader=to_octets(target.public_key),
                auth=to_octets(target.auth),
                salt=os.urandom(16),
                own=ec.generate_private_key(ec.SECP256R1()),
            )
        except ValueError:
            raise Gone("key") from None
        answer = ask(target.value, body=body, headers=headers(target, message, at=at))
        if answer.status in GONE:
            raise Gone(f"push-{answer.status}")
        if answer.status == TOO_MANY or answer.status >= FAULTY:
            raise Later(f"push-{answer.status}", answer.seconds())
        if answer.status not in TAKEN:
            raise Refused(f"push-{answer.status}")


def payload(message: Message) -> bytes:
    """Return what the service worker shows (frontend/offline/push.ts)."""
    first = message.parts[0][1] if message.parts else ""
    url = first if len(message.parts) == 1 else message.settings_url or first
    text = "\n".join(sentence for sentence, _address in message.parts)
    told = {
        "title": shortened(message.subject, 80),
        "body": shortened(text, MOST_CHARACTERS),
        "url": url,
        "tag": message.token.hex,
        "lang": message.language,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def headers(target: Target, message: Message, *, at: datetime) -> dict[str, str]:
    """Return what a push service wants to know."""
    parts = urlsplit(target.value)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(int(KEPT_FOR.total_seconds())),
        "Urgency": "high" if message.urgent else "normal",
        # A repeat that was not shown yet takes the place of the first (RFC 8030, 5.4).
        "Topic": message.token.hex,
        "Authorization": authorisation(
            key=own_key(),
            audience=f"{parts.scheme}://{parts.netloc}",
            contact=f"mailto:{sender}",
            ends=int((at + SIGNED_FOR).timestamp()),
        ),
    }
