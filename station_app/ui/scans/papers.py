"""What is said of a scanned paper that is older than its record, or whose record is not here."""

from __future__ import annotations

from datetime import date, datetime

from station_app.domain.card_words import Said
from station_app.domain.issue_words import event_word
from station_app.domain.moments import local
from station_app.domain.paper_state import PaperChange, PaperState
from station_app.domain.record_codes import RecordCode
from station_app.domain.sync_words import field_word, kind_word
from station_app.i18n import tr

#: More changes than this are counted, not listed.
_MOST = 5
_LONGEST = 40


def paper_words(code: RecordCode, found: PaperState | None) -> Said | None:
    """What to say of a scanned paper; None if it is as new as its record."""
    if found is None:
        text = tr("It may have been written on another computer that has not handed it in yet.")
        return Said(tr("The record of this paper is not here."), text, "amber")
    if not found.is_older:
        return None
    headline = tr(
        "This paper is older than the record: {kind} {name}, edition {printed}; now {edition}.",
        kind=kind_word(code.kind),
        name=found.name,
        printed=found.printed,
        edition=found.edition,
    )
    return Said(headline, "\n".join(_lines(found)), "amber")


def _lines(found: PaperState) -> list[str]:
    if not found.changes:
        return [tr("It was changed on another computer. Print it again.")]
    lines = [_line(one) for one in found.changes[-_MOST:]]
    more = len(found.changes) - _MOST
    return [tr("{n} earlier changes,", n=more), *lines] if more > 0 else lines


def _line(change: PaperChange) -> str:
    at = local(change.at)
    when = f"{at.month}-{at.day} {at.hour}:{at.minute:02}"
    who = tr("came from another computer") if change.elsewhere else change.who
    if change.event is not None:
        what = event_word(change.event)
    else:
        what = tr("list|; ").join(_field(change.kind, *one) for one in change.fields)
    if change.number:
        what = tr("{number}: {act}", number=change.number, act=what)
    return " ".join(filter(None, (when, who, what)))


def _field(kind: str, name: str, before: object, now: object) -> str:
    word = field_word(kind, name)
    old, new = _plain(before), _plain(now)
    if old or new:
        return tr("{field} “{old}” → “{new}”", field=word, old=old, new=new)
    return tr("{field} changed", field=word)


def _plain(value: object) -> str:
    """A value in a few words; what only a program understands is left out."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return ""
    text = " ".join(str(value).split())
    if len(text) == 32 and all(one in "0123456789abcdef" for one in text):
        return ""  # an id
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
