"""What can be done with an issue now: the acts as buttons, in a menu, or why they are not."""

from __future__ import annotations

from collections.abc import Mapping

from db.vocabulary import IssueEventKind, IssueStatus
from station_app.domain.cases import may
from station_app.domain.issue_words import status_word
from station_app.domain.issues import IssueRecord
from station_app.i18n import tr
from station_app.ui.issues.act import Act
from station_app.ui.issues.acts_care import CARE
from station_app.ui.issues.acts_handling import HANDLING

_E = IssueEventKind
_S = IssueStatus

ACTS: tuple[Act, ...] = (*HANDLING, *CARE)

#: The acts that stand as buttons, the usual next step first; the others lie in the menu.
BUTTONS: Mapping[IssueStatus, tuple[IssueEventKind, ...]] = {
    _S.REGISTERED: (_E.ASSIGNED, _E.ANSWERED, _E.DECLINED, _E.JOINED, _E.RESUMED),
    _S.ASSIGNED: (_E.REPLIED, _E.TAKEN_UP, _E.URGED, _E.SENT_BACK, _E.RESUMED),
    _S.TAKEN_UP: (_E.REPLIED, _E.URGED, _E.SENT_BACK, _E.ADVISED, _E.RESUMED),
    _S.REPLIED: (_E.SETTLED, _E.EVALUATED, _E.REWORKED),
    _S.ANSWERED: (_E.SETTLED, _E.EVALUATED, _E.ASSIGNED),
    _S.SETTLED: (_E.EVALUATED, _E.REVISITED, _E.LOOKED_BACK, _E.REWORKED),
    _S.DECLINED: (_E.REOPENED,),
    _S.JOINED: (_E.UNJOINED,),
}


def buttons_for(record: IssueRecord) -> tuple[Act, ...]:
    """The acts that stand as buttons, in their order; a promise that is due comes along."""
    wanted = list(BUTTONS.get(record.status, ()))
    if any(one.kept is None for one in record.case.promises):
        wanted.append(_E.KEPT)
    return tuple(act_of(one) for one in wanted if may(record.status, record.case, one))


def menu_for(record: IssueRecord) -> tuple[tuple[Act, bool], ...]:
    """The other acts, each with whether it is possible now."""
    shown = {one.event for one in buttons_for(record)}
    others = ((one, may(record.status, record.case, one.event)) for one in ACTS)
    return tuple(
        (one, possible)
        for one, possible in others
        if one.event not in shown and (possible or not one.pair)
    )


def is_primary(event: IssueEventKind, status: IssueStatus) -> bool:
    """Whether an act is the step that usually comes next."""
    return event is next(iter(BUTTONS.get(status, ())), None)


def act_of(event: IssueEventKind) -> Act:
    """The act that leaves ``event``."""
    return next(act for act in ACTS if act.event is event)


def act_name(event: IssueEventKind, status: IssueStatus) -> str:
    """What the button says."""
    if event is _E.ASSIGNED and status not in (_S.REGISTERED, _S.ANSWERED):
        return tr("do|Assign to another")
    return act_of(event).name()


def why_not(event: IssueEventKind, record: IssueRecord) -> str:
    """Why an act is not possible now, in a sentence."""
    if event in (_E.REPLIED, _E.URGED, _E.SENT_BACK, _E.TAKEN_UP):
        return tr("Only while a unit has it.")
    if event in (_E.SETTLED, _E.EVALUATED, _E.REWORKED):
        return tr("An answer or a reply comes first.")
    if event in (_E.REVISITED, _E.LOOKED_BACK):
        return tr("Only once it is settled.")
    if event is _E.REOPENED:
        return tr("Only a settled or declined issue can be taken up again.")
    if event is _E.KEPT:
        return tr("No promise is open.")
    if event is _E.ADVISED:
        return tr("No co-handling unit owes an opinion.")
    return tr("Not while the issue is: {status}.", status=status_word(record.status))
