"""What is done with the day itself: begin, end, lock; who has come and who has not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.vocabulary import RoleClass
from station_app.domain.days import AttendanceRecord, DayRecord, DutyRecord
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import attendance, days
from station_app.ui.days.ledger import ledger_of
from station_app.ui.visits.prints import receipt_of

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs


class DayActs(QObject):
    """Each act is written at once and, where the rules allow, can be taken back.

    ``said`` carries a sentence with its undo, ``failed`` what went wrong, ``stood`` the DayRecord
    after a step of the day itself.
    """

    said = Signal(str, object)
    failed = Signal(object)
    stood = Signal(object)
    print_wanted = Signal(str, object)

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def open_day(self, day_id: UUID) -> None:
        """Begin receiving."""
        self._step(lambda tx: days.open_day(tx, day_id), tr("Reception begins."))

    def close_day(self, day_id: UUID) -> None:
        """End receiving; can be taken back until the day is locked."""
        said = tr("The reception has ended.")
        self._step(lambda tx: days.close_day(tx, day_id), said, lambda: self.reopen_day(day_id))

    def reopen_day(self, day_id: UUID) -> None:
        """Somebody else has come in."""
        self._step(lambda tx: days.reopen_day(tx, day_id), tr("Reception goes on."))

    def lock_day(self, day_id: UUID) -> None:
        """The signed print is on file."""
        self._step(lambda tx: days.lock_day(tx, day_id), tr("The day is locked."))

    def check_in(self, day_id: UUID, deputy_id: UUID) -> None:
        """A deputy is here."""

        def then(made: AttendanceRecord) -> None:
            self.said.emit(
                tr("{name} has checked in.", name=made.name), lambda: self._forget(made.id)
            )

        self._write(lambda tx: attendance.check_in(tx, day_id, deputy_id), then)

    def add_guest(self, day_id: UUID, role_class: RoleClass, name: str, title: str) -> None:
        """Somebody other than a deputy is here."""

        def act(tx: Tx) -> AttendanceRecord:
            return attendance.add_guest(tx, day_id, role_class=role_class, name=name, title=title)

        def then(made: AttendanceRecord) -> None:
            self.said.emit(
                tr("{name} has checked in.", name=made.name), lambda: self._forget(made.id)
            )

        self._write(act, then)

    def take_back(self, day_id: UUID, who: DutyRecord | AttendanceRecord) -> None:
        """A check-in was a mistake; taking that back checks them in again."""
        if isinstance(who, DutyRecord):
            ident = who.attendance_id

            def again() -> None:
                self.check_in(day_id, who.deputy_id)
        else:
            ident = who.id

            def again() -> None:
                self.add_guest(day_id, who.role_class, who.name, who.title)

        if ident is None:
            return
        gone = ident
        said = tr("The check-in of {name} was taken back.", name=who.name)
        self._write(
            lambda tx: attendance.undo_check_in(tx, gone),
            lambda _none: self.said.emit(said, again),
        )

    def print_ledger(self, day_id: UUID) -> None:
        """Show the day's ledger in the preview."""
        self._write(lambda tx: ledger_of(tx, day_id), lambda made: self.print_wanted.emit(*made))

    def print_receipt(self, visit_id: UUID) -> None:
        """Show a visit's receipt in the preview."""
        self._write(lambda tx: receipt_of(tx, visit_id), lambda made: self.print_wanted.emit(*made))

    def _forget(self, attendance_id: UUID) -> None:
        self._write(lambda tx: attendance.undo_check_in(tx, attendance_id), lambda _none: None)

    def _step(
        self,
        act: Callable[[Tx], DayRecord],
        said: str,
        undo: Callable[[], object] | None = None,
    ) -> None:
        def then(day: DayRecord) -> None:
            self.stood.emit(day)
            self.said.emit(said, undo)

        self._write(act, then)

    def _write(self, act: Callable[[Tx], Any], then: Callable[[Any], object]) -> None:
        def refused(error: StationError) -> None:
            self.failed.emit(error)

        self._jobs.write(act, then, owner=self, failed=refused)
