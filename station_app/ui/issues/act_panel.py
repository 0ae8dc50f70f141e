"""The act panel: what an act needs, typed in place above the timeline; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from db.vocabulary import IssueEventKind
from station_app.domain.papers import AttachmentRecord
from station_app.i18n import tr
from station_app.ui.attachments.evidence import EvidenceInput
from station_app.ui.issues import acts
from station_app.ui.issues.act_inputs import Offers, inputs_for
from station_app.ui.issues.inputs import Input
from station_app.ui.issues.join_input import JoinInput
from station_app.ui.issues.words import IssueView
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, Field, PickMany, ShortcutButton, column, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class ActPanel(Card):
    """The form of one act. ``submitted`` asks to do it, ``closed`` came by Esc, ``typed`` often."""

    submitted = Signal()
    closed = Signal()
    typed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=14, spacing=10)
        self._jobs = jobs
        self.doing: IssueEventKind | None = None
        self.inputs: list[Input] = []
        self._title = label("", "section")
        self._form = lay(column(), spacing=10)
        self.save = ShortcutButton(
            tr("form|Save"), "Ctrl+Return", kind="primary", act=self.submitted.emit
        )
        self.leave = ShortcutButton(tr("form|Close"), "Escape", kind="quiet", act=self._leave)
        self.content.addWidget(self._title)
        self.content.addLayout(self._form)
        self.content.addLayout(row(self.save, self.leave, None))
        self.hide()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by the names that errors use."""
        return {one.name: one.field for one in self.inputs}

    def ask(
        self,
        event: IssueEventKind,
        view: IssueView,
        offers: Offers,
    ) -> None:
        """Show the empty form of ``event``."""
        self._clear()
        self.doing = event
        name = acts.act_name(event, view.record.status)
        self._title.setText(name)
        self.setAccessibleName(name)
        self.inputs = inputs_for(event, view, offers, self._jobs)
        for one in self.inputs:
            self._form.addWidget(one.field)
            self._listen(one.field.input)
        self.show()
        self.inputs[0].field.focus()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put what was typed earlier back into the form."""
        for one in self.inputs:
            if one.name in values:
                one.put(values[one.name])

    def values(self) -> dict[str, str]:
        """What is typed, to be kept."""
        return {one.name: one.get() for one in self.inputs}

    def given(self) -> dict[str, str]:
        """What is typed, to be done."""
        given = self.values()
        for one in self.inputs:
            if isinstance(one.field.input, JoinInput):
                given[one.name] = one.field.input.into
        return given

    def take_papers(self, papers: Iterable[AttachmentRecord]) -> None:
        """Papers were added to the issue: a form that is open takes them as evidence."""
        for one in self.inputs:
            if isinstance(one.field.input, EvidenceInput):
                one.field.input.add(papers)

    def close_form(self) -> None:
        """Put the form away."""
        self.doing = None
        self.hide()
        self._clear()

    def _leave(self) -> None:
        for one in self.inputs:
            popup = getattr(one.field.input, "popup", None)
            if popup is not None and popup.isVisible():
                popup.hide()
                return
        self.closed.emit()

    def _clear(self) -> None:
        for one in self.inputs:
            self._form.removeWidget(one.field)
            one.field.hide()
            one.field.deleteLater()
        self.inputs = []

    def _listen(self, part: QObject | QWidget) -> None:
        if isinstance(part, QPlainTextEdit):
            part.textChanged.connect(self.typed)
        elif isinstance(part, JoinInput):
            part.taken.connect(self.typed)
        elif isinstance(part, PickMany | EvidenceInput):
            part.changed.connect(self.typed)
        elif isinstance(part, QLineEdit):
            part.textEdited.connect(self.typed)
        elif isinstance(part, QComboBox):
            part.currentIndexChanged.connect(self.typed)
