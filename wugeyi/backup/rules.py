"""What a backup's manifest says. Pure Python.

A backup is a tar file: the database's dump, the folders ``uploads``, ``heads``,
``places`` (walking networks) and ``buslines`` (maps bus lines were timed on), and at the
very end ``manifest.json``. A file cut short therefore has no manifest.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath

FORMAT = 1
MANIFEST = "manifest.json"
UPLOADS = "uploads"
HEADS = "heads"
PLACES = "places"
BUSLINES = "buslines"
FOLDERS = frozenset({UPLOADS, HEADS, PLACES, BUSLINES})
DUMPS = {"sqlite": "database.sqlite3.gz", "postgresql": "database.pgdump"}
"""Kind of database → the name of its dump in the tar."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file's length in bytes and the SHA-256 of its content, in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a restore has to find again."""

    product: str
    """Version of the program that made the backup."""
    kind: str
    """``sqlite`` or ``postgresql``."""
    made_at: str
    """UTC, ISO 8601."""
    head: str
    """End of the audit chain, ``position:digest``; empty when nothing was sealed."""
    rows: Mapping[str, int]
    """Rows of every table."""
    migrations: list[str]
    """``app.name`` of every migration the database had."""
    key_check: str
    """Tells whether another installation has the same secret key, nothing more."""
    missing: list[str] = field(default_factory=list)
    """Uploads the database names whose files were not there (erased meanwhile)."""
    files: Mapping[str, Stored] = field(default_factory=dict)
    """Every other member of the tar."""
    format: int = FORMAT

    def to_json(self) -> str:
        """Write the manifest, readable for people too."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @property
    def dump(self) -> str:
        """Return the name of the database's dump."""
        return DUMPS[self.kind]

    @classmethod
    def from_json(cls, text: str | bytes) -> "Manifest":
        """Read a manifest.

        Raises
        ------
        ValueError
            It is none, or of a later format, or names files outside its folders.
        """
        try:
            values = json.loads(text)
            if values["format"] != FORMAT:
                raise ValueError(f"format {values['format']}")
            values["files"] = {
                safe(name): Stored(**stored) for name, stored in values["files"].items()
            }
            manifest = cls(**values)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a manifest: {error}") from error
        if manifest.kind not in DUMPS or manifest.dump not in manifest.files:
            raise ValueError("no database in it")
        return manifest


def safe(name: str) -> str:
    """Return a member's name if it stays inside the folders of a backup.

    Raises
    ------
    ValueError
        It would be written elsewhere.
    """
    path = PurePosixPath(name)
    inside = len(path.parts) > 1 and path.parts[0] in FOLDERS
    alone = name in {MANIFEST, *DUMPS.values()}
    if ".." in path.parts or str(path) != name or not (inside or alone):
        raise ValueError(f"unexpected file {name!r}")
    return name
