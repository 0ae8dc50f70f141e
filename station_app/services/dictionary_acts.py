"""One door to the edits of every dictionary: save, retire, by dictionary and code."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from db.models import Unit
from db.vocabulary import Degree
from station_app.domain.dictionaries import Dictionary
from station_app.errors import Conflict, NotFound
from station_app.i18n import tr
from station_app.services import dictionary_edits as edits
from station_app.store import Tx


def save_entry(
    tx: Tx,
    which: Dictionary,
    code: str,
    *,
    name: str,
    new: bool,
    parent: str = "",
    text: str = "",
) -> None:
    """Add an entry, or say one in other words. Raises RuleViolation beside the fields, Conflict.

    A code stays for ever; what bears it is only called otherwise.
    """
    if which is Dictionary.CATEGORIES:
        if new:
            edits.add_category(tx, code=code, name=name, parent=parent)
        else:
            edits.rename_category(tx, code, name=name)
    elif which is Dictionary.UNITS:
        if new:
            edits.add_unit(tx, code=code, name=name)
        else:
            edits.rename_unit(tx, _unit(tx, code), name=name)
    elif which is Dictionary.REASONS:
        edits.save_decline_reason(tx, code=code, name=name, instead=text, new=new)
    elif new or code not in set(Degree):
        raise Conflict(tr("The degrees of solution are fixed; only their words can be changed."))
    else:
        edits.save_degree_name(tx, Degree(code), name=name)


def retire_entry(tx: Tx, which: Dictionary, code: str, *, retired: bool = True) -> None:
    """Offer an entry no longer, or again. Raises NotFound, Conflict."""
    if which is Dictionary.CATEGORIES:
        edits.retire_category(tx, code, retired=retired)
    elif which is Dictionary.UNITS:
        edits.retire_unit(tx, _unit(tx, code), retired=retired)
    elif which is Dictionary.REASONS:
        edits.retire_decline_reason(tx, code, retired=retired)
    else:
        raise Conflict(tr("The degrees of solution are fixed; only their words can be changed."))


def _unit(tx: Tx, code: str) -> UUID:
    found = tx.session.scalar(select(Unit.id).where(Unit.code == code))
    if found is None:
        raise NotFound(tr("This entry is no longer there."))
    return found
