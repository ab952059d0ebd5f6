"""Every write of the register."""

from wugeyi.organisations.actions.areas import Plot, set_area, set_areas
from wugeyi.organisations.actions.guiyang import load_guiyang
from wugeyi.organisations.actions.installation import set_installation
from wugeyi.organisations.actions.posts import appoint, end_post
from wugeyi.organisations.actions.register import (
    accept_register,
    discard_register,
    preview_register,
)
from wugeyi.organisations.actions.tree import move
from wugeyi.organisations.actions.units import (
    Part,
    abolish,
    add_organisation,
    merge_into,
    rename,
    split,
)
from wugeyi.organisations.actions.views import add_view, build_view, place_in_view

__all__ = [
    "Part",
    "Plot",
    "abolish",
    "accept_register",
    "add_organisation",
    "add_view",
    "appoint",
    "build_view",
    "discard_register",
    "end_post",
    "load_guiyang",
    "merge_into",
    "move",
    "place_in_view",
    "preview_register",
    "rename",
    "set_area",
    "set_areas",
    "set_installation",
    "split",
]
