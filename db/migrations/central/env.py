"""Alembic's way into the centre's PostgreSQL; ``central/database.py`` hands the connection in."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
