"""The proof that a voucher is in a head, as text that may be copied and pasted.

    wugeyi-proof 1
    head XK 24 1f5c… (64 characters)
    at 5
    voucher ["wugeyi-voucher-1","XK",2024,5,"2024-03-05",…]
    path 9a0b…
    path …

It holds one voucher and hashes; of other vouchers it tells nothing.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

FIRST = "wugeyi-proof 1"
# Longer than any voucher of ours.
LONGEST = 400_000
_HEAD = re.compile(r"(\S{1,40}) ([1-9][0-9]{0,9}) ([0-9a-f]{64})")
_HASH = re.compile(r"[0-9a-f]{64}")
MOST_STEPS = 64


class NoProof(ValueError):
    """The text is no proof."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One voucher's text, its place, and the way to the root of ``size`` vouchers."""

    book: str
    size: int
    # 64 hexadecimal digits each.
    root: str
    path: tuple[str, ...]
    # From 1.
    position: int
    # Its canonical bytes (engines/ledger/heads/canonical).
    text: str

    def __str__(self) -> str:
        return "\n".join(
            (
                FIRST,
                f"head {self.book} {self.size} {self.root}",
                f"at {self.position}",
                f"voucher {self.text}",
                *(f"path {each}" for each in self.path),
            )
        )


@dataclass(frozen=True, slots=True)
class ProvenLine:
    """A line of a proven voucher; ``items`` are kinds and codes."""

    account: str
    debit_fen: int
    credit_fen: int
    summary: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proven voucher says; ``day`` as 2024-03-05."""

    book: str
    mark: str
    day: str
    kind: str
    papers: int
    lines: tuple[ProvenLine, ...]


def parse(text: str) -> Proof:
    """Read a proof that was pasted; blank lines and blanks around do not matter.

    Raises
    ------
    NoProof
        It is none.
    """
    if len(text) > LONGEST:
        raise NoProof
    lines = [each.strip() for each in text.replace("\r", "\n").split("\n")]
    lines = [each for each in lines if each]
    words = [each.partition(" ") for each in lines[1:]]
    kinds = [each[0] for each in words]
    values = [each[2].strip() for each in words]
    steps = len(kinds) - 3
    if (
        lines[:1] != [FIRST]
        or kinds != ["head", "at", "voucher", *["path"] * steps]
        or steps > MOST_STEPS
    ):
        raise NoProof
    head = _HEAD.fullmatch(values[0])
    place = re.fullmatch(r"[1-9][0-9]{0,9}", values[1])
    if head is None or place is None or not all(map(_HASH.fullmatch, values[3:])):
        raise NoProof
    return Proof(
        book=head[1],
        size=int(head[2]),
        root=head[3],
        path=tuple(values[3:]),
        position=int(place[0]),
        text=values[2],
    )


def told(proof: Proof) -> Proven:
    """Return what a proof's voucher says.

    Raises
    ------
    NoProof
        Its text is no voucher's.
    """
    try:
        said: Any = json.loads(proof.text)
        _version, book, year, number, day, kind, _reverses, papers, lines = said
        return Proven(
            book=str(book),
            mark=f"{int(year)}-{int(number)}",
            day=str(day),
            kind=str(kind),
            papers=int(papers),
            lines=tuple(_line(*each) for each in lines),
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise NoProof from error


def _line(
    account: str, debit: int, credit: int, summary: str, items: list[list[str]]
) -> ProvenLine:
    return ProvenLine(
        account=str(account),
        debit_fen=int(debit),
        credit_fen=int(credit),
        summary=str(summary),
        items=tuple((str(kind), str(code)) for kind, code in items),
    )
