"""The card of an issue's photos and papers: add, look at, take away, with what takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from station_app.domain.papers import AttachmentRecord
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import attachments
from station_app.ui.attachments import pictures
from station_app.ui.attachments.intake import Intake, Source
from station_app.ui.attachments.viewer import PaperViewer
from station_app.ui.issues.links import LinkButton
from station_app.ui.theme import fit, lay, pixmap, px
from station_app.ui.widgets import Card, IconButton, label, row

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

_SIDE = 40


class PapersCard(Card):
    """``done`` carries a sentence and what takes it back, ``refused`` a StationError.

    ``added`` carries the papers that came, for a form that takes them as evidence.
    """

    done = Signal(str, object)
    refused = Signal(object)
    added = Signal(object)
    listed = Signal(object)

    def __init__(self, jobs: Jobs, zone: QWidget, *, writable: bool) -> None:
        super().__init__(margin=14, spacing=4)
        self._jobs, self._writable = jobs, writable
        self._issue: UUID | None = None
        self._thumbs: dict[UUID, QImage] = {}
        self.papers: tuple[AttachmentRecord, ...] = ()
        self.rows: dict[UUID, PaperRow] = {}
        self.intake = Intake(zone)
        self.intake.came.connect(self.add)
        self.setAccessibleName(tr("Photos and papers"))
        self.count = label("", "quiet")
        self.plus = IconButton(
            "plus", tr("Add photos or papers"), keys="Ctrl+U", size=18, act=self.intake.choose
        )
        self.paste = IconButton(
            "copy", tr("Paste a copied picture"), keys="Ctrl+V", size=18, act=self.intake.paste
        )
        head = row(spacing=4)
        head.addWidget(label(tr("Photos and papers"), "strong", wrap=True), 1)
        for part in (self.count, self.paste, self.plus):
            head.addWidget(part)
        self.content.addLayout(head)
        for button in (self.plus, self.paste):
            button.setVisible(writable)  # in its place, or it would be a window of its own
        self._lines = lay(QVBoxLayout(), spacing=4)
        self.content.addLayout(self._lines)
        self._none = label(tr("Drop photos or PDF files here."), "secondary", wrap=True)
        self.content.addWidget(self._none)
        self._none.setVisible(writable)

    def show_issue(self, issue_id: UUID) -> None:
        """Show the papers of one issue."""
        if issue_id != self._issue:
            self._issue, self._thumbs, self.papers = issue_id, {}, ()
            self._draw(())
        self.intake.open = self._writable

        def show(found: tuple[AttachmentRecord, ...]) -> None:
            if found != self.papers or not self.rows:
                self._draw(found)
            self.listed.emit(found)

        self._jobs.latest(
            "papers", lambda tx: attachments.list_attachments(tx, issue_id), show, owner=self
        )

    def add(self, sources: Sequence[Source]) -> None:
        """Read the papers off the GUI thread and put them to the issue shown."""
        issue_id = self._issue
        if issue_id is None:
            return

        def attach(read: list[tuple[str, bytes]]) -> None:
            self._jobs.write(
                lambda tx: [
                    attachments.attach(tx, issue_id, name=name, data=data) for name, data in read
                ],
                self._added,
                owner=self,
                failed=self.refused.emit,
            )

        self._jobs.work(
            lambda: [source() for source in sources],
            attach,
            owner=self,
            failed=self.refused.emit,
        )

    def _added(self, made: list[AttachmentRecord]) -> None:
        ids = [one.id for one in made]
        self.added.emit(made)
        told = tr("Added: {names}", names=tr("levels|, ").join(one.name for one in made))
        self.done.emit(told, lambda: self._write(partial(_remove, ids=ids), tr("Taken away.")))

    def _remove(self, one: AttachmentRecord) -> None:
        told = tr("“{name}” was taken away; it stays on file.", name=one.name)
        back = partial(self._write, partial(_restore, ids=[one.id]), tr("It is there again."))
        self._write(partial(_remove, ids=[one.id]), told, back)

    def _write(
        self, act: Callable[[Tx], None], told: str, back: Callable[[], object] | None = None
    ) -> None:
        self._jobs.write(
            act,
            lambda _none: self.done.emit(told, back),
            owner=self,
            failed=self.refused.emit,
        )

    def _draw(self, papers: tuple[AttachmentRecord, ...]) -> None:
        for line in self.rows.values():
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.papers, self.rows = papers, {}
        for one in papers:
            line = PaperRow(one, writable=self._writable)
            line.opened.connect(partial(self.look_at, one.id))
            line.removed.connect(partial(self._remove, one))
            self._lines.addWidget(line)
            line.show()  # at once: a layout would do so only after the next event
            self.rows[one.id] = line
            self._picture(one)
        self.count.setText(str(len(papers)) if papers else "")
        self._none.setVisible(not papers)
        if not self._writable:
            self._none.setText(tr("No photos or papers"))

    def _picture(self, one: AttachmentRecord) -> None:
        known = self._thumbs.get(one.id)
        if known is not None:
            self.rows[one.id].show_picture(known)
        elif one.here:
            self._jobs.read(
                lambda tx: attachments.attachment_data(tx, one.id),
                lambda data: self._shrink(one.id, data),
                owner=self,
                failed=_quietly,
            )

    def _shrink(self, ident: UUID, data: bytes) -> None:
        side = round(px(_SIDE) * self.devicePixelRatioF())

        def show(image: QImage) -> None:
            self._thumbs[ident] = image
            if ident in self.rows:
                self.rows[ident].show_picture(image)

        self._jobs.work(lambda: pictures.small(data, side), show, owner=self)

    def look_at(self, ident: UUID) -> None:
        """Open one paper in the viewer, with the others a key away."""
        here = [one for one in self.papers if one.here]
        at = next((place for place, one in enumerate(here) if one.id == ident), None)
        if at is None:
            self.done.emit(tr("It has not arrived from the other PC yet."), None)
            return
        PaperViewer(self._jobs, here, at, self.window()).open()


class PaperRow(QWidget):
    """One paper: a small picture, its name, and a button that takes it away."""

    opened = Signal()
    removed = Signal()

    def __init__(self, paper: AttachmentRecord, *, writable: bool) -> None:
        super().__init__()
        self._paper = paper
        self._image = QImage()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fit(self.picture, lambda one: one.setFixedSize(QSize(px(_SIDE), px(_SIDE))))
        self.link = LinkButton(paper.name or tr("Without a name"), "")
        self.link.setAccessibleName(tr("Look at {name}", name=paper.name))
        self.link.clicked.connect(lambda: self.opened.emit())
        line = row(self.picture, spacing=6)
        line.addWidget(self.link, 1)
        if writable:
            gone = IconButton(
                "x",
                tr("Take {name} away", name=paper.name),
                size=16,
                role="secondary",
                act=self.removed.emit,
            )
            line.addWidget(gone)
        self.setLayout(line)
        fit(self, lambda one: one._draw())

    def show_picture(self, image: QImage) -> None:
        """Show the small picture once it is made."""
        self._image = image
        self._draw()

    def _draw(self) -> None:
        if self._image.isNull():
            sign = "photo" if self._paper.is_photo else "file-text"
            self.picture.setPixmap(pixmap(sign, "secondary", _SIDE * 0.6))
            return
        made = QPixmap.fromImage(self._image)
        made.setDevicePixelRatio(max(made.width(), made.height()) / px(_SIDE))
        self.picture.setPixmap(made)


def _remove(tx: Tx, ids: Sequence[UUID]) -> None:
    for one in ids:
        attachments.remove_attachment(tx, one, reason=tr("Taken away in the window"))


def _restore(tx: Tx, ids: Sequence[UUID]) -> None:
    for one in ids:
        attachments.restore_attachment(tx, one)


def _quietly(_error: StationError) -> None:
    """A paper that was taken away meanwhile needs no picture."""
