"""Tables as one zip archive, the same bytes for the same rows on every machine."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping

Row = Mapping[str, str]
BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
BORN = (1980, 1, 1, 0, 0, 0)  # the first time an archive can name


class Tables:
    """Collects rows by file; columns stand in the order in which they first came."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}

    def add(self, file: str, rows: Iterable[Row]) -> None:
        """Add rows; a file without any is not written."""
        found = [{name: tidy(cell) for name, cell in row.items()} for row in rows]
        if found:
            self.rows.setdefault(file, []).extend(found)

    def texts(self) -> dict[str, str]:
        """Return each file's text, by name."""
        return {f"{file}.txt": _text(rows) for file, rows in sorted(self.rows.items())}

    def digest(self) -> str:
        """Return what changes when a row does, twelve hexadecimal digits."""
        told = "\0".join(f"{name}\0{text}" for name, text in self.texts().items())
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    def archive(self) -> bytes:
        """Return all files in one archive.

        They are stored as they are: compressed ones differ between versions of zlib.
        """
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for name, text in self.texts().items():
                entry = zipfile.ZipInfo(name, BORN)
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, text.encode())
        return packed.getvalue()


def tidy(text: str) -> str:
    """Return a text in one line; feeds may hold no line breaks and outer spaces."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(plain.split())


def label(text: str) -> str:
    """Return a name for passengers; between Chinese characters there are no spaces.

    Judges of feeds take two words without capitals for carelessness.
    """
    return BETWEEN_HAN.sub("", tidy(text))


def _text(rows: list[Row]) -> str:
    """Return rows as CSV, without columns that are empty in all of them."""
    columns = {name: None for row in rows for name, cell in row.items() if cell}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return out.getvalue()
