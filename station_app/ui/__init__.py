"""The window: the only room with Qt."""

from __future__ import annotations

import gc
import sys

#: Modules and windows are made by the ten thousand and stay: looking through them for cycles
#: after every 700 objects, as Python does by itself, takes 5 % of the way to the first window.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


def _make_constants_last() -> None:
    """Let True, False and None outlive every count, as they do from Python 3.12 on (PEP 683).

    PySide6 6.12.0 gives back a reference to True with every ``Signal.emit`` and one to None with
    many slots, without having taken it; under Python 3.11 the program would abort after some
    hundred clicks ("deallocating True or False").
    """
    import ctypes

    for constant in (True, False, None):
        ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 40


gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
if sys.version_info < (3, 12):
    _make_constants_last()
