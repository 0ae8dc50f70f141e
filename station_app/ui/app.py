"""The program with windows: unlock or set up, the main window, lock, faults, and the end."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station_app import i18n, wiring
from station_app.config import DataDir
from station_app.errors import StationError, StoreFault
from station_app.i18n import Language
from station_app.ui import preferences, theme
from station_app.ui.afterwards import install_crash_window, load_ahead
from station_app.ui.collecting import Collector
from station_app.ui.jobs import Jobs
from station_app.ui.unlock import UnlockWindow

if TYPE_CHECKING:
    from station_app.store.keys import Slot
    from station_app.ui.main_window import MainWindow
    from station_app.ui.preferences import Preferences
    from station_app.ui.sync.exchange import Exchange
    from station_app.ui.wizard import Wizard


#: First the window is painted; on two old processors a loading thread would hold it up.
LOAD_AHEAD_AFTER_MS = 60


def run(data: DataDir, *, demo: bool = False, argv: Sequence[str] = ()) -> int:
    """Show the program for the station in ``data`` until it is closed; returns the exit code.

    ``demo`` opens a throw-away station instead and leaves ``data`` alone.
    """
    app = make_app(argv)
    program = Program(app, data)
    program.start(demo=demo)
    install_crash_window(data)
    try:
        return app.exec()
    finally:
        program.close()


def make_app(argv: Sequence[str] = ()) -> QApplication:
    """The QApplication in our style, or the one that exists."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # setStyle would do the same, but first make Python's QStyle with all its enums: 5 ms.
        app = QApplication([sys.argv[0], "-style", "Fusion", *argv])
    app.setApplicationName("liaison-station")
    return app


