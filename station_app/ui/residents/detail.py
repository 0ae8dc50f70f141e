"""One resident beside the list: facts, masked phone, visits and issues with links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station_app.domain.issue_words import status_word
from station_app.domain.issues import IssueRow
from station_app.domain.phones import mask_phone
from station_app.domain.residents import ResidentRecord
from station_app.domain.visits import VisitRow
from station_app.domain.words import gender_word
from station_app.i18n import tr
from station_app.ui.issues.links import FactLine, LinkButton, scroll
from station_app.ui.issues.words import STATUS_TONES
from station_app.ui.residents.table import day_of
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Avatar,
    Card,
    ElidedLabel,
    IconButton,
    Pill,
    ShortcutButton,
    column,
    label,
    row,
)

#: More than these stay folded.
SHOWN = 8


@dataclass(frozen=True, slots=True)
class ResidentView:
    """All that the detail shows of one resident."""

    record: ResidentRecord
    visits: tuple[VisitRow, ...]
    issues: tuple[IssueRow, ...]
    issue_count: int


class ResidentDetail(QWidget):
    """Shows one resident. ``writable`` is False for viewers: no edit, no whole numbers."""

    edit_requested = Signal()
    reveal_requested = Signal()
    open_requested = Signal(str, object)

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._view: ResidentView | None = None
        self._phone = ""
        self._unfolded: set[str] = set()
        self._name = label("", "title", wrap=True, selectable=True)
        self.figures = FactLine()
        self._avatar = Avatar("", size=48)
        self.edit = ShortcutButton(
            tr("resident|Edit"), "Alt+E", icon="edit", act=self.edit_requested.emit
        )
        self._facts = lay(QGridLayout(), spacing=8)
        self._facts.setColumnStretch(1, 1)
        self._lists = lay(QVBoxLayout(), spacing=12)
        self._build()
        self.edit.setVisible(writable)

    def show_view(self, view: ResidentView) -> None:
        """Show ``view``; a whole number is masked again when the resident changes."""
        other = self._view is None or self._view.record.id != view.record.id
        if other:
            self._phone, self._unfolded = "", set()
            self._scroll.verticalScrollBar().setValue(0)
        elif self._view is not None and self._view.record.phone != view.record.phone:
            self._phone = ""
        self._view = view
        one = view.record
        self._name.setText(one.name)
        self._avatar.set(one.name)
        self.figures.set(_figures(view))
        self._show_facts(one)
        self._show_lists(view)

    def show_phone(self, phone: str) -> None:
        """Show the number whole."""
        self._phone = phone
        if self._view is not None:
            self._show_facts(self._view.record)

    @property
    def phone(self) -> str:
        """The number as it is shown now."""
        if self._view is None:
            return ""
        return self._phone or mask_phone(self._view.record.phone)

    def _build(self) -> None:
        head = row(spacing=14)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column(self._name, self.figures, spacing=2), 1)
        title = row(label(tr("resident|Facts"), "section"), None, self.edit)
        inner = QWidget()
        body = lay(QVBoxLayout(inner), margins=(20, 18, 20, 18), spacing=16)
        body.addLayout(head)
        body.addLayout(lay(column(title, self._facts), spacing=8))
        body.addLayout(self._lists)
        body.addStretch(1)
        self._scroll = scroll(inner, gutter=20)
        card = Card(margin=1)
        card.content.addWidget(self._scroll)
        lay(QVBoxLayout(self)).addWidget(card)

    def _show_facts(self, one: ResidentRecord) -> None:
        _clear(self._facts)
        hidden = bool(one.phone) and not self._phone and self._writable
        self._add_fact(tr("resident|Phone"), self.phone, self._eye() if hidden else None)
        for title, text in (
            (tr("resident|Gender"), gender_word(one.gender)),
            (tr("resident|Community"), one.community),
            (tr("resident|Address"), one.address),
            (tr("resident|Note"), one.note),
        ):
            self._add_fact(title, text)

    def _eye(self) -> IconButton:
        return IconButton(
            "eye",
            tr("Show the whole number (this is logged)"),
            keys="Alt+V",
            size=18,
            role="secondary",
            act=self.reveal_requested.emit,
        )

    def _add_fact(self, title: str, text: str, act: QWidget | None = None) -> None:
        """A line of the facts, ``act`` beside it; nothing where there is no ``text``."""
        if not text:
            return
        at = self._facts.rowCount()
        value = label(text, wrap=act is None, selectable=True)
        value.setAccessibleName(f"{title} {text}")
        name = label(title, "quiet")
        fit(name, lambda one: one.setMinimumWidth(px(64)))
        side = Qt.AlignmentFlag.AlignTop if act is None else Qt.AlignmentFlag.AlignVCenter
        self._facts.addWidget(name, at, 0, side)
        if act is None:
            self._facts.addWidget(value, at, 1)
            return
        line = QWidget()
        line.setLayout(row(value, act, None, spacing=6))
        self._facts.addWidget(line, at, 1)

    def _show_lists(self, view: ResidentView) -> None:
        _clear(self._lists)
        issues = [self._issue(one) for one in self._folded("issues", view.issues)]
        visits = [self._visit(one) for one in self._folded("visits", view.visits)]
        self._add_list(tr("resident|Issues raised"), "issues", issues, len(view.issues))
        self._add_list(tr("resident|Visits"), "visits", visits, len(view.visits))

    def _folded(self, name: str, rows: Sequence[object]) -> Sequence[object]:
        return rows if name in self._unfolded else rows[:SHOWN]

    def _add_list(self, title: str, name: str, rows: list[QWidget], total: int) -> None:
        if not rows:
            return
        box = QWidget()
        box.setAccessibleName(title)
        lines = lay(QVBoxLayout(box), spacing=6)
        lines.addWidget(label(title, "section"))
        for one in rows:
            lines.addWidget(one)
        if total > len(rows):
            more = ShortcutButton(
                tr("{n} more", n=total - len(rows)), kind="quiet", icon="chevron-down"
            )
            more.clicked.connect(lambda: self._unfold(name))
            lines.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._lists.addWidget(box)
        box.show()

    def _unfold(self, name: str) -> None:
        self._unfolded.add(name)
        if self._view is not None:
            self._show_lists(self._view)

    def _issue(self, one: object) -> QWidget:
        assert isinstance(one, IssueRow)
        under = f"{day_of(one.registered_at)} · {one.number}"
        pill = Pill(status_word(one.status), STATUS_TONES[one.status])
        return self._row("issue", one.id, one.title, "message-report", under, pill)

    def _visit(self, one: object) -> QWidget:
        assert isinstance(one, VisitRow)
        people = tr("{n} people", n=one.party_size)
        title = f"{day_of(one.arrived_at)} · {people}"
        pill = Pill(tr("visit|Void"), "neutral") if one.voided else None
        under = " · ".join(filter(None, (one.title, one.number)))
        return self._row("visit", one.id, title, "armchair", under, pill)

    def _row(
        self, kind: str, ident: UUID, title: str, picture: str, under: str, pill: Pill | None
    ) -> QWidget:
        box = QWidget()
        link = LinkButton(title, picture)
        link.setAccessibleDescription(under)
        link.clicked.connect(lambda: self.open_requested.emit(kind, ident))
        line = row(spacing=8)
        line.addWidget(link, 1)
        if pill is not None:
            line.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        below = lay(QVBoxLayout(), margins=(22, 0, 0, 4))
        below.addWidget(ElidedLabel(under, "secondary"))
        whole = lay(QVBoxLayout(box), spacing=0)
        whole.addLayout(line)
        whole.addLayout(below)
        return box


def _figures(view: ResidentView) -> list[str]:
    one = view.record
    if not one.visit_count:
        return [tr("Not received yet")]
    return [
        tr("came {n} times", n=one.visit_count),
        tr("last {date}", date=day_of(one.last_visit_at)),
        tr("raised {n} issues", n=view.issue_count),
    ]


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
