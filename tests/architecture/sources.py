"""The project's own files, read once, for rules about the code."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("run.py", "station_app/", "db/", "central/")


@cache
def files() -> tuple[str, ...]:
    """Every file that is, or is about to be, part of the project; relative, with slashes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def modules(*below: str) -> tuple[str, ...]:
    """The Python files below the given folders, or all of them."""
    return tuple(one for one in files() if one.endswith(".py") and one.startswith(below or ("",)))


@cache
def text(name: str) -> str:
    """The text of one file."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    """One Python file, parsed."""
    return ast.parse(text(name), name)


def calls(module: ast.AST) -> Iterator[ast.Call]:
    """Every call in ``module``."""
    return (node for node in ast.walk(module) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The dotted name of what is called: ``tr``, ``date.today``; "" for anything else."""
    try:
        return ast.unparse(call.func) if isinstance(call.func, ast.Name | ast.Attribute) else ""
    except RecursionError:  # a very long chain of calls
        return ""


def docstrings(module: ast.Module) -> set[int]:
    """The ``id`` of every docstring's node, to tell them from strings that do something."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }
