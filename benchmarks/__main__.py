"""Run the benchmarks: `run.py bench` all, `run.py bench NAME` one; RESULTS.md keeps the rest."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.report import Result, table

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
#: What the benchmarks stand on, and no benchmark itself.
TOOLS = {"__init__", "__main__", "report", "mass", "centre", "exchange", "thin"}


def main(names: Sequence[str]) -> int:
    """Run ``names`` or all; the exit code is 0 if every budget is met."""
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in TOOLS)
    strange = sorted(set(names) - set(known))
    if strange:
        print(f"no benchmark {', '.join(strange)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    found: dict[str, Sequence[Result]] = {}
    for name in names or known:
        print(f"\n{name}", flush=True)
        found[name] = importlib.import_module(f"benchmarks.{name}").main()
        _keep(name, found[name], known)
    return 0 if all(one.ok for results in found.values() for one in results) else 1


def _keep(name: str, results: Sequence[Result], known: Sequence[str]) -> None:
    """Put one benchmark's results into RESULTS.md in the place of its earlier ones."""
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    parts = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    parts[name] = _section(name, results)
    kept = (parts[one].strip() for one in known if one in parts)
    page = "\n\n## ".join([_HEAD, *kept]) + "\n"
    RESULTS.write_text(page, encoding="utf-8")


_HEAD = """# Results of `run.py bench`

Each limit or peer was measured in the same run as the figure beside it."""


def _section(name: str, results: Sequence[Result]) -> str:
    told = importlib.import_module(f"benchmarks.{name}").__doc__ or name
    title, _, note = told.strip().partition("\n")
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    machine = (
        f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    return f"{name}\n\n{title}\n\n{when}, {machine}.\n\n{table(results)}\n\n{note.strip()}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
