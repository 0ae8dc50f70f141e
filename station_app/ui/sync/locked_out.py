"""The window of a PC that the centre has shut out: what that means, and the ways on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from db.vocabulary import Role
from station_app.domain.sync import SyncStatus
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.ui.cards import CardWindow
from station_app.ui.sync.join_form import JoinForm
from station_app.ui.unlock import UnlockWindow
from station_app.ui.widgets.basic import Icon, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import column, row

if TYPE_CHECKING:
    from station_app.ui.app import Program

#: ``join(url, code, then, failed)``.
Join = Callable[[str, str, Callable[[str], object], Callable[[StationError], object]], object]


class LockedOutWindow(CardWindow):
    """Stands in the place of all windows until the centre has let this PC in again.

    ``head``: whether the signed-in account may join anew. ``closed`` asks to end the program.
    """

    closed = Signal()

    def __init__(
        self, status: SyncStatus, *, head: bool, join: Join, again: Callable[[], object]
    ) -> None:
        super().__init__(width=620)
        self.setWindowTitle(tr("Shut out by the centre"))
        title = label(tr("This computer was shut out by the centre"), "title", wrap=True)
        line = row(Icon("ban", "accent", 32), spacing=14)
        line.addLayout(column(title), 1)
        self.card.content.addLayout(line)
        for text in (
            tr("The centre no longer accepts this computer, for instance because it was reported "
               "as lost or replaced. Nothing can be entered or read here until then."),
            tr("Nothing is lost: the records lie encrypted on this computer, and what had not been "
               "handed in yet was handed to the centre to be looked at there."),
            tr("If this is a mistake, ask the centre for a new one-time code and join again."),
        ):  # fmt: skip
            self.card.content.addWidget(label(text, wrap=True))
        self._join = join
        self.form = JoinForm(text=tr("Join again"))
        self.form.url.setText(status.url)
        self.form.submitted.connect(self._submit)
        self.form.setVisible(head)
        self.card.content.addWidget(self.form)
        if not head:
            advice = tr("Only the head of the station can join it again.")
            self.card.content.addWidget(label(advice, "quiet", wrap=True))
        self.again = ShortcutButton(tr("Ask the centre again"), "F5", icon="refresh", act=again)
        end = ShortcutButton(tr("Close the program"), icon="logout", act=self.closed.emit)
        foot = QWidget()
        foot.setLayout(row(self.again, None, end))
        self.card.content.addWidget(foot)
        (self.form.code if head else self.again).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _submit(self, url: str, code: str) -> None:
        self.form.set_busy(tr("Asking the centre …"))
        self._fit()
        self._join(url, code, lambda _: self.form.set_busy(""), self._refused)

    def _refused(self, error: StationError) -> None:
        self.form.refuse(error)
        self._fit()

    def _fit(self) -> None:
        """Give the wrapped words their room: then the window scrolls and squeezes nothing."""
        self.card.setMinimumHeight(self.card.content.totalHeightForWidth(self.card.width()))


def shut_out(program: Program) -> None:
    """Put the window in the place of all others."""
    station, exchange = program.station, program.exchange
    if station is None or exchange is None or exchange.status is None:
        return
    if isinstance(program.front, UnlockWindow):
        return  # first the password, then this
    status = exchange.status

    def join(
        url: str,
        code: str,
        then: Callable[[str], object],
        failed: Callable[[StationError], object],
    ) -> None:
        def work(_report: object) -> str:
            from station_app.sync.enrolment import join as join_centre

            return join_centre(station.store, station.actor, url, code)

        exchange.alone(work, then, failed=failed, owner=window)

    head = station.actor.role is Role.HEAD
    window = LockedOutWindow(status, head=head, join=join, again=exchange.now)
    window.closed.connect(program.app.quit)
    program.cover(lambda: program.show_in_front(window))


def stay_out(program: Program) -> None:
    """The program on a PC that was shut out before: no record is seen, not for a moment."""
    if program.exchange is not None:
        program.exchange.learn()
        come_back(program)


def come_back(program: Program) -> None:
    """After the password: the windows again, or still this one."""
    exchange = program.exchange
    if exchange is not None and exchange.status is not None and exchange.status.locked:
        program.leave_front()
        shut_out(program)
    else:
        program.uncover()
