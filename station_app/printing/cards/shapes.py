"""What cards are printed as; apart from the drawing, so that asking for it loads nothing."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """What cards are printed as; ``BOARD`` shows all deputies."""

    CARD = "card"
    LANYARD = "lanyard"
    TABLE_TOP = "table_top"
    BOARD = "board"
