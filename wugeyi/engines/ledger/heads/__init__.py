"""Proof that nothing was changed: a book's head, and what follows from it."""

from wugeyi.engines.ledger.heads.canonical import canonical
from wugeyi.engines.ledger.heads.proofs import (
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
)
from wugeyi.engines.ledger.heads.tree import Frontier, leaf_hash, root
from wugeyi.engines.ledger.heads.verifying import Head, head, leaves, verify, verify_all

__all__ = [
    "Frontier",
    "Head",
    "canonical",
    "consistency_proof",
    "consistent",
    "head",
    "included",
    "inclusion_proof",
    "leaf_hash",
    "leaves",
    "root",
    "verify",
    "verify_all",
]
