"""One visit whole: who came, what was raised, what became of it; print, void, restore."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from db.vocabulary import Role
from station_app.domain.phones import mask_phone
from station_app.domain.visits import VisitRecord
from station_app.domain.words import channel_word
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import residents, visits
from station_app.ui.papers.button import PapersButton
from station_app.ui.theme import lay, px
from station_app.ui.visits import prints
from station_app.ui.visits.issue_card import IssueCard
from station_app.ui.widgets import (
    Card,
    Field,
    IconButton,
    MessageBar,
    Pill,
    Scroller,
    ShortcutButton,
    column,
    label,
    row,
)

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

#: Of the card's margin, so much (dp) is the scroll bar's.
GUTTER = 12


class VisitDetail(Card):
    """Beside a list of visits. ``closed`` when the operator is done looking."""

    closed = Signal()
    said = Signal(str, object)
    failed = Signal(object)
    issue_wanted = Signal(object)
    print_wanted = Signal(str, object)

    def __init__(self, jobs: Jobs, actor: Actor) -> None:
        super().__init__(margin=20, spacing=12)
        self._jobs = jobs
        self._may_write = actor.role is not Role.VIEWER
        self.visit: VisitRecord | None = None
        self._zone: tzinfo | None = None
        self._fixed = False
        self._title, self._number = label("", "section"), label("", "quiet", selectable=True)
        self._state = Pill("")
        self._voided = MessageBar("neutral", icon="ban")
        self.reason = QLineEdit()
        self._reason_field = Field(tr("Why it is void"), self.reason, required=True)
        self._area = Scroller(gutter=GUTTER)
        self._lay_out()
        self._blank()

    def show_visit(self, visit_id: UUID, *, fixed: bool = False) -> None:
        """Read and show one visit; ``fixed``: its day is locked, nothing can be voided."""
        if self.visit is None or self.visit.id != visit_id:
            self._blank()
        self._fixed = fixed

        def act(tx: Tx) -> tuple[VisitRecord, tzinfo]:
            return visits.get_visit(tx, visit_id), tx.zone

        self._jobs.latest("visit", act, self._show, owner=self, failed=self.failed.emit)

    def _blank(self) -> None:
        """Show nothing of the visit before, while the next one is read."""
        self.visit = None
        self._title.setText("")
        self._number.setText("")
        self._voided.set("")
        for part in (self._asking, self._void, self._restore, *self._prints):
            part.hide()
        self._area.setWidget(QWidget())

    def print_receipt(self) -> None:
        """Show the receipt in the preview."""
        self._print(prints.receipt_of)

    def _print(self, what: Callable[[Tx, UUID], prints.Print]) -> None:
        if self.visit is not None:
            visit_id = self.visit.id
            self._jobs.write(
                lambda tx: what(tx, visit_id),
                lambda made: self.print_wanted.emit(*made),
                owner=self,
                failed=self.failed.emit,
            )

    def _show(self, found: tuple[VisitRecord, tzinfo]) -> None:
        visit, self._zone = found
        self.visit = visit
        title = tr("Visit {n}", n=f"{visit.sequence:03d}") if visit.sequence else tr("Visit")
        self._title.setText(title)
        self._number.setText(visit.number)
        self._voided.set(tr("This visit is void") if visit.voided else "", visit.void_reason)
        self._restore.setVisible(visit.voided and self._may_write and not self._fixed)
        self._void.setVisible(not visit.voided and self._may_write and not self._fixed)
        for button in self._prints:
            button.setVisible(self._may_write)
        self._area.setWidget(self._inside(visit))

    def _inside(self, visit: VisitRecord) -> QWidget:
        inside = QWidget()
        inside.setProperty("ground", "none")
        whole = lay(QVBoxLayout(inside), margins=(0, 0, GUTTER, 0), spacing=12)
        grid = lay(QGridLayout(), spacing=8)
        grid.setColumnMinimumWidth(0, px(72))
        grid.setColumnStretch(1, 1)
        for line, (name, text) in enumerate(self._facts(visit)):
            phone = name == tr("Phone")
            side = Qt.AlignmentFlag.AlignVCenter if phone else Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(name, "quiet"), line, 0, side)
            if phone:
                grid.addLayout(self._phone(visit), line, 1)
            else:
                grid.addWidget(label(text, wrap=True, selectable=True), line, 1)
        whole.addLayout(grid)
        for issue in visit.issues:
            card = IssueCard(issue, self._zone)
            card.opened.connect(self.issue_wanted)
            whole.addWidget(card)
        papers = PapersButton(self._jobs, "visit", self.print_wanted.emit)
        whole.addLayout(row(papers, None))
        whole.addStretch(1)
        papers.look(visit.id)
        return inside

    def _facts(self, visit: VisitRecord) -> list[tuple[str, str]]:
        arrived = visit.arrived_at.astimezone(self._zone)
        home = " ".join(part for part in (visit.resident.community, visit.resident.address) if part)
        found = [
            (tr("Visitor"), visit.resident.name),
            (tr("Phone"), visit.resident.phone),
            (tr("Companions"), tr("names|, ").join(one.name for one in visit.companions)),
            (tr("Home address"), home),
            (tr("People"), tr("{n} people", n=visit.party_size)),
            (tr("Came by"), channel_word(visit.channel)),
            (tr("Arrived"), f"{arrived:%Y-%m-%d} {arrived.hour}:{arrived.minute:02d}"),
            (tr("Received by"), tr("names|, ").join(one.name for one in visit.deputies)),
            (tr("Recorded by"), visit.recorder),
            (tr("Note"), visit.note),
        ]
        return [one for one in found if one[1]]

    def _phone(self, visit: VisitRecord) -> QHBoxLayout:
        number = label(mask_phone(visit.resident.phone), selectable=True)
        if self._may_write:
            return row(number, self._eye(number, visit), None, spacing=6)
        return row(number, None)

    def _eye(self, number: QLabel, visit: VisitRecord) -> IconButton:
        eye = IconButton("eye", tr("Show the whole number (logged)"), size=18, role="secondary")

        def show(phone: str) -> None:
            number.setText(phone)
            eye.hide()

        reveal = partial(residents.reveal_phone, resident_id=visit.resident.id)
        eye.clicked.connect(lambda: self._jobs.write(reveal, show, owner=eye))
        return eye

    def _ask_void(self) -> None:
        self._asking.show()
        self.reason.clear()
        self._reason_field.set_error("")
        self.reason.setFocus()

    def _void_now(self) -> None:
        visit, reason = self.visit, self.reason.text()
        if visit is None:
            return
        if not reason.strip():
            self._reason_field.set_error(tr("Write down why this is voided."))
            self.reason.setFocus()
            return

        def then(record: VisitRecord) -> None:
            self._asking.hide()
            undo = partial(self._restore_now, record.id)
            self.said.emit(tr("{number} is void.", number=record.number), undo)
            self.show_visit(record.id, fixed=self._fixed)

        self._write(partial(visits.void_visit, visit_id=visit.id, reason=reason), then)

    def _restore_now(self, visit_id: UUID | None = None) -> None:
        ident = visit_id or (self.visit.id if self.visit is not None else None)
        if ident is None:
            return

        def then(record: VisitRecord) -> None:
            self.said.emit(tr("{number} counts again.", number=record.number), None)
            self.show_visit(record.id, fixed=self._fixed)

        self._write(partial(visits.restore_visit, visit_id=ident), then)

    def _write(self, act: Callable[[Tx], VisitRecord], then: Callable[[VisitRecord], None]) -> None:
        self._jobs.write(act, then, owner=self, failed=self._refused)

    def _refused(self, error: StationError) -> None:
        self.failed.emit(error)

    def _lay_out(self) -> None:
        self._restore = ShortcutButton(
            tr("Let it count again"), icon="restore", act=self._restore_now
        )
        self._voided.add_button(self._restore)
        self._voided.set("")
        back = ShortcutButton(tr("Back"), "Escape", icon="arrow-left", act=self.closed.emit)
        head = row(self._title, self._number, None, back, spacing=10)
        self._fixed_lines(head, self._voided)
        self.content.addWidget(self._area, 1)
        self._fixed_lines(self._asking_part(), self._acts())
        lay(self.content, margins=(20, 20, 20 - GUTTER, 20), spacing=12)

    def _fixed_lines(self, *lines: QWidget | QLayout) -> None:
        """What stands above and beneath the scrolled part, in line with it."""
        self.content.addLayout(lay(column(*lines), margins=(0, 0, GUTTER, 0), spacing=12))

    def _asking_part(self) -> QWidget:
        self._asking = QWidget()
        confirm = ShortcutButton(tr("Void it"), "Ctrl+Return", act=self._void_now)
        self.reason.returnPressed.connect(self._void_now)
        line = row(self._reason_field, confirm, spacing=12)
        line.setStretch(0, 1)
        line.setAlignment(confirm, Qt.AlignmentFlag.AlignBottom)
        lay(QVBoxLayout(self._asking)).addLayout(line)
        return self._asking

    def _acts(self) -> QHBoxLayout:
        self._void = ShortcutButton(tr("Void this visit"), icon="ban", act=self._ask_void)
        receipt = ShortcutButton(tr("Print receipt"), icon="receipt", act=self.print_receipt)
        form = ShortcutButton(
            tr("Print form"), "Ctrl+P", icon="printer", act=lambda: self._print(prints.form_of)
        )
        self._prints = (receipt, form)
        return row(self._void, None, receipt, form)
