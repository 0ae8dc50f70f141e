"""Takes every scan of the window: a duty card checks in, a form opens its record."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.vocabulary import Role
from station_app.domain.card_words import arrival_words, proof_words
from station_app.domain.duty_cards import Arrival, CardArrival, Verdict
from station_app.domain.record_codes import RecordCode, parse_blank_code, parse_record_code
from station_app.i18n import tr
from station_app.services import attendance
from station_app.services.card_checks import arrive_by_card, is_card, look_at_card
from station_app.services.paper_state import paper_state
from station_app.ui.scans.answer import Act, ScanAnswer
from station_app.ui.scans.papers import paper_words
from station_app.ui.scans.sounds import OLDER_PAPER, bells_of

if TYPE_CHECKING:
    from station_app.domain.paper_state import PaperState
    from station_app.ui.jobs import Jobs
    from station_app.ui.main_window import MainWindow


class Scans(QObject):
    """Wired to one main window. ``unknown`` carries a scan that is no code of ours."""

    unknown = Signal(str)

    def __init__(self, jobs: Jobs, window: MainWindow) -> None:
        super().__init__(window)
        self._jobs, self._window = jobs, window
        self._may_write = jobs.actor is not None and jobs.actor.role is not Role.VIEWER
        self.answer = ScanAnswer(window)
        window.scanned.connect(self.take)
        window.scanner.scanned.connect(self._look_at_paper)

    def take(self, text: str) -> None:
        """A scan that no page has taken."""
        if is_card(text):
            self._card(text)
            return
        if parse_blank_code(text) is not None:
            self._window.open_page("desk").on_scanned(text)
            return
        code = parse_record_code(text)
        if code is None:
            self.unknown.emit(text)
        else:
            self._window.open_record(code.kind, code.id)

    def take_anything(self, text: str) -> None:
        """A code that was read from a picture: as if a scanner had read it."""
        page = self._window.page
        if page is None or not page.on_scanned(text):
            self.take(text)
        self._look_at_paper(text)

    def _card(self, text: str, *, anyway: bool = False) -> None:
        if self._may_write:
            self._jobs.write(
                lambda tx: arrive_by_card(tx, text, anyway=anyway),
                lambda came: self._tell(came, text),
                owner=self,
            )
        else:
            self._jobs.read(
                lambda tx: look_at_card(tx, text), lambda came: self._tell(came, text), owner=self
            )

    def _tell(self, came: CardArrival, text: str) -> None:
        acts: list[Act] = []
        if came.arrival is Arrival.CHECKED_IN and came.attendance is not None:
            gone = came.attendance.id
            acts.append((tr("Take the check-in back"), lambda: self._forget(gone)))
        elsewhere = came.arrival is Arrival.REFUSED and came.check.verdict is Verdict.ELSEWHERE
        if elsewhere and came.check.name and self._may_write:
            known = tr("Check {name} in all the same", name=came.check.name)
            acts.append((known, lambda: self._card(text, anyway=True)))
        said = arrival_words(came)
        proof = "" if came.arrival is Arrival.CHECKED_IN else proof_words(came.check)
        self.answer.tell(said, proof, bells=bells_of(came), acts=acts)

    def _forget(self, attendance_id: UUID) -> None:
        self._jobs.write(
            lambda tx: attendance.undo_check_in(tx, attendance_id),
            lambda _none: self._window.say(tr("The check-in was taken back.")),
            owner=self,
        )

    def _look_at_paper(self, text: str) -> None:
        code = parse_record_code(text)
        if code is not None:
            self._jobs.read(
                lambda tx: paper_state(tx, code),
                lambda found: self._tell_paper(code, found),
                owner=self,
            )

    def _tell_paper(self, code: RecordCode, found: PaperState | None) -> None:
        said = paper_words(code, found)
        if said is not None:
            self.answer.tell(said, bells=OLDER_PAPER)
