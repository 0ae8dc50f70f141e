"""One suggestion beside the list: its track, the next act, its history, its issues, its text."""

from __future__ import annotations

from datetime import date, tzinfo
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.vocabulary import Stage
from station_app.domain.case_words import stage_word
from station_app.domain.issue_words import status_word
from station_app.domain.suggestions import (
    SuggestionIssue,
    SuggestionRecord,
    SuggestionStep,
    may_withdraw,
)
from station_app.i18n import tr
from station_app.printing.catalogue import FORMS_OF
from station_app.ui.issues.links import FactLine, LinkButton
from station_app.ui.issues.looks import STATUS_TONES
from station_app.ui.issues.timeline import Entry, LongText
from station_app.ui.printing.print_button import PrintButton, record_entries
from station_app.ui.suggestions.steps import StepPanel
from station_app.ui.suggestions.track import StageTrack
from station_app.ui.suggestions.words import act_word, due_words, facts, stage_tone
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Flow,
    MessageBar,
    Pill,
    ShortcutButton,
    Tone,
    column,
    label,
    row,
    scrolling,
)

_LOOKS: dict[Stage, tuple[str, Tone]] = {
    Stage.DRAFTED: ("edit", "neutral"),
    Stage.REVIEWED: ("check", "neutral"),
    Stage.CLASSIFIED: ("stack-2", "neutral"),
    Stage.ASSIGNED: ("send", "neutral"),
    Stage.HANDLED: ("player-play", "neutral"),
    Stage.ANSWERED: ("message-reply", "blue"),
    Stage.SUPERVISED: ("eye", "neutral"),
    Stage.FED_BACK: ("circle-check", "green"),
    Stage.WITHDRAWN: ("arrow-back-up", "red"),
}


