"""Whose turn it is, with the acts that are possible now as buttons, and all others in a menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from db.vocabulary import IssueEventKind, IssueStatus
from station_app.domain.issues import IssueRecord
from station_app.i18n import tr
from station_app.printing.catalogue import issue_forms
from station_app.ui.issues import acts, turn_words
from station_app.ui.issues.act import Act
from station_app.ui.issues.words import IssueView
from station_app.ui.printing.print_button import PrintButton, record_entries
from station_app.ui.theme import icon, lay, px
from station_app.ui.widgets import Flow, Icon, ShortcutButton, keys_in_words, label, restyle


class TurnBar(QFrame):
    """``asked`` carries the act somebody wants to do. A viewer (``writable`` False) sees none."""

    asked = Signal(object)
    target_requested = Signal()

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self.buttons: dict[IssueEventKind, ShortcutButton] = {}
        self.possible: frozenset[IssueEventKind] = frozenset()
        self._shortcuts: list[QShortcut] = []
        self._icon = Icon("hourglass")
        self._strong = label("", "strong", wrap=True)
        self._plain = label("", wrap=True)
        self.open_target = ShortcutButton(
            tr("Open it"), "Alt+T", icon="arrow-right", act=self.target_requested.emit
        )
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.setAccessibleName(tr("Further acts"))
        self.more = ShortcutButton(tr("Further acts"), "Alt+.", icon="dots", act=self._open_menu)
        self.print = PrintButton(keys="Ctrl+P", show_keys=False)
        told = lay(QVBoxLayout(), spacing=2)
        told.addWidget(self._strong)
        told.addWidget(self._plain)
        head = lay(QHBoxLayout(), spacing=12)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(told, 1)
        head.addWidget(self.open_target, 0, Qt.AlignmentFlag.AlignTop)
        self._acts = QWidget()
        self._flow = Flow(self._acts)
        whole = lay(QVBoxLayout(self), margins=(14, 12, 14, 12), spacing=10)
        whole.addLayout(head)
        whole.addWidget(self._acts)

    def show_view(self, view: IssueView) -> None:
        """Say whose turn it is and offer what is possible now."""
        told = turn_words.turn(view)
        self._strong.setText(told.strong)
        self._plain.setText(told.plain)
        self._plain.setVisible(bool(told.plain))
        self._icon.set(told.icon, "accent" if told.tone == "red" else told.tone)
        self.setAccessibleName(f"{told.strong} {told.plain}".strip())
        if self.property("bar") != told.tone:
            self.setProperty("bar", told.tone)
            restyle(self)
        raised = view.record.status is IssueStatus.RAISED
        self.open_target.setVisible(view.record.joined_to is not None or raised)
        self._offer(view.record)

    def _offer(self, record: IssueRecord) -> None:
        self._clear()
        self._acts.setVisible(self._writable)
        if not self._writable:
            return
        shown, others = acts.buttons_for(record), acts.menu_for(record)
        for act in shown:
            button = self._button(act, record)
            self._flow.addWidget(button)
            button.show()  # at once: a layout would do so only after the next event
        for act, possible in others:
            self._add_to_menu(act, record, possible)
        self._flow.addWidget(self.more)
        self.more.show()
        self._flow.addWidget(self.print)
        self.print.offer(record_entries(issue_forms(record), record.id))
        self.possible = frozenset(
            one.event for one in (*shown, *(act for act, possible in others if possible))
        )

    def _clear(self) -> None:
        for button in (*self.buttons.values(), self.more, self.print):
            self._flow.drop(button)
            button.hide()
        for button in self.buttons.values():
            button.deleteLater()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self.buttons, self._shortcuts, self.possible = {}, [], frozenset()
        self.menu.clear()

    def _button(self, act: Act, record: IssueRecord) -> ShortcutButton:
        primary = acts.is_primary(act.event, record.status)
        button = ShortcutButton(
            acts.act_name(act.event, record.status),
            act.keys,
            icon=act.icon,
            kind="primary" if primary else "",
            act=lambda: self.asked.emit(act.event),
        )
        self.buttons[act.event] = button
        return button

    def _add_to_menu(self, act: Act, record: IssueRecord, possible: bool) -> None:
        name = acts.act_name(act.event, record.status)
        item = self.menu.addAction(f"{name}\t{keys_in_words(act.keys)}")
        item.setIcon(icon(act.icon))
        item.setEnabled(possible)
        if not possible:
            item.setToolTip(acts.why_not(act.event, record))
            return
        item.triggered.connect(lambda: self.asked.emit(act.event))
        shortcut = QShortcut(QKeySequence(act.keys), self)
        shortcut.setWhatsThis(name)
        shortcut.activated.connect(lambda: self.asked.emit(act.event))
        self._shortcuts.append(shortcut)

    def _open_menu(self) -> None:
        below = self.more.mapToGlobal(QPoint(0, self.more.height() + px(4)))
        self.menu.popup(below)
        first = next((one for one in self.menu.actions() if one.isEnabled()), None)
        if first is not None:
            self.menu.setActiveAction(first)
