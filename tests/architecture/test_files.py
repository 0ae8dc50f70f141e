"""What lies in the project beside code: no addresses of machines, licences, a lock without URLs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import PurePosixPath

from tests.architecture import sources

#: Put together here, so that this file does not find itself.
ADDRESSES = re.compile(
    "|".join(
        (
            r"pypi\.(?:org|" + r"python)",
            r"python" + r"hosted\.org",
            r"registry\." + r"npmjs",
            r"--(?:extra-)?index-" + r"url",
            r"--find-" + r"links",
            r"file:" + r"///(?:opt|home|root|work|tmp)",
            r"(?<![\w.])/(?:root|work|home/\w+)" + r"/",
            r"[A-Z]:\\+" + r"Users\\+\w+",
        )
    )
)
TEXT = {".py", ".toml", ".md", ".json", ".lock", ".txt", ".spec", ".qss", ".ini", ".mako", ".csv"}
#: Pictures of a manual travel with every copy of the project.
LARGEST_PICTURE = 250_000
LICENSED = {".ttf", ".otf", ".svg", ".woff2", ".png", ".jpg"}


#: A sample in the encoding of old Chinese programs; its people and places are invented.
GB18030 = "tests/exchange/samples/ledger-2022-gb18030.csv"


def test_no_address_of_a_registry_or_a_machine() -> None:
    names = [one for one in sources.files() if PurePosixPath(one).suffix in TEXT or ".ci/" in one]
    names = [one for one in names if one != GB18030]
    found = {one: hit.group() for one in names if (hit := ADDRESSES.search(sources.text(one)))}
    assert not found


def test_an_address_is_noticed() -> None:
    for one in ("/root" + "/x", "/home" + "/li/x", "https://pypi." + "org/simple"):
        assert ADDRESSES.search(one)
    assert not ADDRESSES.search("docs/work/x and resources/root/")


def test_the_locks_hold_names_versions_and_hashes_only() -> None:
    pin, digest = r"[a-z0-9-]+==[\w.]+( ; [^\\]+)? \\", r"    --hash=sha256:[0-9a-f]{64}( \\)?"
    entry = re.compile(f"{pin}|{digest}|#.*")
    for name in ("requirements.lock", "requirements-old-linux.lock"):
        wrong = [line for line in sources.text(name).splitlines() if not entry.fullmatch(line)]
        assert not wrong
        assert "://" not in sources.text(name)


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads(sources.text("pyproject.toml"))
    groups = [*project["dependency-groups"].values(), central_extra()]
    wanted = [*project["project"]["dependencies"], *(one for group in groups for one in group)]
    locked = set(re.findall(r"^([a-z0-9-]+)==", sources.text("requirements.lock"), re.MULTILINE))
    names = {re.split(r"[<>=!;\[ ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names - locked == set()


#: Packages whose module has another name.
MODULES = {
    "argon2-cffi": "argon2",
    "pillow": "PIL",
    "pyside6-essentials": "PySide6",
    "xlsxwriter": "xlsxwriter",
    "zxing-cpp": "zxingcpp",
}
#: Modules that come with another package.
BROUGHT = {"shiboken6", "PyInstaller"}


def imported(*below: str) -> set[str]:
    """The foreign packages that the files below some folders import."""
    found = set()
    for name in sources.modules(*below):
        for node in ast.walk(sources.tree(name)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    own = {"station_app", "central", "db", "tests", "benchmarks", "run"}
    return found - own - BROUGHT - set(sys.stdlib_module_names)


def central_extra() -> list[str]:
    """What the centre needs beside what the station needs."""
    extras = tomllib.loads(sources.text("pyproject.toml"))["project"]["optional-dependencies"]
    return list(extras["central"])


def modules_of(requirements: list[str]) -> set[str]:
    """The modules that requirements bring, the extras ``[pool]`` of psycopg among them."""
    found = set()
    for one in requirements:
        name = re.split(r"[<>=!;\[ ]", one)[0].lower()
        found.add(MODULES.get(name, name.replace("-", "_")))
        if "pool" in one:
            found.add(f"{name}_pool")
    return found


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    declared = tomllib.loads(sources.text("pyproject.toml"))["project"]["dependencies"]
    assert imported("station_app/", "db/") == modules_of(declared)
    assert imported("central/") <= modules_of(declared) | modules_of(central_extra())
    assert modules_of(central_extra()) <= imported("central/")


def test_fonts_icons_and_pictures_have_their_licence_beside_them() -> None:
    names = [one for one in sources.files() if one.startswith("resources/")]
    licences = {str(PurePosixPath(one).parent) for one in names if "LICENSE" in one}
    bare = [
        one
        for one in names
        if _licensed(one) and not licences & {str(above) for above in PurePosixPath(one).parents}
    ]
    assert not bare
    fonts = [PurePosixPath(one) for one in names if one.endswith(".ttf")]
    families = {one.stem.partition("-")[0] for one in fonts}
    assert all(any(family in one and "LICENSE" in one for one in names) for family in families)


def _licensed(name: str) -> bool:
    return PurePosixPath(name).suffix in LICENSED


def test_the_texts_show_pictures_that_exist_and_are_small() -> None:
    texts = [one for one in sources.files() if one.endswith(".md")]
    shown = {
        str(PurePosixPath(text).parent / target)
        for text in texts
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", sources.text(text))
    }
    kept = {one for one in sources.files() if one.startswith("docs/") and one.endswith(".png")}
    assert shown == kept
    assert not [one for one in kept if (sources.ROOT / one).stat().st_size > LARGEST_PICTURE]


def test_run_py_needs_nothing_but_python() -> None:
    wanted = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(sources.tree("run.py"))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {one.partition(".")[0] for one in wanted} <= {*sys.stdlib_module_names, "station_app"}
    for name in ("station_app/__init__.py", "station_app/config.py", "station_app/i18n.py"):
        tree = sources.tree(name)
        top = [one for one in tree.body if isinstance(one, ast.Import)]
        assert {alias.name for one in top for alias in one.names} <= set(sys.stdlib_module_names)


def test_run_py_is_read_by_the_oldest_python_that_must_say_no() -> None:
    assert ast.parse(sources.text("run.py"), feature_version=(3, 7)).body


def test_ci_runs_the_one_command() -> None:
    lines = [one for one in sources.text(".ci/run").splitlines() if not one.startswith("#")]
    assert len(lines) == 1
    assert lines[0].endswith("python3 run.py test")
