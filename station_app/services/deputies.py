"""Deputies registered at this station: kept, found, retired, imported from a roster."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from db.models import Deputy, Photo
from db.vocabulary import Level, Op
from station_app.domain.accounts import require_writer
from station_app.domain.deputies import (
    DeputyBrief,
    DeputyDraft,
    DeputyRecord,
    RosterImport,
    check_deputy,
    tidy_deputy,
)
from station_app.domain.deputies_matching import match_people
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.pinyin import sort_key
from station_app.domain.search import Found
from station_app.errors import NotFound
from station_app.i18n import tr
from station_app.services import paging
from station_app.store import Tx, search_index

#: The orders this list offers.
DEPUTY_SORTS: dict[str, ColumnElement[Any]] = {
    "name": Deputy.sort_key.expression,
    "deputy_group": Deputy.deputy_group.expression,
    "electoral_unit": Deputy.electoral_unit.expression,
}


def save_deputy(tx: Tx, draft: DeputyDraft, *, deputy_id: UUID | None = None) -> DeputyRecord:
    """Add a deputy, or change the one with ``deputy_id``.

    Raises RuleViolation, NotAllowed, NotFound.
    """
    require_writer(tx.actor)
    draft = tidy_deputy(draft)
    check_deputy(draft)
    row = Deputy() if deputy_id is None else _row(tx, deputy_id)
    _fill(row, draft)
    tx.session.add(row)
    tx.session.flush()
    return deputy_record(row)


def get_deputy(tx: Tx, deputy_id: UUID) -> DeputyRecord:
    """One deputy. Raises NotFound."""
    return deputy_record(_row(tx, deputy_id))


def reveal_phones(tx: Tx, deputy_id: UUID) -> tuple[str, str]:
    """Both whole phone numbers; that somebody looked is logged (domain.md §8)."""
    row = _row(tx, deputy_id)
    tx.note(Op.VIEW, "deputy", deputy_id, why="phone")
    return row.phone, row.other_phone


def list_deputies(
    tx: Tx, listing: Listing, *, at: Mark | None = None, backwards: bool = False
) -> Page[DeputyRecord]:
    """A page of deputies. Filters: ``retired`` (bool, default False), ``level`` (Level)."""
    order = DEPUTY_SORTS[listing.sort]
    return paging.page(
        tx,
        _listed(listing, Deputy).add_columns(order, Deputy.id),
        order=(order, Deputy.id.expression),
        descending=listing.descending,
        at=at,
        backwards=backwards,
        make=lambda found: deputy_record(found[0]),
    )


def count_deputies(tx: Tx, listing: Listing) -> int:
    """How many deputies ``listing`` has in all."""
    return paging.count(tx, _listed(listing, Deputy.id))


def has_deputies(tx: Tx) -> bool:
    """Whether any deputy was ever registered here; however many there are, it costs one look."""
    return tx.session.scalar(select(Deputy.id).limit(1)) is not None


def retire_deputy(tx: Tx, deputy_id: UUID, *, reason: str = "") -> DeputyRecord:
    """The deputy serves no longer; the records they are part of stay."""
    require_writer(tx.actor)
    row = _row(tx, deputy_id)
    row.retired_at = tx.now
    row.retired_reason = reason.strip()
    tx.session.flush()
    return deputy_record(row)


def restore_deputy(tx: Tx, deputy_id: UUID) -> DeputyRecord:
    """Take a retirement back."""
    require_writer(tx.actor)
    row = _row(tx, deputy_id)
    row.retired_at = None
    row.retired_reason = ""
    tx.session.flush()
    return deputy_record(row)


def set_photo(tx: Tx, deputy_id: UUID, jpeg: bytes | None) -> DeputyRecord:
    """Give the deputy a picture (a small JPEG free of location data), or take it away."""
    require_writer(tx.actor)
    row = _row(tx, deputy_id)
    if jpeg is None:
        row.photo_id = None
    else:
        photo = Photo(sha256=hashlib.sha256(jpeg).hexdigest(), body=jpeg)
        tx.session.add(photo)
        tx.session.flush()
        row.photo_id = photo.id
    tx.session.flush()
    return deputy_record(row)


def get_photo(tx: Tx, photo_id: UUID) -> bytes:
    """A picture as JPEG bytes. Raises NotFound."""
    photo = tx.session.get(Photo, photo_id)
    if photo is None:
        raise NotFound(tr("This picture is no longer there."))
    return photo.body


def import_deputies(tx: Tx, drafts: Sequence[DeputyDraft]) -> RosterImport:
    """Add those who are new, complete those who are known, leave the rest alone.

    A roster knows nothing of what was typed here, so an empty cell never empties a field.
    Running it twice changes nothing the second time. Raises RuleViolation, NotAllowed.
    """
    require_writer(tx.actor)
    drafts = [tidy_deputy(draft) for draft in drafts]
    known = list(tx.session.scalars(select(Deputy)))
    added: list[str] = []
    changed: list[str] = []
    unchanged = 0
    matches = match_people(drafts, [deputy_record(row) for row in known])
    for draft, match in zip(drafts, matches, strict=True):
        check_deputy(draft)
        if match is None:
            new = Deputy()
            _fill(new, draft)
            tx.session.add(new)
            added.append(draft.name)
        elif _complete(known[match], draft):
            changed.append(draft.name)
        else:
            unchanged += 1
    tx.session.flush()
    return RosterImport(tuple(added), tuple(changed), unchanged)


def deputy_briefs(tx: Tx, deputy_ids: Sequence[UUID]) -> tuple[DeputyBrief, ...]:
    """Who ``deputy_ids`` are, in their order; unknown ones are left out."""
    if not deputy_ids:
        return ()
    query = select(Deputy.id, Deputy.name, Deputy.levels).where(Deputy.id.in_(deputy_ids))
    found = {
        row.id: DeputyBrief(row.id, row.name, tuple(Level(one) for one in row.levels))
        for row in tx.session.execute(query)
    }
    return tuple(found[ident] for ident in deputy_ids if ident in found)


def serving(tx: Tx) -> tuple[UUID, ...]:
    """All who serve, in the order of the register."""
    query = select(Deputy.id).where(Deputy.retired_at.is_(None))
    return tuple(tx.session.scalars(query.order_by(Deputy.sort_key, Deputy.id)))


def deputy_record(row: Deputy) -> DeputyRecord:
    """The frozen picture of one row."""
    return DeputyRecord(
        id=row.id,
        edition=row.edition,
        levels=tuple(Level(one) for one in row.levels),
        retired=row.retired_at is not None,
        **{name: getattr(row, name) for name in _PLAIN},
        photo_id=row.photo_id,
        retired_reason=row.retired_reason,
    )


_PLAIN = (
    "name",
    "gender",
    "ethnicity",
    "born_on",
    "position",
    "electoral_unit",
    "deputy_group",
    "professional_group",
    "phone",
    "other_phone",
    "profile",
    "note",
)


def _row(tx: Tx, deputy_id: UUID) -> Deputy:
    row = tx.session.get(Deputy, deputy_id)
    if row is None:
        raise NotFound(tr("This deputy is no longer there."))
    return row


def _fill(row: Deputy, draft: DeputyDraft) -> None:
    for name in _PLAIN:
        setattr(row, name, getattr(draft, name))
    row.levels = [level.value for level in draft.levels]
    row.sort_key = sort_key(draft.name)


def _complete(row: Deputy, draft: DeputyDraft) -> bool:
    changed = False
    for name in _PLAIN:
        value = getattr(draft, name)
        if value and value != getattr(row, name):
            setattr(row, name, value)
            changed = True
    levels = [level.value for level in draft.levels]
    if levels and levels != row.levels:
        row.levels = levels
        changed = True
    return changed


def _listed(listing: Listing, *columns: Any) -> Select[Any]:
    query = select(*columns)
    if listing.filters.get("retired"):
        query = query.where(Deputy.retired_at.is_not(None))
    else:
        query = query.where(Deputy.retired_at.is_(None))
    level = listing.filters.get("level")
    if level:
        held = func.json_each(Deputy.levels).table_valued("value")
        query = query.where(select(held.c.value).where(held.c.value == str(level)).exists())
    if listing.text.strip():
        query = query.where(Deputy.id.in_(search_index.matching(Found.DEPUTY, listing.text)))
    return query
