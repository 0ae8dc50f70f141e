"""Python's search for rings of garbage, made rare while thousands of rows are on their way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: New things until rings are looked for among them, and rounds until among the older ones.
_RARELY = (50_000, 20, 20)


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for rings rarely until the block ends.

    Rows are trees without a ring among them; looking for one every few hundred would take a third
    of an exchange's time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
