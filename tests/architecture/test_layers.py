"""String foreign keys escape an import linter: the tables must obey the same order."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def levels() -> dict[str, int]:
    """App name → level, lowest first, read from the import contract itself."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["name"].startswith("Apps form layers"))
    found = {}
    for height, layer in enumerate(reversed(layers["layers"])):
        for name in layer.replace(":", "|").split("|"):
            found[name.strip()] = height
    return found


def test_no_table_refers_to_a_higher_app() -> None:
    height = levels()
    upward = []
    seen = 0
    for model in apps.get_models():
        if not model.__module__.startswith("wugeyi."):
            continue
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete):
                continue
            other = field.related_model._meta.app_label
            if other not in height:  # Django's own tables
                continue
            seen += 1
            if height[other] > height[own]:
                upward.append(f"{model.__name__}.{field.name} → {other}")
    assert seen > 40
    assert not upward


# Whole documents that an engine reads or wrote, kept as they were; nothing in them is
# looked for. Whatever is has a column.
DOCUMENTS = {
    "LeftOut.reason",
    "Plan.breaches",
    "Plan.fares",
    "Plan.inputs",
    "Plan.result",
    "Roster.findings",
    "Roster.inputs",
    "Roster.result",
    "Timetable.departures",
    "Timetable.findings",
    "WaysTable.findings",
    "WaysTable.shapes",
    "WaysTable.ways",
}


def test_only_documents_of_engines_are_json() -> None:
    from django.db.models import JSONField

    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("wugeyi.")
        for field in model._meta.get_fields()
        if isinstance(field, JSONField)
    }
    assert found == DOCUMENTS
