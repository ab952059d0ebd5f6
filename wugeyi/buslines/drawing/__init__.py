"""A line as a drawing: spots, who waits there, roads, what each bus drives.

Coordinates only: the template ``buslines/map.html`` writes them as SVG, paper draws them
as it likes. No tiles, no script; every drawing has its list beside it.
"""

from wugeyi.buslines.drawing.labels import text_width
from wugeyi.buslines.drawing.roads import skeleton
from wugeyi.buslines.drawing.scene import (
    At,
    Route,
    Scene,
    Sheet,
    Waiting,
    scene,
    sheet,
)

__all__ = [
    "At",
    "Route",
    "Scene",
    "Sheet",
    "Waiting",
    "scene",
    "sheet",
    "skeleton",
    "text_width",
]
