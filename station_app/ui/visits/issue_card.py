"""One issue within its visit: the text, where it stands, what was said at the desk."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Signal

from db.vocabulary import IssueEventKind, Urgency
from station_app.domain.issue_words import event_word, status_word, urgency_word
from station_app.domain.issues import IssueEventRecord, IssueRecord
from station_app.i18n import tr
from station_app.ui.widgets import Card, Pill, ShortcutButton, Tone, label, row

_TONES: dict[str, Tone] = {
    "answered": "green",
    "settled": "green",
    "registered": "amber",
    "joined": "blue",
    "assigned": "blue",
    "replied": "blue",
}


class IssueCard(Card):
    """``opened`` carries the id of the issue that the operator wants to see whole."""

    opened = Signal(object)

    def __init__(self, issue: IssueRecord, zone: tzinfo | None) -> None:
        super().__init__(margin=14, spacing=6)
        state = Pill(status_word(issue.status), _TONES.get(issue.status, "neutral"))
        head = row(label(issue.title, "strong", wrap=True), state)
        head.setStretch(0, 1)
        self.content.addLayout(head)
        if issue.text and issue.text.strip() != issue.title:
            self.content.addWidget(label(issue.text, wrap=True, selectable=True))
        for event in issue.events:
            if event.event is not IssueEventKind.REGISTERED:
                self.content.addWidget(label(_said(event, zone), "secondary", wrap=True))
        facts = label(" · ".join(_facts(issue)), "secondary", wrap=True, selectable=True)
        whole = ShortcutButton(tr("See the whole issue"), kind="quiet", icon="arrow-right")
        whole.clicked.connect(lambda: self.opened.emit(issue.id))
        foot = row(facts, whole)
        foot.setStretch(0, 1)
        self.content.addLayout(foot)


def _facts(issue: IssueRecord) -> list[str]:
    found = [issue.number, issue.category_name, issue.place]
    if issue.urgency is Urgency.URGENT:
        found.append(urgency_word(issue.urgency))
    if issue.joined_to_number:
        found.append(tr("joined to {number}", number=issue.joined_to_number))
    return [one for one in found if one]


def _said(event: IssueEventRecord, zone: tzinfo | None) -> str:
    local = event.happened_at.astimezone(zone)
    who = event.deputy or event.unit or event.actor
    head = f"{local.hour}:{local.minute:02d} {event_word(event.event)}"
    return " · ".join(part for part in (head, who, event.text) if part)
