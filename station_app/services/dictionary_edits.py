"""Editing the dictionaries: only the head may; a code is retired, never reused."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from db.models import Category, DictionaryEntry, Unit
from db.vocabulary import Degree
from station_app.domain.accounts import require_head
from station_app.errors import Conflict, NotFound, RuleViolation, violations
from station_app.i18n import tr
from station_app.services.dictionaries import DECLINE_REASON, DEGREE, decline_reasons
from station_app.store import Tx

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def add_category(tx: Tx, *, code: str, name: str, parent: str = "") -> UUID:
    """Add a category, beneath ``parent`` if given. Raises RuleViolation beside the fields."""
    require_head(tx.actor)
    wrong = _violations(code, name, _taken(tx, Category, code))
    if parent:
        row = tx.session.scalar(select(Category).where(Category.code == parent))
        if row is None or row.parent or row.retired_at is not None:
            wrong.append(("parent", tr("Choose a category of the first level.")))
    violations(wrong)
    made = Category(
        code=code.strip(), name=name.strip(), parent=parent, position=_next(tx, Category)
    )
    return _kept(tx, made)


def add_unit(tx: Tx, *, code: str, name: str) -> UUID:
    """Add a handling unit. Raises RuleViolation beside the fields."""
    require_head(tx.actor)
    violations(_violations(code, name, _taken(tx, Unit, code)))
    made = Unit(code=code.strip(), name=name.strip(), position=_next(tx, Unit))
    return _kept(tx, made)


def rename_category(tx: Tx, code: str, *, name: str) -> None:
    """Say a category in other words; its code and what bears it stay."""
    _rename(tx, _by_code(tx, Category, code), name)


def rename_unit(tx: Tx, unit_id: UUID, *, name: str) -> None:
    """Say a unit in other words."""
    row = tx.session.get(Unit, unit_id)
    if row is None:
        raise NotFound(tr("This entry is no longer there."))
    _rename(tx, row, name)


def retire_category(tx: Tx, code: str, *, retired: bool = True) -> None:
    """Offer a category no longer, or again; issues that bear it keep it."""
    _retire(tx, _by_code(tx, Category, code), retired)


def retire_unit(tx: Tx, unit_id: UUID, *, retired: bool = True) -> None:
    """Offer a unit no longer, or again; issues assigned to it keep it."""
    row = tx.session.get(Unit, unit_id)
    if row is None:
        raise NotFound(tr("This entry is no longer there."))
    _retire(tx, row, retired)


def save_decline_reason(tx: Tx, *, code: str, name: str, instead: str, new: bool = False) -> None:
    """Add a reason for declining, or say one in other words. Raises RuleViolation."""
    require_head(tx.actor)
    known = {one.code for one in decline_reasons()} | set(_codes(tx, DECLINE_REASON))
    violations(_violations(code, name, new and code.strip() in known))
    if not new and code not in known:
        raise NotFound(tr("This entry is no longer there."))
    row = _entry(tx, DECLINE_REASON, code.strip())
    row.name, row.text = name.strip(), instead.strip()
    tx.session.flush()


def retire_decline_reason(tx: Tx, code: str, *, retired: bool = True) -> None:
    """Offer a reason no longer, or again; what was declined for it keeps its words."""
    require_head(tx.actor)
    shipped = {one.code: one for one in decline_reasons()}
    if code not in shipped and code not in _codes(tx, DECLINE_REASON):
        raise NotFound(tr("This entry is no longer there."))
    row = _entry(tx, DECLINE_REASON, code)
    if code in shipped and not row.name:
        row.name, row.text = shipped[code].name, shipped[code].instead
    _retire(tx, row, retired)


def save_degree_name(tx: Tx, degree: Degree, *, name: str) -> None:
    """Say a degree of solution in the words of this place; what it means stays."""
    require_head(tx.actor)
    violations(_violations(degree.value.replace("_", "-"), name, taken=False))
    _entry(tx, DEGREE, degree.value).name = name.strip()
    tx.session.flush()


def dictionary_version(tx: Tx, model: type[Category | Unit] | str) -> int:
    """How many times a dictionary has been changed: its version."""
    if isinstance(model, str):
        query = select(func.coalesce(func.sum(DictionaryEntry.edition), 0))
        return tx.session.scalar(query.where(DictionaryEntry.dictionary == model)) or 0
    return tx.session.scalar(select(func.coalesce(func.sum(model.edition), 0))) or 0


def _violations(code: str, name: str, taken: bool) -> list[tuple[str, str]]:
    found = []
    if not _CODE.fullmatch(code.strip()):
        found.append(("code", tr("A code has small letters, digits and hyphens.")))
    if taken:
        found.append(("code", tr("This code is or was in use. Choose another one.")))
    if not name.strip():
        found.append(("name", tr("Write a name.")))
    if len(name) > 50:
        found.append(("name", tr("A name has at most 50 characters.")))
    return found


def _taken(tx: Tx, model: type[Category | Unit], code: str) -> bool:
    """Whether a code was ever given, retired ones too."""
    return tx.session.scalar(select(model.id).where(model.code == code.strip())) is not None


def _by_code(tx: Tx, model: type[Category], code: str) -> Category:
    row = tx.session.scalar(select(model).where(model.code == code))
    if row is None:
        raise NotFound(tr("This entry is no longer there."))
    return row


def _next(tx: Tx, model: type[Category | Unit]) -> int:
    return (tx.session.scalar(select(func.coalesce(func.max(model.position), 0))) or 0) + 1


def _kept(tx: Tx, row: Category | Unit) -> UUID:
    tx.session.add(row)
    tx.session.flush()
    return row.id


def _rename(tx: Tx, row: Category | Unit, name: str) -> None:
    require_head(tx.actor)
    _own(row)
    if not name.strip():
        raise RuleViolation({"name": tr("Write a name.")})
    row.name = name.strip()
    tx.session.flush()


def _retire(tx: Tx, row: Any, retired: bool) -> None:
    require_head(tx.actor)
    _own(row)
    row.retired_at = tx.now if retired else None
    tx.session.flush()


def _own(row: Any) -> None:
    if row.stream:
        raise Conflict(tr("This entry comes from the centre; only the centre can change it."))


def _codes(tx: Tx, dictionary: str) -> list[str]:
    query = select(DictionaryEntry.code).where(DictionaryEntry.dictionary == dictionary)
    return list(tx.session.scalars(query))


def _entry(tx: Tx, dictionary: str, code: str) -> DictionaryEntry:
    query = select(DictionaryEntry).where(
        DictionaryEntry.dictionary == dictionary, DictionaryEntry.code == code
    )
    row = tx.session.scalar(query)
    if row is None:
        place = len(_codes(tx, dictionary)) + 100
        row = DictionaryEntry(dictionary=dictionary, code=code, name="", position=place)
        tx.session.add(row)
    elif row.stream:
        _own(row)
    return row
