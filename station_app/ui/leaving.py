"""What is shown beside a list and is no longer in it: a quiet bar says so and leads to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from station_app.domain.lists import Listing
from station_app.i18n import tr
from station_app.ui.widgets import ListTable, MessageBar, PagedTable, ShortcutButton


class Leaving(QObject):
    """Watches whether the record shown (``shown``) leaves the list.

    After an act it stays beside the list, so that its outcome can be read: ``bar`` says that the
    list holds it no longer, and Down, or Alt+Down from anywhere, goes on to what took its place.
    Whoever asks the list for something else wants to see that: ``asked_anew`` is true then.
    """

    def __init__(
        self, rows: ListTable, table: PagedTable[Any], shown: Callable[[], UUID | None]
    ) -> None:
        super().__init__(rows)
        self._rows, self._table, self._shown = rows, table, shown
        self._listing = table.listing
        self._stood: tuple[UUID, int] | None = None
        self.asked_anew = False
        self.bar = MessageBar(icon="info-circle")
        self.next = ShortcutButton(
            tr("list|The next one"), "Alt+Down", icon="chevron-right", act=lambda: self._go(0)
        )
        self.bar.add_button(self.next)
        self.bar.set("")
        table.modelAboutToBeReset.connect(self._note)
        table.loaded.connect(self._look)
        rows.installEventFilter(self)

    def look_again(self) -> None:
        """Another record is shown: the bar is about the one before."""
        if self._stood is not None and self._stood[0] != self._shown():
            self._stood = None
            self.bar.set("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and Up begin where the record stood, not at the beginning of the list."""
        steps = {Qt.Key.Key_Down: 0, Qt.Key.Key_Up: -1}
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and event.key() in steps
            and self.bar.isVisible()
            and self._table.rows
        ):
            self._go(steps[Qt.Key(event.key())])
            return True
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        shown = self._shown()
        at = -1 if shown is None else self._table.row_of(shown)
        if shown is not None and at >= 0:
            self._stood = (shown, at)

    def _look(self) -> None:
        before, self._listing = self._listing, self._table.listing
        self.asked_anew = before != self._listing and not _wider(self._listing, before)
        self.look_again()
        shown, stood = self._shown(), self._stood
        here = shown is not None and self._table.row_of(shown) >= 0
        # Where fewer rows were read than before, it may well stand further down.
        left = stood is not None and not here and before == self._listing and self._covers(stood[1])
        if here or before != self._listing:
            self._stood = None
            self.bar.set("")
        elif left:
            self.bar.set(tr("This one is no longer in the list at the left."))
            self.next.setVisible(bool(self._table.rows))

    def _covers(self, at: int) -> bool:
        return at < len(self._table.rows) or not self._table.canFetchMore()

    def _go(self, by: int) -> None:
        if self._stood is None or not self._table.rows:
            return
        at = min(max(self._stood[1] + by, 0), len(self._table.rows) - 1)
        self._rows.select(self._table.rows[at].id)
        self._rows.setFocus()


def _wider(now: Listing, before: Listing) -> bool:
    """Whether ``now`` leaves out conditions of ``before`` and asks nothing else."""
    return (
        (not now.text or now.text == before.text)
        and now.filters.items() <= before.filters.items()
        and now.filters.get("view") == before.filters.get("view")
        and (now.sort, now.descending) == (before.sort, before.descending)
    )
