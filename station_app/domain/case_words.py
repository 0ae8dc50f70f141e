"""The words of casework: turns, clocks, findings, the stages of a suggestion.

As in ``words``, ``say`` is ``tr`` for screens and ``words.paper`` for prints.
"""

from __future__ import annotations

from db.vocabulary import AskedHow, Clock, Finding, Stage, Supervisor, Turn
from station_app.domain.words import Say
from station_app.i18n import tr


def turn_word(turn: Turn, say: Say = tr) -> str:
    """What an issue waits for."""
    return _turns(say)[turn]


def clock_word(clock: Clock, say: Say = tr) -> str:
    """What a deadline is for."""
    return _clocks(say)[clock]


def finding_word(found: Finding, say: Say = tr) -> str:
    """What a revisit or a look-back found."""
    return _findings(say)[found]


def how_word(how: AskedHow, say: Say = tr) -> str:
    """How an evaluation was asked for."""
    return _hows(say)[how]


def supervisor_word(role: Supervisor, say: Say = tr) -> str:
    """A role of key supervision."""
    return _supervisors(say)[role]


def stage_word(stage: Stage, say: Say = tr) -> str:
    """A stage of a suggestion."""
    return _stages(say)[stage]


def _turns(tr: Say) -> dict[Turn, str]:
    return {
        Turn.STATION: tr("turn|The station"),
        Turn.UNIT: tr("turn|The unit"),
        Turn.RESIDENT: tr("turn|The resident"),
        Turn.RATING: tr("turn|An evaluation"),
        Turn.CONGRESS: tr("turn|The suggestion"),
        Turn.NOBODY: tr("turn|Nobody"),
    }


def _clocks(tr: Say) -> dict[Clock, str]:
    return {
        Clock.DECIDE: tr("clock|Decide"),
        Clock.REPLY: tr("clock|The unit's reply"),
        Clock.ADVISE: tr("clock|Opinion of the co-handling units"),
        Clock.SUGGESTION: tr("clock|Answer to the suggestion"),
        Clock.PROMISE: tr("clock|A promise"),
        Clock.REVISIT: tr("clock|Revisit"),
        Clock.LOOK_BACK: tr("clock|Look-back"),
    }


def _findings(tr: Say) -> dict[Finding, str]:
    return {
        Finding.HOLDS: tr("found|The result holds"),
        Finding.NOT_YET: tr("found|Not done yet"),
        Finding.BROKEN: tr("found|The trouble is back"),
    }


def _hows(tr: Say) -> dict[AskedHow, str]:
    return {
        AskedHow.FORM: tr("asked|On a form"),
        AskedHow.IN_PERSON: tr("asked|In person"),
        AskedHow.PHONE: tr("asked|By phone"),
        AskedHow.ONLINE: tr("asked|Online"),
    }


def _supervisors(tr: Say) -> dict[Supervisor, str]:
    return {
        Supervisor.LEADING: tr("role|Leads the supervision"),
        Supervisor.CHARGED: tr("role|Takes charge"),
        Supervisor.HANDLING: tr("role|Handles it"),
        Supervisor.MATCHING: tr("role|Supervises the unit"),
    }


def _stages(tr: Say) -> dict[Stage, str]:
    return {
        Stage.DRAFTED: tr("stage|Drafted"),
        Stage.REVIEWED: tr("stage|Reviewed"),
        Stage.CLASSIFIED: tr("stage|Classified"),
        Stage.ASSIGNED: tr("stage|Assigned"),
        Stage.HANDLED: tr("stage|Being handled"),
        Stage.ANSWERED: tr("stage|Answered"),
        Stage.SUPERVISED: tr("stage|Supervised"),
        Stage.FED_BACK: tr("stage|Fed back"),
        Stage.WITHDRAWN: tr("stage|Withdrawn"),
    }
