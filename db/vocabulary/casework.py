"""Issues and what becomes of them."""

from __future__ import annotations

from enum import StrEnum


class Urgency(StrEnum):
    """How soon an issue must be handled."""

    NORMAL = "normal"
    URGENT = "urgent"


class Handling(StrEnum):
    """What the operator chose at the desk for an issue."""

    ANSWERED = "answered"
    TO_HANDLE = "to_handle"
    DECLINED = "declined"


class IssueStatus(StrEnum):
    """Where an issue stands; always the fold of its events (domain/issues.py)."""

    REGISTERED = "registered"
    ANSWERED = "answered"
    ASSIGNED = "assigned"
    TAKEN_UP = "taken_up"
    REPLIED = "replied"
    DECLINED = "declined"
    RAISED = "raised"
    JOINED = "joined"
    SETTLED = "settled"
    VOIDED = "voided"


class Turn(StrEnum):
    """Whose turn it is on an issue: what it waits for. ``NOBODY``: it is closed or lies elsewhere.

    ``RATING``: an answer is there, and those whom it concerns have not said what they feel.
    """

    STATION = "station"
    UNIT = "unit"
    RESIDENT = "resident"
    RATING = "rating"
    CONGRESS = "congress"
    NOBODY = "nobody"


class IssueEventKind(StrEnum):
    """The acts of an issue's history; the history is append-only.

    ``UNDONE`` takes one earlier act out of the counting; both stay in the history.
    """

    REGISTERED = "registered"
    ANSWERED = "answered"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    TAKEN_UP = "taken_up"
    SENT_BACK = "sent_back"
    URGED = "urged"
    ADVISED = "advised"
    REPLIED = "replied"
    EVALUATED = "evaluated"
    RAISED = "raised"
    STAGED = "staged"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    UNJOINED = "unjoined"
    SETTLED = "settled"
    REWORKED = "reworked"
    REOPENED = "reopened"
    REVISITED = "revisited"
    LOOKED_BACK = "looked_back"
    WAITING = "waiting"
    RESUMED = "resumed"
    COMMITTED = "committed"
    KEPT = "kept"
    BROKEN = "broken"
    SUPERVISED = "supervised"
    UNSUPERVISED = "unsupervised"
    MET = "met"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    RULED = "ruled"
    NOTED = "noted"
    UNDONE = "undone"
    VOIDED = "voided"
    RESTORED = "restored"


class Degree(StrEnum):
    """How far an issue was really solved; never mixed with satisfaction."""

    SOLVED = "solved"
    BEING_SOLVED = "being_solved"
    PLANNED = "planned"
    CANNOT_NOW = "cannot_now"
    NOTED = "noted"


class Rating(StrEnum):
    """What somebody felt about the result; never mixed with the degree."""

    SATISFIED = "satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    DISSATISFIED = "dissatisfied"


class Rater(StrEnum):
    """Who rated."""

    RESIDENT = "resident"
    DEPUTY = "deputy"
    THIRD_PARTY = "third_party"


class Finding(StrEnum):
    """What a revisit or a look-back found."""

    HOLDS = "holds"
    NOT_YET = "not_yet"
    BROKEN = "broken"


class AskedHow(StrEnum):
    """How an evaluation was asked for."""

    FORM = "form"
    IN_PERSON = "in_person"
    PHONE = "phone"
    ONLINE = "online"


class Supervisor(StrEnum):
    """The four roles of key supervision (重点督办)."""

    LEADING = "leading"
    CHARGED = "charged"
    HANDLING = "handling"
    MATCHING = "matching"


class Stage(StrEnum):
    """The seven stages of a deputies' suggestion, in order, and its beginning as a draft."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    CLASSIFIED = "classified"
    ASSIGNED = "assigned"
    HANDLED = "handled"
    ANSWERED = "answered"
    SUPERVISED = "supervised"
    FED_BACK = "fed_back"
    WITHDRAWN = "withdrawn"


class Clock(StrEnum):
    """What a deadline is for."""

    DECIDE = "decide"
    REPLY = "reply"
    ADVISE = "advise"
    SUGGESTION = "suggestion"
    PROMISE = "promise"
    REVISIT = "revisit"
    LOOK_BACK = "look_back"
