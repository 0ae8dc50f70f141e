"""The encrypted SQLite file of one station."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from station_app.store.store import Store
    from station_app.store.transaction import Change, Tx

__all__ = ["Change", "Store", "Tx"]

_HOMES = {"Store": "store", "Change": "transaction", "Tx": "transaction"}


def __getattr__(name: str) -> Any:
    """Load a class when it is asked for: the unlock window lists slots without SQLAlchemy."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"station_app.store.{_HOMES[name]}"), name)
