"""Heads as they are printed, and whether vouchers are still those of a head."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from wugeyi.engines.ledger.findings import Finding, Refused, Value
from wugeyi.engines.ledger.heads.canonical import canonical
from wugeyi.engines.ledger.heads.tree import Frontier, leaf_hash
from wugeyi.engines.ledger.records import Voucher

_HEAD = re.compile(r"(\S+) (\d{1,12}) ([0-9a-f]{64})")


class Head(NamedTuple):
    """What is printed on a disclosure sheet, so that it can be checked later.

    Parameters
    ----------
    book
        The book's code.
    size
        How many vouchers it covers, in the order they were posted.
    root
        The root of their tree, as 64 hexadecimal digits.
    """

    book: str
    size: int
    root: str

    def __str__(self) -> str:
        return f"{self.book} {self.size} {self.root}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Return a head from what was printed; line breaks and capitals do not matter.

        Raises
        ------
        Refused
            It is no head.
        """
        words = text.split()
        plain = " ".join([*words[:2], "".join(words[2:]).lower()])
        found = _HEAD.fullmatch(plain)
        if found is None:
            raise Refused(Finding("head-unreadable", "error", "", {"value": text}))
        return cls(found[1], int(found[2]), found[3])


def leaves(vouchers: Iterable[Voucher]) -> Iterator[bytes]:
    """Yield the hashes of vouchers."""
    for voucher in vouchers:
        yield leaf_hash(canonical(voucher))


def head(book: str, vouchers: Iterable[Voucher]) -> Head:
    """Return the head of vouchers in the order they were posted."""
    tree = Frontier()
    for leaf in leaves(vouchers):
        tree.add(leaf)
    return Head(book, tree.size, tree.root().hex())


def verify(
    vouchers: Iterable[Voucher],
    published: Head,
    kept: Sequence[bytes] | None = None,
) -> tuple[Finding, ...]:
    """Return what is wrong with vouchers, given a head that was published.

    Parameters
    ----------
    vouchers
        Of the head's book, in the order they were posted; later ones do not matter.
        They are looked at once, and not kept.
    kept
        Hashes of the head's vouchers, if somebody kept them or a database has them.
        Only with them can the changed voucher be named; a head alone says that one of
        its vouchers was changed. They are themselves held to the head first.

    Returns
    -------
    tuple of Finding
        Empty if every voucher of the head is as it was.
    """
    trusted = kept is not None and _is_of(kept, published)
    tree = Frontier()
    for voucher in islice(vouchers, published.size):
        leaf = leaf_hash(canonical(voucher))
        if trusted and kept is not None and leaf != kept[tree.size]:
            return (_found("head-voucher", published, place=tree.size + 1, at=voucher),)
        if voucher.book != published.book:
            place = tree.size + 1
            return (_found("head-foreign", published, place=place, at=voucher),)
        tree.add(leaf)
    if tree.size < published.size:
        return (_found("head-short", published, place=tree.size + 1),)
    if tree.root().hex() != published.root:
        return (_found("head-broken", published, place=1),)
    return ()


def verify_all(
    vouchers: Sequence[Voucher], published: Iterable[Head]
) -> tuple[Finding, ...]:
    """Return the first break that heads of one book show.

    Where the smallest head that fails is later than one that holds, what was changed
    lies between them. The vouchers are read once.
    """
    ordered = sorted(published, key=lambda each: each.size)
    tree, good = Frontier(), 0
    for each in ordered:
        for voucher in vouchers[tree.size : each.size]:
            if voucher.book != each.book:
                place = tree.size + 1
                return (_found("head-foreign", each, place=place, at=voucher),)
            tree.add(leaf_hash(canonical(voucher)))
        if tree.size < each.size:
            return (_found("head-short", each, place=tree.size + 1),)
        if tree.root().hex() != each.root:
            return (_found("head-broken", each, place=good + 1),)
        good = each.size
    return ()


def _is_of(kept: Sequence[bytes], published: Head) -> bool:
    tree = Frontier()
    for leaf in kept[: published.size]:
        tree.add(leaf)
    return tree.size == published.size and tree.root().hex() == published.root


def _found(
    code: str, published: Head, *, place: int, at: Voucher | None = None
) -> Finding:
    values: dict[str, Value] = {"size": published.size, "place": place}
    if at is not None:
        values["mark"] = str(at.mark)
    return Finding(code, "error", published.book, values)
