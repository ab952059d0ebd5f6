"""Every write of the register."""

from wugeyi.organisations.actions.area_files import accept_areas, preview_areas
from wugeyi.organisations.actions.areas import Plot, set_area, set_areas
from wugeyi.organisations.actions.guiyang import draw_schematic_areas, load_guiyang
from wugeyi.organisations.actions.installation import set_installation
from wugeyi.organisations.actions.posts import appoint, end_post
from wugeyi.organisations.actions.register import (
    accept_register,
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
    "accept_areas",
    "accept_register",
    "add_organisation",
    "add_view",
    "appoint",
    "build_view",
    "draw_schematic_areas",
    "end_post",
    "load_guiyang",
    "merge_into",
    "move",
    "place_in_view",
    "preview_areas",
    "preview_register",
    "rename",
    "set_area",
    "set_areas",
    "set_installation",
    "split",
]
