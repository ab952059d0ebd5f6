"""How long people take to walk: paces, and the milliseconds of every segment.

Durations are whole milliseconds, so that sums along a way are exact and equal on every
machine; half a millisecond rounds up.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.network import Flag, Network

FORBIDDEN = -1
"""The duration of a direction that may not be walked."""

LONGEST_MS = 2**30 - 2
"""No segment takes longer (some twelve days); what would is cut to this."""

# Tobler's hiking function: speed falls by this power of e for each unit of grade away
# from a descent of one in twenty, where people are fastest.
TOBLER_STEEPNESS = 3.5
TOBLER_BEST_GRADE = -0.05


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast somebody walks.

    Parameters
    ----------
    speed_mm_s
        Millimetres in a second on level ground, 1 or more. Also holds between a way
        and a door beside it.
    slope
        Whether ascents and descents count (Tobler 1993, scaled so that level ground
        is walked at ``speed_mm_s``). Needs a network with heights.
    steps_percent
        How long steps take, in hundredths of what their length takes; 100 or absent
        means like any other way. No verified figure for old people on steps is known
        to this project, so none is assumed.
    """

    speed_mm_s: int
    slope: bool = False
    steps_percent: int = 100

    def __post_init__(self) -> None:
        if self.speed_mm_s < 1 or self.steps_percent < 1:
            msg = "a pace needs a speed and a share for steps of 1 or more"
            raise ValueError(msg)

    def off_way_ms(self, off_mm: Any) -> NDArray[np.int32]:
        """Return how long the way from a door to the street takes, for millimetres."""
        return off_way_ms(off_mm, self.speed_mm_s)


ADULT = Pace(1333)
"""4.8 km/h."""
ELDER = Pace(833)
"""3.0 km/h."""
PLANNERS = Pace(1000)
"""60 metres a minute, as planning guides reckon."""


def durations(
    network: Network, pace: Pace
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return how long every segment takes, from tail to head and back.

    Parameters
    ----------
    network
        Lengths, flags, one-way marks and, where ``pace.slope``, heights.
    pace
        Who walks.

    Returns
    -------
    forward_ms, backward_ms
        1 to ``LONGEST_MS``, or ``FORBIDDEN``.

    Raises
    ------
    ValueError
        The pace asks for slopes and the network has no heights.
    """
    length = np.asarray(network.length_mm, np.int64) * 1000
    if pace.steps_percent != 100:
        steps = (network.flags & int(Flag.STEPS)) != 0
        length = np.where(steps, length * pace.steps_percent // 100, length)
    if pace.slope:
        if network.rise_mm is None:
            msg = "this network has no heights: slopes cannot count"
            raise ValueError(msg)
        grade = np.asarray(network.rise_mm, np.float64) / network.length_mm
        forward = _on_slope(length, grade, pace.speed_mm_s)
        backward = _on_slope(length, -grade, pace.speed_mm_s)
    else:
        forward = _whole(length, pace.speed_mm_s)
        backward = forward.copy()
    oneway = np.asarray(network.oneway)
    forward[oneway < 0] = FORBIDDEN
    backward[oneway > 0] = FORBIDDEN
    return forward, backward


def off_way_ms(off_mm: Any, speed_mm_s: int) -> NDArray[np.int32]:
    """Return milliseconds for millimetres beside a way; 0 for 0."""
    taken = _rounded(np.asarray(off_mm, np.int64) * 1000, speed_mm_s)
    return np.minimum(taken, LONGEST_MS).astype(np.int32)


def slowness(grade: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much longer than level ground a grade takes, by Tobler's function.

    1 on level ground, least (0.84) on a descent of one in twenty. Source: W. Tobler,
    Three presentations on geographical analysis and modeling, NCGIA 93-1, 1993.
    """
    away = np.abs(grade - TOBLER_BEST_GRADE) - abs(TOBLER_BEST_GRADE)
    return np.exp(np.minimum(TOBLER_STEEPNESS * away, 60.0))


def _on_slope(
    length: NDArray[np.int64], grade: NDArray[np.float64], speed_mm_s: int
) -> NDArray[np.int32]:
    taken = np.floor(length * slowness(grade) / speed_mm_s + 0.5)
    return np.clip(taken, 1, LONGEST_MS).astype(np.int32)


def _whole(thousandfold: NDArray[np.int64], speed_mm_s: int) -> NDArray[np.int32]:
    taken = _rounded(thousandfold, speed_mm_s)
    return np.clip(taken, 1, LONGEST_MS).astype(np.int32)


def _rounded(thousandfold: NDArray[np.int64], speed_mm_s: int) -> NDArray[np.int64]:
    return (2 * thousandfold + speed_mm_s) // (2 * speed_mm_s)
