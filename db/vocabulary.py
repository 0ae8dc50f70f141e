"""The words of the field as enums: standard library only, so that every room may read them."""

from __future__ import annotations

from enum import StrEnum


class StationKind(StrEnum):
    """What kind of room this is (domain.md §2)."""

    CENTRE = "centre"
    HOME = "home"
    STATION = "station"
    CONTACT_POINT = "contact_point"
    STUDIO = "studio"


class Role(StrEnum):
    """What an account may do: the head everything, a viewer only look."""

    HEAD = "head"
    OPERATOR = "operator"
    VIEWER = "viewer"


class Gender(StrEnum):
    """Gender as the roster states it."""

    FEMALE = "female"
    MALE = "male"


class Level(StrEnum):
    """The five levels of people's congresses, highest first."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class RoleClass(StrEnum):
    """In which capacity somebody came to the station (the four entries, 四个进站)."""

    DEPUTY = "deputy"
    LEADER = "leader"
    DEPARTMENT = "department"
    COMMITTEE = "committee"
    OPERATOR = "operator"


class DayKind(StrEnum):
    """What kind of reception a day is."""

    REGULAR = "regular"
    CAMPAIGN = "campaign"
    THREE_PARTY = "three_party"
    LEGISLATIVE = "legislative"
    TALK = "talk"
    ONLINE = "online"


class DayStatus(StrEnum):
    """A reception day only ever moves forward through these."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    LOCKED = "locked"
    CANCELLED = "cancelled"


class Pattern(StrEnum):
    """How a rule of reception days recurs."""

    MONTH_DAY = "month_day"
    MONTH_WEEKDAY = "month_weekday"
    WEEKDAY = "weekday"


class Shift(StrEnum):
    """Where a reception goes that falls on a day off (顺延)."""

    LATER = "later"
    EARLIER = "earlier"
    SKIP = "skip"
    NONE = "none"


class Wish(StrEnum):
    """What a deputy said about a date: cannot come, would like to, would rather not."""

    AWAY = "away"
    LIKES = "likes"
    DISLIKES = "dislikes"


class ActivityKind(StrEnum):
    """What deputies do besides receiving residents (履职活动)."""

    TRAINING = "training"
    INSPECTION = "inspection"
    SURVEY = "survey"
    VISIT = "visit"
    LAW_CHECK = "law_check"
    HEARING = "hearing"
    TALK = "talk"
    REPORT = "report"
    LIVESTREAM = "livestream"
    VOLUNTEER = "volunteer"
    MEETING = "meeting"
    OTHER = "other"


class CheckInMethod(StrEnum):
    """How an attendance was recorded."""

    HAND = "hand"
    CARD = "card"


class CardKind(StrEnum):
    """A deputy's card for the term, or a card for one day of duty (值班牌)."""

    TERM = "term"
    DAY = "day"


class CardState(StrEnum):
    """Where a card stands in the register. Whether it has expired is told by its dates."""

    ISSUED = "issued"
    VOID = "void"


class Channel(StrEnum):
    """How a visit reached the station."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    ONLINE = "online"
    CALLED_ON = "called_on"
    LETTER = "letter"


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


class FactKind(StrEnum):
    """What of an issue's history counts in figures (domain/issue_facts.py)."""

    SETTLED = "settled"
    RATED = "rated"
    PROMISE = "promise"
    REPLY = "reply"


class Op(StrEnum):
    """What happened to a record, for the outbox, the audit and the screens.

    ``VIEW``, ``PRINT`` and ``EXPORT`` change nothing and appear in the audit only; so does
    ``PULL``: changes of others came from the centre, one row for all that came at once.
    """

    ADD = "add"
    EDIT = "edit"
    DELETE = "delete"
    VIEW = "view"
    PRINT = "print"
    EXPORT = "export"
    PULL = "pull"
