"""Homes and facilities on the network: each at a point of its nearest segment."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """Where ``k`` points meet the network.

    Parameters
    ----------
    edge
        int32[k], the segment's number; -1 where none lies within the limit.
    share_mm
        int32[k], millimetres along the segment from its tail, 0 … ``length_mm``.
    off_mm
        int32[k], millimetres from the point to the segment; 0 where ``edge`` is -1.
    """

    edge: Array
    share_mm: Array
    off_mm: Array

    def __len__(self) -> int:
        return len(self.edge)

    @property
    def found(self) -> Array:
        """Return bool[k]: which points are attached."""
        return np.asarray(self.edge >= 0)
