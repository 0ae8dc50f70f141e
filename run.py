"""Set the project up and run it: `run.py`, `run.py demo`, `run.py test`; standard library only.

    run.py                   open the program
    run.py demo              open a throw-away station with invented records
    run.py central           try the centre on this PC; with a command: the administrator's commands
    run.py setup             only set up; then .venv/bin/station-app is the program
    run.py test              everything that must hold before a change is accepted
    run.py bench [NAME]      the benchmarks, or one of them
    run.py drill NAME ...    a long drill, such as `drill kill --times 200` or `drill build`
    run.py shots DIR         pictures of every page, dialog and empty state

Every command first makes ``.venv`` from requirements.lock, unless it is up to date.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PROGRAM = BIN / ("station-app.exe" if os.name == "nt" else "station-app")
LOCK = ROOT / "requirements.lock"
OLD_LINUX_LOCK = ROOT / "requirements-old-linux.lock"
STAMP = VENV / "set-up-from"

COMMANDS = ("app", "demo", "central", "setup", "test", "bench", "drill", "shots")
OLDEST_PYTHON = (3, 11)
#: The newest Qt wheels need this glibc; UOS 20 and Kylin V10 have 2.28 and get Qt 6.8 instead.
NEWEST_QT_NEEDS_GLIBC = (2, 34)
DOWNLOAD_TRIES = 4

#: Shared libraries that Qt's wheels take from the system, and the Debian package that has each;
#: these packages bring along the others.
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
#: The parts of Qt that the program uses.
QT_PARTS = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6PrintSupport.so.6",
    "lib/libQt6Svg.so.6",
    "plugins/platforms/libqxcb.so",
    "plugins/printsupport/libcupsprintersupport.so",
    "plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
)


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is the command's own."""
    use_a_newer_python()
    command, rest = (arguments[0], arguments[1:]) if arguments else ("app", [])
    asked = command in ("-h", "--help", "help")
    if asked or command not in COMMANDS:
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    if command == "drill" and not rest:
        print("run.py drill NAME [--times N]: " + ", ".join(drills()), file=sys.stderr)
        return 2
    set_up()
    if command == "setup":
        print(tr("Ready. The program is {path}", path=PROGRAM))
        return 0
    return test(rest) if command == "test" else run(command, rest)


def run(command: str, rest: list[str]) -> int:
    """Start the program or one of the project's own tools in ``.venv``."""
    if command in ("app", "demo"):
        return subprocess.call([str(PROGRAM), *(["demo"] if command == "demo" else []), *rest])
    if command == "central" and (not rest or (rest[0].startswith("--") and rest[0] != "--help")):
        rest = ["trial", *rest]
    module = {"bench": "benchmarks", "shots": "tests.shots"}.get(command, command)
    if command == "drill":
        module, rest = "tests.drills." + rest[0], rest[1:]
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl+C is the tool's: it ends in good order
    return subprocess.call([str(PYTHON), "-m", module, *rest], cwd=ROOT)


def drills() -> list[str]:
    """The names of all drills."""
    return sorted(one.stem for one in (ROOT / "tests" / "drills").glob("[a-z]*.py"))


# --------------------------------------------------------------------------------------- set-up


def tr(source: str, **values: object) -> str:
    """The program's own words; its i18n needs the standard library only."""
    from station_app import i18n  # not before the Python is known to be new enough

    return i18n.tr(source, **values)


def stop(text: str) -> NoReturn:
    """End with ``text`` for the person at the terminal."""
    print("\n" + text, file=sys.stderr)
    raise SystemExit(1)


