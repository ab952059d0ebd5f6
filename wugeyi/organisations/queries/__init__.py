"""Reads of the register: ranges of the tree, search, places, posts."""

from wugeyi.organisations.queries.areas import organisation_at
from wugeyi.organisations.queries.names import (
    below_roots,
    chain,
    installation,
    names,
    units_below,
)
from wugeyi.organisations.queries.posts import held, keeps_installation, reach_of
from wugeyi.organisations.queries.search import Found, search
from wugeyi.organisations.queries.trees import (
    children,
    count_below,
    lineage,
    lineages,
    path_in_view,
    standing,
    subtree,
    within,
)

__all__ = [
    "Found",
    "below_roots",
    "chain",
    "children",
    "count_below",
    "held",
    "installation",
    "keeps_installation",
    "lineage",
    "lineages",
    "names",
    "organisation_at",
    "path_in_view",
    "reach_of",
    "search",
    "standing",
    "subtree",
    "units_below",
    "within",
]
