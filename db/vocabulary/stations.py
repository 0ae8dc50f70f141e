"""What a station is, who works there, and who the deputies are."""

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
