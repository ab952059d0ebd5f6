"""Every write: circles begin and close, are assessed; scenarios are drawn; sites sought."""

from wugeyi.circles.actions.assessing import assess
from wugeyi.circles.actions.attaching import attach, detach
from wugeyi.circles.actions.circles import (
    change,
    close,
    create,
    publish,
    unpublish,
    use_network,
)
from wugeyi.circles.actions.scenarios import (
    compute,
    mark_built,
    save,
    withdraw,
)
from wugeyi.circles.actions.siting import adopt_site, ask_for_sites

__all__ = [
    "adopt_site",
    "ask_for_sites",
    "assess",
    "attach",
    "change",
    "close",
    "compute",
    "create",
    "detach",
    "mark_built",
    "publish",
    "save",
    "unpublish",
    "use_network",
    "withdraw",
]
