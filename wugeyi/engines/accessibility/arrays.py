"""Named arrays in one uncompressed file that is mapped into memory, not read.

Magic, the length of the header, the header (JSON: kind, texts, where each array stands),
then the arrays, each at a multiple of 64 bytes. numpy's own ``.npz`` cannot be mapped.
"""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wugeyi.engines.accessibility.findings import Refused

Array = NDArray[Any]
MAGIC = b"WUGEYI-ARRAYS-1\n"
ALIGN = 64
MOST_HEADER_BYTES = 1_000_000


def save(
    path: Path, kind: str, arrays: Mapping[str, Array], about: Mapping[str, str]
) -> None:
    """Write arrays and texts about them; ``path`` is replaced when all is on the disk.

    Raises
    ------
    TypeError
        An array holds Python objects.
    """
    starts, start = {}, 0
    for name, array in arrays.items():
        if array.dtype.hasobject:
            raise TypeError(f"{name}: an array of Python objects cannot be kept")
        starts[name] = start
        start = _up(start + array.nbytes)
    listed = {
        name: {"dtype": array.dtype.str, "shape": array.shape, "start": starts[name]}
        for name, array in arrays.items()
    }
    head = json.dumps(
        {"kind": kind, "about": dict(about), "arrays": listed, "bytes": start},
        ensure_ascii=False,
    ).encode()
    first = _up(len(MAGIC) + 8 + len(head))
    # Beside the target: a rename across file systems would be a copy. Not by mkstemp,
    # whose files nobody else may read.
    made = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with made.open("xb") as file:
            file.write(MAGIC + len(head).to_bytes(8, "little") + head)
            for name, array in arrays.items():
                file.seek(first + starts[name])
                file.write(np.ascontiguousarray(array).data)
            file.truncate(first + start)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def load(path: Path, kind: str) -> tuple[dict[str, Array], dict[str, str]]:
    """Return the arrays, mapped, and the texts.

    Writing into an array changes this process's copy of a page and never the file.

    Raises
    ------
    Refused
        The file is not there, is cut short, or holds something else.
    """
    try:
        # Not "r": compiled loops are made for arrays that may be written to.
        mapped = np.memmap(path, np.uint8, "c")
    except FileNotFoundError:
        raise Refused("file-missing", path.name) from None
    except ValueError:
        raise Refused("file-empty", path.name) from None
    begins = len(MAGIC) + 8
    if mapped[: len(MAGIC)].tobytes() != MAGIC:
        raise Refused("network-file-foreign", path.name)
    size = int.from_bytes(mapped[len(MAGIC) : begins].tobytes(), "little")
    if size > MOST_HEADER_BYTES or begins + size > len(mapped):
        raise Refused("network-file-damaged", path.name)
    try:
        head = json.loads(mapped[begins : begins + size].tobytes())
        if head["kind"] != kind:
            raise Refused("network-file-foreign", path.name)
        first = _up(begins + size)
        if len(mapped) != first + head["bytes"]:
            raise Refused("network-file-damaged", path.name)
        held = {
            name: _one(mapped, first, where) for name, where in head["arrays"].items()
        }
        return held, head["about"]
    except (ValueError, KeyError, TypeError) as problem:
        if isinstance(problem, Refused):
            raise
        raise Refused("network-file-damaged", path.name) from problem


def _one(mapped: Array, first: int, where: Mapping[str, Any]) -> Array:
    kind, shape = np.dtype(where["dtype"]), tuple(where["shape"])
    start = first + where["start"]
    end = start + kind.itemsize * int(np.prod(shape, dtype=np.int64))
    # A plain array over the map: numpy's own subclass costs every slice of it.
    found: Array = np.asarray(mapped[start:end]).view(kind).reshape(shape)
    return found


def _up(count: int) -> int:
    return -(-count // ALIGN) * ALIGN
