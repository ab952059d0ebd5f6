"""The bytes of an .xlsx → its parts, or the reason why they are not touched.

Nothing is executed and nothing outside the file is asked for: macros are refused, links
to other files are left as they are.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from wugeyi.engines.formfill.findings import Finding, Limits, Refused, Severity

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
MAX_NAME = 31
"""Characters of a sheet's name that Excel accepts."""
LONGEST_NAME = 80
"""A longer one was never written by a spreadsheet."""
_OFFICE = "/officeDocument"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet: its name, the part that holds it, whether it is shown."""

    name: str
    part: str
    visible: bool


@dataclass(slots=True)
class Package:
    """The parts of a workbook by name, its sheets in order, what was noticed."""

    content: bytes
    parts: dict[str, bytes]
    workbook: str
    sheets: list[SheetPart]
    findings: list[Finding] = field(default_factory=list)


def open_package(content: bytes, limits: Limits) -> Package:
    """Read the parts of a workbook.

    Raises
    ------
    Refused
        Empty, too large (also unpacked), a password, macros, the old format, or no
        workbook at all; ``finding`` says which.
    """
    _check_kind(content, limits)
    parts = _parts(content, limits)
    workbook = _workbook_of(parts)
    package = Package(content, parts, workbook, _sheets(parts, workbook))
    _look_around(package, limits)
    return package


def _check_kind(content: bytes, limits: Limits) -> None:
    if not content:
        raise Refused("empty_file")
    if len(content) > limits.bytes:
        raise Refused(
            "too_large", value=len(content) // 2**20, other=limits.bytes // 2**20
        )
    if content.startswith(OLE2):
        # An encrypted .xlsx is an OLE2 container with a stream of this name.
        encrypted = "EncryptedPackage".encode("utf-16-le")
        raise Refused("password" if encrypted in content else "old_xls")
    if not content.startswith(ZIP):
        raise Refused("not_a_workbook")


def _parts(content: bytes, limits: Limits) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            _check_entries(entries, limits)
            # zipfile never yields more than the size an entry declares.
            return {
                each.filename: packed.read(each)
                for each in entries
                if not each.is_dir()
            }
    except Refused:
        raise
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
    ) as e:
        raise Refused("not_a_workbook") from e
    except Exception as problem:  # zlib.error has no base of its own
        raise Refused("not_a_workbook") from problem


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    size = sum(each.file_size for each in entries)
    if size > limits.unpacked_bytes or len(entries) > limits.parts:
        raise Refused("too_large_unpacked", value=size // 2**20)
    if any(each.flag_bits & 1 for each in entries):
        raise Refused("password")
    names = [each.filename for each in entries]
    if len(set(names)) != len(names):
        raise Refused("not_a_workbook")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")


def _tree(parts: dict[str, bytes], name: str) -> ElementTree.Element:
    data = parts.get(name)
    if data is None or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("not_a_workbook")
    try:
        return ElementTree.fromstring(data)  # noqa: S314 (no DOCTYPE: checked above)
    except ElementTree.ParseError as problem:
        raise Refused("not_a_workbook") from problem


def local(tag: str) -> str:
    """Return a tag's name without its namespace."""
    return tag.rsplit("}", 1)[-1]


def relations(parts: dict[str, bytes], name: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to inside the package: key → (type, part)."""
    folder, file = posixpath.split(name)
    path = posixpath.join(folder, "_rels", f"{file}.rels")
    if path not in parts:
        return {}
    found = {}
    for each in _tree(parts, path):
        target = each.get("Target", "")
        if each.get("TargetMode") == "External":
            continue
        full = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        found[each.get("Id", "")] = (
            each.get("Type", ""),
            posixpath.normpath(full).lstrip("/"),
        )
    return found


def _workbook_of(parts: dict[str, bytes]) -> str:
    for kind, target in relations(parts, "").values():
        if kind.endswith(_OFFICE) and target in parts:
            return target
    raise Refused("not_a_workbook")


def _sheets(parts: dict[str, bytes], workbook: str) -> list[SheetPart]:
    links = relations(parts, workbook)
    found = []
    for each in _tree(parts, workbook).iter():
        if local(each.tag) != "sheet":
            continue
        key = next((v for k, v in each.attrib.items() if local(k) == "id"), "")
        kind, target = links.get(key, ("", ""))
        if kind.endswith("/worksheet") and target in parts:
            visible = each.get("state", "visible") == "visible"
            found.append(SheetPart(each.get("name", ""), target, visible))
    if not found:
        raise Refused("not_a_workbook")
    return found


def _look_around(package: Package, limits: Limits) -> None:
    if any(
        "<!DOCTYPE" in data[:2048].decode("latin-1") for data in package.parts.values()
    ):
        raise Refused("not_a_workbook")
    if any(len(each.name) > LONGEST_NAME for each in package.sheets):
        raise Refused("not_a_workbook")
    shown = [each for each in package.sheets if each.visible]
    if not shown or len(shown) > limits.sheets:
        raise Refused("too_many_sheets", value=len(shown), other=limits.sheets)
    notes = [
        Finding(Severity.WARNING, "hidden_sheet", value=each.name)
        for each in package.sheets
        if not each.visible
    ]
    notes += [
        Finding(Severity.WARNING, "long_name", value=each.name, other=str(MAX_NAME))
        for each in package.sheets
        if len(each.name) > MAX_NAME
    ]
    if any("/externalLinks/" in f"/{name}" for name in package.parts):
        notes.append(Finding(Severity.WARNING, "external_links"))
    package.findings.extend(notes)
