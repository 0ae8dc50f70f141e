"""Suggestions in words: what the next act is called, what it asks for, how a stage looks."""

from __future__ import annotations

from datetime import date

from db.vocabulary import Stage
from station_app.domain.suggestions import SuggestionRecord, SuggestionRow
from station_app.i18n import tr
from station_app.ui.widgets import Tone

_T = Stage

#: A deadline is told in amber from so many days before it.
SOON_DAYS = 14


def track_word(stage: Stage) -> str:
    """A stage on the track, as short as it gets."""
    return {
        _T.REVIEWED: tr("track|Review"),
        _T.CLASSIFIED: tr("track|Sort"),
        _T.ASSIGNED: tr("track|Assign"),
        _T.HANDLED: tr("track|Handle"),
        _T.ANSWERED: tr("track|Answer"),
        _T.SUPERVISED: tr("track|Check"),
        _T.FED_BACK: tr("track|Rate"),
    }[stage]


def act_word(stage: Stage) -> str:
    """What the button says that leads to ``stage``."""
    return {
        _T.REVIEWED: tr("next|It passed the review"),
        _T.CLASSIFIED: tr("next|It was sorted"),
        _T.ASSIGNED: tr("next|Assign it to a unit"),
        _T.HANDLED: tr("next|The unit handles it"),
        _T.ANSWERED: tr("next|Register the answer"),
        _T.SUPERVISED: tr("next|It was supervised"),
        _T.FED_BACK: tr("next|The deputy's feedback"),
    }[stage]


def text_word(stage: Stage) -> str:
    """What is asked for at the step that leads to ``stage``."""
    return {
        _T.REVIEWED: tr("step|What the review said"),
        _T.CLASSIFIED: tr("step|Under which heading, for which committee"),
        _T.ASSIGNED: tr("step|What is asked of the unit"),
        _T.HANDLED: tr("step|Who handles it, and how"),
        _T.ANSWERED: tr("step|What was answered"),
        _T.SUPERVISED: tr("step|What the supervision found"),
        _T.FED_BACK: tr("step|In the deputy's own words"),
    }[stage]


def stage_tone(stage: Stage) -> Tone:
    """The colour of a stage."""
    if stage is _T.WITHDRAWN:
        return "neutral"
    if stage in (_T.ANSWERED, _T.SUPERVISED):
        return "blue"
    if stage is _T.FED_BACK:
        return "green"
    return "amber" if stage is _T.DRAFTED else "neutral"


def due_words(due_on: date | None, today: date) -> tuple[str, Tone]:
    """When the answer is due, and the colour of that; nothing while none is awaited."""
    if due_on is None:
        return "", "neutral"
    left = (due_on - today).days
    if left < 0:
        return tr("{n} days over", n=-left), "red"
    if left == 0:
        return tr("Answer due today"), "amber"
    said = tr("Answer by {date}, {n} days left", date=f"{due_on:%Y-%m-%d}", n=left)
    return said, "amber" if left <= SOON_DAYS else "neutral"


def due_short(due_on: date | None, today: date) -> str:
    """The same in a narrow column."""
    if due_on is None:
        return ""
    left = (due_on - today).days
    return tr("{n} days over", n=-left) if left < 0 else tr("by {date}", date=f"{due_on:%Y-%m-%d}")


def facts(record: SuggestionRecord) -> tuple[str, ...]:
    """What stands in grey beneath the title."""
    names = tr("levels|, ").join(one.name for one in record.deputies)
    return tuple(
        filter(
            None,
            (
                tr("No. {number}", number=record.official_number) if record.official_number else "",
                names,
                tr("drafted on {date}", date=f"{record.drafted_on:%Y-%m-%d}"),
                tr("suggestion|complex") if record.complex else "",
            ),
        )
    )


def row_facts(row: SuggestionRow) -> str:
    """The second line of a suggestion in the list."""
    number = tr("No. {number}", number=row.official_number) if row.official_number else ""
    drawn = tr("from {n} issues", n=row.issue_count)
    return " · ".join(filter(None, (number, row.lead, drawn)))
