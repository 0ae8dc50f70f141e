"""Whether two descriptions of deputies mean one person; so a second import changes nothing.

The rule. Names must be equal after tidying; then

sure      1. a mobile number in common; or another number in common and births that do not differ
          2. one of them has no phone, their birth months agree, and so does the electoral unit or
             the position
          3. they say the very same (which is all one can ask of a roster of bare names)
possible  4. birth months agree, and so does the electoral unit or the position: a new phone number
          5. electoral unit and position agree, and births do not differ: a new phone number, too
          6. one states nothing that the other does not: the roster only tells less

What is possible counts only if each is the other's only candidate. So two people of one name with
different phones, births or units stay two people, while one who changed the phone stays one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol

from station_app.domain.deputies import tidy_name
from station_app.domain.phones import normalise_phone

_MOBILE = re.compile(r"1[3-9]\d{9}")


class Described(Protocol):
    """What the rule looks at: a DeputyDraft or a DeputyRecord."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def phone(self) -> str:
        """The first number."""

    @property
    def other_phone(self) -> str:
        """The second number."""

    @property
    def born_on(self) -> str:
        """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    @property
    def electoral_unit(self) -> str:
        """Who elected the deputy."""

    @property
    def position(self) -> str:
        """Employer and post."""

    @property
    def deputy_group(self) -> str:
        """The deputy group."""


def same_person(one: Described, other: Described) -> bool:
    """Whether ``one`` and ``other`` surely are one person (rules 1 to 3)."""
    if tidy_name(one.name) != tidy_name(other.name):
        return False
    mine, theirs = _phones(one), _phones(other)
    for phone in mine & theirs:
        if _MOBILE.fullmatch(phone) or not _births_differ(one, other):
            return True
    if (not mine or not theirs) and _births_agree(one, other) and _places_agree(one, other):
        return True
    return mine == theirs and _facts(one) == _facts(other)


def maybe_same_person(one: Described, other: Described) -> bool:
    """Whether they can be one person if nobody else can (rules 1 to 6)."""
    if tidy_name(one.name) != tidy_name(other.name):
        return False
    if same_person(one, other):
        return True
    if _births_agree(one, other) and _places_agree(one, other):
        return True
    unit, position = (
        _agree(one.electoral_unit, other.electoral_unit),
        _agree(one.position, other.position),
    )
    if unit and position and not _births_differ(one, other):
        return True
    return _tells_less(one, other) or _tells_less(other, one)


def match_people(drafts: Sequence[Described], records: Sequence[Described]) -> list[int | None]:
    """For each of ``drafts`` the index of the one record that is this person, or None.

    No record is given twice. Pass the records as they were before an import, all at once, so that
    sure matches are made before possible ones.
    """
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        by_name[tidy_name(record.name)].append(index)
    found: list[int | None] = [None] * len(drafts)
    namesakes: defaultdict[str, list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        namesakes[tidy_name(draft.name)].append(place)
    for name, places in namesakes.items():
        free = set(by_name.get(name, ()))
        _pair(places, free, found, lambda p, r: same_person(drafts[p], records[r]), only=False)
        _pair(places, free, found, lambda p, r: maybe_same_person(drafts[p], records[r]), only=True)
    return found


def _pair(
    places: Sequence[int],
    free: set[int],
    found: list[int | None],
    alike: Callable[[int, int], bool],
    *,
    only: bool,
) -> None:
    """Give each unmatched place a free record that is alike; ``only``: if both have one choice."""
    open_places = [place for place in places if found[place] is None]
    choices = {place: [r for r in sorted(free) if alike(place, r)] for place in open_places}
    for place in open_places:
        left = [record for record in choices[place] if record in free]
        if not left or (only and not _only_choice(choices, place)):
            continue
        found[place] = left[0]
        free.discard(left[0])


def _only_choice(choices: dict[int, list[int]], place: int) -> bool:
    mine = choices[place]
    rivals = [other for other, records in choices.items() if other != place and mine[0] in records]
    return len(mine) == 1 and not rivals


def _phones(person: Described) -> set[str]:
    numbers = (normalise_phone(person.phone), normalise_phone(person.other_phone))
    return {number for number in numbers if number}


def _births_agree(one: Described, other: Described) -> bool:
    """Whether both are known to the month and the shorter begins the longer."""
    known = min(len(one.born_on), len(other.born_on))
    return known >= len("YYYY-MM") and one.born_on[:known] == other.born_on[:known]


def _births_differ(one: Described, other: Described) -> bool:
    known = min(len(one.born_on), len(other.born_on))
    return one.born_on[:known] != other.born_on[:known]


def _places_agree(one: Described, other: Described) -> bool:
    unit = _agree(one.electoral_unit, other.electoral_unit)
    return unit or _agree(one.position, other.position)


def _agree(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip() == other.strip()


def _facts(person: Described) -> tuple[str, ...]:
    facts = (person.born_on, person.electoral_unit, person.position, person.deputy_group)
    return tuple(fact.strip() for fact in facts)


def _tells_less(one: Described, other: Described) -> bool:
    facts = zip(_facts(one), _facts(other), strict=True)
    return _phones(one) <= _phones(other) and all(not mine or mine == its for mine, its in facts)
