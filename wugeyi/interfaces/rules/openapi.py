"""The words OpenAPI 3.1 is written in. Pure Python."""

from collections.abc import Mapping, Sequence
from typing import Any

Doc = dict[str, Any]


def text(description: str = "", **more: Any) -> Doc:
    """Describe a text."""
    return _described({"type": "string", **more}, description)


def number(description: str = "", **more: Any) -> Doc:
    """Describe a number."""
    return _described({"type": "number", **more}, description)


def whole(description: str = "", **more: Any) -> Doc:
    """Describe a whole number."""
    return _described({"type": "integer", **more}, description)


def boolean(description: str = "") -> Doc:
    """Describe a yes or no."""
    return _described({"type": "boolean"}, description)


def listed(items: Doc, description: str = "", **more: Any) -> Doc:
    """Describe a list."""
    return _described({"type": "array", "items": items, **more}, description)


def fields(properties: Mapping[str, Doc], *, required: Sequence[str] = ()) -> Doc:
    """Describe an object that has no other fields."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def named(name: str) -> Doc:
    """Point at a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def argument(
    name: str, where: str, schema: Doc, description: str = "", *, required: bool = False
) -> Doc:
    """Describe an argument of an address."""
    found = {
        "name": name,
        "in": where,
        "schema": schema,
        "required": required or where == "path",
    }
    return _described(found, description)


def answer(description: str, content: Mapping[str, Doc] | None = None) -> Doc:
    """Describe an answer by its media types."""
    found: Doc = {"description": description}
    if content:
        found["content"] = {
            kind: {"schema": schema} for kind, schema in content.items()
        }
    return found


def _described(schema: Doc, description: str) -> Doc:
    return {**schema, "description": description} if description else schema
