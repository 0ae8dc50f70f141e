"""Which papers of an issue show that it is done: ticked in an act's form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from station_app.domain.papers import AttachmentRecord
from station_app.i18n import tr
from station_app.services import attachments
from station_app.ui.theme import lay
from station_app.ui.widgets import label

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class EvidenceInput(QWidget):
    """A box for each paper; one that is added while the form is open is ticked at once."""

    changed = Signal()

    def __init__(self, jobs: Jobs, issue_id: UUID) -> None:
        super().__init__()
        self._wanted: set[UUID] = set()
        self.boxes: dict[UUID, QCheckBox] = {}
        self._none = label(
            tr("None yet. Photos and PDF files that you drop or paste now are taken as evidence."),
            "secondary",
            wrap=True,
        )
        self._lines = lay(QVBoxLayout(self), spacing=2)
        self._lines.addWidget(self._none)
        jobs.read(lambda tx: attachments.list_attachments(tx, issue_id), self.offer, owner=self)

    def offer(self, papers: Sequence[AttachmentRecord]) -> None:
        """Offer ``papers``; those no longer among them go."""
        here = {one.id for one in papers}
        for ident in [one for one in self.boxes if one not in here]:
            box = self.boxes.pop(ident)
            box.hide()
            box.deleteLater()
        for one in papers:
            if one.id not in self.boxes:
                self._add(one)
        self._none.setVisible(not self.boxes)

    def add(self, papers: Iterable[AttachmentRecord]) -> None:
        """Papers that were added just now: they are meant as evidence."""
        for one in papers:
            self._wanted.add(one.id)
            if one.id not in self.boxes:
                self._add(one)
            self.boxes[one.id].setChecked(True)
        self._none.setVisible(not self.boxes)

    def get(self) -> str:
        """The ids of those ticked, in hex, with a blank between them."""
        ticked = [ident for ident, box in self.boxes.items() if box.isChecked()]
        return " ".join(one.hex for one in ticked)

    def put(self, kept: str) -> None:
        """Tick what ``get`` had said, now or when it is read."""
        self._wanted = {UUID(one) for one in kept.split()}
        for ident, box in self.boxes.items():
            box.setChecked(ident in self._wanted)

    def _add(self, one: AttachmentRecord) -> None:
        box = QCheckBox(one.name.replace("&", "&&") or tr("Without a name"))
        box.setChecked(one.id in self._wanted)
        box.toggled.connect(lambda _on: self.changed.emit())
        self._lines.addWidget(box)
        box.show()  # at once: a layout would do so only after the next event
        self.boxes[one.id] = box
