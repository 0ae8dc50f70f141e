"""The way in for scanned papers: dropped, chosen, from the clipboard, held before the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from db.vocabulary import Role
from station_app.domain.scanned_papers import PaperRecord
from station_app.i18n import tr
from station_app.services.scanned_papers import take_papers_away
from station_app.ui.attachments.intake import Intake, Source
from station_app.ui.scans.camera import Camera, camera_installed

if TYPE_CHECKING:
    from collections.abc import Callable

    from station_app.ui.jobs import Jobs
    from station_app.ui.main_window import MainWindow

KEYS = "Ctrl+Shift+O"


class PaperDoor(QObject):
    """Opens the dialog for what comes.

    ``scanned`` is called with a lone duty card's code, and with what the camera sees.
    """

    def __init__(self, jobs: Jobs, window: MainWindow, scanned: Callable[[str], object]) -> None:
        super().__init__(window)
        self._jobs, self._window, self._scanned = jobs, window, scanned
        self.intake = Intake(window)
        self.intake.open = jobs.actor is not None and jobs.actor.role is not Role.VIEWER
        self.intake.came.connect(self.open)
        if self.intake.open:
            made = QShortcut(QKeySequence(KEYS), window)
            made.setWhatsThis(tr("Read codes from a scan, a picture or the clipboard"))
            made.activated.connect(self._menu)

    def open(self, sources: list[Source]) -> None:
        """Show the dialog for these papers."""
        from station_app.ui.papers.dialog import PapersDialog  # seldom needed

        dialog = PapersDialog(self._jobs, sources, self._window)
        dialog.filed.connect(self._filed)
        dialog.scanned.connect(self._scanned)
        dialog.open()

    def ways(self) -> list[tuple[str, Callable[[], object]]]:
        """The ways in that are offered: their words, and what each does."""
        found: list[tuple[str, Callable[[], object]]] = [
            (tr("Choose scans or pictures …"), self.intake.choose),
            (tr("From the clipboard"), self.intake.paste),
        ]
        return [*found, (tr("With the camera"), self._look)] if camera_installed() else found

    def _menu(self) -> None:
        menu = QMenu(self._window)
        for words, act in self.ways():
            menu.addAction(words).triggered.connect(act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._window.mapToGlobal(self._window.rect().center()))

    def _look(self) -> None:
        from station_app.ui.scans.camera_dialog import CameraDialog  # seldom needed

        dialog = CameraDialog(self._jobs, Camera(), self._window)
        dialog.scanned.connect(self._scanned)
        dialog.open()

    def _filed(self, papers: tuple[PaperRecord, ...]) -> None:
        reason = tr("Filed by mistake")

        def undo() -> None:
            self._jobs.write(
                lambda tx: take_papers_away(tx, papers, reason=reason),
                lambda _none: self._window.say(tr("The papers were taken away again.")),
                owner=self,
            )

        self._window.say(tr("Papers filed with their records: {n}", n=len(papers)), undo)
