"""The cards of casework beside the timeline: units, promises, satisfaction, key supervision."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from db.vocabulary import Rater, Rating, Supervisor
from station_app.domain.case_words import supervisor_word
from station_app.domain.cases import EvaluationRecord, PromiseRecord
from station_app.domain.issue_words import rater_word, rating_word
from station_app.i18n import tr
from station_app.ui.issues.words import IssueView
from station_app.ui.theme import px
from station_app.ui.widgets import Card, Pill, Tone, label, row

_TONES: dict[Rating, Tone] = {
    Rating.SATISFIED: "green",
    Rating.FAIRLY_SATISFIED: "blue",
    Rating.DISSATISFIED: "red",
}


def card(title: str, extra: str = "") -> Card:
    """An empty card with its title."""
    made = Card(margin=14, spacing=4)
    made.setAccessibleName(title)
    head = row(label(title, "strong"), spacing=8)
    head.addWidget(label(extra, "quiet", wrap=True), 1)
    made.content.addLayout(head)
    made.content.addSpacing(px(2))
    return made


def case_cards(view: IssueView) -> list[Card]:
    """The cards that have something to say."""
    made = [_promises(view), _satisfaction(view), _units(view), _supervision(view)]
    return [one for one in made if one is not None]


def _promises(view: IssueView) -> Card | None:
    promises = sorted(view.record.case.promises, key=lambda one: (one.kept is not None, one.due_on))
    if not promises:
        return None
    made = card(tr("Promises"))
    for one in promises:
        said, tone = _state(one, view.today)
        line = row(spacing=8)
        line.addWidget(label(one.text, wrap=True), 1)
        line.addWidget(Pill(said, tone))
        made.content.addLayout(line)
    return made


def _state(one: PromiseRecord, today: date) -> tuple[str, Tone]:
    if one.kept is not None:
        if not one.kept:
            return tr("promise|Not kept"), "red"
        return (tr("promise|Kept late"), "amber") if one.late else (tr("promise|Kept"), "green")
    left = (one.due_on - today).days
    if left < 0:
        return tr("{n} days over", n=-left), "red"
    if left == 0:
        return tr("Due today"), "amber"
    return tr("due {date}", date=f"{one.due_on:%m-%d}"), "amber"


def _satisfaction(view: IssueView) -> Card | None:
    case = view.record.case
    if not case.evaluations and not case.to_rate:
        return None
    made = card(tr("Satisfaction"))
    for rater in Rater:
        current = [one for one in case.evaluations if one.current and one.rater is rater]
        line = row(label(rater_word(rater)), None)
        line.addWidget(_rated(current[-1] if current else None))
        made.content.addLayout(line)
        if current and current[-1].self_asked:
            asked = label(tr("asked by the handler"), "secondary", wrap=True)
            asked.setAlignment(Qt.AlignmentFlag.AlignRight)
            made.content.addWidget(asked)
    return made


def _rated(one: EvaluationRecord | None) -> Pill:
    if one is None:
        return Pill(tr("Not asked yet"), "neutral")
    pill = Pill(rating_word(one.rating), _TONES[one.rating])
    pill.setToolTip(one.text)
    return pill


def _units(view: IssueView) -> Card | None:
    units = view.record.case.units
    if len(units) < 2:
        return None
    made = card(tr("Units"))
    for one in units:
        line = row(spacing=8)
        line.addWidget(label(one.name, wrap=True), 1)
        if one.leads:
            line.addWidget(Pill(tr("unit|Leads"), "blue"))
        else:
            said = tr("unit|Opinion given") if one.advised else tr("unit|Helps")
            line.addWidget(Pill(said, "green" if one.advised else "neutral"))
        made.content.addLayout(line)
    return made


def _supervision(view: IssueView) -> Card | None:
    roles = view.record.case.roles
    if roles is None:
        return None
    made = card(tr("Key supervision"))
    for role in Supervisor:
        if role in roles:
            line = row(label(supervisor_word(role), "secondary"), spacing=8)
            name = label(roles[role], wrap=True)
            name.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.addWidget(name, 1)
            made.content.addLayout(line)
    return made
