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


class CheckInMethod(StrEnum):
    """How an attendance was recorded."""

    HAND = "hand"
    CARD = "card"


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
    REPLIED = "replied"
    DECLINED = "declined"
    JOINED = "joined"
    SETTLED = "settled"
    VOIDED = "voided"


class IssueEventKind(StrEnum):
    """The acts of an issue's history; the history is append-only."""

    REGISTERED = "registered"
    ANSWERED = "answered"
    DECLINED = "declined"
    ASSIGNED = "assigned"
    SENT_BACK = "sent_back"
    URGED = "urged"
    REPLIED = "replied"
    EVALUATED = "evaluated"
    JOINED = "joined"
    UNJOINED = "unjoined"
    SETTLED = "settled"
    REOPENED = "reopened"
    NOTED = "noted"
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
