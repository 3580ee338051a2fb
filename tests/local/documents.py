"""Compares two OpenAPI documents: where does the second promise less than the first, or want more?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
JSON = "application/json"


@dataclass(frozen=True)
class Shape:
    """A schema without references; `name` is that of the component it stands in."""

    name: str
    types: frozenset[str]
    words: frozenset[str] | None = None
    fields: dict[str, "Shape"] = field(default_factory=dict[str, "Shape"])
    required: frozenset[str] = frozenset()
    items: "Shape | None" = None


def shape(document: Document, schema: Document, name: str) -> Shape:
    """Resolves references, one-element `allOf` and both ways to allow null."""
    while "$ref" in schema:
        *_, name = schema["$ref"].split("/")
        schema = document["components"]["schemas"][name]
    if "allOf" in schema:
        return _merged([shape(document, one, name) for one in schema["allOf"]])
    if "oneOf" in schema:
        found = [shape(document, one, name) for one in schema["oneOf"]]
        return Shape(name, frozenset(kind for one in found for kind in one.types))
    listed = schema.get("type", [])
    kinds = frozenset([listed] if isinstance(listed, str) else listed)
    properties = schema.get("properties", {})
    return Shape(
        name,
        kinds | ({"null"} if schema.get("nullable") else frozenset()),
        frozenset(schema["enum"]) if "enum" in schema else None,
        {key: shape(document, inner, f"{name}.{key}") for key, inner in properties.items()},
        frozenset(schema.get("required", ())),
        shape(document, schema["items"], f"{name}[]") if "items" in schema else None,
    )


def _merged(shapes: list[Shape]) -> Shape:
    fields = {name: inner for one in shapes for name, inner in one.fields.items()}
    required = frozenset(name for one in shapes for name in one.required)
    return Shape(shapes[0].name, frozenset({"object"}), None, fields, required)


def differences(promised: Shape, kept: Shape) -> Iterator[str]:
    """Empty when every value that fits `kept` fits `promised` too; each begins with a component's name."""
    if promised.types and (not kept.types or kept.types - promised.types - {"null"}):
        yield f"{promised.name}: type"
    if "null" in kept.types - promised.types and promised.types:
        yield f"{promised.name}: null"
    if promised.words is not None and not (kept.words and kept.words <= promised.words):
        yield f"{promised.name}: words"
    yield from (f"{promised.name}.{name}: required" for name in promised.required - kept.required)
    yield from (f"{promised.name}.{name}: missing" for name in promised.fields.keys() - kept.fields.keys())
    for name in promised.fields.keys() & kept.fields.keys():
        yield from differences(promised.fields[name], kept.fields[name])
    if promised.items and kept.items:
        yield from differences(promised.items, kept.items)


def operation_differences(official: Document, own: Document, path: str, method: str) -> Iterator[str]:
    """Parameters, body and answers of one operation; the envelope `data` of our answers is taken off."""
    wanted, given = official["paths"][path][method], own["paths"][path][method]
    mine = {(one["name"], one["in"]): one for one in given["parameters"]}
    for one in wanted["parameters"]:
        known = mine[one["name"], one["in"]]
        same = one.get("required", False) == known["required"]
        yield from [] if same else [f"{one['in']} {one['name']}: required"]
        names = ("type", "default", "maximum", "enum")
        told = {name: one["schema"][name] for name in names if name in one["schema"]}
        yield from [] if told.items() <= known["schema"].items() else [f"{one['in']} {one['name']}: schema"]
    if "requestBody" in wanted:
        sent = shape(official, _json(wanted["requestBody"]), "body")
        taken = shape(own, _json(given["requestBody"]), "body")
        yield from (one for one in differences(taken, sent) if not one.endswith(": missing"))
        yield from (one for one in differences(sent, taken) if one.endswith(": missing"))
    for status in {"200", "201", "404", "422"} & set(wanted["responses"]) & set(given["responses"]):
        if JSON in wanted["responses"][status].get("content", {}):
            shown = _json(given["responses"][status])
            inner = shown["properties"]["data"] if "properties" in shown else shown
            told = shape(official, _json(wanted["responses"][status]), "answer")
            yield from differences(told, shape(own, inner, "answer"))


def _json(holder: Document) -> Document:
    return holder["content"][JSON]["schema"]
