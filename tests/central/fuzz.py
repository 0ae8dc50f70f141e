"""Fuzz the gateway from its own description, each request signed by a real device."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from central.openapi import document
from db import signing
from tests.central.conftest import RunningCentre
from tests.central.device import Device

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
_SIGNED = {"Signature", "Signature-Input", "Content-Digest"}


class Signer(requests.auth.AuthBase):
    """Signs what is really sent: the last thing that happens to a request."""

    def __init__(self, device: Device, enrolling: bool) -> None:
        self._device = device
        self._keyid = (
            device.key.public_key().public_bytes_raw().hex() if enrolling else device.keyid
        )

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        assert isinstance(body, str | bytes)
        raw = body.encode() if isinstance(body, str) else body
        now = int(time.time())
        method, target = str(request.method), request.path_url
        request.headers.update(
            signing.sign_request(self._device.key, self._keyid, method, target, raw, created=now)
        )
        return request


@dataclass
class Fuzz:
    """How many requests were made, and how many of them were carried out."""

    centre: RunningCentre
    device: Device
    requests: int = 0
    done: int = 0
    turn: int = 0
    statuses: dict[tuple[str, int], int] = field(default_factory=dict)

    def run(self, examples: int, at: int) -> None:
        """``examples`` valid and as many invalid requests of each operation. Raises on a fault."""
        for number, operation in enumerate(operations(self.centre)):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                self._operation(operation, mode, examples, at + number)

    def _operation(self, operation: Any, mode: GenerationMode, examples: int, at: int) -> None:
        @seed(at)
        @settings(max_examples=examples, deadline=None, database=None, derandomize=False,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def attempt(case: Any) -> None:
            if mode is GenerationMode.POSITIVE:
                self._mend(case)
            signer = Signer(self.device, case.path == "/v1/enrol")
            response = case.call(auth=signer, timeout=60)
            case.validate_response(response, checks=CHECKS)
            self.requests += 1
            self.done += response.status_code < 300
            key = (f"{case.method} {case.path}", response.status_code)
            self.statuses[key] = self.statuses.get(key, 0) + 1

        try:
            attempt()
        except Unsatisfiable:
            # Any bytes are a bundle as far as the description knows.
            if (operation.path, mode) != ("/v1/bundle", GenerationMode.NEGATIVE):
                raise

    def _mend(self, case: Any) -> None:
        """Let half of the valid requests through the first doors, to what lies behind them."""
        if isinstance(case.body, dict):
            case.body = _whole(case.body)
        if case.path == "/v1/hello":
            case.body["schema_version"] = max(case.body["schema_version"], 1)  # else it only pushes
        self.turn += 1
        if self.turn % 2:
            return
        own = self.centre.sql("SELECT epoch, head FROM stream WHERE stream_id = %s",
                              self.device.own)  # fmt: skip
        if case.path in ("/v1/push", "/v1/quarantine"):
            [(last,)] = self.centre.sql("SELECT max(last_mid) FROM incarnation JOIN device"
                                        " USING (device_id) WHERE public_key = %s"
                                        " AND incarnation = 1", self._public())  # fmt: skip
            case.body["incarnation"] = 1
            for mid, one in enumerate(case.body["mutations"], last + 1):
                one |= {"mid": mid, "uuid": uuid4().hex}
                if mid % 2:
                    one |= {"op": "add", "kind": "resident", "id": uuid4().hex}
        elif case.path in ("/v1/pull", "/v1/snapshot") and case.query:
            case.query |= {"stream": self.device.own, "epoch": own[0][0].hex}
            case.query["since"] = case.query.get("since", 0) % (own[0][1] + 2)

    def _public(self) -> bytes:
        return self.device.key.public_key().public_bytes_raw()


def _whole(value: Any) -> Any:
    """1.0 as 1: JSON Schema cannot tell them apart, the centre does."""
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def operations(centre: RunningCentre) -> list[Any]:
    """Everything that the description offers. Signatures are not made up: a test has them."""
    said = json.loads(document())
    for path in said["paths"].values():
        for operation in path.values():
            kept = [one for one in operation["parameters"] if one["name"] not in _SIGNED]
            operation["parameters"] = kept
    # Schemathesis rewrites pairs in place for an older JSON Schema, then finds them wrong.
    pair = said["components"]["schemas"]["DigestAnswer"]["properties"]["streams"]
    pair["additionalProperties"] = {"type": "array", "minItems": 2, "maxItems": 2}
    schema = schemathesis.openapi.from_dict(said)
    schema.config.update(base_url=f"http://127.0.0.1:{centre.port}")
    found: Any = schema.get_all_operations()
    return [one.ok() for one in found]
