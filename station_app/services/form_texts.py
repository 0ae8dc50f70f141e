"""The place's own words on its forms, kept with this PC's settings."""

from __future__ import annotations

from collections.abc import Mapping

from station_app.domain.accounts import require_head
from station_app.services.settings import set_setting, setting
from station_app.store import Tx

_NAME = "form_texts"


def own_texts(tx: Tx) -> dict[str, dict[str, str]]:
    """Form → name of a text → the place's own; what is not named stays as shipped."""
    found: dict[str, dict[str, str]] = setting(tx, _NAME, {})
    return found


def save_own_texts(tx: Tx, form: str, texts: Mapping[str, str]) -> None:
    """Keep these as all own texts of ``form``; only the head may. Raises NotAllowed."""
    require_head(tx.actor)
    kept = {name: text.strip() for name, text in texts.items()}
    others = {name: own for name, own in own_texts(tx).items() if name != form}
    set_setting(tx, _NAME, others | ({form: kept} if kept else {}))
