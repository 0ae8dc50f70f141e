"""The main window of an unlocked station with all that works around it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from station_app import wiring
from station_app.config import DataDir
from station_app.domain.moments import ZONE
from station_app.domain.sync import SyncStatus, status_words
from station_app.i18n import tr
from station_app.services.station import get_station
from station_app.store import backup
from station_app.ui import preferences
from station_app.ui.desk.duty_pill import DutyPill
from station_app.ui.idle import IdleWatch
from station_app.ui.jobs import Jobs
from station_app.ui.local_words import LocalWords
from station_app.ui.main_window import MainWindow
from station_app.ui.pages import Context, page_specs
from station_app.ui.papers.door import PaperDoor
from station_app.ui.scans.handler import Scans
from station_app.ui.search_popup import GlobalSearch
from station_app.ui.sync.exchange import Exchange
from station_app.ui.sync.words import mark, needs_a_person
from station_app.ui.today.badges import Badges

if TYPE_CHECKING:
    from collections.abc import Callable

    from station_app.ui.app import Program

#: The first minute belongs to the operator; then the day's backup is made if it is due.
BACKUP_AFTER_MS = 60_000
#: Many a program stays open for days: each of them is to have its backup.
BACKUP_LOOK_MS = 3_600_000


def begin_exchange(program: Program, station: wiring.OpenStation, jobs: Jobs) -> Exchange:
    """The exchange with the centre, begun; it lasts as long as the station is open."""
    exchange = Exchange(station, jobs, program)
    exchange.locked_out.connect(lambda: _shut_out(program))
    exchange.let_in.connect(program.uncover)
    exchange.start()
    return exchange


def build_session(
    program: Program, station: wiring.OpenStation, jobs: Jobs, exchange: Exchange
) -> MainWindow:
    """The main window of ``station``, wired to ``program``; not yet shown."""

    def backed_up() -> None:
        window.set_safety(safety_words(station.data))

    context = Context(
        station=station,
        jobs=jobs,
        use_preferences=program.use_preferences,
        use_language=program.use_language,
        restore=program.restore,
        backed_up=backed_up,
        exchange=exchange,
    )
    window = MainWindow(jobs, station.actor, page_specs(context))
    jobs.read(get_station, window.set_station, owner=window)
    jobs.changed.connect(partial(_reread_station, jobs, window))
    LocalWords(jobs, window)
    search = GlobalSearch(jobs, window.search)
    search.opened.connect(window.open_record)
    scans = Scans(jobs, window)
    scans.unknown.connect(search.find)
    PaperDoor(jobs, window, scans.take_anything)
    badges = Badges(jobs, window.rail)
    window.day_began.connect(badges.count)
    DutyPill(jobs, window)
    window.lock_requested.connect(program.lock)
    window.fault_met.connect(program.show_fault)
    window.print_wanted.connect(partial(show_preview, jobs, window))
    idle = IdleWatch(window)
    idle.minutes = preferences.load(station.data).lock_minutes
    idle.idle.connect(program.lock)
    exchange.status_changed.connect(partial(_say_status, window))
    if exchange.status is not None:
        _say_status(window, exchange.status)
    backed_up()
    timer = QTimer(window)
    timer.timeout.connect(lambda: timer.setInterval(BACKUP_LOOK_MS))
    timer.timeout.connect(partial(_back_up_if_due, station, jobs, window))
    timer.start(BACKUP_AFTER_MS)
    return window


def safety_words(data: DataDir) -> str:
    """Encrypted, and when the last backup was made."""
    found = backup.list_backups(data)
    if not found:
        return tr("Encrypted · no backup yet")
    return tr("Encrypted · backed up {when}", when=when_words(found[0].made_at))


def when_words(moment: datetime, today: date | None = None) -> str:
    """A wall-clock moment as one says it: today, yesterday, or the date."""
    today = today or wiring.now().astimezone(ZONE).date()
    hour = f"{moment.hour}:{moment.minute:02}"
    if moment.date() == today:
        return tr("today {time}", time=hour)
    if moment.date() == today - timedelta(days=1):
        return tr("yesterday {time}", time=hour)
    return tr("on {day} at {time}", day=f"{moment:%Y-%m-%d}", time=hour)


def show_preview(jobs: Jobs, window: QWidget, title: str, make: Callable[[], bytes]) -> None:
    """Open the print preview over ``window``."""
    from station_app.ui.printing.preview_dialog import PreviewDialog

    PreviewDialog(jobs, title, make, window).open()


def _say_status(window: MainWindow, status: SyncStatus) -> None:
    today = wiring.now().astimezone(ZONE).date()
    window.set_sync(status_words(status, today), *mark(status))
    window.rail.entries["sync"].set_badge(needs_a_person(status), True)


def _shut_out(program: Program) -> None:
    from station_app.ui.sync.locked_out import shut_out  # seldom needed

    shut_out(program)


def _reread_station(jobs: Jobs, window: MainWindow, changes: frozenset[object]) -> None:
    if any(getattr(change, "kind", "") == "station" for change in changes):
        jobs.read(get_station, window.set_station, owner=window)


def _back_up_if_due(station: wiring.OpenStation, jobs: Jobs, window: MainWindow) -> None:
    def make() -> bool:
        due = backup.due_today(station.store)
        if due:
            backup.backup_now(station.store)
        return due

    jobs.work(make, lambda _: window.set_safety(safety_words(station.data)), owner=window)
