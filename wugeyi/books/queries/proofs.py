"""Proofs of single vouchers, made and checked."""

from enum import StrEnum

from django.utils.translation import gettext as _

from wugeyi.books.adapter.heads import Head, holds, path_of
from wugeyi.books.adapter.reading import text_of
from wugeyi.books.models import Head as Published
from wugeyi.books.models import Voucher
from wugeyi.books.rules.proofs import Proof


class NotCovered(Exception):
    """No published head covers the voucher."""


class Verdict(StrEnum):
    """What checking a proof comes to."""

    HOLDS = "holds"
    # The proof fits together, but nobody published its head here.
    UNKNOWN_HEAD = "unknown-head"
    # The voucher is not in that head.
    BROKEN = "broken"


def prove(voucher: Voucher, head: Head | None = None) -> Proof:
    """Return the proof that a voucher is in a head; by default the newest published.

    Raises
    ------
    NotCovered
        The head does not cover it, or none was published that does.
    """
    if head is None:
        head = newest(voucher)
    book = voucher.book
    if head is None or head.book != book.code or head.size < voucher.position:
        raise NotCovered
    try:
        path = path_of(book, voucher.position, head.size)
    except IndexError as error:
        raise NotCovered from error
    return Proof(
        book=book.code,
        size=head.size,
        root=head.root,
        path=path,
        position=voucher.position,
        text=text_of(voucher),
    )


def newest(voucher: Voucher) -> Head | None:
    """Return the newest published head that covers a voucher."""
    row = (
        Published.objects.filter(book=voucher.book_id, size__gte=voucher.position)
        .order_by("-size")
        .first()
    )
    return None if row is None else Head(voucher.book.code, row.size, row.root)


def check(proof: Proof) -> Verdict:
    """Check a proof by itself, and whether its head was published here."""
    if not holds(proof):
        return Verdict.BROKEN
    known = Published.objects.filter(
        book__code=proof.book, size=proof.size, root=proof.root
    )
    return Verdict.HOLDS if known.exists() else Verdict.UNKNOWN_HEAD


def say(verdict: Verdict) -> str:
    """Say in words what checking a proof came to."""
    return {
        Verdict.HOLDS: _("证明成立：这张凭证在公布过的校验码里，一个字都没有改过。"),
        Verdict.UNKNOWN_HEAD: _(
            "证明本身对得上，但这个校验码不是本系统公布过的。"
            "请与您手里公开栏上的校验码比对；不同，就不能当作证明。"
        ),
        Verdict.BROKEN: _("证明不成立：凭证内容、位置或校验码被改动过。"),
    }[verdict]
