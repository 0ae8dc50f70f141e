"""Alembic's way into a station's file; ``store/upgrade.py`` hands the open connection in."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum

from db.models import Base
from db.models.base import UtcDateTime


def _rendered(kind: str, column_type: Any, _: Any) -> str | Literal[False]:
    """Write plain types into revisions: a revision must not change when the models do."""
    if kind == "type" and isinstance(column_type, UtcDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(column_type, Enum):
        return f"sa.String({column_type.length})"
    return False


def _ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    """Leave the search index out of comparisons: it is made by SQL, not by models."""
    return not (kind == "table" and (name or "").startswith("find_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_rendered,
    include_object=_ours,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
