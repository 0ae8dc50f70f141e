"""The words of an issue's life, for screens and for paper; ``say`` as in ``words``."""

from __future__ import annotations

from collections.abc import Mapping

from db.vocabulary import (
    Degree,
    Handling,
    IssueEventKind,
    IssueStatus,
    Rater,
    Rating,
    Urgency,
)
from station_app.domain.words import Say
from station_app.i18n import tr


def status_word(status: IssueStatus, say: Say = tr) -> str:
    """Where an issue stands."""
    return _statuses(say)[status]


def handling_word(handling: Handling, say: Say = tr) -> str:
    """What the operator chose at the desk."""
    return _handlings(say)[handling]


def urgency_word(urgency: Urgency, say: Say = tr) -> str:
    """How soon an issue must be handled."""
    return _urgencies(say)[urgency]


def degree_word(degree: Degree, say: Say = tr) -> str:
    """How far an issue was really solved, in the words of the place where it has its own."""
    return _own_degrees.get(degree) or _degrees(say)[degree]


def say_degrees(names: Mapping[Degree, str]) -> None:
    """From now on say the degrees of solution in these words, the usual ones for the others."""
    _own_degrees.clear()
    _own_degrees.update({degree: name for degree, name in names.items() if name.strip()})


_own_degrees: dict[Degree, str] = {}


def rating_word(rating: Rating, say: Say = tr) -> str:
    """What somebody felt about the result."""
    return _ratings(say)[rating]


def rater_word(rater: Rater, say: Say = tr) -> str:
    """Who rated."""
    return _raters(say)[rater]


def event_word(event: IssueEventKind, say: Say = tr) -> str:
    """An act of an issue's history."""
    return (_moves(say) | _looks(say))[event]


def _statuses(tr: Say) -> dict[IssueStatus, str]:
    return {
        IssueStatus.REGISTERED: tr("status|Registered"),
        IssueStatus.ANSWERED: tr("status|Answered on the spot"),
        IssueStatus.ASSIGNED: tr("status|Assigned"),
        IssueStatus.TAKEN_UP: tr("status|Taken up"),
        IssueStatus.REPLIED: tr("status|Replied"),
        IssueStatus.DECLINED: tr("status|Declined"),
        IssueStatus.RAISED: tr("status|Raised to a suggestion"),
        IssueStatus.JOINED: tr("status|Joined"),
        IssueStatus.SETTLED: tr("status|Settled"),
        IssueStatus.VOIDED: tr("status|Void"),
    }


def _handlings(tr: Say) -> dict[Handling, str]:
    return {
        Handling.ANSWERED: tr("handling|Answered on the spot"),
        Handling.TO_HANDLE: tr("handling|To be handled"),
        Handling.DECLINED: tr("handling|Declined"),
    }


def _urgencies(tr: Say) -> dict[Urgency, str]:
    return {
        Urgency.NORMAL: tr("urgency|Normal"),
        Urgency.URGENT: tr("urgency|Urgent"),
    }


def _degrees(tr: Say) -> dict[Degree, str]:
    return {
        Degree.SOLVED: tr("degree|Solved"),
        Degree.BEING_SOLVED: tr("degree|Being solved"),
        Degree.PLANNED: tr("degree|Planned"),
        Degree.CANNOT_NOW: tr("degree|Cannot be solved now"),
        Degree.NOTED: tr("degree|Kept for reference"),
    }


def _ratings(tr: Say) -> dict[Rating, str]:
    return {
        Rating.SATISFIED: tr("Satisfied"),
        Rating.FAIRLY_SATISFIED: tr("Fairly satisfied"),
        Rating.DISSATISFIED: tr("Dissatisfied"),
    }


def _raters(tr: Say) -> dict[Rater, str]:
    return {
        Rater.RESIDENT: tr("rater|Resident"),
        Rater.DEPUTY: tr("rater|Deputy"),
        Rater.THIRD_PARTY: tr("rater|Third party"),
    }


def _moves(tr: Say) -> dict[IssueEventKind, str]:
    return {
        IssueEventKind.REGISTERED: tr("act|Registered"),
        IssueEventKind.ANSWERED: tr("act|Answered on the spot"),
        IssueEventKind.DECLINED: tr("act|Declined"),
        IssueEventKind.ASSIGNED: tr("act|Assigned"),
        IssueEventKind.TAKEN_UP: tr("act|Taken up"),
        IssueEventKind.SENT_BACK: tr("act|Sent back"),
        IssueEventKind.URGED: tr("act|Urged"),
        IssueEventKind.ADVISED: tr("act|Opinion of a co-handling unit"),
        IssueEventKind.REPLIED: tr("act|Replied"),
        IssueEventKind.RAISED: tr("act|Raised to a suggestion"),
        IssueEventKind.STAGED: tr("act|The suggestion went on"),
        IssueEventKind.WITHDRAWN: tr("act|Suggestion withdrawn"),
        IssueEventKind.JOINED: tr("act|Joined"),
        IssueEventKind.UNJOINED: tr("act|Joining taken back"),
        IssueEventKind.SETTLED: tr("act|Settled"),
        IssueEventKind.REWORKED: tr("act|Done again"),
        IssueEventKind.REOPENED: tr("act|Reopened"),
        IssueEventKind.VOIDED: tr("act|Made void"),
        IssueEventKind.RESTORED: tr("act|Restored"),
        IssueEventKind.UNDONE: tr("act|Undone"),
    }


def _looks(tr: Say) -> dict[IssueEventKind, str]:
    return {
        IssueEventKind.EVALUATED: tr("act|Evaluated"),
        IssueEventKind.REVISITED: tr("act|Revisited"),
        IssueEventKind.LOOKED_BACK: tr("act|Looked back"),
        IssueEventKind.WAITING: tr("act|Waiting for the resident"),
        IssueEventKind.RESUMED: tr("act|The resident has brought it"),
        IssueEventKind.COMMITTED: tr("act|Promised"),
        IssueEventKind.KEPT: tr("act|Promise kept"),
        IssueEventKind.BROKEN: tr("act|Promise broken"),
        IssueEventKind.SUPERVISED: tr("act|Under key supervision"),
        IssueEventKind.UNSUPERVISED: tr("act|Key supervision ended"),
        IssueEventKind.MET: tr("act|Three-party meeting"),
        IssueEventKind.PUBLISHED: tr("act|Published"),
        IssueEventKind.UNPUBLISHED: tr("act|No longer published"),
        IssueEventKind.RULED: tr("act|Other deadline rules"),
        IssueEventKind.NOTED: tr("act|Note"),
    }
