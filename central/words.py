"""Words for the administrator: English in the code, Chinese from ``resources/i18n``."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

_CATALOGUE = Path(__file__).resolve().parent.parent / "resources" / "i18n" / "zh"


def tr(source: str, **values: object) -> str:
    """``source`` in the administrator's language (``CENTRAL_LANGUAGE``, Chinese by default)."""
    english = os.environ.get("CENTRAL_LANGUAGE", "zh") == "en"
    text = source if english else _chinese().get(source, source)
    return text.format(**values) if values else text


@cache
def _chinese() -> dict[str, str]:
    words: dict[str, str] = {}
    for path in _CATALOGUE.glob("*.json"):
        words |= json.loads(path.read_text("utf-8"))
    return words
