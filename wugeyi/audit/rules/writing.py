"""How an event is written down. Pure Python.

An event's *before* and *after* are canonical JSON: one text for one meaning, so that
the same fields give the same digest on every machine and every database.

A personal value never stands in them. It is wrapped in :class:`Private`, which leaves
only a salted hash. The salt lies beside the value, in the row of the app that owns
it, and is erased with it: after that nobody can try names or numbers against the hash,
and the chain is still whole.
"""

import hashlib
import json
import math
import secrets
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

SALT_BYTES = 16
"""Length of a salt before it is written as hexadecimal text."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts without an account, such as a resident holding a receipt.

    ``name`` says in which capacity (诉求人), never who it is: at most 60 characters.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Private:
    """A personal value that may enter the audit only as a salted hash.

    ``salt`` is hexadecimal text from :func:`new_salt`, kept in the row of the value.
    A value of None or "" hashes to null: that nothing was there is not personal.
    """

    value: object
    salt: str

    def __repr__(self) -> str:
        # A value that must not be seen must not turn up in a traceback either.
        return "Private(…)"

    def digest(self) -> str:
        """Return the SHA-256 of the salt's bytes followed by the value's text.

        Raises
        ------
        ValueError
            The salt is not 16 bytes of hexadecimal text.
        """
        salt = bytes.fromhex(self.salt)
        if len(salt) != SALT_BYTES:
            raise ValueError(f"A salt has {SALT_BYTES} bytes, this one {len(salt)}.")
        text = self.value if isinstance(self.value, str) else canonical(self.value)
        return hashlib.sha256(salt + utf8(text)).hexdigest()


def new_salt() -> str:
    """Return a fresh salt: 32 hexadecimal characters from the system's randomness."""
    return secrets.token_hex(SALT_BYTES)


def utf8(text: str) -> bytes:
    """Encode text; half a surrogate pair, unknown to UTF-8, becomes its escape."""
    return text.encode("utf-8", "backslashreplace")


def canonical(value: object) -> str:
    """Write a value as JSON of which there is exactly one form.

    Keys are sorted by code point, nothing is padded, text is kept as it is (no
    Unicode normalisation: the audit shows what was stored). Moments become UTC with
    microseconds, decimals become text with every digit they have.

    Raises
    ------
    TypeError
        A type with more than one possible text (bytes, lazy text, a model instance).
    ValueError
        A moment without a time zone, or a float that is not a number.
    """
    text = json.dumps(
        _plain(value),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return utf8(text).decode("utf-8")


def fields(values: Mapping[str, object] | None) -> str:
    """Write changed fields canonically; nothing changed is the empty text."""
    return canonical(values) if values else ""


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        # A plain copy: subclasses (choices, safe text) may write themselves otherwise.
        return str.__str__(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Private):
        return {"hash": value.digest()} if value.value not in (None, "") else None
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, AbstractSet):
        return sorted((_plain(item) for item in value), key=canonical)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_plain(item) for item in value]
    return _text(value)


def _number(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("A float in the audit must be a number.")
    return value + 0.0 if value else 0.0  # no negative zero


def _object(value: Mapping[object, object]) -> dict[str, object]:
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"Keys in the audit are text, not {type(key).__name__}.")
    return {str(key): _plain(item) for key, item in value.items()}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return f"{value / timedelta(seconds=1):.6f}s"
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"The audit cannot write down a {type(value).__name__}.")


def moment(at: datetime) -> str:
    """Write an aware datetime in UTC with microseconds, ending in Z."""
    if at.tzinfo is None:
        raise ValueError("A moment in the audit needs a time zone.")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat("T", "microseconds") + "Z"


EVENT_COLUMNS = (
    "action",
    "actor_id",
    "actor_name",
    "after",
    "at",
    "before",
    "id",
    "organisation_id",
    "subject_id",
    "subject_type",
)
"""The columns of an event that are sealed, in the order of their keys."""

_AT = EVENT_COLUMNS.index("at")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def event_bytes(row: Sequence[object]) -> bytes:
    """Return the bytes that are sealed of an event's :data:`EVENT_COLUMNS`.

    The same bytes as ``canonical`` of the columns by name, three times as fast: a
    column holds whole numbers, text, nothing, and one moment.
    """
    values = list(row)
    at = values[_AT]
    if not isinstance(at, datetime):
        raise TypeError("An event's at is a datetime.")
    values[_AT] = moment(at)
    return utf8(_ENCODER.encode(dict(zip(EVENT_COLUMNS, values, strict=True))))
