"""The main window: rail, search on top, pages in a stack, status strip, toasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station_app import wiring
from station_app.domain.moments import ZONE
from station_app.errors import StationError, StoreFault
from station_app.i18n import tr
from station_app.ui.page import Page, PageSpec
from station_app.ui.rail import Rail, RailButton
from station_app.ui.scanner import Scanner
from station_app.ui.sync.strip import StripButton
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets.basic import Icon, Pill, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import SearchField
from station_app.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.domain.station import StationRecord
    from station_app.store import Change
    from station_app.ui.jobs import Jobs


class MainWindow(QMainWindow):
    """The one window of an unlocked station.

    Only the pages in ``specs`` exist, each built when first opened. ``lock_requested`` asks for the
    lock; ``scanned`` carries what no page took; ``search`` is the field that global search listens
    to; ``fault_met`` carries a StoreFault for its window; ``print_wanted`` a title and the maker
    of the PDF; ``day_began`` tells that it is another day by now.
    """

    lock_requested = Signal()
    scanned = Signal(str)
    fault_met = Signal(object)
    print_wanted = Signal(str, object)
    day_began = Signal()

    def __init__(self, jobs: Jobs, actor: Actor, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self._jobs, self._actor = jobs, actor
        self._specs = {spec.noun: spec for spec in specs}
        self._pages: dict[str, Page] = {}
        self._before = ""
        self._day: date | None = None
        self.setWindowTitle(tr("Liaison station"))
        self.rail = Rail(list(specs))
        self.rail.picked.connect(self.open_page)
        self.stack = QStackedWidget()
        self.search = SearchField(
            tr("Find residents, issues, deputies: characters, pinyin, phone, number"), "Ctrl+K"
        )
        self._build()
        self.toast = Toast(self)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self._scanned)
        jobs.changed.connect(self._changed)
        jobs.misfortune.connect(self.show_misfortune)
        for keys, what, act in (
            ("Ctrl+K", tr("Search everything"), self._focus_search),
            ("Ctrl+L", tr("Lock"), self.lock_requested.emit),
            ("F1", tr("Show all shortcuts"), self._show_shortcuts),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setWhatsThis(what)
            made.activated.connect(act)
        if specs:
            self.open_page(next((one for one in specs if one.first), specs[0]).noun)

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def set_station(self, station: StationRecord) -> None:
        """Show the station's name in the rail and the title."""
        self.rail.set_station(station.name, station.term)
        self.setWindowTitle(station.name)

    def open_page(self, noun: str) -> Page:
        """Open the page of ``noun``, building it the first time."""
        page = self._pages.get(noun) or self._make(noun)
        self.stack.setCurrentWidget(page)
        if self.focusWidget() is None or isinstance(self.focusWidget(), RailButton):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rail.mark(noun)
        self._printable()
        return page

    def open_record(self, kind: str, record_id: UUID | None) -> None:
        """Show one record on the page that opens its kind; None begins a new one there."""
        for spec in self._specs.values():
            if kind in spec.opens:
                page = self.open_page(spec.noun)
                if record_id is None:
                    page.begin()
                else:
                    page.show_record(kind, record_id)
                return

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a toast."""
        self.toast.show_message(text, undo)

    def set_sync(self, sentence: str, picture: str, role: str) -> None:
        """Say in words how the exchange with the centre stands; empty hides it."""
        self.sync.set(sentence, picture, role)

    def set_safety(self, sentence: str) -> None:
        """Say that the file is encrypted and when it was last backed up."""
        self._safety.setText(sentence)

    def set_duty(self, text: str) -> None:
        """Show the green pill on top, such as “值班 5 / 6”; empty hides it."""
        self.duty.set(text, "green")
        self.duty.setVisible(bool(text))

    def show_misfortune(self, error: StationError) -> None:
        """Show what no page took: a fault of the file in its window, the rest as a toast."""
        if isinstance(error, StoreFault):
            self.fault_met.emit(error)
        else:
            self.say(error.text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self.scanner)
            handle.installEventFilter(self.scanner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.search.setFixedWidth(max(px(200), min(px(460), self.width() // 3)))
        self.rail.set_compact(self.width() < px(1120))

    def _build(self) -> None:
        self._top_bar = self._top()
        whole = QWidget()
        whole.setProperty("ground", "page")
        line = lay(QHBoxLayout(whole), spacing=0)
        right = lay(QVBoxLayout(), spacing=0)
        right.addWidget(self._top_bar)
        right.addWidget(self.stack, 1)
        right.addWidget(self._strip())
        line.addWidget(self.rail)
        line.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setMinimumSize(900, 600)
        self.resize(1440, 900)

    def _top(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("top")
        self.duty = Pill("", "green")
        self.duty.hide()
        self.print_button = ShortcutButton(
            tr("Print"), "Ctrl+P", icon="printer", show_keys=False, act=self._print
        )
        self.user = ShortcutButton(self._actor.name, icon="user", kind="quiet", act=self._user_menu)
        self.user.setAccessibleName(tr("Signed in: {name}", name=self._actor.name))
        line = lay(QHBoxLayout(bar), margins=(24, 0, 24, 0), spacing=12)
        line.addWidget(self.search)
        line.addStretch(1)
        for part in (self.duty, self.print_button, self.user):
            line.addWidget(part)
        fit(bar, lambda top: top.setFixedHeight(px(56)))
        return bar

    def _strip(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("status")
        self._safety, self._clock = label(""), label("")
        spec = self._specs.get("sync")
        self.sync = StripButton(spec.shortcut if spec is not None else "")
        if spec is not None:
            self.sync.clicked.connect(lambda: self.open_page("sync"))
        line = lay(QHBoxLayout(bar), margins=(18, 0, 24, 0), spacing=6)
        line.addWidget(self.sync)
        line.addWidget(Icon("shield-check", "secondary", 15))
        line.addWidget(self._safety)
        line.addStretch(1)
        line.addWidget(self._clock)
        fit(bar, lambda strip: strip.setFixedHeight(px(30)))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(5000)
        self._tick()
        self.set_safety(tr("Encrypted"))
        return bar

    def _make(self, noun: str) -> Page:
        page = self._specs[noun].factory()
        self._pages[noun] = page
        page.open_requested.connect(self.open_record)
        page.message.connect(self.say)
        page.badge_changed.connect(self.rail.entries[noun].set_badge)
        page.print_requested.connect(self.print_wanted)
        page.printable_changed.connect(self._printable)
        self.stack.addWidget(page)
        return page

    def _changed(self, changes: frozenset[Change]) -> None:
        for page in self._pages.values():
            page.on_changed(changes)

    def _scanned(self, text: str) -> None:
        if self.page is None or not self.page.on_scanned(text):
            self.scanned.emit(text)

    def _printable(self) -> None:
        can = self.page is not None and self.page.printable() is not None
        self.print_button.setVisible(can)

    def _print(self) -> None:
        found = self.page.printable() if self.page is not None else None
        if found is not None:
            self.print_wanted.emit(*found)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _user_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Lock\tCtrl L"), self.lock_requested.emit)
        if "settings" in self._specs:
            menu.addAction(tr("Settings"), lambda: self.open_page("settings"))
        menu.addAction(tr("Shortcuts\tF1"), self._show_shortcuts)
        menu.addSeparator()
        menu.addAction(tr("Close the program"), self.close)
        menu.popup(self.user.mapToGlobal(self.user.rect().bottomLeft()))

    def _show_shortcuts(self) -> None:
        from station_app.ui.shortcuts import ShortcutsDialog  # only when asked for

        ShortcutsDialog(self).open()

    def _tick(self) -> None:
        now = wiring.now().astimezone(ZONE)
        if self._day is not None and now.date() != self._day:
            for page in self._pages.values():
                page.mark_stale()  # what is due, today's day: all of it is another by now
            self.day_began.emit()
        self._day = now.date()
        hour = f"{now.hour}:{now.minute:02}"
        text = tr(
            "{weekday} {year}-{month}-{day} {time}",
            weekday=_weekday(now.weekday()),
            year=now.year,
            month=now.month,
            day=now.day,
            time=hour,
        )
        self._clock.setText(text)


def _weekday(number: int) -> str:
    return (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )[number]
