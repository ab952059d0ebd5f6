"""Signatures, waiting times and addresses of webhooks. Pure Python.

Headers and signatures as in the Standard Webhooks specification (standardwebhooks.com):
``webhook-id``, ``webhook-timestamp``, ``webhook-signature``.
"""

import base64
import hashlib
import hmac
import ipaddress
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

# After the first failure, the second …; then the last one again and again.
WAITS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)
)
STOPPED_AFTER = timedelta(days=5)
KEPT_FOR = timedelta(days=30)
SECRET_PREFIX = "whsec_"  # noqa: S105 (says what follows)
LONGEST_URL = 500

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class UrlFault(StrEnum):
    """Why an address is not taken."""

    NOT_A_URL = "not_a_url"
    NOT_HTTPS = "not_https"
    HAS_PASSWORD = "has_password"  # noqa: S105 (a reason)
    OWN_NETWORK = "own_network"


class Problem(StrEnum):
    """What went wrong with a delivery."""

    NAME = "name"
    REFUSED = "refused"
    OWN_NETWORK = "own_network"
    SLOW = "slow"
    BROKEN = "broken"
    TLS = "tls"
    REDIRECT = "redirect"
    STATUS = "status"


def secret_text(secret: bytes) -> str:
    """Write a secret as receivers' libraries read it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def signature(secret: bytes, *, message: str, at: datetime, body: str) -> str:
    """Return the value of ``webhook-signature``.

    HMAC-SHA256 over message, seconds since 1970 and body, joined by dots.
    """
    signed = f"{message}.{int(at.timestamp())}.{body}".encode()
    digest = hmac.new(secret, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row, at least one."""
    return WAITS[min(max(failures, 1), len(WAITS)) - 1]


def host_and_port(url: str) -> tuple[str, int]:
    """Return where an address that was checked leads."""
    parts = urlsplit(url)
    usual = 443 if parts.scheme == "https" else 80
    return parts.hostname or "", parts.port or usual


def url_fault(url: str, *, own: Sequence[Network]) -> UrlFault | None:
    """Tell what is wrong with an address, as far as it can be seen from it alone.

    ``own`` are the networks of the installation that may be told; only there, and
    only with some, plain http is taken.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return UrlFault.NOT_A_URL
    host = parts.hostname or ""
    printable = url.isascii() and url.isprintable() and " " not in url
    if not host or not printable or len(url) > LONGEST_URL or port == 0:
        return UrlFault.NOT_A_URL
    if parts.username is not None or parts.password is not None:
        return UrlFault.HAS_PASSWORD
    if parts.scheme != "https" and not (parts.scheme == "http" and own):
        return UrlFault.NOT_HTTPS
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return address_fault(str(address), plain=parts.scheme == "http", own=own)


def address_fault(
    address: str, *, plain: bool, own: Iterable[Network]
) -> UrlFault | None:
    """Tell whether we may not connect to an address.

    Public ones are for https only; those inside ``own`` for both; all others (loopback,
    private, link-local, the clouds' own services) for neither.
    """
    found = ipaddress.ip_address(address.split("%", 1)[0])
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped is not None:
        found = mapped
    if any(found.version == each.version and found in each for each in own):
        return None
    if not found.is_global or found.is_multicast:
        return UrlFault.OWN_NETWORK
    return UrlFault.NOT_HTTPS if plain else None
