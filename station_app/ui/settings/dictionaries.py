"""The dictionaries: what issues are filed under, who handles them, why some are declined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station_app.domain.dictionaries import Dictionary, EntryRow, dictionary_word
from station_app.domain.lists import Listing, Mark, Page
from station_app.i18n import tr
from station_app.services import drafts
from station_app.services.dictionary_acts import retire_entry, save_entry
from station_app.services.dictionary_lists import dictionary_entries, put_in_order
from station_app.ui.kept_form import Typed
from station_app.ui.settings.held_form import HeldForm
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    ChoiceBar,
    Column,
    Combo,
    EnterMovesOn,
    Field,
    ListTable,
    MessageBar,
    PagedTable,
    ShortcutButton,
    TextArea,
    label,
    row,
)

if TYPE_CHECKING:
    from uuid import UUID

    from station_app.errors import StationError
    from station_app.store import Tx
    from station_app.ui.settings.page import SettingsPage


_Act = Callable[["Tx"], None]


class DictionariesSection(QWidget):
    """The entries of one dictionary at the left, the chosen one's words at the right."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__()
        self._page = page
        self.which = Dictionary.CATEGORIES
        self.entry: EntryRow | None = None
        self.is_new = False
        self.choice = ChoiceBar(
            [(one, dictionary_word(one)) for one in Dictionary],
            name=tr("Dictionary"),
            start=Dictionary.CATEGORIES,
            kind="filter",
        )
        self.model: PagedTable[EntryRow] = PagedTable(
            page.jobs, _columns(), self._fetch, listing=Listing(""), parent=self
        )
        self.table = ListTable(self.model, name=tr("Entries"), header=False)
        fit(self.table, lambda one: one.setMinimumHeight(px(420)))
        self._build_form()
        whole = lay(QVBoxLayout(self), spacing=12)
        whole.addWidget(self.choice)
        both = lay(QHBoxLayout(), spacing=16)
        listed = Card(margin=1)
        listed.content.addWidget(self.table)
        both.addWidget(listed, 3)
        both.addWidget(self._form, 2)
        whole.addLayout(both)
        self._connect()

    def _build_form(self) -> None:
        self.code, self.name = QLineEdit(), QLineEdit()
        self.name.setMaxLength(50)
        self.parent_code = Combo()
        self.text = TextArea(lines=3, most=8)
        self.fields = {
            "name": Field(tr("dictionary|Name"), self.name, required=True),
            "code": Field(
                tr("Code"), self.code, required=True,
                hint=tr("Stays for ever and is never given again; small letters and digits."),
            ),
            "parent": Field(tr("Beneath"), self.parent_code),
            "text": Field(tr("Where to go instead"), self.text),
        }  # fmt: skip
        self.why = MessageBar("blue", icon="lock")
        self.why.set("")
        self.new = ShortcutButton(tr("New entry"), "Ctrl+N", icon="plus", act=self.begin_new)
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self._save)
        self.retire = ShortcutButton(tr("Offer it no longer"), "Alt+W", act=self._retire)
        self.up = ShortcutButton(tr("Up"), "Alt+Up", icon="chevron-up", act=lambda: self._move(-1))
        self.down = ShortcutButton(
            tr("Down"), "Alt+Down", icon="chevron-down", act=lambda: self._move(1)
        )
        self._form = Card(margin=20, spacing=12)
        self.held = HeldForm(self._page.jobs, self._form, self._typed, self._put)
        self._title = label("", "section", wrap=True)
        self._form.content.addLayout(row(self._title, None, self.new))
        self._form.content.addWidget(self.held.bar)
        self._form.content.addWidget(self.why)
        for field in self.fields.values():
            self._form.content.addWidget(field)
        acts = lay(QGridLayout(), spacing=8)
        for at, button in enumerate((self.save, self.retire, self.up, self.down)):
            acts.addWidget(button, at // 2, at % 2)
        self._form.content.addLayout(acts)
        self._form.content.addStretch(1)
        EnterMovesOn(self._form)
        note = self.held.kept.note
        for line in (self.name, self.code):
            line.textEdited.connect(lambda _text: note())
        self.text.textChanged.connect(note)
        self.parent_code.currentIndexChanged.connect(lambda _at: note())

    def _typed(self) -> Typed:
        parent = str(self.parent_code.currentData() or "")
        code = self.code.text().strip()
        return {"name": self.name.text(), "code": code, "parent": parent, "text": self.text.text()}

    def _put(self, typed: Typed) -> None:
        self.name.setText(typed["name"])
        self.code.setText(typed["code"])
        self.parent_code.take(typed["parent"])
        self.text.setPlainText(typed["text"])

    def _connect(self) -> None:
        self.choice.changed.connect(self._turn)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _one: self.name.setFocus())
        self.model.loaded.connect(self._loaded)

    def reload(self) -> None:
        """Read the entries anew."""
        self.model.reload()

    def begin_new(self) -> None:
        """Empty the form for a new entry."""
        if self.which is Dictionary.DEGREES:
            return
        self.is_new = True
        beneath = self.entry.parent or self.entry.id if self.entry is not None else ""
        self._fill(EntryRow("", "", beneath if self.which is Dictionary.CATEGORIES else ""))
        self.name.setFocus()

    def _fetch(
        self, tx: Tx, listing: Listing, /, *, at: Mark | None = None, backwards: bool = False
    ) -> Page[EntryRow]:
        return Page(dictionary_entries(tx, self.which), None, None)

    def _turn(self, which: object) -> None:
        self.held.leave()
        self.which, self.entry, self.is_new = Dictionary(str(which)), None, False
        self.table.selectionModel().clear()
        self.model.ask(Listing(self.which.value))

    def _loaded(self) -> None:
        parents = [one for one in self.model.rows if not one.parent and not one.retired]
        self.parent_code.fill(
            [("", tr("dictionary|On the first level")), *((one.id, one.name) for one in parents)]
        )
        if self.is_new:
            return
        rows, shown = self.model.rows, self.entry
        codes = [one.id for one in rows]
        place = codes.index(shown.id) if shown is not None and shown.id in codes else 0
        if rows and rows[place] != shown:
            self.table.setCurrentIndex(self.model.index(place, 0))
            self._show(rows[place])

    def _show(self, entry: EntryRow) -> None:
        same = self.entry is not None and entry.id == self.entry.id
        if entry == self.entry or (self.is_new and same):
            return  # what is half-typed stays
        self.entry, self.is_new = entry, False
        self._fill(entry)

    def _fill(self, entry: EntryRow) -> None:
        self.held.leave()
        for field in self.fields.values():
            field.set_error("")
        free = entry.own
        self._title.setText(tr("New entry") if self.is_new else entry.name)
        self.name.setText(entry.name)
        self.code.setText(entry.id)
        self.parent_code.take(entry.parent)
        self.text.setPlainText(entry.text)
        for part in (self.name, self.text):
            part.setReadOnly(not free)
        self.code.setReadOnly(not self.is_new)
        self.parent_code.setEnabled(self.is_new)
        self.fields["parent"].setVisible(self.which is Dictionary.CATEGORIES)
        self.fields["text"].setVisible(self.which is Dictionary.REASONS)
        self._allow(entry, free)
        if free:
            self.held.begin(f"dictionary/{self.which.value}/{'' if self.is_new else entry.id}")

    def _allow(self, entry: EntryRow, free: bool) -> None:
        fixed = self.which is Dictionary.DEGREES
        self.why.set(
            "" if free else tr("This entry comes from the centre; only the centre can change it.")
        )
        if fixed and free:
            self.why.set(tr("The meaning of the degrees is fixed; their words can be changed."))
        self.new.setVisible(not fixed)
        self.save.setEnabled(free)
        self.retire.setText(tr("Offer it again") if entry.retired else tr("Offer it no longer"))
        self.retire.setEnabled(free and not fixed and not self.is_new)
        for button in (self.up, self.down):
            button.setEnabled(free and not fixed and not self.is_new)

    def _save(self) -> None:
        which, new, given = self.which, self.is_new, self._typed()
        code, draft = given.pop("code"), self.held.saving()

        def act(tx: Tx) -> None:
            save_entry(tx, which, code, new=new, **given)
            drafts.drop_draft(tx, draft)

        self._write(act, code, tr("Saved."), draft=draft)

    def _retire(self) -> None:
        entry, which = self.entry, self.which
        if entry is None or self.is_new:
            return
        back = partial(retire_entry, which=which, code=entry.id, retired=entry.retired)
        told = (
            tr("“{name}” is offered again.", name=entry.name)
            if entry.retired
            else tr("“{name}” is offered no longer; what bears it keeps it.", name=entry.name)
        )
        act = partial(retire_entry, which=which, code=entry.id, retired=not entry.retired)
        self._write(act, entry.id, told, back)

    def _move(self, by: int) -> None:
        entry, which = self.entry, self.which
        if entry is not None and not self.is_new:
            act = partial(put_in_order, which=which, code=entry.id, by=by)
            self._write(act, entry.id, "")

    def _write(
        self, act: _Act, code: str, told: str, back: _Act | None = None, *, draft: str = ""
    ) -> None:
        def refused(error: StationError) -> None:
            if draft:
                self.held.refused()
            self._page.show_error(error, self.fields)

        def done(_none: object) -> None:
            self.is_new = self.is_new and code != self.code.text().strip()
            if draft:
                self.held.begin(draft)
            self.table.select(cast("UUID", code))
            self.model.reload()
            if told:
                undo = None if back is None else partial(self._write, back, code, tr("Saved."))
                self._page.message.emit(told, undo)

        self._page.jobs.write(act, done, owner=self, failed=refused)


def _columns() -> Sequence[Column[EntryRow]]:
    return [
        Column(
            "",
            lambda one: f"　　{one.name}" if one.parent else one.name,
        ),
        Column("", lambda one: one.id, width=130, role="secondary"),
        Column("", _state, width=110, tone=lambda one: "neutral" if one.retired else "blue"),
    ]


def _state(one: EntryRow) -> str:
    if one.retired:
        return tr("dictionary|Not offered")
    return "" if one.own else tr("dictionary|From the centre")
