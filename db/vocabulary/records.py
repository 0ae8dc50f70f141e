"""What happens to records of every kind."""

from __future__ import annotations

from enum import StrEnum


class FactKind(StrEnum):
    """What of an issue's history counts in figures (domain/issue_facts.py)."""

    SETTLED = "settled"
    RATED = "rated"
    PROMISE = "promise"
    REPLY = "reply"


class Op(StrEnum):
    """What happened to a record, for the outbox, the audit and the screens.

    ``VIEW``, ``PRINT`` and ``EXPORT`` change nothing and appear in the audit only; so does
    ``PULL``: changes of others came from the centre, one row for all that came at once, and one
    for each printed record that they edit.
    """

    ADD = "add"
    EDIT = "edit"
    DELETE = "delete"
    VIEW = "view"
    PRINT = "print"
    EXPORT = "export"
    PULL = "pull"
