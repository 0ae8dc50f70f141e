"""Half-typed forms, kept encrypted every few seconds so that a crash loses no word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert

from db.models import FormDraft
from station_app.store import Tx


def keep_draft(tx: Tx, form: str, body: dict[str, Any]) -> None:
    """Keep what the signed-in account has typed into ``form`` so far, in place of what was kept."""
    kept = {"body": body, "saved_at": tx.now}
    new = insert(FormDraft).values(form=form, owner=tx.actor.id.hex, **kept)
    tx.session.execute(new.on_conflict_do_update(index_elements=["form", "owner"], set_=kept))


def kept_draft(tx: Tx, form: str) -> dict[str, Any] | None:
    """What the signed-in account had typed into ``form``, or None."""
    found = tx.session.get(FormDraft, (form, tx.actor.id.hex))
    return None if found is None else found.body


def drop_draft(tx: Tx, form: str) -> None:
    """Forget what was typed into ``form``: it has been saved or thrown away on purpose."""
    owner = tx.actor.id.hex
    tx.session.execute(delete(FormDraft).where(FormDraft.form == form, FormDraft.owner == owner))
