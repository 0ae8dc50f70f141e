"""Finds the issue that another one belongs to, by any fragment or its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from station_app.domain.issue_words import status_word
from station_app.domain.lists import Listing
from station_app.domain.transitions import CLOSED
from station_app.i18n import tr
from station_app.services import issue_records
from station_app.ui.issues.words import IssueView
from station_app.ui.widgets import PopupList, Suggestion

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: Most issues offered to join at once.
OFFERED = 8


class JoinInput(QLineEdit):
    """Finds an issue by any fragment or its number; ``into`` is the id of the one taken, in hex.

    While nothing is typed it offers what the same resident raised before.
    """

    taken = Signal()

    def __init__(self, jobs: Jobs, view: IssueView) -> None:
        super().__init__()
        self._jobs, self._view = jobs, view
        self.into = ""
        self.setPlaceholderText(tr("Words of the issue, a name, or a number"))
        self.popup: PopupList | None = None
        self.textEdited.connect(self._typed)

    def put(self, kept: str) -> None:
        """Fill in what ``kept_text`` said."""
        self.into, _, text = kept.partition(" ")
        self.setText(text)

    def kept_text(self) -> str:
        """The id taken, if any, and the words shown."""
        return f"{self.into} {self.text()}".rstrip() if self.into else f" {self.text()}".rstrip()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.into and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._ask()

    def _typed(self, _text: str) -> None:
        self.into = ""
        self.taken.emit()
        self._ask()

    def _ask(self) -> None:
        text, view = self.text().strip(), self._view
        self._jobs.latest(
            "join", lambda tx: _offers(tx, view, text), self._offer, owner=self, delay_ms=80
        )

    def _offer(self, rows: Sequence[Suggestion]) -> None:
        if self.popup is None:
            self.popup = PopupList(self, name=tr("Issues to join"), width=420)
            self.popup.chosen.connect(self._take)
        self.popup.show_rows(rows if self.hasFocus() else ())

    def _take(self, chosen: tuple[str, str]) -> None:
        self.into, words = chosen
        self.setText(words)
        self.taken.emit()


def _offers(tx: Tx, view: IssueView, text: str) -> list[Suggestion]:
    own = view.record
    if not text:
        same = tr("The same resident")
        earlier = issue_records.earlier_issues(tx, own.resident_id, OFFERED)
        return [
            _offer(one.id, one.title, one.number, status_word(one.status), same)
            for one in earlier
            if one.id != own.id
        ]
    found = issue_records.list_issues(tx, Listing("registered_at", True, text)).rows
    fit = [one for one in found if one.id != own.id and one.status not in CLOSED]
    return [
        _offer(one.id, one.title, one.number, f"{status_word(one.status)} · {one.resident}")
        for one in fit[:OFFERED]
    ]


def _offer(ident: UUID, title: str, number: str, detail: str, section: str = "") -> Suggestion:
    value = (ident.hex, f"{title}（{number}）")
    return Suggestion(title, detail=f"{number} · {detail}", value=value, section=section)
