"""What is said about duty cards: verdicts, arrivals, and what a signature proves and what not."""

from __future__ import annotations

from typing import NamedTuple

from db.vocabulary import CardKind, CardState
from station_app.domain.duty_cards import Arrival, CardArrival, CardCheck, Standing, Verdict
from station_app.domain.moments import local
from station_app.i18n import tr


class Said(NamedTuple):
    """A headline, what to do or know, and whether all is well, is to be minded, or is wrong."""

    headline: str
    detail: str
    role: str  # green, amber or red


def standing_word(standing: Standing) -> str:
    """How a card of the register stands."""
    return {
        Standing.VALID: tr("card|Valid"),
        Standing.NOT_YET: tr("card|Not yet valid"),
        Standing.EXPIRED: tr("card|Expired"),
        Standing.VOID: tr("card|Void"),
    }[standing]


def kind_word(kind: CardKind) -> str:
    """What kind of card it is."""
    return {CardKind.TERM: tr("card|Term card"), CardKind.DAY: tr("card|Day card")}[kind]


def state_word(state: CardState) -> str:
    """Where a card stands in the register."""
    return {CardState.ISSUED: tr("card|Issued"), CardState.VOID: tr("card|Void")}[state]


def proof_words(check: CardCheck) -> str:
    """What the signature of a card proves, and what it does not; empty where there is none."""
    if check.verdict in (Verdict.NO_CARD, Verdict.UNKNOWN_KEY, Verdict.ALTERED):
        return ""
    if check.verdict is Verdict.ELSEWHERE:
        return tr(
            "The signature proves that {station} issued the card; it does not prove who holds it.",
            station=check.station,
        )
    return tr("The signature proves that this station issued the card; it does not prove who "
              "holds it.")  # fmt: skip


def verdict_words(check: CardCheck) -> Said:
    """What a scanned card is worth, as it is told to the operator."""
    said = _verdicts(check)[check.verdict]
    if check.clock_behind and check.verdict is Verdict.EXPIRED:
        clock = tr("This computer's clock shows an earlier day than was seen before: set it right.")
        return Said(said.headline, f"{said.detail} {clock}", said.role)
    return said


def arrival_words(came: CardArrival) -> Said:
    """What came of a card that was held to the scanner at the desk."""
    name, check = came.check.name, came.check
    if came.arrival is Arrival.REFUSED:
        return verdict_words(check)
    if came.arrival is Arrival.CHECKED_IN:
        return Said(tr("{name} has checked in.", name=name), proof_words(check), "green")
    if came.arrival is Arrival.TWICE:
        assert came.attendance is not None  # that is what “twice” means
        at = local(came.attendance.checked_in_at)
        when = f"{at.hour}:{at.minute:02}"
        text = tr("The first time was at {time}; nothing was written again.", time=when)
        return Said(tr("{name} has checked in already.", name=name), text, "amber")
    if came.arrival is Arrival.NO_DAY:
        text = tr("No reception is open, so that nobody is checked in. Begin the reception first.")
        return Said(tr("The card of {name} is good.", name=name or check.number), text, "amber")
    text = tr("The card is genuine, but it names no deputy who serves at this station.")
    return Said(tr("Nobody was checked in."), text, "amber")


def _verdicts(check: CardCheck) -> dict[Verdict, Said]:
    days = _days(check)
    return {
        Verdict.GOOD: Said(tr("The card is genuine and valid."), days, "green"),
        Verdict.ELSEWHERE: Said(
            tr("A genuine card of another station: {station}.", station=check.station),
            tr("Nobody was checked in: it is not a card of this station."), "amber",
        ),
        Verdict.NOT_YET: Said(tr("This card is not valid yet."), days, "amber"),
        Verdict.EXPIRED: Said(
            tr("This card has expired."),
            tr("It was valid until {day}. Issue a new one.", day=check.valid_to or ""), "red",
        ),
        Verdict.VOID: Said(
            tr("This card is void."),
            tr("Why it was made void: {why}. Keep it here.", why=check.void_reason)
            if check.void_reason
            else tr("It was made void by the station that issued it. Keep it here."),
            "red",
        ),
        Verdict.REVOKED: Said(
            tr("Cards of this key are no longer accepted."),
            tr("The centre has revoked the key that signed it. Ask the centre."), "red",
        ),
        Verdict.UNKNOWN_KEY: Said(
            tr("Who issued this card is not known here."),
            tr("It may come from a station of another centre, or from one whose key has not "
               "arrived: exchange with the centre and scan it again."), "amber",
        ),
        Verdict.ALTERED: Said(
            tr("This card was altered or forged."),
            tr("Its signature does not fit. Do not accept it, and tell the station's head."), "red",
        ),
        Verdict.NO_CARD: Said(tr("This is no duty card."), "", "amber"),
    }  # fmt: skip


def _days(check: CardCheck) -> str:
    if check.valid_from is None:
        return ""
    if check.valid_from == check.valid_to:
        return tr("Valid on {day} only.", day=check.valid_from)
    return tr("Valid from {first} to {last}.", first=check.valid_from, last=check.valid_to or "")
