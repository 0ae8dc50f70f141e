"""Several issues chosen for one act on all of them: found by any fragment, listed, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.issue_words import status_word
from station_app.domain.lists import Listing
from station_app.domain.transitions import allows
from station_app.i18n import tr
from station_app.services import issue_records
from station_app.services.issue_act import issue_row
from station_app.ui.issues.links import LinkButton
from station_app.ui.theme import lay
from station_app.ui.widgets import IconButton, PopupList, Suggestion, label, row

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: Most issues offered at once.
OFFERED = 10


@dataclass(frozen=True, slots=True)
class Chosen:
    """One issue chosen, as much of it as a form shows and keeps."""

    id: str
    number: str
    title: str


def chosen(tx: Tx, issue_ids: Iterable[UUID], event: IssueEventKind) -> list[Chosen]:
    """Those of ``issue_ids`` on which ``event`` is possible."""
    rows = [issue_row(tx, one) for one in dict.fromkeys(issue_ids)]
    return [Chosen(one.id.hex, one.number, one.title) for one in rows if allows(one.status, event)]


class IssueSearch(QLineEdit):
    """Finds issues on which ``event`` is possible; ``picked`` carries the Chosen."""

    picked = Signal(object)

    def __init__(self, jobs: Jobs, event: IssueEventKind) -> None:
        super().__init__()
        self._jobs, self._event = jobs, event
        self.without: frozenset[str] = frozenset()
        self.setPlaceholderText(tr("Add an issue: words of it, a name, a place or a number"))
        self.setAccessibleName(self.placeholderText())
        self.popup: PopupList | None = None
        self.textEdited.connect(lambda _text: self._ask())

    def _ask(self) -> None:
        text, event, without = self.text().strip(), self._event, self.without
        if not text:
            self._offer(())
            return
        self._jobs.latest(
            "issues",
            lambda tx: _offers(tx, text, event, without),
            self._offer,
            owner=self,
            delay_ms=80,
        )

    def _offer(self, rows: Sequence[Suggestion]) -> None:
        if self.popup is None:
            self.popup = PopupList(self, name=tr("Issues"), width=420)
            self.popup.chosen.connect(self._take)
        self.popup.show_rows(rows if self.hasFocus() else ())

    def _take(self, one: Chosen) -> None:
        self.clear()
        self.picked.emit(one)


class IssuesInput(QWidget):
    """The issues chosen, one a line, and the search that adds more; ``opened`` carries an id."""

    changed = Signal()
    opened = Signal(object)

    def __init__(self, jobs: Jobs, event: IssueEventKind) -> None:
        super().__init__()
        self._chosen: dict[str, Chosen] = {}
        self._lines = lay(QVBoxLayout(), spacing=2)
        self.search = IssueSearch(jobs, event)
        self.search.picked.connect(self.add)
        whole = lay(QVBoxLayout(self), spacing=6)
        whole.addLayout(self._lines)
        whole.addWidget(self.search)
        self.setFocusProxy(self.search)

    @property
    def taken(self) -> tuple[Chosen, ...]:
        """The issues chosen, in the order they were chosen."""
        return tuple(self._chosen.values())

    @property
    def ids(self) -> tuple[UUID, ...]:
        """Their ids."""
        return tuple(UUID(one) for one in self._chosen)

    def fix(self, fixed: bool) -> None:
        """Let nothing be added or taken out any more."""
        self.search.setVisible(not fixed)
        for button in self.findChildren(IconButton):
            button.setVisible(not fixed)

    def put(self, kept: Iterable[dict[str, Any]]) -> None:
        """Show what ``collect`` said."""
        self._chosen = {one["id"]: Chosen(**one) for one in kept}
        self._draw()

    def collect(self) -> list[dict[str, Any]]:
        """The issues chosen, to be kept."""
        return [asdict(one) for one in self.taken]

    def add(self, one: Chosen) -> None:
        """Choose one more."""
        self._chosen.setdefault(one.id, one)
        self._draw()
        self.changed.emit()

    def _drop(self, one: Chosen) -> None:
        self._chosen.pop(one.id, None)
        self._draw()
        self.search.setFocus()
        self.changed.emit()

    def _draw(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in self.taken:
            line = self._line(one)
            self._lines.addWidget(line)
            line.show()  # at once: a layout would do so only after the next event
        self.search.without = frozenset(self._chosen)

    def _line(self, one: Chosen) -> QWidget:
        made = QWidget()
        link = LinkButton(one.title, "message-report")
        link.setAccessibleName(tr("Open issue {title}", title=one.title))
        link.clicked.connect(lambda: self.opened.emit(UUID(one.id)))
        name = tr("Take out {title}", title=one.title)
        out = IconButton("x", name, size=16, role="secondary", act=lambda: self._drop(one))
        line = row(spacing=6)
        line.addWidget(link, 1)
        line.addWidget(label(one.number, "secondary"))
        line.addWidget(out)
        made.setLayout(line)
        return made


def _offers(tx: Tx, text: str, event: IssueEventKind, without: frozenset[str]) -> list[Suggestion]:
    found = issue_records.list_issues(tx, Listing("registered_at", True, text)).rows
    fit = [one for one in found if one.id.hex not in without and allows(one.status, event)]
    return [
        Suggestion(
            one.title,
            detail=f"{one.number} · {status_word(one.status)} · {one.resident}",
            value=Chosen(one.id.hex, one.number, one.title),
        )
        for one in fit[:OFFERED]
    ]
