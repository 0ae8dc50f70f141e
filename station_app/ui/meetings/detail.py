"""One meeting beside the list, to read: who was there, the record, what came of each issue."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.issue_words import degree_word
from station_app.domain.meetings import MeetingConclusion, MeetingRecord
from station_app.i18n import tr
from station_app.printing.catalogue import FORMS_OF
from station_app.ui.days.words import day_title
from station_app.ui.issues.links import LinkButton
from station_app.ui.issues.timeline import LongText
from station_app.ui.printing.print_button import PrintButton, record_entries
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, Flow, Line, Pill, column, label, row, scrolling


class MeetingDetail(QWidget):
    """Shows one meeting; ``issue_opened`` and ``deputy_opened`` carry ids."""

    issue_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._topic = label("", "title", wrap=True, selectable=True)
        self._when = label("", "quiet", wrap=True)
        self._people = lay(QVBoxLayout(), spacing=6)
        self._record = LongText()
        self._items = lay(QVBoxLayout(), spacing=10)
        body = lay(QVBoxLayout(), margins=(20, 20, 20, 20), spacing=14)
        self.print = PrintButton(keys="Ctrl+P", show_keys=False)
        body.addLayout(column(self._topic, self._when, spacing=4))
        body.addLayout(row(self.print, None))
        body.addLayout(self._people)
        body.addWidget(self._record)
        body.addLayout(column(label(tr("What was agreed"), "strong"), self._items, spacing=8))
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("Three-party meeting"), gutter=20))
        lay(QHBoxLayout(self)).addWidget(card)

    def show_record(self, record: MeetingRecord) -> None:
        """Show ``record``."""
        self._topic.setText(record.topic)
        when = " · ".join(filter(None, (day_title(record.held_on), record.place)))
        self._when.setText(when)
        self.print.offer(record_entries(FORMS_OF["meeting"] if record.items else (), record.id))
        _clear(self._people)
        comma = tr("levels|, ")
        for title, names in (
            (tr("Deputies"), comma.join(one.name for one in record.deputies)),
            (tr("meeting|Residents"), comma.join(record.residents)),
            (tr("Departments"), comma.join(record.departments)),
        ):
            self._people.addWidget(_line(title, names))
        self._record.set(record.text)
        _clear(self._items)
        for at, item in enumerate(record.items):
            if at:
                self._items.addWidget(Line())
            self._items.addWidget(self._item(item))
        if not record.items:
            self._items.addWidget(label(tr("This meeting was taken back."), "quiet", wrap=True))

    def _item(self, item: MeetingConclusion) -> QWidget:
        made = QWidget()
        link = LinkButton(item.title, "message-report")
        link.setAccessibleName(tr("Open issue {title}", title=item.title))
        ident: UUID = item.issue_id
        link.clicked.connect(lambda: self.issue_opened.emit(ident))
        head = row(spacing=8)
        head.addWidget(link, 1)
        head.addWidget(label(item.number, "secondary"))
        whole = lay(column(head, LongText(item.conclusion)), spacing=4)
        pills = QWidget()
        flow = Flow(pills, spacing=6)
        for pill in _pills(item):
            flow.addWidget(pill)
        whole.addWidget(pills)
        made.setLayout(whole)
        pills.setVisible(bool(flow.count()))  # not before it has a place, or it would be a window
        return made


def _pills(item: MeetingConclusion) -> list[Pill]:
    found = []
    if item.unit:
        found.append(Pill(tr("Assigned to {unit}", unit=item.unit), "neutral"))
    if item.degree is not None:
        found.append(Pill(tr("Settled: {degree}", degree=degree_word(item.degree)), "green"))
    elif item.replied:
        found.append(Pill(tr("meeting|Answered, not settled yet"), "blue"))
    if item.promise_on is not None:
        until = f"{item.promise_on:%Y-%m-%d}"
        said = tr("Promised until {date}", date=until)
        found.append(Pill(f"{said}: {item.promise}", "amber"))
    return found


def _line(title: str, names: str) -> QWidget:
    made = QWidget()
    line = row(spacing=8)
    line.addWidget(label(title, "secondary"))
    line.addWidget(label(names, wrap=True, selectable=True), 1)
    made.setLayout(line)
    return made


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