def use_a_newer_python() -> None:
    """Go on with a newer Python of this machine if this one is too old (UOS has 3.7)."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            raise SystemExit(subprocess.call([found, *sys.argv]))
    stop(f"需要 Python 3.11 或更新版本；Python 3.11 or newer is needed, not {sys.version[:6]}.")


def set_up() -> None:
    """Bring ``.venv`` to what requirements.lock and pyproject.toml say; at once if it is there."""
    wanted = fingerprint()
    if PROGRAM.exists() and STAMP.exists() and STAMP.read_text("ascii") == wanted:
        return
    print(tr("Setting up; the first time this takes a few minutes."), flush=True)
    if not PYTHON.exists() or not has_pip():
        make_venv()
    pip("install", "--require-hashes", "--only-binary=:all:", "-r", str(lock_for_this_machine()))
    # The build tools come from the lock: no network. "compat" is a plain path, not a finder that
    # would cost each start some milliseconds.
    plain = ["--no-deps", "--no-index", "--no-build-isolation"]
    pip("install", *plain, "--config-settings", "editable_mode=compat", "-e", str(ROOT))
    install_libraries_for_qt()
    STAMP.write_text(wanted, "ascii")


def fingerprint() -> str:
    """What ``.venv`` depends on: the locks, the project's metadata, this Python, this folder."""
    digest = hashlib.sha256(repr((sys.version, str(ROOT))).encode())
    for path in (LOCK, OLD_LINUX_LOCK, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def has_pip() -> bool:
    """Whether the venv's Python still runs and has pip (an upgraded system breaks a venv)."""
    return subprocess.call([str(PYTHON), "-m", "pip", "-V"], stdout=subprocess.DEVNULL) == 0


def make_venv() -> None:
    """Make an empty ``.venv``; Debian keeps the means for that in a package of its own."""
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        import ensurepip  # noqa: F401  only asked whether it is there
    except ImportError:
        install_system_packages([f"python3.{sys.version_info.minor}-venv"])
    subprocess.check_call([sys.executable, "-m", "venv", str(VENV)])


def lock_for_this_machine() -> Path:
    """The lock, with the older Qt in place of the newest on an old Linux."""
    kind, version = platform.libc_ver()
    newest = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if kind != "glibc" or newest >= NEWEST_QT_NEEDS_GLIBC:
        return LOCK
    older = entries(OLD_LINUX_LOCK)
    path = VENV / "requirements.lock"
    path.write_text("".join({**entries(LOCK), **older}.values()), "ascii")
    return path


def entries(lock: Path) -> dict[str, str]:
    """The entries of a lock by package name, each with its hashes."""
    found: dict[str, str] = {}
    name = ""
    for line in lock.read_text("ascii").splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            name = line.partition("==")[0]
        if name:
            found[name] = found.get(name, "") + line
    return found


def pip(*arguments: str) -> None:
    """Run the venv's pip; again after a pause, for networks fail."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    for attempt in range(1, DOWNLOAD_TRIES + 1):
        if subprocess.call(command) == 0:
            return
        if attempt < DOWNLOAD_TRIES:
            print(tr("That failed; trying again."), flush=True)
            time.sleep(5 * attempt)
    stop(tr("The packages could not be installed. Check the network and start again."))


# ----------------------------------------------------------------------------- system libraries


def install_libraries_for_qt() -> None:
    """Give Qt's windows, printing and Chinese input the shared libraries this Linux lacks."""
    lacking = lacking_libraries()
    install_system_packages(sorted({DEBIAN_PACKAGES[one] for one in lacking & {*DEBIAN_PACKAGES}}))
    still = lacking_libraries()
    if still:
        stop(tr("Shared libraries are missing: {names}", names=" ".join(sorted(still))))


def lacking_libraries() -> set[str]:
    """The names of the shared libraries that the dynamic linker does not find for Qt."""
    if not sys.platform.startswith("linux"):
        return set()
    find = "import importlib.util as u; print(*u.find_spec('PySide6').submodule_search_locations)"
    qt = Path(subprocess.check_output([str(PYTHON), "-c", find], text=True).strip()) / "Qt"
    parts = [str(qt / part) for part in QT_PARTS if (qt / part).exists()]
    told = subprocess.run(["ldd", *parts], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in told.splitlines() if line.endswith("=> not found")}


def install_system_packages(names: list[str]) -> None:
    """Install Debian packages as root; anyone else is told what to ask for."""
    if not names:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        stop(
            tr("System packages are missing. Run this once, then start again:")
            + "\n    sudo "
            + " ".join(command)
        )
    print(tr("Installing system packages: {names}", names=" ".join(names)), flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-q"], stdout=subprocess.DEVNULL, env=quiet)
    if subprocess.call(command, stdout=subprocess.DEVNULL, env=quiet) != 0:
        stop(tr("System packages could not be installed: {names}", names=" ".join(names)))


# ---------------------------------------------------------------------------------------- tests


def test(rest: list[str]) -> int:
    """All checks; each runs even if one before it failed. 0 only if every one passed."""
    install_test_packages()
    tool = {name: str(BIN / name) for name in ("ruff", "mypy", "lint-imports", "pytest")}
    checks = [
        ("style", [tool["ruff"], "check", "."]),
        ("layout", [tool["ruff"], "format", "--check", "."]),
        ("types", [tool["mypy"]]),
        ("direction", [tool["lint-imports"]]),
        ("tests", [tool["pytest"], "-n", "2", "--dist", "loadfile", "-q", *rest]),
    ]
    results = [check(name, command) for name, command in checks]
    print("\n" + "\n".join(line for line, _ in results))
    failed = sum(code != 0 for _, code in results)
    print(f"checks: {len(checks) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def check(name: str, command: list[str]) -> tuple[str, int]:
    """Run one check; returns its line for the summary and its exit code."""
    print("\n== " + name, flush=True)
    began = time.monotonic()
    code = subprocess.call(command, cwd=ROOT)
    verdict = "passed" if code == 0 else "FAILED"
    return f"{name:<10} {verdict:<7} {time.monotonic() - began:6.1f} s", code


def install_test_packages() -> None:
    """Means for two tests, a real window (Xvfb) and a built program (objdump), if root."""
    if sys.platform.startswith("linux") and os.geteuid() == 0:
        means = {"Xvfb": "xvfb", "objdump": "binutils"}
        install_system_packages([means[one] for one in means if not shutil.which(one)])


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Chinese or English Windows console
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
