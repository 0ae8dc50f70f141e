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
        "components": {"schemas": components},
    })  # fmt: skip


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
        binary = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        said["requestBody"] = {"required": True, "content": binary}
    done: dict[str, Any] = {"description": "Done."}
    if route.gives:
        done["content"] = _content(refs[route.gives])
    refusal = {"description": "Refused; the body says why.", "content": _content(refs[Refusal])}
    statuses = {str(status): refusal for status in sorted(set(STATUS.values()))}
    said["responses"] = {str(route.status): done} | statuses
    return said


def _content(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
