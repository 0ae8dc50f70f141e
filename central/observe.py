"""Health, metrics and logs: what an administrator sees of a running gateway; no personal data."""

from __future__ import annotations

import json
import logging
import os
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from central.openapi import document

_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_JSON = "application/json"

Page = tuple[str, list[tuple[str, str]], bytes]

log = logging.getLogger("central")


class Observer:
    """Counts what one gateway process answers; its numbers carry the process's id.

    ``ready`` asks whether the database is there, ``pool`` how its connections stand.
    """

    def __init__(
        self, ready: Callable[[], bool], pool: Callable[[], Mapping[str, int]] = dict
    ) -> None:
        self._ready = ready
        self._pool = pool
        self._process = f'process="{os.getpid()}"'
        self._lock = Lock()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[tuple[str, float]] = Counter()
        self._total: defaultdict[str, float] = defaultdict(float)

    def page(self, method: str, path: str) -> Page | None:
        """A page for administrators and their tools, or None if ``path`` is none."""
        if method != "GET":
            return None
        if path == "/health":
            return _page("200 OK", _JSON, b'{"ok":true}')
        if path == "/ready":
            ready = self._ready()
            status = "200 OK" if ready else "503 Service Unavailable"
            return _page(status, _JSON, json.dumps({"ok": ready}).encode())
        if path == "/metrics":
            return _page("200 OK", _TEXT, self._metrics().encode())
        if path == "/openapi.json":
            return _page("200 OK", _JSON, document())
        return None

    def answered(self, route: str, status: int, began: float) -> None:
        """Count one answer; ``began`` is of ``time.perf_counter``."""
        took = time.perf_counter() - began
        bucket = next((one for one in _BUCKETS if took <= one), float("inf"))
        with self._lock:
            self._answers[route, status] += 1
            self._seconds[route, bucket] += 1
            self._total[route] += took
        log.info("answered", extra={"facts": {
            "route": route, "status": status, "ms": round(took * 1000, 1)}})  # fmt: skip

    def failed(self, route: str, error: BaseException) -> None:
        """Log a fault by its kind and place: its text may hold what somebody typed."""
        steps = traceback.extract_tb(error.__traceback__)
        ours = [one for one in steps if "central" in one.filename] or list(steps)
        facts = {"route": route, "error": type(error).__name__,
                 "file": Path(ours[-1].filename).name, "line": ours[-1].lineno}  # fmt: skip
        log.error("failed", extra={"facts": facts})

    def _metrics(self) -> str:
        lines = ["# TYPE central_answers_total counter"]
        with self._lock:
            for (route, status), count in sorted(self._answers.items()):
                labels = f'{self._process},route="{route}",status="{status}"'
                lines.append(f"central_answers_total{{{labels}}} {count}")
            lines.append("# TYPE central_answer_seconds histogram")
            for route in sorted(self._total):
                lines += self._histogram(route)
        lines.append("# TYPE central_connections gauge")
        for state, count in sorted(self._pool().items()):
            lines.append(f'central_connections{{{self._process},state="{state}"}} {count}')
        return "\n".join(lines) + "\n"

    def _histogram(self, route: str) -> list[str]:
        count, lines = 0, []
        labels = f'{self._process},route="{route}"'
        for bucket in (*_BUCKETS, float("inf")):
            count += self._seconds[route, bucket]
            name = "+Inf" if bucket == float("inf") else str(bucket)
            lines.append(f'central_answer_seconds_bucket{{{labels},le="{name}"}} {count}')
        lines.append(f"central_answer_seconds_sum{{{labels}}} {self._total[route]:.6f}")
        lines.append(f"central_answer_seconds_count{{{labels}}} {count}")
        return lines


class JsonLines(logging.Formatter):
    """One JSON object a line, for the tools that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's own facts. What other libraries say is of sockets and processes only."""
        facts = getattr(record, "facts", {})
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = record.msg if facts else record.getMessage()
        head = {"at": at, "level": record.levelname.lower(), "event": event}
        return json.dumps(head | facts, ensure_ascii=False)


#: Where everything goes that a gateway process says, and what the HTTP server is given.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "central.observe.JsonLines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {
        "central": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "psycopg": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "_granian": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}


def _page(status: str, kind: str, body: bytes) -> Page:
    return status, [("content-type", kind), ("content-length", str(len(body)))], body
