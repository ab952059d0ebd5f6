"""A file of OpenStreetMap → a text of its interesting objects, one a line (OPL).

osmium reads, filters, finds the places of ways' nodes and writes, all in C++ and on
several threads: what Python would spend on making an object of each node is several times
what the whole import takes this way.
"""

import bz2
import gzip
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wugeyi.engines.accessibility.findings import Refused

SNIFFED_BYTES = 4096
FORMATS: dict[bytes, tuple[str, Any]] = {
    b"\x1f\x8b": ("osm.gz", gzip.open),
    b"BZh": ("osm.bz2", bz2.open),
}
# osmium's own choices take three times the memory and no less time.
QUEUE, BUFFER_BYTES = 4, 1_000_000
BOM = b"\xef\xbb\xbf"
ROOT = re.compile(rb"<osm[\s>]")
# What expat and osmium say when letters are not what the file claims.
ENCODING_WORDS = ("not well-formed", "encoding", "utf-8", "utf8")


def write_opl(path: Path, keys: Iterable[str], target: Path) -> None:
    """Write the objects that carry one of the keys; ways come with their nodes' places.

    Who edited an object and when is left out.

    Raises
    ------
    Refused
        The file is not there, is empty, foreign, cut short or wrongly encoded.
    """
    import osmium

    source = osmium.io.File(str(path), format_of(path))
    wanted = osmium.filter.KeyFilter(*sorted(keys))
    _pump(path, source, target, [wanted])


def write_ways(path: Path, ways: Iterable[int], target: Path) -> None:
    """Write some ways by their identity, with their nodes' places.

    Raises
    ------
    Refused
        As ``write_opl``.
    """
    import osmium

    source = osmium.io.File(str(path), format_of(path))
    only_ways = osmium.filter.EntityFilter(osmium.osm.WAY)
    _pump(path, source, target, [only_ways, osmium.filter.IdFilter(ways)])


def _pump(path: Path, source: Any, target: Path, filters: list[Any]) -> None:
    import osmium

    places = osmium.NodeLocationsForWays(osmium.index.create_map("flex_mem"))
    # An extract's border cuts ways: the missing nodes are reported later.
    places.ignore_errors()
    text = osmium.io.File(str(target), "opl,add_metadata=false,locations_on_ways=true")
    pool = osmium.io.ThreadPool(2, QUEUE)
    try:
        reader = osmium.io.Reader(source, thread_pool=pool)
        writer = osmium.SimpleWriter(
            text, bufsz=BUFFER_BYTES, overwrite=True, thread_pool=pool
        )
        try:
            osmium.apply(reader, places, *filters, writer)
        finally:
            writer.close()
            reader.close()
    except (RuntimeError, ValueError, OSError) as problem:
        raise _refusal(path, str(problem)) from problem


def _refusal(path: Path, said: str) -> Refused:
    plain = said.lower()
    code = "osm-damaged"
    if any(word in plain for word in ENCODING_WORDS) and not _is_pbf(path):
        code = "osm-encoding"
    return Refused(code, path.name, detail=said[:200])


def format_of(path: Path) -> str:
    """Return osmium's name of the format, by what the file holds, not by its name.

    Raises
    ------
    Refused
        It is not there, is empty, or is no map.
    """
    try:
        head = _head(path)
    except (FileNotFoundError, IsADirectoryError):
        raise Refused("file-missing", path.name) from None
    if not head:
        raise Refused("file-empty", path.name)
    for magic, (name, opened) in FORMATS.items():
        if head.startswith(magic):
            try:
                with opened(path) as file:
                    inside = file.read(SNIFFED_BYTES)
            except (OSError, EOFError) as problem:
                raise Refused(
                    "osm-damaged", path.name, detail=str(problem)
                ) from problem
            return _known(path, name if _is_xml(inside) else "")
    if _is_xml(head):
        return "osm"
    return _known(path, "pbf" if _is_pbf(path) else "")


def _known(path: Path, name: str) -> str:
    if not name:
        raise Refused("osm-foreign", path.name)
    return name


def _is_xml(head: bytes) -> bool:
    """Tell whether a map in XML begins so, also in UTF-16."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    return bool(ROOT.search(head.removeprefix(BOM)))


def _is_pbf(path: Path) -> bool:
    """Tell whether a block header named OSMHeader stands first, after its length."""
    head = _head(path)
    return 0 < int.from_bytes(head[:4], "big") < 65536 and b"OSMHeader" in head[:64]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SNIFFED_BYTES)
