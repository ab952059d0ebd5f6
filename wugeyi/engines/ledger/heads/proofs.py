"""Proofs of RFC 6962: that a voucher is in a head, that one head grew from another."""

from collections.abc import Sequence

from wugeyi.engines.ledger.heads.tree import EMPTY, node_hash, part_root, split


def inclusion_proof(leaves: Sequence[bytes], at: int) -> tuple[bytes, ...]:
    """Return the audit path of a leaf: the hashes that lead from it to the root.

    Parameters
    ----------
    leaves
        Hashes of all leaves of the head.
    at
        The leaf's place, from 0.

    Raises
    ------
    IndexError
        There is no such leaf.
    """
    if not 0 <= at < len(leaves):
        raise IndexError(at)
    path: list[bytes] = []
    start, end = 0, len(leaves)
    while end - start > 1:
        middle = start + split(end - start)
        if at < middle:
            path.append(part_root(leaves, middle, end))
            end = middle
        else:
            path.append(part_root(leaves, start, middle))
            start = middle
    return tuple(reversed(path))


def included(
    leaf: bytes, at: int, size: int, root: bytes, path: Sequence[bytes]
) -> bool:
    """Return whether a path proves that a leaf is at a place of the tree of a root.

    Parameters
    ----------
    leaf
        The leaf's hash.
    size
        How many leaves the tree has.
    """
    if not 0 <= at < size:
        return False
    last, found = size - 1, leaf
    for each in path:
        if not last:
            return False
        if at & 1 or at == last:
            found = node_hash(each, found)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = node_hash(found, each)
        at >>= 1
        last >>= 1
    return last == 0 and found == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of all leaves grew from that of the first ones.

    Nothing needs proof, and the answer is empty, where the old tree is empty or has all
    leaves.

    Raises
    ------
    IndexError
        The old tree is larger than the new one.
    """
    size = len(leaves)
    if not 0 <= old_size <= size:
        raise IndexError(old_size)
    if old_size in {0, size}:
        return ()
    proof: list[bytes] = []
    start, end, whole = 0, size, True
    while old_size != end:
        middle = start + split(end - start)
        if old_size <= middle:
            proof.append(part_root(leaves, middle, end))
            end = middle
        else:
            proof.append(part_root(leaves, start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(part_root(leaves, start, end))
    return tuple(reversed(proof))


def consistent(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether a proof shows that a tree grew from an older one.

    Everything grew from the empty tree, whose root is the hash of nothing.
    """
    if not 0 <= old_size <= size:
        return False
    if old_size == 0:
        return old_root == EMPTY and not proof
    if old_size == size:
        return old_root == root and not proof
    return _grew(old_size, old_root, size, root, list(proof))


def _grew(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]
) -> bool:
    # RFC 9162, section 2.1.4.2, says how proofs of RFC 6962 are checked.
    at, last = old_size - 1, size - 1
    if old_size & at == 0:
        proof.insert(0, old_root)
    if not proof:
        return False
    while at & 1:
        at >>= 1
        last >>= 1
    old = new = proof[0]
    for each in proof[1:]:
        if not last:
            return False
        if at & 1 or at == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            new = node_hash(new, each)
        at >>= 1
        last >>= 1
    return last == 0 and (old, new) == (old_root, root)
