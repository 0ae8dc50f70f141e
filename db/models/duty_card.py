"""Duty cards on paper: the register of what was issued, and the keys that cards are signed with."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Synced
from db.vocabulary import CardKind, CardState


class DutyCard(Synced, Base):
    """One card that was issued: the register of the station (docs/duty-card.md).

    ``deputy_id`` is empty for a day card of the desk. ``signed`` is the payload that its QR
    carries, so that every PC of the station can print it again; ``key_id`` says which key signed.
    ``replaced_by`` is the card that was issued in its place.
    """

    __tablename__ = "duty_card"
    kind = "duty_card"
    __table_args__ = (Index(None, "state", "valid_to"), Index(None, "number"))

    number: Mapped[str]
    card_kind: Mapped[CardKind]
    deputy_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("deputy.id"), default=None, index=True
    )
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    station_id: Mapped[UUID]
    key_id: Mapped[str]
    signed: Mapped[str]
    state: Mapped[CardState] = mapped_column(default=CardState.ISSUED)
    void_reason: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[datetime | None] = mapped_column(default=None)
    replaced_by: Mapped[UUID | None] = mapped_column(default=None)


class CardKey(Synced, Base):
    """The public half (hex) of a key that one PC of this station signs cards with.

    ``station_id`` is the station that the cards name as theirs.
    """

    __tablename__ = "card_key"
    kind = "card_key"
    __table_args__ = (Index(None, "key_id"),)

    key_id: Mapped[str]
    public_key: Mapped[str]
    station_id: Mapped[UUID]


class CardIssuer(Synced, Base):
    """A key of a station that the centre certifies; published by the centre to all below it.

    ``certificate`` (hex) is the centre's signature; ``revoked_at``: cards of this key are refused.
    """

    __tablename__ = "card_issuer"
    kind = "card_issuer"
    __table_args__ = (Index(None, "key_id"),)

    key_id: Mapped[str]
    public_key: Mapped[str]
    station_id: Mapped[UUID]
    station_name: Mapped[str] = mapped_column(default="")
    certificate: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class CardNotice(Synced, Base):
    """A card of some station that is void, told by the centre to all below it."""

    __tablename__ = "card_notice"
    kind = "card_notice"
    __table_args__ = (Index(None, "card_id"),)

    card_id: Mapped[UUID]
    station_id: Mapped[UUID]
    state: Mapped[CardState] = mapped_column(default=CardState.VOID)
    voided_at: Mapped[datetime | None] = mapped_column(default=None)


class OwnCardKey(Base):
    """The private half of this PC's own key; it never leaves the encrypted file."""

    __tablename__ = "own_card_key"

    key_id: Mapped[str] = mapped_column(primary_key=True)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class ScannedPaper(Synced, Base):
    """A signed paper that was scanned back, of a visit, a day or another record than an issue.

    Its bytes are a Photo of the same SHA-256. ``paper_edition`` is the edition that was printed
    (0: unknown). ``removed_reason`` says why it is no longer shown.
    """

    __tablename__ = "scanned_paper"
    kind = "scanned_paper"
    __table_args__ = (Index(None, "record_id"),)

    record_kind: Mapped[str]
    record_id: Mapped[UUID]
    paper_edition: Mapped[int] = mapped_column(default=0)
    photo_id: Mapped[UUID] = mapped_column(ForeignKey("photo.id"))
    name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="application/pdf")
    size: Mapped[int] = mapped_column(default=0)
    removed_reason: Mapped[str] = mapped_column(default="")
