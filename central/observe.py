"""Health, metrics and logs: what an administrator sees of a running gateway; no personal data."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from central.openapi import document

_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_JSON = "application/json"

Page = tuple[str, list[tuple[str, str]], bytes]

log = logging.getLogger("central")


class Observer:
    """Counts what one gateway process answers. ``ready`` asks whether the database is there."""

    def __init__(self, ready: Callable[[], bool]) -> None:
        self._ready = ready
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

    def failed(self, path: str, error: BaseException) -> None:
        """Log a fault of ours by its kind and place: its text may hold what somebody typed."""
        place = traceback.extract_tb(error.__traceback__)[-1]
        facts = {"error": type(error).__name__, "file": place.filename, "line": place.lineno}
        log.error("failed", extra={"facts": facts})

    def _metrics(self) -> str:
        lines = ["# TYPE central_answers_total counter"]
        with self._lock:
            for (route, status), count in sorted(self._answers.items()):
                lines.append(f'central_answers_total{{route="{route}",status="{status}"}} {count}')
            lines.append("# TYPE central_answer_seconds histogram")
            for route in sorted(self._total):
                lines += self._histogram(route)
        return "\n".join(lines) + "\n"

    def _histogram(self, route: str) -> list[str]:
        count, lines = 0, []
        for bucket in (*_BUCKETS, float("inf")):
            count += self._seconds[route, bucket]
            name = "+Inf" if bucket == float("inf") else str(bucket)
            lines.append(f'central_answer_seconds_bucket{{route="{route}",le="{name}"}} {count}')
        lines.append(f'central_answer_seconds_sum{{route="{route}"}} {self._total[route]:.6f}')
        lines.append(f'central_answer_seconds_count{{route="{route}"}} {count}')
        return lines


class JsonLines(logging.Formatter):
    """One JSON object a line, for the tools that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's own facts; never its arguments, which could hold anything."""
        facts = getattr(record, "facts", {})
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = {"at": at, "level": record.levelname.lower(), "event": record.msg}
        return json.dumps(head | facts, ensure_ascii=False)


def log_to_stderr() -> None:
    """Send the gateway's log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


def _page(status: str, kind: str, body: bytes) -> Page:
    return status, [("content-type", kind), ("content-length", str(len(body)))], body
