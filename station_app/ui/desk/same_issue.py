"""Perhaps the same matter: the visitor's own earlier issues, and others like it; Alt+J joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import IssueStatus
from station_app.domain.issue_views import SimilarIssue
from station_app.domain.issue_words import status_word
from station_app.domain.issues import EarlierIssue
from station_app.domain.transitions import CLOSED
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import MessageBar, ShortcutButton


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier issue that the typed one may join; ``why`` it may be the same, if that is told."""

    id: UUID
    number: str
    title: str
    status: IssueStatus
    joined_count: int
    why: str = ""


class SameIssue(QWidget):
    """Offers to join what is typed to an earlier issue; ``joined`` is the id joined to, or None."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._own: tuple[Offer, ...] = ()
        self._like: tuple[Offer, ...] = ()
        self._at = 0
        self._joined: dict[str, str] | None = None
        self.bar = MessageBar("amber", icon="copy-check")
        self.next = ShortcutButton(tr("Another one"), "Alt+K", kind="quiet", act=self._next)
        self.join = ShortcutButton(tr("Join"), "Alt+J", act=self._flip)
        self.bar.add_button(self.next)
        self.bar.add_button(self.join)
        lay(QVBoxLayout(self)).addWidget(self.bar)
        self._show()

    @property
    def joined(self) -> UUID | None:
        """The earlier issue that the typed one joins."""
        return None if self._joined is None else UUID(self._joined["id"])

    def offer(self, earlier: Sequence[EarlierIssue]) -> None:
        """These are the visitor's earlier issues; only open ones can be joined."""
        own = (Offer(o.id, o.number, o.title, o.status, o.joined_count) for o in earlier)
        self._own = tuple(one for one in own if one.status not in CLOSED)
        self._at = 0
        joined = self._joined or {}
        # What was joined for its words stays joined, whoever has raised it.
        known = joined.get("like") or joined.get("id") in {one.id.hex for one in self._own}
        if joined and not known:
            self._joined = None
            self.changed.emit()
        self._show()

    def offer_similar(self, found: Sequence[SimilarIssue]) -> None:
        """These are likely about the same matter as the text."""
        like = tuple(
            Offer(one.id, one.number, one.title, one.status, one.joined_count, _why(one))
            for one in found
            if one.open
        )
        if like != self._like:
            self._like, self._at = like, 0
            self._show()

    @property
    def _offers(self) -> tuple[Offer, ...]:
        """The visitor's own first; each once."""
        own = {one.id for one in self._own}
        return (*self._own, *(one for one in self._like if one.id not in own))

    def state(self) -> dict[str, str] | None:
        """What was joined, for the kept draft."""
        return self._joined

    def restore(self, joined: dict[str, Any] | None) -> None:
        """Show a state again."""
        self._joined = joined
        self._show()

    def _flip(self) -> None:
        if self._joined is not None:
            self._joined = None
        elif self._offers:
            one = self._offers[self._at]
            self._joined = {"id": one.id.hex, "number": one.number, "title": one.title}
            if one.why:
                self._joined["like"] = "yes"
        self._show()
        self.changed.emit()

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._offers)
        self._show()

    def _show(self) -> None:
        self.next.setVisible(self._joined is None and len(self._offers) > 1)
        if self._joined is not None:
            number = self._joined["number"]
            self.bar.set(tr("Joins {number}", number=number), self._joined["title"])
            self.join.setText(tr("Do not join"))
        elif self._offers:
            one = self._offers[self._at]
            self.bar.set(tr("Perhaps the same issue: {number}", number=one.number), _said(one))
            self.join.setText(tr("Join"))
        self.setVisible(self._joined is not None or bool(self._offers))


def _said(one: Offer) -> str:
    parts = [one.title, status_word(one.status)]
    if one.joined_count:
        parts.append(tr("{n} joined already", n=one.joined_count))
    return " · ".join(filter(None, (*parts, one.why)))


def _why(one: SimilarIssue) -> str:
    if one.same_place:
        return tr("like|{resident}, at the same place", resident=one.resident)
    return tr("like|raised by {resident}", resident=one.resident)
