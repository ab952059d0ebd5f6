"""The Merkle tree of RFC 6962, section 2.1, over SHA-256."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of what joins two parts of the tree."""
    return sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Return the greatest power of two below a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


class Frontier:
    """A tree that grows by leaves and keeps only what its root needs.

    It holds one hash for each one among the binary digits of its size, however many
    leaves it has seen.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take the next leaf's hash."""
        full, peaks = self.size, self._peaks
        self.size = full + 1
        while full & 1:
            # As node_hash does; a call for each voucher costs.
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            full >>= 1
        peaks.append(leaf)

    def root(self) -> bytes:
        """Return the root over all leaves taken so far."""
        if not self._peaks:
            return EMPTY
        *before, found = self._peaks
        for peak in reversed(before):
            found = node_hash(peak, found)
        return found


def root(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaves' hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def part_root(leaves: Sequence[bytes], start: int, end: int) -> bytes:
    """Return the root over the leaves from one place to before another."""
    return root(leaves[at] for at in range(start, end))
