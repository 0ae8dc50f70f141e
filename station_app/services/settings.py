"""Settings of this PC by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.sqlite import insert

from db.models import Setting
from station_app.store import Tx


def setting(tx: Tx, name: str, default: Any = None) -> Any:
    """The value kept under ``name``, or ``default``."""
    found = tx.session.get(Setting, name)
    return default if found is None else found.value


def set_setting(tx: Tx, name: str, value: Any) -> None:
    """Keep ``value`` (any JSON) under ``name``."""
    new = insert(Setting).values(name=name, value=value)
    tx.session.execute(new.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
    tx.session.expire_all()
