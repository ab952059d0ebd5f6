"""Open311's XML: no attributes, no namespace, lists inside a container. Pure Python."""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

# Characters that XML 1.0 cannot hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What one of a list is called.
SINGULAR = {
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
Value = object


def document(root: str, value: Value, *, item: str = "") -> str:
    """Return a document; ``item`` names the rows where ``value`` is a list of them."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{element(root, value, item=item)}'


def element(name: str, value: Value, *, item: str = "") -> str:
    """Return an element; what is empty or None is an empty one."""
    inner = _inner(name, value, item)
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _inner(name: str, value: Value, item: str) -> str:
    if isinstance(value, Mapping):
        return "".join(element(key, part) for key, part in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        each = item or SINGULAR[name]
        return "".join(element(each, part) for part in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_UNFIT.sub("", str(value)))
