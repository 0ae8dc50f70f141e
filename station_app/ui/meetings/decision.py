"""What a meeting came to on one issue: words, who does it, until when, and whether it settles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from db.vocabulary import Degree
from station_app.domain.dictionaries import UnitRecord
from station_app.domain.issue_words import degree_word
from station_app.domain.meetings import MeetingItem
from station_app.i18n import tr
from station_app.ui.issues.links import LinkButton
from station_app.ui.issues.several import Chosen
from station_app.ui.kept_form import Typed
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Card,
    Combo,
    DateField,
    Field,
    IconButton,
    TextArea,
    label,
    row,
)

#: What the conclusion is beside words: nothing more, the answer, or the answer and the end.
_GOES_ON, _ANSWERED = "", "answered"


class DecisionBlock(Card):
    """The decision on one issue. ``edited`` comes with any key, ``dropped`` takes it out."""

    edited = Signal()
    dropped = Signal()
    opened = Signal(object)

    def __init__(self, one: Chosen, units: Sequence[UnitRecord]) -> None:
        super().__init__(margin=12, spacing=8)
        self.issue = one
        self.setAccessibleName(one.title)
        self.conclusion = TextArea(lines=2, most=10)
        self.unit, self.outcome = Combo(), Combo()
        self.unit.fill([("", tr("meeting|As before")), *((one.id.hex, one.name) for one in units)])
        settled = [
            (one.value, tr("Answered and settled: {degree}", degree=degree_word(one)))
            for one in Degree
        ]
        self.outcome.fill(
            [
                (_GOES_ON, tr("meeting|Goes on being handled")),
                (_ANSWERED, tr("meeting|Answered, not settled yet")),
                *settled,
            ]
        )
        self.promise, self.promise_on = QLineEdit(), DateField()
        self.fields = {
            "conclusion": Field(tr("What was agreed"), self.conclusion, required=True),
            "unit_id": Field(tr("Assigned to"), self.unit),
            "degree": Field(tr("What it is now"), self.outcome),
            "promise": Field(tr("What is promised, if anything"), self.promise),
            "promise_on": Field(tr("Promised until"), self.promise_on),
        }
        short = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        for combo in (self.unit, self.outcome):  # their longest words must not widen the form
            combo.setSizeAdjustPolicy(short)
            combo.setMinimumContentsLength(6)
        self._build()
        self._watch()

    def _build(self) -> None:
        link = LinkButton(self.issue.title, "message-report")
        link.setAccessibleName(tr("Open issue {title}", title=self.issue.title))
        link.clicked.connect(lambda: self.opened.emit(UUID(self.issue.id)))
        name = tr("Take out {title}", title=self.issue.title)
        out = IconButton("x", name, size=16, role="secondary", act=self.dropped.emit)
        head = row(spacing=6)
        head.addWidget(link, 1)
        head.addWidget(label(self.issue.number, "secondary"))
        head.addWidget(out)
        self.content.addLayout(head)
        grid = lay(QGridLayout(), spacing=8)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.fields["conclusion"], 0, 0, 1, 2)
        grid.addWidget(self.fields["unit_id"], 1, 0, top)
        grid.addWidget(self.fields["degree"], 1, 1, top)
        grid.addWidget(self.fields["promise"], 2, 0, top)
        grid.addWidget(self.fields["promise_on"], 2, 1, top)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.content.addLayout(grid)

    def _watch(self) -> None:
        self.conclusion.textChanged.connect(self.edited.emit)
        for combo in (self.unit, self.outcome):
            combo.currentIndexChanged.connect(lambda _at: self.edited.emit())
        for line in (self.promise, self.promise_on):
            line.textEdited.connect(lambda _text: self.edited.emit())
        self.promise_on.changed.connect(lambda _value: self.edited.emit())

    def fill(self, kept: dict[str, Any]) -> None:
        """Show what ``collect`` said."""
        self.conclusion.setPlainText(kept.get("conclusion", ""))
        self.unit.take(kept.get("unit_id", ""))
        self.outcome.take(kept.get("outcome", _GOES_ON))
        self.promise.setText(kept.get("promise", ""))
        self.promise_on.setText(kept.get("promise_on", ""))

    def collect(self) -> Typed:
        """The decision as plain values, to be kept."""
        one = self.issue
        return {
            "id": one.id,
            "number": one.number,
            "title": one.title,
            "conclusion": self.conclusion.text(),
            "unit_id": self.unit.currentData() or "",
            "outcome": self.outcome.currentData() or _GOES_ON,
            "promise": self.promise.text(),
            "promise_on": self.promise_on.text(),
        }

    def item(self) -> MeetingItem:
        """The decision for the service."""
        unit, outcome = self.unit.currentData(), self.outcome.currentData()
        return MeetingItem(
            issue_id=UUID(self.issue.id),
            conclusion=self.conclusion.text(),
            unit_id=UUID(unit) if unit else None,
            promise=self.promise.text(),
            promise_on=self.promise_on.value,
            replied=bool(outcome),
            degree=Degree(outcome) if outcome not in (_GOES_ON, _ANSWERED) else None,
        )

    @property
    def unreadable(self) -> bool:
        """Whether the day of the promise is typed and is no day."""
        return bool(self.promise_on.text().strip()) and self.promise_on.value is None
