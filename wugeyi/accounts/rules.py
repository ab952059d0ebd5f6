"""Numbers and small decisions about signing in. Pure Python.

Lockout follows the account lockout policy of the CIS Microsoft Windows Server
Benchmarks, section 1.2 (threshold 5 or fewer, duration 15 minutes or more, counter
reset after 15 minutes or more), which keeps far below the ceiling of 100 consecutive
failures in NIST SP 800-63B, 5.2.2. GB/T 22239-2019, 8.1.4.1 b) asks for such a limit
without naming a number.
"""

import ipaddress
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MAX_FAILURES = 5
FAILURES_FORGOTTEN_AFTER = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=15)

# One office, or a whole mobile operator, may stand behind one address: sixty people
# signing in at nine o'clock, some of them twice, must pass. Guessing one password for
# many names from one address is still held to 400 guesses an hour.
SIGN_INS_PER_ADDRESS = 100
SIGN_INS_PER_ADDRESS_IN = timedelta(minutes=15)

RESET_REQUESTS_PER_ADDRESS = 20
RESET_LETTERS_PER_PERSON = 3
RESET_REQUESTS_IN = timedelta(hours=1)

# Between the right password and the code from the phone: long enough to unlock a
# phone, short enough that a shared computer left alone does not stay half open.
SECOND_STEP_WITHIN = timedelta(minutes=5)

BACKUP_CODES = 10
CODE_DIGITS = 6
CODE_STEP_SECONDS = 30
# RFC 6238, 5.2: at most one step of delay is accepted, to either side.
CODE_TOLERANCE_STEPS = 1
# 31 letters and digits in 10 places: 49 bits, against 5 guesses in 15 minutes.
BACKUP_CODE_LENGTH = 10

# Letters and digits that cannot be taken for one another on paper (no 0 o 1 l i).
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time in which uses of one key are counted: start inclusive, end not."""

    start: datetime
    end: datetime


def window_of(at: datetime, per: timedelta) -> Window:
    """Return the fixed window of length ``per`` in which ``at`` lies.

    Windows are laid end to end from 1970-01-01 UTC, so that every server process
    cuts time at the same points.

    Parameters
    ----------
    at
        An aware time.
    per
        Length of a window; at least one second.

    Raises
    ------
    ValueError
        When ``at`` is naive or ``per`` is shorter than a second.
    """
    if at.tzinfo is None:
        raise ValueError("at must be an aware time")
    if per < timedelta(seconds=1):
        raise ValueError("per must be at least a second")
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    start = epoch + (at - epoch) // per * per
    return Window(start, start + per)


def normal_username(text: str) -> str:
    """Return the one spelling under which a sign-in name is stored and looked up.

    Full-width letters become plain ones and case is dropped: a Chinese keyboard types
    the one, a telephone capitalises the other, and nobody means a different person.
    """
    return unicodedata.normalize("NFKC", text).strip().casefold()


def is_username(text: str) -> bool:
    """Say whether a normal spelling can be a sign-in name.

    Two characters or more: letters of any script, digits and ``. _ - @``.
    """
    return 2 <= len(text) <= 60 and all(c.isalnum() or c in "._-@" for c in text)


def normal_email(text: str) -> str:
    """Return the spelling under which an e-mail address is stored and looked up."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def normal_address(text: str) -> str:
    """Return what stands for a visitor's network address when uses are counted.

    A household or phone holds a whole IPv6 /64 and can change the rest at will, so
    only that prefix counts. Text that is no address is returned as ``unknown``: such
    visitors share one count instead of escaping it.
    """
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


def forwarded_address(remote: str, forwarded: str, proxies: int) -> str:
    """Return the address of whoever spoke to the outermost proxy of ours.

    Each of our proxies appends the address it was called from, so with ``proxies``
    of them the entry that many from the right was written by our own outermost one;
    whatever stands further left was written by the caller and may be a lie.

    Parameters
    ----------
    remote
        The peer of the connection (``REMOTE_ADDR``).
    forwarded
        The ``X-Forwarded-For`` header, or nothing.
    proxies
        How many reverse proxies of ours append to it; 0: the header is ignored.
    """
    if proxies <= 0:
        return remote
    entries = [part.strip() for part in forwarded.split(",") if part.strip()]
    if len(entries) < proxies:
        # A request that did not come through all proxies: the peer is what is known.
        return remote
    return entries[-proxies]


class NameTakenError(ValueError):
    """Somebody else already signs in by this name."""


class LinkUsedError(ValueError):
    """A reset link was used, replaced by a newer state of the account, or is too old."""


class AlreadyOnError(ValueError):
    """One-time codes are already asked of this person."""


class NotAskedError(ValueError):
    """There is nothing to confirm: setting up one-time codes was not begun."""


def normal_code(text: str) -> str:
    """Return a one-time or backup code as it is compared: no spaces, hyphens or case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split()).replace("-", "")


def spaced_code(code: str) -> str:
    """Return a backup code as it is shown: two halves, easier to copy from paper."""
    middle = len(code) // 2
    return f"{code[:middle]}-{code[middle:]}"
