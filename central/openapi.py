"""The description of the API, made from the messages themselves: never out of date."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from central import __version__
from central.refused import STATUS
from db.wire import Refusal

_REF = "#/components/schemas/{name}"
_SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    for name in ("Signature", "Signature-Input", "Content-Digest")
]


#: A UUID with or without its hyphens.
UUID_PATTERN = "^([0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$"

_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


@cache
def document() -> bytes:
    """The OpenAPI 3.1 document as JSON."""
    from central.routes import ROUTES

    kinds = {kind for route in ROUTES for kind in (route.takes, route.gives) if kind} | {Refusal}
    ordered = sorted(kinds, key=lambda kind: kind.__name__)
    refs, components = msgspec.json.schema_components(ordered, ref_template=_REF)
    by_kind = dict(zip(ordered, refs, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, by_kind)
    return msgspec.json.encode({
        "openapi": "3.1.0",
        "info": {"title": "Liaison centre", "version": __version__,
                 "description": "Every request is signed by RFC 9421, see docs/sync.md."},
        "paths": paths,
        "components": {"schemas": _as_written(components)},
    })  # fmt: skip


def _as_written(schema: Any) -> Any:
    """UUIDs travel as hex, without the hyphens that the format ``uuid`` demands."""
    if isinstance(schema, dict):
        if schema.get("format") == "uuid":
            return {"type": "string", "pattern": UUID_PATTERN}
        return {name: _as_written(one) for name, one in schema.items()}
    if isinstance(schema, list):
        return [_as_written(one) for one in schema]
    return schema


def _operation(route: Any, refs: dict[type, Any]) -> dict[str, Any]:
    query = [
        {"name": one.name, "in": "query", "required": one.required, "schema": dict(one.schema)}
        for one in route.query
    ]
    if "{sha256}" in route.path:
        pattern = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
        query.append({"name": "sha256", "in": "path", "required": True, "schema": pattern})
    said: dict[str, Any] = {"summary": route.summary, "parameters": query + _SIGNED}
    if route.takes:
        said["requestBody"] = {"required": True, "content": _content(refs[route.takes])}
    elif route.method in ("PUT", "POST"):
        said["requestBody"] = {"required": True, "content": _BYTES}
    done: dict[str, Any] = {"description": "Done."}
    if route.gives:
        done["content"] = _content(refs[route.gives])
    elif route.gives_bytes:
        done["content"] = _BYTES
    refusal = {"description": "Refused; the body says why.", "content": _content(refs[Refusal])}
    statuses = {str(status): refusal for status in sorted(set(STATUS.values()))}
    others = {str(status): {"description": meaning} for status, meaning in route.others.items()}
    said["responses"] = statuses | others | {str(route.status): done}
    return said


def _content(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
