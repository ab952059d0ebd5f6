"""What the engine is asked with, and the digest that names it."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HomeRow = tuple[float, float, int | None, int | None, int]
"""Longitude, latitude, residents, older residents (None: nobody counted), organisation."""
FacilityRow = tuple[int, float, float, int | None]
"""Place of the kind, longitude, latitude, places or None."""


@dataclass(frozen=True)
class Inputs:
    """Everything a look depends on. Degrees are WGS-84.

    ``for_elderly`` tells for each kind whether its places are for older people only.
    """

    path: Path
    network: str
    speed_mm_s: int
    slope: bool
    limits_ms: tuple[int, ...]
    horizon_ms: int
    for_elderly: tuple[bool, ...]
    homes: tuple[HomeRow, ...]
    facilities: tuple[FacilityRow, ...]

    @cached_property
    def key(self) -> str:
        """Return the SHA-256 of all but where the file lies."""
        told = repr(
            (
                self.network,
                self.speed_mm_s,
                self.slope,
                self.limits_ms,
                self.horizon_ms,
                self.for_elderly,
                self.homes,
                self.facilities,
            )
        )
        return hashlib.sha256(told.encode()).hexdigest()
