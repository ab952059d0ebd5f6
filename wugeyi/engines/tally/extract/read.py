"""Opening an extract: nothing is read from it before its manifest agrees with it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wugeyi.engines.tally.extract.layout import (
    FACTS,
    MANIFEST,
    UNITS,
    ExtractError,
    Manifest,
    fingerprint,
)
from wugeyi.engines.tally.rollup import Month


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed month on disk, found to be what its manifest says."""

    folder: Path
    manifest: Manifest

    @property
    def facts(self) -> Path:
        """The facts, sorted by measure, then in tree order."""
        return self.folder / FACTS

    @property
    def units(self) -> Path:
        """The tree as nested intervals, dated."""
        return self.folder / UNITS


def open_extract(
    folder: Path, wanted: Iterable[Month], *, verify: bool = True
) -> list[Closed]:
    """Open the months asked for.

    Parameters
    ----------
    folder
        The folder that holds the months' folders.
    wanted
        Which months.
    verify
        Compare every file's SHA-256; without it only names and sizes.

    Raises
    ------
    ExtractError
        Names every month and file that is missing, changed or unexpected.
    """
    found: list[Closed] = []
    faults: list[str] = []
    for month in wanted:
        try:
            found.append(open_month(folder, month, verify=verify))
        except ExtractError as error:
            faults.append(str(error))
    if len({one.manifest.key_kind for one in found}) > 1:
        faults.append(f"{folder}: some months have numbers as keys, others text")
    if faults:
        raise ExtractError("\n".join(faults))
    return found


def open_month(folder: Path, month: Month, *, verify: bool = True) -> Closed:
    """Open one month; see ``open_extract``."""
    home = folder / str(month)
    if not home.is_dir():
        msg = f"{home}: the month has not been written"
        raise ExtractError(msg)
    manifest = _manifest(home)
    faults = []
    if manifest.month != month:
        faults.append(f"{MANIFEST} is that of {manifest.month}")
    present = {path.name for path in home.iterdir()}
    expected = {*manifest.files, MANIFEST}
    faults += [f"{name} is missing" for name in sorted(expected - present)]
    faults += [f"{name} does not belong here" for name in sorted(present - expected)]
    for name in sorted(set(manifest.files) & present):
        told = manifest.files[name]
        path = home / name
        if path.stat().st_size != told["bytes"]:
            faults.append(
                f"{name} was changed: {path.stat().st_size} bytes"
                f" instead of {told['bytes']}"
            )
        elif verify and fingerprint(path) != told["sha256"]:
            faults.append(f"{name} was changed: another SHA-256 than when written")
    if faults:
        raise ExtractError(f"{home}: " + "; ".join(faults))
    return Closed(home, manifest)


def _manifest(home: Path) -> Manifest:
    path = home / MANIFEST
    try:
        manifest = Manifest.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        msg = f"{home}: {MANIFEST} is missing"
        raise ExtractError(msg) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        msg = f"{home}: {MANIFEST} is not JSON ({error})"
        raise ExtractError(msg) from None
    except ExtractError as error:
        msg = f"{home}: {MANIFEST}: {error}"
        raise ExtractError(msg) from None
    if {FACTS, UNITS} - set(manifest.files):
        msg = f"{home}: {MANIFEST} does not name {FACTS} and {UNITS}"
        raise ExtractError(msg)
    return manifest
