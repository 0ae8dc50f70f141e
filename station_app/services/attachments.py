"""Photos and documents of issues: encrypted in the file, by content, without traces."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import select

from db.models import Attachment, Photo
from station_app.domain.accounts import require_writer
from station_app.domain.papers import (
    LARGEST,
    AttachmentRecord,
    media_type_of,
    without_traces,
)
from station_app.errors import NotFound, RuleViolation
from station_app.i18n import tr
from station_app.services.issue_act import issue_row, required
from station_app.store import Tx


def attach(tx: Tx, issue_id: UUID, *, name: str, data: bytes) -> AttachmentRecord:
    """Add a photo (JPEG, PNG, WebP) or a PDF to an issue; it loses what tells its place.

    The same file twice at one issue is one attachment. Raises RuleViolation beside ``file``.
    """
    require_writer(tx.actor)
    issue_row(tx, issue_id)
    kind = media_type_of(data)
    if not kind:
        raise RuleViolation(
            {"file": tr("Only photos (JPEG, PNG, WebP) and PDF documents can be added.")}
        )
    if len(data) > LARGEST:
        raise RuleViolation({"file": tr("A file may have at most 20 MB.")})
    try:
        data = without_traces(data)
    except ValueError as error:
        raise RuleViolation({"file": tr("This photo is damaged.")}) from error
    photo = _photo(tx, data)
    query = select(Attachment).where(
        Attachment.issue_id == issue_id, Attachment.photo_id == photo.id
    )
    row = tx.session.scalar(query)
    if row is None:
        row = Attachment(issue_id=issue_id, photo_id=photo.id, media_type=kind, size=len(data))
        tx.session.add(row)
    row.name, row.removed_reason = name.strip()[:200], ""
    tx.session.flush()
    return _record(row, here=True)


def remove_attachment(tx: Tx, attachment_id: UUID, *, reason: str) -> AttachmentRecord:
    """Show a paper no longer; it stays on file, and what named it as evidence does too."""
    require_writer(tx.actor)
    row = _row(tx, attachment_id)
    row.removed_reason = required("reason", reason, tr("Write down why."))
    tx.session.flush()
    return _record(row, here=True)


def restore_attachment(tx: Tx, attachment_id: UUID) -> AttachmentRecord:
    """Show a paper again that was taken away."""
    require_writer(tx.actor)
    row = _row(tx, attachment_id)
    row.removed_reason = ""
    tx.session.flush()
    return _record(row, here=True)


def list_attachments(tx: Tx, issue_id: UUID) -> tuple[AttachmentRecord, ...]:
    """The papers of one issue, the oldest first, without those taken away."""
    query = (
        select(Attachment, Photo.body != b"")
        .join(Photo, Photo.id == Attachment.photo_id)
        .where(Attachment.issue_id == issue_id, Attachment.removed_reason == "")
        .order_by(Attachment.created_at, Attachment.id)
    )
    return tuple(_record(row, here=bool(here)) for row, here in tx.session.execute(query))


def attachment_data(tx: Tx, attachment_id: UUID) -> bytes:
    """The bytes of a paper; empty until they have come from the other PC. Raises NotFound."""
    return tx.session.get_one(Photo, _row(tx, attachment_id).photo_id).body


def _photo(tx: Tx, data: bytes) -> Photo:
    name = hashlib.sha256(data).hexdigest()
    known = tx.session.scalar(select(Photo).where(Photo.sha256 == name))
    if known is not None:
        return known
    made = Photo(sha256=name, body=data)
    tx.session.add(made)
    tx.session.flush()
    return made


def _row(tx: Tx, attachment_id: UUID) -> Attachment:
    row = tx.session.get(Attachment, attachment_id)
    if row is None:
        raise NotFound(tr("This paper is no longer there."))
    return row


def _record(row: Attachment, *, here: bool) -> AttachmentRecord:
    return AttachmentRecord(
        id=row.id,
        issue_id=row.issue_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        added_at=row.created_at,
        removed_reason=row.removed_reason,
        here=here,
    )
