"""How statuses and acts of an issue look: tones and icons."""

from __future__ import annotations

from db.vocabulary import IssueEventKind, IssueStatus
from station_app.ui.widgets import Tone

_E = IssueEventKind
_S = IssueStatus

STATUS_TONES: dict[IssueStatus, Tone] = {
    _S.REGISTERED: "amber",
    _S.ANSWERED: "green",
    _S.ASSIGNED: "neutral",
    _S.TAKEN_UP: "neutral",
    _S.REPLIED: "blue",
    _S.RAISED: "blue",
    _S.DECLINED: "neutral",
    _S.JOINED: "blue",
    _S.SETTLED: "green",
    _S.VOIDED: "neutral",
}

#: event → icon and tone of its circle in the timeline.
EVENT_LOOKS: dict[IssueEventKind, tuple[str, Tone]] = {
    _E.REGISTERED: ("message-plus", "neutral"),
    _E.ANSWERED: ("message-check", "green"),
    _E.DECLINED: ("ban", "neutral"),
    _E.ASSIGNED: ("send", "neutral"),
    _E.SENT_BACK: ("arrow-back-up", "red"),
    _E.URGED: ("bell", "amber"),
    _E.REPLIED: ("message-reply", "blue"),
    _E.EVALUATED: ("star", "neutral"),
    _E.JOINED: ("arrows-join", "blue"),
    _E.UNJOINED: ("unlink", "neutral"),
    _E.SETTLED: ("circle-check", "green"),
    _E.REOPENED: ("refresh", "red"),
    _E.NOTED: ("edit", "neutral"),
    _E.VOIDED: ("x", "neutral"),
    _E.RESTORED: ("restore", "neutral"),
    _E.TAKEN_UP: ("hourglass", "blue"),
    _E.ADVISED: ("message-reply", "neutral"),
    _E.RAISED: ("arrows-join", "blue"),
    _E.STAGED: ("clipboard-list", "blue"),
    _E.WITHDRAWN: ("unlink", "neutral"),
    _E.REWORKED: ("refresh", "red"),
    _E.REVISITED: ("star", "neutral"),
    _E.LOOKED_BACK: ("clock", "neutral"),
    _E.WAITING: ("hourglass", "amber"),
    _E.RESUMED: ("check", "neutral"),
    _E.COMMITTED: ("clipboard-check", "blue"),
    _E.KEPT: ("circle-check", "green"),
    _E.BROKEN: ("alert-triangle", "red"),
    _E.SUPERVISED: ("star", "amber"),
    _E.UNSUPERVISED: ("star", "neutral"),
    _E.MET: ("message-check", "blue"),
    _E.PUBLISHED: ("check", "neutral"),
    _E.UNPUBLISHED: ("x", "neutral"),
    _E.RULED: ("clock", "neutral"),
    _E.UNDONE: ("arrow-back-up", "neutral"),
}
