"""The texts of the forms: titles, labels and footers as data that a place may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from station_app.config import RESOURCES
from station_app.domain.station import StationRecord

#: A place's own texts: form → name of the text → text. What is not named stays as shipped.
Own = Mapping[str, Mapping[str, str]]


def form_texts(form: str, station: StationRecord | None, own: Own | None = None) -> dict[str, str]:
    """The texts of ``form``; ``{station}`` and ``{term}`` in them become the station's words."""
    texts = dict(_shipped()[form])
    texts.update({name: text for name, text in (own or {}).get(form, {}).items() if name in texts})
    if station is None:
        return texts
    return {name: _filled(text, station) for name, text in texts.items()}


@cache
def _shipped() -> dict[str, dict[str, str]]:
    path = RESOURCES / "dictionaries" / "form_templates.json"
    loaded: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _filled(text: str, station: StationRecord) -> str:
    return text.replace("{station}", station.name).replace("{term}", station.term)
