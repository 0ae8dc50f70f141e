"""``python -m central``."""

from __future__ import annotations

import io
import sys

from central.cli import app

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a bare server may know no Chinese
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="central")
