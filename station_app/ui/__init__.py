"""The window: the only room with Qt."""

from __future__ import annotations

import builtins
import gc
import sys


def _make_constants_last() -> None:
    """Let True, False and None outlive every count, as they do from Python 3.12 on (PEP 683).

    PySide6 6.12.0 gives back a reference to True with every ``Signal.emit`` and one to None with
    many slots, without having taken it; under Python 3.11 the program would abort after some
    hundred clicks ("deallocating True or False").
    """
    import ctypes

    for constant in (True, False, None):
        ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


def _import_plainly() -> None:
    """Load Qt without its ``__import__``, which serves ``from __feature__ import …`` only.

    It reads the source of every module that is loaded later, ours and all libraries', looks for
    the word PySide6 and keeps the lines: 20 MB, and a fifth of the time to load them.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - puts its own in place

    builtins.__import__ = plain


_import_plainly()
# From here on ``ui.collecting`` looks for rings of garbage, on the GUI thread. Modules and windows
# are made by the ten thousand and stay: looking through them would also slow the start by 5 %.
gc.disable()
if sys.version_info < (3, 12):
    _make_constants_last()
