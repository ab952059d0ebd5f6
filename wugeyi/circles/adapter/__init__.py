"""The one place of this app that calls the engine ``accessibility``.

Records come in as plain tuples, findings go out as plain numbers: nothing else in the
app knows arrays. The engine's packages come with the extra ``planning`` and are imported
when they are first needed; without them every page says so.
"""

from importlib.util import find_spec

from wugeyi.circles.adapter.changing import Asked, Changed, change
from wugeyi.circles.adapter.drawing import ground, reached_ground
from wugeyi.circles.adapter.inputs import Inputs
from wugeyi.circles.adapter.looking import DOOR_LIMIT_M, Look, from_point, look
from wugeyi.circles.adapter.publishing import for_everybody
from wugeyi.circles.adapter.siting import Sited, SitedAt, Wanted, site

NEEDED = ("numpy", "numba")
PROOF = ("highspy",)

__all__ = [
    "DOOR_LIMIT_M",
    "Asked",
    "Changed",
    "Inputs",
    "Look",
    "Sited",
    "SitedAt",
    "Wanted",
    "change",
    "for_everybody",
    "from_point",
    "ground",
    "lacking",
    "look",
    "reached_ground",
    "site",
]


def lacking(*, proof: bool = False) -> tuple[str, ...]:
    """Return which packages are not installed; empty: all there."""
    needed = (*NEEDED, *PROOF) if proof else NEEDED
    return tuple(name for name in needed if find_spec(name) is None)
