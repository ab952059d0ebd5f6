"""What each command does."""

from collections.abc import Callable, Mapping
from typing import Any

from wugeyi.engines.accessibility.command.areas import isochrone
from wugeyi.engines.accessibility.command.changes import whatif
from wugeyi.engines.accessibility.command.networks import export, import_
from wugeyi.engines.accessibility.command.screen import Screen
from wugeyi.engines.accessibility.command.sites import site
from wugeyi.engines.accessibility.command.times import reach

COMMANDS: Mapping[str, Callable[[Screen, Any], None]] = {
    "import": import_,
    "reach": reach,
    "whatif": whatif,
    "site": site,
    "isochrone": isochrone,
    "export": export,
}