class Program(QObject):
    """What is open at the moment: at first a front window, then a station and its main window."""

    def __init__(self, app: QApplication, data: DataDir) -> None:
        super().__init__()
        self.app, self.data = app, data
        self.front: QWidget | None = None
        self.window: MainWindow | None = None
        self.station: wiring.OpenStation | None = None
        self.jobs: Jobs | None = None
        self.exchange: Exchange | None = None
        self.door = Jobs(None, None, self)
        self.alone: QWidget | None = None  # a fault's window that no other stands behind
        self._hidden: list[QWidget] = []
        self._collector = Collector(self)
        self.throw_away: Path | None = None

    def start(self, *, demo: bool = False) -> None:
        """Show the first window."""
        kept = preferences.load(self.data)
        i18n.use(kept.language)
        theme.apply(self.app, look=kept.look, percent=kept.percent)
        if demo:
            self._wizard()._try_demo()
        else:
            self.show_front()
        QTimer.singleShot(LOAD_AHEAD_AFTER_MS, load_ahead)

    def show_front(self) -> None:
        """Show the unlock window, or the wizard where no station is yet."""
        if not self.data.exists():
            self._wizard()
            return
        slots = self._slots()
        if not slots:
            return
        window = UnlockWindow(
            self.door,
            slots,
            unlock=self._unlock,
            recover=self._recover,
            locked=self.station is not None,
        )
        window.fault_met.connect(self.show_fault)
        window.opened.connect(self._opened)
        window.language_chosen.connect(self.use_language)
        self.show_in_front(window)

    def enter(self, station: wiring.OpenStation) -> None:
        """Open the main window of ``station``."""
        from station_app.ui.session import begin_exchange, build_session

        self.station, self.data = station, station.data
        self.jobs = Jobs(station.store, station.actor, self)
        self.exchange = begin_exchange(self, station, self.jobs)
        self.window = build_session(self, station, self.jobs, self.exchange)
        if station.shut_out:
            from station_app.ui.sync.locked_out import stay_out

            self._hidden = [self.window]
            stay_out(self)
            return
        self.window.show()
        theme.load_fonts("Bold")
        self.leave_front()

    def lock(self) -> None:
        """Hide every window, keeping what is typed in them, and ask for a password."""
        if self.station is None or self.front is not None or not self._slots():
            return  # without slots what is locked now could not be opened again
        if self.exchange is not None:
            self.exchange.rest()
        self.cover(self.show_front)

    def cover(self, show_front: Callable[[], object]) -> None:
        """Hide every window, keeping what is typed in them, behind the one now shown."""
        hidden = [one for one in self.app.topLevelWidgets() if one.isVisible()]
        self._hidden = self._hidden or hidden
        show_front()
        for window in hidden:
            if window is not self.front:
                window.hide()

    def uncover(self) -> None:
        """Show again what ``cover`` hid."""
        for window in self._hidden:
            window.show()
        self._hidden = []
        self.leave_front()

    def use_language(self, language: Language) -> None:
        """Speak ``language`` from now on, in new windows."""
        preferences.change(self.data, language=language)
        i18n.use(language)
        if self.front is not None:
            locked, self.front = self.front, None
            self.show_front()
            locked.deleteLater()
        if self.window and self.station and self.jobs and self.exchange:
            from station_app.ui.session import build_session

            old, visible = self.window, self.window.isVisible()
            self.window = build_session(self, self.station, self.jobs, self.exchange)
            self._hidden = [self.window if one is old else one for one in self._hidden]
            if visible:
                self.window.show()
                self.window.open_page("settings")
            old.hide()
            old.deleteLater()

    def use_preferences(self, kept: Preferences) -> None:
        """Take over look and scale at once."""
        theme.apply(self.app, look=kept.look, percent=kept.percent)

    def restore(self, backup: Path) -> None:
        """Close the station, put ``backup`` in its place and ask for the password again."""
        if self.station is None:
            return
        key, data = self.station.key, self.data
        self._close_station()
        self.put_back(data, backup, key)

    def put_back(self, data: DataDir, backup: Path, key: bytes) -> None:
        """Put ``backup`` in the place of the file, then ask for the password."""
        from station_app.ui.restoring import put_back

        self.door.work(
            lambda: put_back(data, backup, key),
            lambda _: self.show_front(),
            owner=self,
            failed=self._put_back_failed,
        )

    def show_fault(self, fault: StationError) -> None:
        """Show a fault met before or while working, with its ways on."""
        from station_app.ui.ways import show_fault

        show_fault(self, fault)

    def close(self) -> None:
        """Let go of everything; a throw-away station is deleted."""
        self._close_station()
        self.leave_front()
        self.door.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if self.throw_away is not None:
            shutil.rmtree(self.throw_away, ignore_errors=True)

    def _unlock(self, slot: str, password: str) -> object:
        if self.station is None:
            from station_app.ui.restoring import open_or_offer

            return open_or_offer(self.data, slot, password)
        from station_app.store import keys

        keys.unlock(self.data, slot, password)
        return self.station if slot == self.station.slot else (slot, password)

    def _recover(self, slot: str, recovery_key: str, password: str) -> object:
        if self.station is None:
            return wiring.open_with_recovery_key(self.data, slot, recovery_key, password)
        from station_app.store import keys

        key = keys.unlock_recovery(self.data, recovery_key)
        keys.set_password(self.data, key, slot, password)
        return self.station if slot == self.station.slot else (slot, password)

    def _opened(self, result: object) -> None:
        if result is self.station and self.exchange is not None:
            from station_app.ui.sync.locked_out import come_back

            self.exchange.start()
            come_back(self)
        elif isinstance(result, wiring.OpenStation):
            self.enter(result)
        elif isinstance(result, tuple):  # somebody else sits down at the locked desk
            slot, password = result
            self._close_station()
            self.door.work(
                lambda: wiring.open_station(self.data, slot, password),
                self._opened,
                owner=self,
                failed=self.show_fault,
            )

    def _slots(self) -> Sequence[Slot]:
        """The key slots; none if they cannot be read, which was said then."""
        from station_app.store import keys

        try:
            return keys.list_slots(self.data)
        except StoreFault as fault:
            self.show_fault(fault)
            return ()

    def _wizard(self) -> Wizard:
        from station_app.ui.first_steps import build_wizard

        wizard = build_wizard(self)
        wizard.opened.connect(self._opened)
        wizard.language_chosen.connect(self.use_language)
        self.show_in_front(wizard)
        return wizard

    def _put_back_failed(self, error: StationError) -> None:
        self.show_front()
        self.show_fault(error)

    def show_in_front(self, window: QWidget) -> None:
        """Show ``window`` in the place of the front window there was."""
        old, self.front = self.front, window
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def leave_front(self) -> None:
        """Put the front window away."""
        if self.front is not None:
            self.front.hide()
            self.front.deleteLater()
            self.front = None

    def _close_station(self) -> None:
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
            self.window = None
        if self.exchange is not None:
            self.exchange.stop()
        if self.jobs is not None:
            self.jobs.close()
            self.jobs = None
        if self.exchange is not None:
            self.exchange.deleteLater()
            self.exchange = None
        if self.station is not None:
            self.station.close()
            self.station = None
        self._hidden = []
