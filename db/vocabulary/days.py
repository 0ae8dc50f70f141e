"""Reception days, activities, who comes to them, and the cards they carry."""

from __future__ import annotations

from enum import StrEnum


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