class SuggestionDetail(QWidget):
    """Shows one suggestion. ``asked`` carries the stage somebody wants to take it to."""

    asked = Signal(object)
    edit_requested = Signal()
    issue_opened = Signal(object)

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self.record: SuggestionRecord | None = None
        self._title = label("", "title", wrap=True, selectable=True)
        self._pill = Pill("", "neutral")
        self._facts = FactLine()
        self.track = StageTrack()
        self._due = Pill("", "neutral")
        self.unsaved = MessageBar("amber", icon="edit")
        self.unsaved.set("")
        self.next = ShortcutButton("", "Alt+A", kind="primary", act=self._ask_next)
        self.next.setAccessibleName(tr("Next stage"))
        self.edit = ShortcutButton(tr("Edit"), "Alt+E", icon="edit", act=self.edit_requested.emit)
        self.withdraw = ShortcutButton(
            tr("Withdraw"), "Alt+W", icon="arrow-back-up",
            act=lambda: self.asked.emit(Stage.WITHDRAWN),
        )  # fmt: skip
        self.print = PrintButton(keys="Ctrl+P", show_keys=False)
        self.panel = StepPanel()
        self._steps = lay(QVBoxLayout(), spacing=0)
        self._issues = lay(QVBoxLayout(), spacing=2)
        self._text = LongText()
        self._build()

    def _build(self) -> None:
        head = row(spacing=12)
        head.addWidget(self._title, 1)
        head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        acts = QWidget()
        flow = Flow(acts)
        for button in (self.next, self.edit, self.withdraw, self.print):
            flow.addWidget(button)
            button.hide()  # until it is known what can be done
        body = lay(QVBoxLayout(), margins=(20, 20, 20, 20), spacing=14)
        body.addLayout(column(head, self._facts, spacing=4))
        body.addWidget(self.track)
        body.addLayout(row(self._due, None))
        for part in (acts, self.unsaved, self.panel):
            body.addWidget(part)
        for title, inner in (
            (tr("suggestion|How it went"), self._steps),
            (tr("Drawn from these issues"), self._issues),
        ):
            body.addLayout(column(label(title, "strong"), inner, spacing=8))
        body.addLayout(column(label(tr("Text"), "strong"), self._text, spacing=6))
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("Suggestion"), gutter=20))
        lay(QHBoxLayout(self)).addWidget(card)

    def show_record(self, record: SuggestionRecord, today: date, zone: tzinfo) -> None:
        """Show ``record``."""
        self.record = record
        self._title.setText(record.title)
        self._pill.set(stage_word(record.stage), stage_tone(record.stage))
        self._facts.set(facts(record))
        counted = [one.stage for one in record.steps if one.counts]
        passed = [one for one in counted if one is not Stage.WITHDRAWN]
        self.track.set_stage(record.stage, passed=passed[-1] if passed else Stage.DRAFTED)
        said, tone = due_words(record.due_on, today)
        self._due.set(said, tone)
        self._due.setVisible(bool(said))
        following = record.next_stage
        if following is not None:
            self.next.setText(act_word(following))
            self.next.setAccessibleName(act_word(following))
        self.next.setVisible(self._writable and following is not None)
        self.edit.setVisible(self._writable and record.stage is Stage.DRAFTED)
        self.withdraw.setVisible(self._writable and may_withdraw(record.stage))
        self.print.offer(record_entries(FORMS_OF["deputy_suggestion"], record.id))
        self._show_steps(record, zone)
        self._show_issues(record)
        self._text.set(record.text)

    def possible(self, stage: Stage) -> bool:
        """Whether the suggestion shown can be taken to ``stage`` now."""
        record = self.record
        if record is None or not self._writable:
            return False
        if stage is Stage.WITHDRAWN:
            return may_withdraw(record.stage)
        return record.next_stage is stage

    def _ask_next(self) -> None:
        if self.record is not None and self.record.next_stage is not None:
            self.asked.emit(self.record.next_stage)

    def _show_steps(self, record: SuggestionRecord, zone: tzinfo) -> None:
        _clear(self._steps)
        last = len(record.steps) - 1
        for at, one in enumerate(record.steps):
            entry = _entry(one, zone, last=at == last)
            self._steps.addWidget(entry)
            entry.show()  # at once: a layout would do so only after the next event

    def _show_issues(self, record: SuggestionRecord) -> None:
        _clear(self._issues)
        for one in record.issues:
            line = self._issue(one)
            self._issues.addWidget(line)
            line.show()

    def _issue(self, one: SuggestionIssue) -> QWidget:
        made = QWidget()
        link = LinkButton(one.title, "message-report")
        link.setAccessibleName(tr("Open issue {title}", title=one.title))
        ident: UUID = one.id
        link.clicked.connect(lambda: self.issue_opened.emit(ident))
        line = row(spacing=8)
        line.addWidget(link, 1)
        line.addWidget(label(one.number, "secondary"))
        line.addWidget(Pill(status_word(one.status), STATUS_TONES[one.status]))
        made.setLayout(line)
        return made


def _entry(step: SuggestionStep, zone: tzinfo, *, last: bool) -> Entry:
    look: tuple[str, Tone] = ("arrow-back-up", "neutral")
    entry = Entry(*(_LOOKS[step.stage] if step.undoes is None else look), last=last)
    at = step.happened_at.astimezone(zone)
    title = stage_word(step.stage)
    if step.unit and step.stage in (Stage.ASSIGNED, Stage.HANDLED, Stage.ANSWERED):
        title = f"{title} · {step.unit}"
    if step.undoes is not None:
        title = tr("Taken back: {act}", act=title)
    elif step.undone:
        title = tr("{act} (taken back)", act=title)
    elif step.overtaken:
        title = tr("{act} (came too late, it does not count)", act=title)
    line = row(spacing=12)
    line.addWidget(label(title, "strong", wrap=True), 1)
    moment = f"{at:%Y-%m-%d} {at.hour}:{at:%M}"
    line.addWidget(label(moment, "secondary"), 0, Qt.AlignmentFlag.AlignTop)
    entry.content.addLayout(line)
    if step.text:
        entry.content.addWidget(LongText(step.text, "secondary"))
    if step.actor:
        entry.content.addWidget(label(step.actor, "secondary", wrap=True))
    entry.setAccessibleName(f"{moment} {title}")
    entry.setAccessibleDescription(step.text)
    return entry


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
