"""Conflicts: both values of a field side by side, who wrote them and when; one choice at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.domain.moments import local
from station_app.domain.sync import ConflictRecord, own_value
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services.sync_state import reopen_conflict, resolve_conflict
from station_app.services.sync_views import ConflictView, view_conflict
from station_app.ui.sync.view import OPENABLE
from station_app.ui.theme import fit, px
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import IconButton, ShortcutButton
from station_app.ui.widgets.fields import Combo, Field, TextArea
from station_app.ui.widgets.layout import column, row
from station_app.ui.widgets.messages import MessageBar

if TYPE_CHECKING:
    from station_app.ui.sync.page import SyncPage


class ConflictsCard(Card):
    """Shows one conflict after the other; what is chosen leaves the card and can be undone."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=12)
        self._page = page
        self._found: tuple[ConflictRecord, ...] = ()
        self._at = 0
        self.view: ConflictView | None = None
        self._head = label("", "section", wrap=True)
        self._place = label("", "secondary")
        self.before = IconButton(
            "chevron-left", tr("The one before"), keys="Alt+Left", act=lambda: self.step(-1)
        )
        self.after = IconButton(
            "chevron-right", tr("The next one"), keys="Alt+Right", act=lambda: self.step(1)
        )
        self.open = ShortcutButton(
            tr("Open the record"), "Alt+O", icon="external-link", kind="quiet", act=self._open
        )
        self.present = _Side("Ctrl+1", lambda: self._choose_side("present"))
        self.wanted = _Side("Ctrl+2", lambda: self._choose_side("wanted"))
        self.note = MessageBar("neutral", icon="info-circle")
        self.read = ShortcutButton(
            tr("Seen"), "Ctrl+1", icon="check", act=lambda: self._choose_side("present")
        )
        self.other = ShortcutButton(
            tr("Neither: write another"), "Ctrl+3", icon="edit", kind="quiet", act=self._edit
        )
        self.third = _Third(self._save_third, self._leave_third)
        self._build()

    def show_all(self, found: tuple[ConflictRecord, ...]) -> None:
        """Show the first of ``found``, or stay with the one that is looked at."""
        self.setVisible(bool(found))
        kept = self.view.conflict.id if self.view is not None else None
        self._found = found
        at = next((at for at, one in enumerate(found) if kept and one.id == kept), None)
        self._at = min(self._at, max(len(found) - 1, 0)) if at is None else at
        if found:
            self._load()
        else:
            self.view = None

    def step(self, by: int) -> None:
        """Look at another one."""
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._load()

    def _build(self) -> None:
        top = row(self._head, self._place, self.before, self.after)
        top.setStretch(0, 1)
        self.content.addLayout(top)
        self.content.addWidget(
            label(
                tr("It was written at two places before they knew of each other. Choose which "
                   "one holds; the other is kept in the history."),
                "quiet", wrap=True,
            )
        )  # fmt: skip
        self._sides = row(spacing=16)
        for side in (self.present, self.wanted):
            self._sides.addWidget(side, 1)
        self.content.addLayout(self._sides)
        self.content.addWidget(self.note)
        self.content.addWidget(self.third)
        self.content.addLayout(row(self.other, self.read, None, self.open))
        self.note.set("")
        self.third.hide()

    def _load(self) -> None:
        conflict = self._found[self._at]
        if self.view is not None and self.view.conflict == conflict:
            self._say_place()
            return
        # A whole phone number leaves a note in the audit, so it is read in a writing Tx.
        self._page.jobs.write(
            lambda tx: view_conflict(tx, conflict), self._show, owner=self, failed=self._failed
        )

    def _show(self, view: ConflictView) -> None:
        if view.conflict not in self._found:
            return
        self.view = view
        one = view.conflict
        self._head.setText(tr("{field} of {record}", field=view.field, record=view.title))
        self._say_place()
        self.present.show_side(tr("Holds now"), view.present, _who(one, "present"))
        self.wanted.show_side(tr("Written as well"), view.wanted, _who(one, "wanted"))
        self.open.setVisible(one.kind in OPENABLE)
        self.third.hide()
        self._arrange()

    def _arrange(self) -> None:
        assert self.view is not None
        one, writable = self.view.conflict, self._page.writable
        ready = writable and one.id is not None and not one.deletion
        for side in (self.present, self.wanted):
            side.button.setVisible(ready)
        self.other.setVisible(ready and bool(self.view.editor) and not self.third.isVisible())
        self.read.setVisible(writable and one.id is not None and one.deletion)
        if one.id is None:
            self.note.set("", tr("The rest of it is on its way from the centre."))
        elif one.deletion:
            self.note.set("", tr("One side deleted this record while the other wrote it. Nothing "
                                 "is lost: what was written stays to be read here."))  # fmt: skip
        else:
            self.note.set("")

    def _say_place(self) -> None:
        many = len(self._found) > 1
        self._place.setText(tr("{n} of {all}", n=self._at + 1, all=len(self._found)))
        for part in (self._place, self.before, self.after):
            part.setVisible(many)

    def _choose_side(self, side: str) -> None:
        if self.view is not None:
            self._resolve(getattr(self.view.conflict, side))

    def _edit(self) -> None:
        if self.view is not None:
            self.third.begin(self.view)
            self._arrange()
            self.third.field.focus()
            self._page.bring(self.third)

    def _leave_third(self) -> None:
        self.third.hide()
        self._arrange()
        self.other.setFocus()

    def _save_third(self) -> None:
        if self.view is None:
            return
        try:
            value = self.third.value(self.view.conflict.field)
        except RuleViolation as error:
            self.third.field.set_error(error.text)
            return
        self._resolve(value)

    def _resolve(self, value: Any) -> None:
        assert self.view is not None
        conflict_id = self.view.conflict.id
        if conflict_id is not None:
            self._page.jobs.write(
                lambda tx: resolve_conflict(tx, conflict_id, value),
                lambda _: self._chosen(conflict_id),
                owner=self,
                failed=self._failed,
            )

    def _chosen(self, conflict_id: UUID) -> None:
        self.view = None
        self.third.hide()

        def back() -> None:
            self._page.jobs.write(
                lambda tx: reopen_conflict(tx, conflict_id), owner=self, failed=self._failed
            )

        self._page.message.emit(tr("Chosen."), back)

    def _failed(self, error: StationError) -> None:
        if isinstance(error, RuleViolation) and self.third.isVisible():
            self.third.field.set_error(error.text)
            return
        self._page.show_error(error)
        self._page.mark_stale()

    def _open(self) -> None:
        if self.view is not None:
            one = self.view.conflict
            self._page.open_requested.emit(one.kind, one.record_id)


