"""Signed papers back into the record: filed, shown, taken away again; nothing is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from db.models import (
    Deputy,
    DeputySuggestion,
    Issue,
    Meeting,
    Photo,
    ReceptionDay,
    Resident,
    ScannedPaper,
    Visit,
)
from station_app.domain.accounts import require_writer
from station_app.domain.papers import LARGEST, PDF, media_type_of, without_traces
from station_app.domain.scanned_papers import PaperDraft, PaperRecord
from station_app.errors import NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.attachments import attach, remove_attachment
from station_app.store import Tx

_MODELS: dict[str, type[Any]] = {
    "issue": Issue,
    "visit": Visit,
    "day": ReceptionDay,
    "meeting": Meeting,
    "deputy_suggestion": DeputySuggestion,
    "deputy": Deputy,
    "resident": Resident,
}


def file_papers(tx: Tx, drafts: Sequence[PaperDraft]) -> tuple[PaperRecord, ...]:
    """File papers with their records, all or none; the same paper twice is one.

    Raises NotFound, RuleViolation beside ``file``.
    """
    require_writer(tx.actor)
    return tuple(_file(tx, one) for one in drafts)


def papers_of(tx: Tx, kind: str, record_id: UUID) -> tuple[PaperRecord, ...]:
    """The scanned papers of a record that is no issue, the oldest first."""
    query = select(ScannedPaper).where(
        ScannedPaper.record_kind == kind,
        ScannedPaper.record_id == record_id,
        ScannedPaper.removed_reason == "",
    )
    rows = tx.session.scalars(query.order_by(ScannedPaper.created_at, ScannedPaper.id))
    return tuple(_record(row) for row in rows)


def papers_data(tx: Tx, kind: str, record_id: UUID) -> tuple[bytes, ...]:
    """The PDFs of those papers whose bytes have arrived on this PC."""
    ids = [one.id for one in papers_of(tx, kind, record_id)]
    query = (
        select(Photo.body)
        .join(ScannedPaper, ScannedPaper.photo_id == Photo.id)
        .where(ScannedPaper.id.in_(ids), Photo.body != b"")
        .order_by(ScannedPaper.created_at, ScannedPaper.id)
    )
    return tuple(tx.session.scalars(query))


def take_papers_away(tx: Tx, papers: Sequence[PaperRecord], *, reason: str) -> None:
    """Show papers no longer; they stay on file."""
    require_writer(tx.actor)
    for one in papers:
        if one.attachment:
            remove_attachment(tx, one.id, reason=reason)
            continue
        row = tx.session.get(ScannedPaper, one.id)
        if row is None:
            raise NotFound(tr("This paper is no longer there."))
        row.removed_reason = reason
    tx.session.flush()


def _file(tx: Tx, draft: PaperDraft) -> PaperRecord:
    if tx.session.get(_MODELS[draft.kind], draft.record_id) is None:
        raise NotFound(tr("The record of this paper is not here."))
    if draft.kind == "issue":
        made = attach(tx, draft.record_id, name=draft.name, data=draft.data)
        return PaperRecord(
            made.id, "issue", draft.record_id, draft.edition, made.name, made.added_at, True
        )
    if media_type_of(draft.data) != PDF:
        raise RuleViolation({"file": tr("Only PDF documents can be filed here.")})
    if len(draft.data) > LARGEST:
        raise RuleViolation({"file": tr("A file may have at most 20 MB.")})
    photo = _photo(tx, without_traces(draft.data))
    row = tx.session.scalar(
        select(ScannedPaper).where(
            ScannedPaper.record_id == draft.record_id, ScannedPaper.photo_id == photo.id
        )
    )
    if row is None:
        row = ScannedPaper(
            record_kind=draft.kind,
            record_id=draft.record_id,
            photo_id=photo.id,
            size=len(draft.data),
        )
        tx.session.add(row)
    row.name, row.paper_edition, row.removed_reason = draft.name.strip()[:200], draft.edition, ""
    tx.session.flush()
    return _record(row)


def _photo(tx: Tx, data: bytes) -> Photo:
    name = hashlib.sha256(data).hexdigest()
    known = tx.session.scalar(select(Photo).where(Photo.sha256 == name))
    if known is not None:
        return known
    made = Photo(sha256=name, body=data)
    tx.session.add(made)
    tx.session.flush()
    return made


def _record(row: ScannedPaper) -> PaperRecord:
    return PaperRecord(
        row.id, row.record_kind, row.record_id, row.paper_edition, row.name, row.created_at
    )
