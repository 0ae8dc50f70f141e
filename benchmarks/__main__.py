"""Run the benchmarks: `run.py bench` all and rewrites RESULTS.md, `run.py bench NAME` one."""

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
TOOLS = {"__init__", "__main__", "report", "mass"}


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
    if not names:
        RESULTS.write_text(_page(found), encoding="utf-8")
    return 0 if all(one.ok for results in found.values() for one in results) else 1


def _page(found: dict[str, Sequence[Result]]) -> str:
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    lines = [
        "# Results of `run.py bench`",
        "",
        f"{when}, {platform.system()}, {os.cpu_count()} processors, Python"
        f" {platform.python_version()}. Each limit or peer was measured in the same run.",
    ]
    for name, results in found.items():
        title = importlib.import_module(f"benchmarks.{name}").__doc__ or name
        lines += ["", f"## {name}", "", title.strip().splitlines()[0], "", table(results)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
