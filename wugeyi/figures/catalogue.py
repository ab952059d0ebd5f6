"""The measures of every app, read once per process.

Apps call ``register`` at start-up; no app knows the others.
"""

from functools import cache
from pathlib import Path

from wugeyi.figures.adapter import Catalogue, Compiled, Indicator, Measure, merge, read
from wugeyi.figures.adapter import wide as compile_wide

_files: dict[str, Path] = {}


def register(app: str, path: Path) -> None:
    """Add the declarations of an app; the same app again replaces its own."""
    _files[app] = path
    forget()


def forget() -> None:
    """Read the files again at the next look."""
    catalogue.cache_clear()
    wide.cache_clear()


def files() -> dict[str, Path]:
    """Return the registered files by app."""
    return dict(_files)


@cache
def catalogue() -> Catalogue:
    """Return everything declared.

    Raises
    ------
    ValueError
        A file is no TOML; the message names it.
    """
    found = []
    for app, path in sorted(_files.items()):
        try:
            found.append(read(path.read_text(encoding="utf-8"), app=app))
        except ValueError as error:
            msg = f"{path.name} ({app}): {error}"
            raise ValueError(msg) from None
    return merge(found)


def measure(code: str) -> Measure:
    """Return a measure; KeyError names what is not declared."""
    return catalogue().measures[code]


def measures_of(code: str) -> list[Measure]:
    """Return the measures behind a measure or an indicator (numerator first)."""
    found = catalogue()[code]
    if isinstance(found, Indicator):
        return [measure(found.numerator), measure(found.denominator)]
    return [found]


@cache
def wide(source: str) -> Compiled:
    """Return the compiled text of a source with all its measures."""
    all_of_them = catalogue()
    return compile_wide(all_of_them.sources[source], all_of_them.of_source(source))
