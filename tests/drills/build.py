"""Build the program into one folder and let it open every page, without this checkout's Python.

`run.py drill build [--keep DIR]`; needs objdump on Linux (Debian: binutils).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: All that the built program may count on: no Python, no checkout.
BARE = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def main(arguments: list[str]) -> int:
    """Build, start, measure; the exit code is 0 if the program opened every page."""
    options = argparse.ArgumentParser(prog="run.py drill build")
    options.add_argument("--keep", type=Path, help="keep the built folder here")
    keep = options.parse_args(arguments).keep
    if sys.platform.startswith("linux") and not shutil.which("objdump"):
        print("objdump is missing: apt-get install binutils", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as work:
        folder = build(Path(work))
        code = smoke(folder)
        if keep is not None and code == 0:
            shutil.copytree(folder, keep, symlinks=True)
    return code


def build(work: Path) -> Path:
    """Build below ``work``; returns the folder that holds the program."""
    began = time.monotonic()
    places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    subprocess.run([*command, *places, str(ROOT / "build.spec")], cwd=work, check=True)
    folder = work / "dist" / "station-app"
    size = sum(one.stat().st_size for one in folder.rglob("*") if not one.is_symlink())
    print(f"built in {time.monotonic() - began:.0f} s, {size / 2**20:.0f} MiB", flush=True)
    return folder


def smoke(folder: Path) -> int:
    """Start the built program in a bare surrounding; it opens every page and ends by itself."""
    began = time.monotonic()
    program = folder / ("station-app.exe" if os.name == "nt" else "station-app")
    with tempfile.TemporaryDirectory() as home:
        bare = BARE if os.name != "nt" else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        surrounding = {**bare, "HOME": home, "TMPDIR": home}
        ended = subprocess.run(
            [str(program), "--smoke"], cwd=home, env=surrounding, timeout=180, check=False
        )
    verdict = "passed" if ended.returncode == 0 else "FAILED"
    print(f"smoke {verdict} in {time.monotonic() - began:.0f} s", flush=True)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
