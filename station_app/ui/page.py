"""Page: one screen of the main window. This is the API for those who write pages.

A page is a subclass with ``kinds``, the record kinds whose changes concern it, and ``reload``::

    class DaysPage(Page):
        kinds = frozenset({"reception_day", "attendance"})

        def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
            super().__init__(jobs, actor, parent)
            self.set_title(tr("Reception days"))
            self.add_action(ShortcutButton(tr("Plan a day"), "Ctrl+N", icon="plus", kind="primary"))
            self.body.addWidget(...)            # QVBoxLayout below the title row

        def reload(self) -> None:
            self.jobs.read(days.list_days..., self._show, owner=self)

- It is built when first opened; ``reload`` runs at the first showing, and again when something of
  ``kinds`` changed: at once if visible, else at the next showing. Override ``on_changed`` for more.
- ``open_requested.emit(kind, id)`` asks the main window to show that record on its own page; the
  page whose PageSpec names the kind gets ``show_record(kind, id)``, or ``begin()`` without an id.
- ``message.emit(text, undo)`` shows a toast; ``undo`` is a callable or None.
- ``badge_changed.emit(n, accented)`` sets the number in the rail (0 hides it).
- ``print_requested.emit(title, make)``: preview; ``make() -> bytes`` (PDF) runs on ``jobs.work``.
- ``self.shortcut("F2", tr("Scan"), self.scan)`` acts while the page is visible and appears in F1;
  ShortcutButton does the same for buttons. F1 (help), Ctrl+K, Ctrl+L, Ctrl+P, Ctrl+Z (undo of the
  toast) and Alt+digit are taken: two owners of a key and neither works. “New” is Ctrl+N, save is
  Ctrl+Return. A letter alone is no shortcut: a scanner types letters.
- Not to be confused: ``station_app.domain.lists.Page`` is a page of rows.
- ``on_scanned(text)`` is called when a USB scanner read something while the page is visible;
  return True if it was yours.
- ``show_error(error, fields)`` is a ready ``failed``: sentences go under the Fields of the same
  names, everything else to a toast.
- ``printable()`` may return (title, make) for Ctrl+P and the print button; None hides the button.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_app.errors import RuleViolation, StationError, StoreFault
from station_app.ui.theme import lay, px
from station_app.ui.widgets.basic import label
from station_app.ui.widgets.buttons import (
    ShortcutButton,
    show_keys_if_room,
    show_words_if_room,
)
from station_app.ui.widgets.fields import Field

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Change
    from station_app.ui.jobs import Jobs

Printable = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One entry of the navigation rail. ``opens`` are the kinds that ``open_requested`` leads here.

    ``foot`` puts the entry at the foot of the rail, as for the settings; ``first`` is the page
    that an unlocked station opens with, where it is not the first of the rail.
    """

    noun: str
    title: str
    icon: str
    factory: Callable[[], Page]
    shortcut: str = ""
    opens: frozenset[str] = frozenset()
    foot: bool = False
    first: bool = False


class Page(QWidget):
    """One screen of the main window; see the head of this file."""

    kinds: ClassVar[frozenset[str]] = frozenset()

    open_requested = Signal(str, object)
    message = Signal(str, object)
    badge_changed = Signal(int, bool)
    print_requested = Signal(str, object)
    printable_changed = Signal()

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.actor = actor
        self._stale = self._new = True
        self.start: QWidget | None = None  # where the keys go when the page is opened first
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._title = label("", "title")
        self._subtitle = label("", "quiet")
        self._actions = lay(QHBoxLayout(), spacing=12)
        words = lay(QVBoxLayout(), spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self.head = lay(QHBoxLayout(), spacing=12)
        self.head.addLayout(words)
        self.head.addStretch(1)
        self.head.addLayout(self._actions)
        self.body = lay(QVBoxLayout(), spacing=16)
        whole = lay(QVBoxLayout(self), margins=(24, 16, 24, 16), spacing=16)
        whole.addLayout(self.head)
        whole.setAlignment(self.head, Qt.AlignmentFlag.AlignTop)  # also over a body not read yet
        whole.addLayout(self.body, 1)
        self.set_title("")

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Set the page's heading and the grey line under it."""
        for target, text in ((self._title, title), (self._subtitle, subtitle)):
            target.setText(text)
            target.setVisible(bool(text))
        self.setAccessibleName(title)

    def add_action(self, widget: QWidget) -> None:
        """Put ``widget`` (usually a ShortcutButton) at the right of the title."""
        self._actions.addWidget(widget)

    def shortcut(self, key: str, what: str, act: Callable[[], object]) -> QShortcut:
        """Let ``key`` do ``act`` while this page is visible; ``what`` says it in F1's list."""
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.setWhatsThis(what)
        made.activated.connect(act)
        return made

    def reload(self) -> None:
        """Read what the page shows; called when first shown and after changes."""

    def on_changed(self, changes: frozenset[Change]) -> None:
        """Note that ``changes`` were committed; reload, now or when shown, if they concern it."""
        if any(change.kind in self.kinds for change in changes):
            self.mark_stale()

    def mark_stale(self) -> None:
        """Reload now if visible, else at the next showing."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def show_record(self, kind: str, record_id: UUID) -> None:
        """Bring one record to the eye; pages named in a spec's ``opens`` override it."""

    def begin(self) -> None:
        """Begin what a page of this kind begins with: a plan, the import of a roster."""

    def on_scanned(self, text: str) -> bool:
        """Take what a USB scanner read; True if it was this page's business."""
        return False

    def printable(self) -> Printable | None:
        """What Ctrl+P prints from here; emit ``printable_changed`` when the answer changes."""
        return None

    def show_error(self, error: StationError, fields: Mapping[str, Field] | None = None) -> None:
        """Show ``error`` where it helps: beneath its field, else as a message.

        A StoreFault is shown by the main window in a window of its own.
        """
        if isinstance(error, StoreFault):
            return
        left = error.text
        if isinstance(error, RuleViolation):
            left = show_violation(error, fields or {})
        if left:
            self.message.emit(left, None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_keys()

    def _fit_keys(self) -> None:
        """Let the actions show their keys only where there is room for all."""
        words = max(self._title.sizeHint().width(), self._subtitle.sizeHint().width())
        items = (self._actions.itemAt(at) for at in range(self._actions.count()))
        parts = [one.widget() for one in items if one is not None]
        buttons = [
            one for one in parts if isinstance(one, ShortcutButton) and one.isVisibleTo(self)
        ]
        gaps = px(48) + px(24) + px(4) * len(buttons)  # margins, and the actions' wider spacing
        room = self.width() - words - gaps
        for button in buttons:
            button.show_words(True)
        show_keys_if_room(buttons, room)
        show_words_if_room(buttons, room)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._new and self.start is not None:
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self._new = False
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.reload()


def show_violation(error: RuleViolation, fields: Mapping[str, Field]) -> str:
    """Write each sentence beneath its field, focus the first; return those without a field."""
    for field in fields.values():
        field.set_error("")
    left = [text for name, text in error.fields.items() if name not in fields]
    hit = [name for name in fields if name in error.fields]
    for name in hit:
        fields[name].set_error(error.fields[name])
    if hit:
        fields[hit[0]].focus()
    return " ".join(left)
