"""The texts of the forms: titles, labels and footers as data that a place may change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from station_app.config import RESOURCES
from station_app.domain.station import StationRecord
from station_app.i18n import tr
from station_app.printing.fonts import check_glyphs

#: A place's own texts: form → name of the text → text. What is not named stays as shipped.
Own = Mapping[str, Mapping[str, str]]

_SHIPPED = RESOURCES / "dictionaries" / "forms"


class Template(NamedTuple):
    """The texts that a form is shipped with; an ``optional`` one may be emptied to leave it out."""

    texts: dict[str, str]
    optional: frozenset[str]


def form_texts(form: str, station: StationRecord | None, own: Own | None = None) -> dict[str, str]:
    """The texts of ``form``; ``{station}`` and ``{term}`` in them become the station's words.

    An own text that is empty takes an optional one away and leaves any other as shipped. Raises
    PrintFault for an own text that no font can draw.
    """
    template = shipped(form)
    texts = dict(template.texts)
    typed = (own or {}).get(form, {})
    check_glyphs((tr("wording of the form"), text) for text in typed.values())
    for name, text in typed.items():
        if name in texts and (text.strip() or name in template.optional):
            texts[name] = text.strip()
    if station is None:
        return texts
    return {name: _filled(text, station) for name, text in texts.items()}


@cache
def shipped(form: str) -> Template:
    """The template of ``form`` as it is shipped."""
    found = json.loads((_SHIPPED / f"{form}.json").read_text(encoding="utf-8"))
    return Template(found["texts"], frozenset(found["optional"]))


def _filled(text: str, station: StationRecord) -> str:
    return text.replace("{station}", station.title).replace("{term}", station.term)
