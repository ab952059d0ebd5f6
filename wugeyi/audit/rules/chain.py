"""The chain of seals, and how it tells that something was changed.

Every seal's digest is SHA-256(previous digest, event). Whoever changes an event
without touching the seals is found at that event. Whoever computes the seals anew as
well is found by any head (a position and its digest) that was published before and
kept elsewhere: the digest at that position cannot be made to come out the same.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

START = "0" * 64
"""The digest before the first event."""

_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The digest of the chain up to and including ``position`` (from 1)."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Seal:
    """One link as stored: position from 1, the event it holds, the digest up to here."""

    position: int
    event_id: int
    digest: str


class FindingKind(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    """The digest does not follow from the one before and the event."""
    MISSING_EVENT = "missing-event"
    """A seal whose event is gone."""
    MISSING_SEALS = "missing-seals"
    """A gap in the positions."""
    INSERTED_SEAL = "inserted-seal"
    """A position below 1."""
    OTHER_HISTORY = "other-history"
    """A given head has another digest: history was changed and sealed anew."""
    CUT_SHORT = "cut-short"
    """A given head lies beyond the end of the chain."""
    SKIPPED_EVENT = "skipped-event"
    """An event without seal among sealed ones: put in afterwards, or its seal removed."""
    UNGUARDED = "unguarded"
    """The triggers that refuse changes are gone from a table."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: its kind, and the positions (first to last) it concerns.

    ``position`` and ``last_position`` are equal unless only a range is known.
    """

    kind: FindingKind
    position: int | None = None
    last_position: int | None = None
    event_id: int | None = None
    expected: str = ""
    found: str = ""


def link(previous: str, event: bytes) -> str:
    """Return the next digest: SHA-256 of the previous digest's bytes and the event.

    ``previous`` is 64 hexadecimal characters (:data:`START` before the first event).
    """
    return hashlib.sha256(bytes.fromhex(previous) + event).hexdigest()


class Chain:
    """Walk along the seals in the order of their positions, holding only the last.

    Parameters
    ----------
    heads
        Published heads the chain must pass through, several per position allowed.
    """

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self._waiting = sorted(set(heads), reverse=True)
        self._proven = 0
        self.position = 0
        self.digest = START

    def follow(self, seal: Seal, event: bytes | None) -> Iterator[Finding]:
        """Take the next seal and its event (None: gone), and say what is wrong."""
        if seal.position < 1:
            yield Finding(
                FindingKind.INSERTED_SEAL, seal.position, seal.position, seal.event_id
            )
            return
        if seal.position != self.position + 1:
            yield Finding(
                FindingKind.MISSING_SEALS, self.position + 1, seal.position - 1
            )
        elif event is not None:
            yield from self._check(seal, event)
        if event is None:
            yield Finding(
                FindingKind.MISSING_EVENT, seal.position, seal.position, seal.event_id
            )
        self.position = seal.position
        # Go on from what is stored: one changed event is one finding, not thousands.
        self.digest = seal.digest
        yield from self._meet()

    def end(self) -> Iterator[Finding]:
        """Say which given heads the chain never reached."""
        for head in reversed(self._waiting):
            yield Finding(
                FindingKind.CUT_SHORT,
                self.position + 1,
                head.position,
                expected=head.digest,
            )

    def _check(self, seal: Seal, event: bytes) -> Iterator[Finding]:
        due = link(self.digest, event) if _is_digest(self.digest) else ""
        if due != seal.digest:
            yield Finding(
                FindingKind.CHANGED,
                seal.position,
                seal.position,
                seal.event_id,
                expected=due,
                found=seal.digest,
            )

    def _meet(self) -> Iterator[Finding]:
        while self._waiting and self._waiting[-1].position <= self.position:
            head = self._waiting.pop()
            if head.position == self.position and head.digest == self.digest:
                self._proven = self.position
                continue
            yield Finding(
                FindingKind.OTHER_HISTORY,
                self._proven + 1,
                head.position,
                expected=head.digest,
                found=self.digest if head.position == self.position else "",
            )


def parse_head(text: str) -> Head:
    """Read ``POSITION:DIGEST``.

    Raises
    ------
    ValueError
        It is not a position from 1 and 64 hexadecimal characters.
    """
    position, _, digest = text.strip().partition(":")
    digest = digest.lower()
    if not position.isascii() or not position.isdigit() or not int(position):
        raise ValueError(f"Not a position: {position!r}")
    if not _is_digest(digest):
        raise ValueError(f"Not a SHA-256 digest: {digest!r}")
    return Head(int(position), digest)


def read_heads(lines: Iterable[str]) -> Iterator[Head]:
    """Read a file of heads: ``position digest [time]`` per line, # begins a comment.

    Raises
    ------
    ValueError
        A line that is not a head; the message names it.
    """
    for number, line in enumerate(lines, start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        try:
            yield parse_head(":".join(words[:2]))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error


def _is_digest(text: str) -> bool:
    return len(text) == 64 and _HEX.issuperset(text)
