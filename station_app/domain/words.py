"""The words of the field, for screens and for paper: people, days, stations; what both need.

Each function takes ``say``, which turns an English source into a word: ``tr`` (the default)
speaks the language of the screen, ``paper`` always Chinese, for prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from db.vocabulary import (
    Channel,
    CheckInMethod,
    DayKind,
    DayStatus,
    Gender,
    Level,
    Role,
    RoleClass,
    StationKind,
)
from station_app.i18n import Language, catalogue, tr

if TYPE_CHECKING:
    from station_app.domain.search import Found

Say = Callable[..., str]


@cache
def _chinese() -> dict[str, str]:
    return catalogue(Language.CHINESE)


def paper(source: str, **values: object) -> str:
    """``source`` in Chinese, whatever language the screen speaks. Raises KeyError if unknown.

    ``values`` fill its places, as in ``tr``.
    """
    text = _chinese()[source]
    return text.format(**values) if values else text


def channel_word(channel: Channel, say: Say = tr) -> str:
    """How a visit reached the station."""
    return _channels(say)[channel]


def level_word(level: Level, say: Say = tr) -> str:
    """A level of people's congress, short: 市."""
    return _levels(say)[level]


def levels_words(levels: Iterable[Level], say: Say = tr) -> str:
    """Several levels as they stand beside a name: 市、区县."""
    words = _levels(say)
    return _between(say).join(words[level] for level in levels)


def day_kind_word(kind: DayKind, say: Say = tr) -> str:
    """What kind of reception a day is."""
    return _day_kinds(say)[kind]


def day_status_word(status: DayStatus, say: Say = tr) -> str:
    """How far a reception day is."""
    return _day_statuses(say)[status]


def role_word(role: Role, say: Say = tr) -> str:
    """What an account may do."""
    return _roles(say)[role]


def role_class_word(role_class: RoleClass, say: Say = tr) -> str:
    """In which capacity somebody came (四个进站)."""
    return _role_classes(say)[role_class]


def station_kind_word(kind: StationKind, say: Say = tr) -> str:
    """What kind of room this is."""
    return _station_kinds(say)[kind]


def gender_word(gender: Gender | None, say: Say = tr) -> str:
    """Gender, empty when it is not known."""
    return "" if gender is None else _genders(say)[gender]


def check_in_word(method: CheckInMethod, say: Say = tr) -> str:
    """How an attendance was recorded."""
    return _check_ins(say)[method]


def found_word(found: Found, say: Say = tr) -> str:
    """What kind of record a search found."""
    return _founds(say)[found]


def _between(tr: Say) -> str:
    return tr("levels|, ")


def _channels(tr: Say) -> dict[Channel, str]:
    return {
        Channel.IN_PERSON: tr("channel|In person"),
        Channel.PHONE: tr("channel|By phone"),
        Channel.ONLINE: tr("channel|Online"),
        Channel.CALLED_ON: tr("channel|Called on"),
        Channel.LETTER: tr("channel|By letter"),
    }


def _levels(tr: Say) -> dict[Level, str]:
    return {
        Level.NATIONAL: tr("level|National"),
        Level.PROVINCIAL: tr("level|Provincial"),
        Level.CITY: tr("level|City"),
        Level.COUNTY: tr("level|County"),
        Level.TOWNSHIP: tr("level|Township"),
    }


def _day_kinds(tr: Say) -> dict[DayKind, str]:
    return {
        DayKind.REGULAR: tr("day|Regular reception"),
        DayKind.CAMPAIGN: tr("day|Campaign"),
        DayKind.THREE_PARTY: tr("day|Three-party meeting"),
        DayKind.LEGISLATIVE: tr("day|Opinions on a draft law"),
        DayKind.TALK: tr("day|Talk"),
        DayKind.ONLINE: tr("day|Online reception"),
    }


def _day_statuses(tr: Say) -> dict[DayStatus, str]:
    return {
        DayStatus.PLANNED: tr("day|Planned"),
        DayStatus.OPEN: tr("day|Open"),
        DayStatus.CLOSED: tr("day|Closed"),
        DayStatus.LOCKED: tr("day|Locked"),
        DayStatus.CANCELLED: tr("day|Cancelled"),
    }


def _role_classes(tr: Say) -> dict[RoleClass, str]:
    return {
        RoleClass.DEPUTY: tr("came|Deputy"),
        RoleClass.LEADER: tr("came|Leader"),
        RoleClass.DEPARTMENT: tr("came|Head of a department"),
        RoleClass.COMMITTEE: tr("came|Committee"),
        RoleClass.OPERATOR: tr("came|Operator"),
    }


def _station_kinds(tr: Say) -> dict[StationKind, str]:
    return {
        StationKind.CENTRE: tr("station|Centre"),
        StationKind.HOME: tr("station|Deputies' home"),
        StationKind.STATION: tr("station|Liaison station"),
        StationKind.CONTACT_POINT: tr("station|Contact point"),
        StationKind.STUDIO: tr("station|Studio"),
    }


def _roles(tr: Say) -> dict[Role, str]:
    return {
        Role.HEAD: tr("role|Head"),
        Role.OPERATOR: tr("role|Operator"),
        Role.VIEWER: tr("role|Viewer"),
    }


def _genders(tr: Say) -> dict[Gender, str]:
    return {Gender.FEMALE: tr("Female"), Gender.MALE: tr("Male")}


def _check_ins(tr: Say) -> dict[CheckInMethod, str]:
    return {
        CheckInMethod.HAND: tr("check-in|By hand"),
        CheckInMethod.CARD: tr("check-in|By card"),
    }


def _founds(tr: Say) -> dict[Found, str]:
    from station_app.domain.search import Found  # the unlock window needs other words only

    return {
        Found.RESIDENT: tr("found|Resident"),
        Found.ISSUE: tr("found|Issue"),
        Found.VISIT: tr("found|Visit"),
        Found.DEPUTY: tr("found|Deputy"),
        Found.DAY: tr("found|Reception day"),
        Found.ACTIVITY: tr("found|Activity"),
    }
