"""Editing a resident in place: opens the form, keeps what is typed, saves it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.vocabulary import Gender
from station_app.domain.residents import ResidentRecord
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services import drafts, residents
from station_app.ui.kept_form import KeptForm, Typed
from station_app.ui.residents.form import ResidentForm

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs


class Editing(QObject):
    """Between the form and the services.

    ``opened`` and ``closed`` (True: something typed is kept) say whether the form is to be seen;
    ``saved`` carries the record, ``refused`` a StationError, ``known`` the id of a resident who was
    there already.
    """

    opened = Signal()
    closed = Signal(bool)
    saved = Signal(object)
    refused = Signal(object)
    known = Signal(object)

    def __init__(self, jobs: Jobs, form: ResidentForm) -> None:
        super().__init__(form)
        self._jobs, self._form = jobs, form
        self.kept = KeptForm(jobs, form.values, self)
        self._id: UUID | None = None
        self._heading = ""
        self._start: Typed = {}
        form.edited.connect(self.kept.note)
        form.saved.connect(self._save)
        form.closed.connect(self._close)
        form.began_anew.connect(self._begin_anew)
        form.known.connect(self._known)

    def add(self) -> None:
        """Open the empty form, or go on with a new resident that was not saved."""
        self._begin(None, tr("Add a resident"), {})

    def edit(self, resident_id: UUID) -> None:
        """Open the form of a resident. It shows the whole number: logged like asking for it."""

        def read(tx: Tx) -> ResidentRecord:
            record = residents.get_resident(tx, resident_id)
            if record.phone:
                residents.reveal_phone(tx, resident_id)
            return record

        self._jobs.write(read, self._edit, owner=self, failed=self.refused.emit)

    def put_away(self) -> None:
        """Stop; what was typed is kept for the next time."""
        if self.kept.name:
            self.kept.keep()
            self.kept.end()

    def _edit(self, record: ResidentRecord) -> None:
        self._begin(record.id, tr("Edit {name}", name=record.name), _values(record))

    def _begin(self, resident_id: UUID | None, heading: str, values: Typed) -> None:
        self.put_away()
        self._id, self._heading, self._start = resident_id, heading, values
        self.kept.find(draft_name(resident_id), self._open)

    def _open(self, found: Typed | None) -> None:
        self._show(self._start)
        self.kept.begin(draft_name(self._id), self._form.values())
        if found:
            self._show(found)
        self._form.kept.set(tr("This was typed before and not saved.") if found else "")
        self.opened.emit()
        self._form.fields["name"].focus()

    def _show(self, values: Typed) -> None:
        self._form.begin(self._heading, values, new=self._id is None)

    def _begin_anew(self) -> None:
        self.kept.forget()
        self._show(self._start)
        self.kept.begin(draft_name(self._id), self._form.values())
        self._form.kept.set("")

    def _known(self, resident_id: UUID) -> None:
        """Somebody typed as new is there already: the form is not needed."""
        self.kept.forget()
        self.kept.end()
        self.known.emit(resident_id)

    def _close(self) -> None:
        touched = self.kept.touched
        self.put_away()
        self.closed.emit(touched)

    def _save(self) -> None:
        draft, resident_id = self._form.draft(), self._id
        name, start, typed = draft_name(resident_id), self._start, self._form.values()
        # A pause in the typing must not keep again what is being saved.
        self.kept.end()

        def write(tx: Tx) -> ResidentRecord:
            wanted = draft
            if resident_id is not None:
                known = _values(residents.get_resident(tx, resident_id))
                wanted = replace(draft, **_untouched(typed, start, known))
            saved = residents.save_resident(tx, wanted, resident_id=resident_id)
            drafts.drop_draft(tx, name)
            return saved

        self._form.save.setEnabled(False)
        self._jobs.write(write, self._finish, owner=self, failed=self._refuse)

    def _finish(self, record: ResidentRecord) -> None:
        self._form.save.setEnabled(True)
        self.saved.emit(record)

    def _refuse(self, error: StationError) -> None:
        self._form.save.setEnabled(True)
        if isinstance(error, Overtaken):
            self._start = self._start | error.values  # the second save is on purpose
        self.kept.begin(draft_name(self._id), self._start)
        self.kept.note()
        self.refused.emit(error)


class Overtaken(RuleViolation):
    """Another PC or the centre changed meanwhile what is typed here: ``values`` are theirs."""

    def __init__(self, values: Typed) -> None:
        super().__init__(
            {
                name: tr("Changed elsewhere just now to “{value}”. Save again to keep yours.",
                         value=value)
                for name, value in values.items()
            }
        )  # fmt: skip
        self.values = values


def _untouched(typed: Typed, start: Typed, known: Typed) -> Typed:
    """What nobody typed here stays as it is known now. Raises Overtaken."""
    elsewhere = [name for name in start if known[name] != start[name]]
    met = {one: known[one] for one in elsewhere if typed[one] not in (start[one], known[one])}
    if met:
        raise Overtaken(met)
    left = {name: known[name] for name in start if typed[name] == start[name]}
    if "gender" in left:
        left["gender"] = Gender(left["gender"]) if left["gender"] else None
    return left


def _values(record: ResidentRecord) -> Typed:
    """A resident as the form shows them."""
    return {
        "name": record.name,
        "phone": record.phone,
        "community": record.community,
        "address": record.address,
        "gender": record.gender.value if record.gender else "",
        "note": record.note,
    }


def draft_name(resident_id: UUID | None) -> str:
    """Under which name a half-typed resident is kept."""
    return f"resident/{resident_id.hex if resident_id else 'new'}"
