"""The slow and obvious way to fill a form: read it whole, set cells, write it whole.

Tests hold ``write.fill`` against it. It is not used to fill: what the library does not
model (drawings, validations of newer versions) is lost on the way.
"""

import io
from collections.abc import Mapping

from wugeyi.engines.formfill.grid import open_book
from wugeyi.engines.formfill.write import Given


def fill(content: bytes, values: Mapping[str, Given]) -> bytes:
    """Return the form with ``values`` in its cells; see ``write.fill``."""
    book = open_book(content)
    for where, value in values.items():
        sheet, _mark, inner = where.rpartition("!")
        cell = book[sheet][inner]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
