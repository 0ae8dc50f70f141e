"""The shape of every file: short, a first line that says what it holds, exceptions with reasons."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture import sources

LONGEST = 300
#: Files that may be longer, each with its reason.
LONGER: dict[str, str] = {
    "db/migrations/station/versions/0001_first.py": "the first schema whole, column by column",
}


def test_no_file_is_too_long() -> None:
    lengths = {name: len(sources.text(name).splitlines()) for name in sources.modules()}
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert long.keys() == LONGER.keys(), long


def test_every_module_says_what_it_holds_in_its_first_line() -> None:
    said = {name: ast.get_docstring(sources.tree(name)) or "" for name in sources.modules()}
    mute = [one for one in said if not re.match(r"\S.{9,}[.;:。]$", said[one].partition("\n")[0])]
    assert not mute


# ------------------------------------------------------------------------------ silenced rules

#: A silenced rule is named, and its reason stands behind it or in the line above.
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|mypy:|pragma:|ruff:)")
NAMED = re.compile(r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\])(.*)")


def unexplained(text: str) -> Iterator[str]:
    """The lines that silence a rule without naming it and saying why."""
    above = ""
    for line in text.splitlines():
        if SILENCED.search(line):
            named = NAMED.search(line)
            reason = named is not None and re.search(r"\w+\W+\w+", named.group(1))
            if not named or not (reason or above.strip().startswith("#")):
                yield line.strip()
        above = line


def test_every_silenced_rule_carries_its_reason() -> None:
    silent = {
        name: found
        for name in sources.modules()
        if name != "tests/architecture/test_shape.py"
        and (found := list(unexplained(sources.text(name))))
    }
    assert not silent


@pytest.mark.parametrize(
    ("lines", "good"),
    [
        ("x = 1  # noqa: E402  Qt reads the variable at import", True),
        ("x = 1  # noqa: E402, F401 - only asked whether it is there", True),
        ("x = y  # type: ignore[attr-defined]  # no stubs there", True),
        ("# The stubs lack this.\nx = y  # type: ignore[attr-defined]", True),
        ("x = 1  # noqa", False),
        ("x = 1  # noqa: E402", False),
        ("x = y  # type: ignore[attr-defined]", False),
        ("x = y  # type: ignore  # no stubs there", False),
    ],
)
def test_a_bare_exception_is_noticed(lines: str, good: bool) -> None:
    assert bool(list(unexplained(lines))) != good


# --------------------------------------------------------------------------------------- tests


def idle_tests(tree: ast.AST) -> list[str]:
    """The tests that cannot fail: they assert nothing, nor does a function of theirs."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    tests = (one for one in functions if one.startswith("test_"))
    return [one for one in tests if not _claims(one, functions, set())]


def _claims(name: str, functions: dict[str, ast.FunctionDef], seen: set[str]) -> bool:
    seen.add(name)
    if any(isinstance(node, ast.Assert) for node in ast.walk(functions[name])):
        return True
    names = {sources.called(call) for call in sources.calls(functions[name])}
    if any(re.search(r"\b(raises|warns|fail|assert\w*|wait_?[A-Za-z]+)$", one) for one in names):
        return True
    inner = {one for one in names if one in functions} - seen
    return any(_claims(one, functions, seen) for one in inner)


def test_every_test_can_fail() -> None:
    tests = [name for name in sources.modules("tests/") if "/test_" in name]
    idle = {name: found for name in tests if (found := idle_tests(sources.tree(name)))}
    assert not idle


def test_an_idle_test_is_noticed() -> None:
    idle = "def test_a():\n    run()\ndef test_b():\n    check()\ndef check():\n    assert 1"
    assert idle_tests(ast.parse(idle)) == ["test_a"]
