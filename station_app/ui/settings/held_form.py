"""A form of the settings that keeps what is half-typed, and says so when it comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from station_app.i18n import tr
from station_app.services import drafts
from station_app.ui.kept_form import KeptForm, Typed
from station_app.ui.widgets import MessageBar, ShortcutButton

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class HeldForm(QObject):
    """Between ``form`` and the drafts. ``collect`` tells what it says, ``put`` fills it.

    ``bar`` belongs on top of the form. Whoever saves calls ``saving`` before, lets its
    transaction drop the draft of that name, and calls ``refused`` if nothing came of it.
    """

    def __init__(
        self,
        jobs: Jobs,
        form: QWidget,
        collect: Callable[[], Typed],
        put: Callable[[Typed], object],
    ) -> None:
        super().__init__(form)
        self._jobs, self._collect, self._put = jobs, collect, put
        self._start: Typed = {}
        self._name = ""
        self.kept = KeptForm(jobs, collect, form)
        self.bar = MessageBar("amber", icon="edit")
        self.anew = ShortcutButton(tr("Begin anew"), "Ctrl+Backspace", act=self._begin_anew)
        self.bar.add_button(self.anew)
        self.bar.set("")

    def begin(self, name: str) -> None:
        """The form is open under ``name`` as it begins; what was typed before comes back."""
        self._name, self._start = name, self._collect()
        self.kept.begin(name, self._start)
        self.bar.set("")
        # In the line of the writes: what was put aside a moment ago must be there.
        self._jobs.write(
            lambda tx: drafts.kept_draft(tx, name),
            lambda typed: self._found(name, typed),
            owner=self,
        )

    def leave(self) -> None:
        """The form is closed or shows something else; what was typed stays kept."""
        self.kept.keep()
        self.kept.end()
        self.bar.set("")

    def saving(self) -> str:
        """What is typed is being saved: the name of the draft that goes with it."""
        self.kept.end()  # a pause in the typing must not keep again what is being saved
        self.bar.set("")
        return self._name

    def refused(self) -> None:
        """It was not saved: it is kept as before."""
        self.kept.begin(self._name, self._start)
        self.kept.note()

    def _found(self, name: str, typed: Typed | None) -> None:
        if typed and self.kept.name == name and not self.kept.touched:
            self._put(self._start | typed)
            self.bar.set(tr("This was typed before and not saved yet."))

    def _begin_anew(self) -> None:
        self.kept.forget()
        self._put(self._start)
        self.bar.set("")
