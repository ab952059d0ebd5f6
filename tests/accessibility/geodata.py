"""Real maps and heights, where the machine has them; too large for the repository."""

import os
from pathlib import Path

import pytest

import wugeyi.demo

# A corner of Haidian, Beijing, that the demo ships: real, and always there.
HAIDIAN = Path(wugeyi.demo.__file__).parent / "data" / "haidian.osm.pbf"


def geodata(name: str) -> Path:
    """Return a file of the folder that WUGEYI_GEODATA names, or skip the test."""
    folder = os.environ.get("WUGEYI_GEODATA", "")
    if not folder:
        pytest.skip("no maps: set WUGEYI_GEODATA to the folder of osm/ and dem/")
    path = Path(folder) / name
    if not path.exists():
        pytest.skip(f"no {name} in the folder of WUGEYI_GEODATA")
    return path
