"""The sync page: how the exchange with the centre stands, and what waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.vocabulary import Role
from station_app.domain.sync import SyncStatus, clock_words, since_words, status_words
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.ui.page import Page
from station_app.ui.sync.conflicts import ConflictsCard
from station_app.ui.sync.join_form import JoinForm
from station_app.ui.sync.lists import HeldCard, RefusedCard, UnknownCard
from station_app.ui.sync.stick import StickCard
from station_app.ui.sync.view import SyncView, read_view
from station_app.ui.sync.words import (
    mark,
    needs_a_person,
    problem_advice,
    step_words,
    waiting_words,
)
from station_app.ui.widgets.basic import Card, Icon, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import column, row, scrolling
from station_app.ui.widgets.messages import MessageBar

if TYPE_CHECKING:
    from station_app.store import Store
    from station_app.ui.pages import Context


class SyncPage(Page):
    """Shows only what concerns the station now: a quiet card when all is well."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.jobs, context.station.actor, parent)
        self.exchange = context.exchange
        self.store: Store = context.station.store
        self.is_head = self.actor.role is Role.HEAD
        self.writable = self.actor.role is not Role.VIEWER
        self.view: SyncView | None = None
        self.set_title(tr("Exchange with the centre"))
        self.clock = MessageBar("amber", icon="clock")
        self.clock.set("")
        self.state = StateCard(self)
        self.conflicts, self.refused = ConflictsCard(self), RefusedCard(self)
        self.held, self.unknown, self.stick = HeldCard(self), UnknownCard(self), StickCard(self)
        self.joining = JoinCard(self)
        self._parts = (self.conflicts, self.held, self.refused, self.unknown, self.stick)
        whole = column(self.clock, self.state, *self._parts, self.joining, None, spacing=16)
        for part in (*self._parts, self.joining):
            part.hide()
        self._area = scrolling(whole, tr("Exchange with the centre"))
        self.body.addWidget(self._area, 1)
        self.exchange.status_changed.connect(self._status_changed)
        self.exchange.step_changed.connect(lambda _: self.state.show_step())

    def reload(self) -> None:
        """Read all of it."""
        self.jobs.latest("view", read_view, self._show, owner=self)

    def bring(self, part: QWidget) -> None:
        """Scroll to what has just appeared, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def write(
        self,
        act: Callable[..., Any],
        *given: Any,
        then: Callable[[Any], object] | None = None,
    ) -> None:
        """Do ``act(tx, *given)``, then look at everything anew."""

        def done(result: Any) -> None:
            self.mark_stale()
            self.exchange.look()
            if then is not None:
                then(result)

        def failed(error: StationError) -> None:
            self.show_error(error)
            self.mark_stale()

        self.jobs.write(lambda tx: act(tx, *given), done, owner=self, failed=failed)

    def _status_changed(self, status: SyncStatus) -> None:
        self.badge_changed.emit(needs_a_person(status), True)
        self.mark_stale()

    def _show(self, view: SyncView) -> None:
        self.view = view
        status = view.status
        self.clock.set(clock_words(status))
        self.state.show_view(view)
        self.conflicts.show_all(view.conflicts)
        self.held.show_view(view)
        self.refused.show_view(view)
        self.unknown.show_view(view)
        self.stick.setVisible(status.joined and self.writable)
        self.stick.show_state(status.letter, view.today)
        self.joining.show_view(view)
        subtitle = tr("Computer {letter} of this station · {url}",
                      letter=status.letter, url=status.url)  # fmt: skip
        self.set_title(tr("Exchange with the centre"), subtitle if status.joined else "")


class StateCard(Card):
    """One line in large words, what waits, the last exchange, and the button to exchange now."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=8)
        self._page = page
        self._icon = Icon("info-circle", "secondary", 28)
        self.words = label("", "section", wrap=True)
        self._queue = label("", wrap=True)
        self._last = label("", "secondary", wrap=True)
        self.advice = MessageBar("neutral", icon="info-circle")
        self.busy = MessageBar("blue", icon="hourglass")
        for bar in (self.advice, self.busy):
            bar.set("")
        self.now = ShortcutButton(
            tr("Exchange now"), "F5", icon="refresh", kind="primary", act=self._exchange
        )
        line = row(spacing=16)
        line.addWidget(self._icon)
        line.addLayout(column(self.words, self._queue, self._last, spacing=4), 1)
        line.addWidget(self.now)
        self.content.addLayout(line)
        self.content.addWidget(self.advice)
        self.content.addWidget(self.busy)

    def show_view(self, view: SyncView) -> None:
        """Show how things stand."""
        status = view.status
        self._icon.set(*mark(status))
        self.words.setText(status_words(status, view.today))
        queue = waiting_words(view.waiting)
        self._queue.setText(tr("Waiting: {kinds}", kinds=queue) if queue else "")
        self._queue.setVisible(bool(queue))
        self._last.setText(_last_words(view))
        self._last.setVisible(status.joined)
        self.now.setVisible(status.joined)
        advice = problem_advice(status.problem) if status.joined else ""
        self.advice.set(self._page.exchange.trouble if advice else "", advice)
        if not status.joined:
            self.advice.set("", tr("Everything works without a centre too, and stays on this "
                                   "computer. Once joined, what was entered until then is handed "
                                   "in by itself."))  # fmt: skip
        self.show_step()

    def show_step(self) -> None:
        """Show what the exchange is doing, if it is."""
        status, step = self._page.exchange.status, self._page.exchange.step
        pending = status.pending if status is not None else 0
        self.busy.set("", step_words(step, pending) if step else "")
        self.now.setEnabled(not step)

    def _exchange(self) -> None:
        self._page.exchange.now()


class JoinCard(Card):
    """Joining a centre: for the head, while the station has not joined or must join anew."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=12)
        self._page = page
        self.content.addWidget(label(tr("Join a centre"), "section"))
        self._words = label("", "quiet", wrap=True)
        self.content.addWidget(self._words)
        self.form = JoinForm()
        self.form.submitted.connect(self._join)
        self.content.addWidget(self.form)

    def show_view(self, view: SyncView) -> None:
        """Show the form where it is of use."""
        status, head = view.status, self._page.is_head
        self.setVisible(not status.joined or status.problem == "unknown")
        self.form.setVisible(head)
        if status.joined and not self.form.url.text():
            self.form.url.setText(status.url)
        self._words.setText(
            tr("Ask the centre for its address and a one-time code. The first computer of a "
               "station needs nothing else; for a further one, or in the place of a broken one, a "
               "second person at the centre approves the code.")
            if head else tr("The head of the station joins it to the centre.")
        )  # fmt: skip

    def _join(self, url: str, code: str) -> None:
        page = self._page

        def work(_report: object) -> str:
            from station_app.sync.enrolment import join

            return join(page.store, page.actor, url, code)

        self.form.set_busy(tr("Asking the centre …"))
        page.exchange.alone(work, self._joined, failed=self.form.refuse, owner=self)

    def _joined(self, letter: str) -> None:
        self.form.set_busy("")
        self.form.code.clear()
        self._page.message.emit(tr("Joined. This is computer {letter}.", letter=letter), None)
        self._page.state.now.setFocus()
        self._page.mark_stale()


def _last_words(view: SyncView) -> str:
    at = view.status.last_exchange_at
    if at is None:
        return tr("Not exchanged with the centre yet.")
    return tr("Last exchange with the centre: {when}", when=since_words(at, view.today))
