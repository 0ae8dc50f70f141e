"""RecordPane: the right side of a page: one record's facts or its form, never a dialog."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import drafts
from station_app.ui.kept_form import KeptForm, Typed
from station_app.ui.theme import fit, px
from station_app.ui.widgets import Card, EmptyState, Field, MessageBar

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


class _Kept(Protocol):
    """What every record has."""

    @property
    def id(self) -> UUID: ...


class ChangedElsewhere(StationError):
    """The record is no longer as it was when its form opened; ``known`` is how it is now."""

    def __init__(self, known: Any) -> None:
        super().__init__(
            tr(
                "This was changed elsewhere just now. What you did not touch shows the new values; "
                "look it over and save again."
            )
        )
        self.known = known


Record = TypeVar("Record", bound=_Kept)
Step = Callable[["Tx", UUID], Record]


class Form(Protocol):
    """What a form offers the pane besides being a widget."""

    fields: dict[str, Field]
    kept: MessageBar

    def fill(self, typed: Typed) -> None: ...

    def collect(self) -> Typed: ...

    def begin(self) -> None: ...


class RecordPane(QStackedWidget, Generic[Record]):
    """Shows one record and its form in place; what is half-typed is kept and comes back.

    ``saved`` carries the record after a save. A noun's pane says how to read, open and save.
    """

    saved = Signal(object)
    noun = ""

    def __init__(self, jobs: Jobs, page: Page, detail: QWidget, form: Any, choose: str) -> None:
        super().__init__()
        self._jobs, self._page = jobs, page
        self.shown: UUID | None = None
        self.record: Record | None = None
        self._editing: UUID | None = None
        self._began: Typed = {}  # the record as it was when the form opened
        self._blank: Typed = {}  # what the form then collected
        self._detail, self._form = detail, form
        self.kept = KeptForm(jobs, form.collect, self)
        nothing = Card()
        nothing.content.addWidget(EmptyState("chevron-left", choose))
        for part in (nothing, detail, form):
            self.addWidget(part)
        form.edited.connect(self.kept.note)
        form.cancelled.connect(self.cancel)
        form.began_anew.connect(self._begin_anew)
        fit(self, lambda pane: pane.setMinimumWidth(px(360)))

    @abstractmethod
    def _read(self) -> None:
        """Read the record shown and show it."""

    @abstractmethod
    def _get(self, tx: Tx, record_id: UUID) -> Record:
        """Read one record."""

    @abstractmethod
    def _open_form(self, record: Record | None) -> None:
        """Open the form of ``record``, or of a new one."""

    @abstractmethod
    def _start(self) -> Typed:
        """What the open form says while nothing was typed."""

    @abstractmethod
    def _typed(self, record: Record) -> Typed:
        """``record`` as its form would be filled."""

    @property
    def is_editing(self) -> bool:
        """Whether the form is open."""
        return self.currentWidget() is self._form

    def show_none(self) -> None:
        """Show that nothing is chosen, unless something is being typed."""
        self.shown, self.record = None, None
        if not self.is_editing:
            self.setCurrentIndex(0)

    def show_id(self, record_id: UUID) -> None:
        """Show that record. A form that was being typed into is put aside, with a way back."""
        if self.is_editing and record_id != self.shown:
            self._put_aside()
        self.shown = record_id
        self._read()

    def reload(self) -> None:
        """Read the shown record again."""
        if self.shown is not None:
            self._read()

    def begin_new(self) -> None:
        """Open the form for a new record."""
        if not self.is_editing or self._editing is not None:
            self._open_form(None)

    def cancel(self) -> None:
        """Close the form; what was typed stays kept until it is saved or begun anew."""
        self._put_aside()
        if self.shown is not None:
            self._read()

    def _form_name(self, record_id: UUID | None) -> str:
        return f"{self.noun}:{record_id or 'new'}"

    def _begin(self, record: Record | None) -> None:
        """The form of ``record`` is about to open."""
        if self.is_editing:
            self._put_aside()
        self._editing = None if record is None else record.id

    def _fill(self, typed: Typed | None) -> None:
        """Open the form with ``typed``, kept from before, or as it begins."""
        form: Form = self._form
        self.setCurrentWidget(self._form)
        for field in form.fields.values():
            field.set_error("")
        self._began = self._start()
        form.fill(self._began)
        self._blank = form.collect()
        self.kept.begin(self._form_name(self._editing), self._blank)
        if typed is not None:
            form.fill(self._began | typed)
        form.kept.set(tr("This was typed before and not saved yet.") if typed else "")
        form.begin()

    def _begin_anew(self) -> None:
        form: Form = self._form
        typed, name = form.collect(), self.kept.name
        self.kept.forget()
        form.kept.set("")
        form.fill(self._start())
        form.begin()

        def back() -> None:
            if self.kept.name == name:
                form.fill(typed)
                self.kept.note()

        self._page.message.emit(tr("Began anew."), back)

    def _put_aside(self) -> None:
        touched, editing = self.kept.touched, self._editing
        self.kept.keep(self.reload)
        self.kept.end()
        self.setCurrentIndex(0 if self.shown is None else self.indexOf(self._detail))
        if touched:
            text = tr("What you typed is put aside and not saved yet.")
            self._page.message.emit(text, lambda: self._go_on(editing))

    def _go_on(self, editing: UUID | None) -> None:
        if editing is None:
            self._open_form(None)
            return
        self._jobs.read(lambda tx: self._get(tx, editing), self._open_again, owner=self)

    def _open_again(self, record: Record) -> None:
        self.shown, self.record = record.id, record
        self._open_form(record)

    def _save_as(self, save: Callable[[Tx, UUID | None], Record]) -> None:
        editing, name, began = self._editing, self.kept.name, self._began

        def act(tx: Tx) -> Record:
            if editing is not None:
                known = self._typed(self._get(tx, editing))
                if known != began:
                    raise ChangedElsewhere(known)
            record = save(tx, editing)
            drafts.drop_draft(tx, name)
            return record

        self._jobs.write(act, self._saved, owner=self, failed=self._refused)

    def _refused(self, error: StationError) -> None:
        if isinstance(error, ChangedElsewhere):
            self._take_over(error)
        else:
            self._page.show_error(error, self._form.fields)

    def _take_over(self, error: ChangedElsewhere) -> None:
        """Show what others changed, but for what was typed here: that is the operator's to say."""
        form: Form = self._form
        touched = {
            name: value for name, value in form.collect().items() if value != self._blank[name]
        }
        self._began = error.known
        form.fill(self._began)
        self._blank = form.collect()
        form.fill(self._began | touched)
        form.kept.set(error.text)
        self.kept.note()

    def _saved(self, record: Record) -> None:
        self.kept.end()
        self.shown, self.record = record.id, record
        self.setCurrentWidget(self._detail)
        self._read()
        self.saved.emit(record)

    def _step(
        self, act: Step[Record], said: Callable[[Record], str], undo: Step[Record] | None = None
    ) -> None:
        """Do ``act`` to the record shown, say so, and offer ``undo``."""
        shown = self.shown
        if shown is None:
            return

        def done(record: Record) -> None:
            self._stepped(record)
            back = None if undo is None else partial(self._write, undo, shown, self._stepped)
            self._page.message.emit(said(record), back)

        self._write(act, shown, done)

    def _write(self, act: Step[Record], record_id: UUID, then: Callable[[Record], object]) -> None:
        self._jobs.write(
            lambda tx: act(tx, record_id), then, owner=self, failed=self._page.show_error
        )

    def _stepped(self, record: Record) -> None:
        self.shown = record.id
        self._read()