class _Side(Card):
    """One value, who wrote it and when, and the button that takes it."""

    def __init__(self, keys: str, act: Any) -> None:
        super().__init__(margin=16, spacing=8)
        self.setProperty("ground", "side")
        self._heading = label("", "label")
        self.value = label("", "strong", wrap=True, selectable=True)
        self.who = label("", "secondary", wrap=True)
        self.button = ShortcutButton(tr("Take this"), keys, icon="check", act=act)
        for part in (self._heading, self.value, self.who):
            self.content.addWidget(part)
        self.content.addStretch(1)
        self.content.addLayout(row(self.button, None))
        fit(self, lambda side: side.setMinimumWidth(px(200)))

    def show_side(self, heading: str, value: str, who: str) -> None:
        """Show one side."""
        self._heading.setText(heading)
        self.value.setText(value)
        self.who.setText(who)
        self.button.setAccessibleName(tr("Take this: {value}", value=value))
        self.setAccessibleName(f"{heading} {value} {who}")


class _Third(QWidget):
    """What holds instead of both, typed or chosen from a list."""

    def __init__(self, save: Any, leave: Any) -> None:
        super().__init__()
        self.line, self.lines, self.choice = QLineEdit(), TextArea(), Combo()
        self._fields = {
            "line": Field(tr("What holds instead"), self.line),
            "lines": Field(tr("What holds instead"), self.lines),
            "choice": Field(tr("What holds instead"), self.choice),
        }
        self.field = self._fields["line"]
        back = ShortcutButton(tr("Leave it"), "Escape", kind="quiet", act=leave)
        keep = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=save)
        self.line.returnPressed.connect(keep.click)
        self.setLayout(column(*self._fields.values(), row(None, back, keep), spacing=8))

    def begin(self, view: ConflictView) -> None:
        """Open for ``view``, with what holds now to start from."""
        for name, field in self._fields.items():
            field.setVisible(name == view.editor)
            field.set_error("")
        self.field = self._fields[view.editor]
        start = view.conflict.present
        text = "" if start is None else str(start)
        self.line.setText(text)
        self.lines.setPlainText(text)
        self.choice.fill(list(view.choices))
        self.choice.take(start)
        self.show()

    def value(self, field: str) -> Any:
        """What was typed or chosen, as it travels. Raises RuleViolation."""
        if self.field is self._fields["choice"]:
            return self.choice.currentData()
        typed = self.line.text() if self.field is self._fields["line"] else self.lines.text()
        return own_value(field, typed)


def _who(one: ConflictRecord, side: str) -> str:
    actor, at = getattr(one, f"{side}_actor"), getattr(one, f"{side}_at")
    name = actor or tr("At the centre")
    if at is None:
        return name
    return tr("{name}, {when}", name=name, when=f"{local(at):%Y-%m-%d %H:%M}")
