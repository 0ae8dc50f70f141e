"""Perhaps the same matter: earlier issues of a returning visitor, joined by a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocabulary import IssueStatus
from station_app.domain.issue_words import status_word
from station_app.domain.issues import EarlierIssue
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import MessageBar, ShortcutButton

#: A settled or declined matter that comes up again is a new issue.
OPEN = (
    IssueStatus.REGISTERED,
    IssueStatus.ANSWERED,
    IssueStatus.ASSIGNED,
    IssueStatus.TAKEN_UP,
    IssueStatus.REPLIED,
)


class SameIssue(QWidget):
    """Offers to join what is typed to an earlier issue; ``joined`` is the id joined to, or None."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[EarlierIssue, ...] = ()
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
        self._offers = tuple(one for one in earlier if one.status in OPEN)
        self._at = 0
        known = {one.id.hex for one in self._offers}
        if self._joined is not None and self._joined["id"] not in known:
            self._joined = None
            self.changed.emit()
        self._show()

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


def _said(one: EarlierIssue) -> str:
    parts = [one.title, status_word(one.status)]
    if one.joined_count:
        parts.append(tr("{n} joined already", n=one.joined_count))
    return " · ".join(parts)
