"""Blank reception forms numbered in advance: numbers kept free for them, and typed in later.

The register lies with this PC's settings, as its counters do: the numbers are of its letter.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from db.vocabulary import Op
from station_app.domain import numbers
from station_app.domain.accounts import require_writer
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services.numbers import next_number
from station_app.services.settings import set_setting, setting
from station_app.services.station import get_station
from station_app.store import Tx

MOST_AT_ONCE = 100
_REGISTER = "blank_forms"


class BlankForm(NamedTuple):
    """One form that was numbered in advance. ``visit_id`` is None until it was typed in."""

    number: str
    numbered_on: date
    visit_id: UUID | None


def reserve_blank_forms(tx: Tx, count: int) -> tuple[str, ...]:
    """Keep ``count`` numbers free for paper; no visit will get them by itself.

    That they are printed is logged. Raises RuleViolation for a count out of range, NotAllowed.
    """
    require_writer(tx.actor)
    if not 1 <= count <= MOST_AT_ONCE:
        text = tr("Print 1 to {most} blank forms at a time.", most=MOST_AT_ONCE)
        raise RuleViolation({"count": text})
    station = get_station(tx)
    made = tuple(next_number(tx, station, numbers.VISIT) for _ in range(count))
    register = _register(tx) | {one: [tx.today.isoformat(), ""] for one in made}
    set_setting(tx, _REGISTER, register)
    tx.note(Op.PRINT, "visit", None, why="blank_forms")
    return made


def blank_forms(tx: Tx) -> tuple[BlankForm, ...]:
    """Every form numbered in advance on this PC, by its number."""
    return tuple(
        BlankForm(number, date.fromisoformat(on), UUID(visit) if visit else None)
        for number, (on, visit) in sorted(_register(tx).items())
    )


def unused_blank_form(tx: Tx, number: str) -> str:
    """The number as it is kept, if a form with it waits to be typed in.

    Raises RuleViolation (``number``) for one that was not numbered here or is typed in already.
    """
    number = number.strip().upper()
    found = _register(tx).get(number)
    if found is None:
        text = tr("No blank form with this number was printed on this PC.")
        raise RuleViolation({"number": text})
    if found[1]:
        raise RuleViolation({"number": tr("The form with this number has been typed in already.")})
    return number


def take_blank_form(tx: Tx, number: str, visit_id: UUID) -> None:
    """The form with this number was typed in as that visit."""
    register = _register(tx)
    set_setting(tx, _REGISTER, register | {number: [register[number][0], visit_id.hex]})


def typed_in_as(tx: Tx, number: str) -> UUID | None:
    """The visit that the form with this number was typed in as, if it was."""
    _, visit = _register(tx).get(number, ("", ""))
    return UUID(visit) if visit else None


def _register(tx: Tx) -> dict[str, list[str]]:
    found: dict[str, list[str]] = setting(tx, _REGISTER, {})
    return found
