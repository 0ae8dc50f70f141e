"""The administrator's terminal: run a command in this process and read what it said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from central.cli import app
from central.config import Settings


class Ended(NamedTuple):
    """A command that ended: its exit code, standard output and standard error, stripped."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Terminal:
    """``central(…)`` runs a command."""

    runner: CliRunner

    def __call__(self, *words: str) -> Ended:
        result = self.runner.invoke(app, list(words))
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ended(result.exit_code, result.stdout.strip(), result.stderr.strip())

    def json(self, *words: str) -> Any:
        """What a command that must succeed answers with ``--json``."""
        ended = self(*words, "--json")
        assert (ended.status, ended.err) == (0, "")
        said = json.loads(ended.out)
        assert said["ok"] is True
        return said


def terminal_of(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal whose environment names this centre."""
    monkeypatch.setenv("CENTRAL_DATABASE_URL", settings.gateway_url)
    monkeypatch.setenv("CENTRAL_ADMIN_URL", settings.admin_url)
    monkeypatch.setenv("CENTRAL_HOME", str(settings.home))
    monkeypatch.delenv("CENTRAL_LANGUAGE", raising=False)
    return Terminal(CliRunner())
