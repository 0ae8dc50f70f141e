"""After a restore of the centre: what it said of changes before is asked once more (sync.md §8).

A copy of this disk may have handed them in again before this PC came, and have been told
something else; or it has handed in others under the same numbers.
"""

from __future__ import annotations

import msgspec
import sqlcipher3

from db.wire import Mutation, Outcome, Problem, Push, PushAnswer, Result
from station_app.store import Store
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.client import Client, Refused
from station_app.sync.identity import Me, centres_now, note
from station_app.sync.moments import stored

_encode = msgspec.json.Encoder(uuid_format="hex").encode


def ask_again(store: Store, me: Me, client: Client, last_mid: int) -> bool:
    """Ask what became of the answered changes that the centre has, up to ``last_mid``.

    False: those are not this PC's. It is a copy, and must be greeted as a life of its own, in
    which all that is kept is handed in again. Raises Offline, Refused.
    """
    with store.read(me.actor) as tx:
        driver = driver_of(tx.session)
        since = stored(centres_now(driver, tx.now) - outbox.KEPT)
        asked = outbox.answered(driver, since, last_mid)
    parts = outbox.parts(asked, me.policy.batch)
    while parts:
        part = parts.pop(0)
        try:
            answer = client.ask("POST", "/v1/push", Push(me.incarnation, part), PushAnswer)
        except Refused as refused:
            smaller = _smaller(refused, part)
            if smaller is None:
                _begin_anew(store, me)
                return False
            parts[:0] = smaller
        else:
            with store.write(me.actor) as tx:
                _take(driver_of(tx.session), answer.results)
    return True


def _smaller(refused: Refused, part: list[Mutation]) -> list[list[Mutation]] | None:
    """What to ask instead: what was answered before need not keep to its groups.

    None: the centre has other changes under these numbers.
    """
    if refused.problem is Problem.TOO_LARGE and len(part) > 1:
        return [part[: len(part) // 2], part[len(part) // 2 :]]
    if refused.problem is not Problem.MID_REUSE:
        raise refused
    unlike = refused.refusal.expected - part[0].mid
    if part[unlike].fields:
        return None
    # Of this one nothing is left here, since its record was erased.
    return [one for one in (part[:unlike], part[unlike + 1 :]) if one]


def _begin_anew(store: Store, me: Me) -> None:
    with store.write(me.actor) as tx:
        driver = driver_of(tx.session)
        outbox.send_again(driver, outbox.queue(driver).kept_mid - 1)
        note(driver, renew=True)


def _take(driver: sqlcipher3.Connection, results: list[Result]) -> None:
    """What is seen of each is what holds now; what somebody has read stays read."""
    refused = [one for one in results if one.outcome is Outcome.REJECTED]
    driver.executemany(
        "UPDATE outbox SET state = ?, result = ? WHERE mid = ? AND state NOT IN (?, ?)",
        [(outbox.REJECTED, _encode(one).decode(), one.mid, outbox.REJECTED, outbox.DISMISSED)
         for one in refused],
    )  # fmt: skip
    driver.executemany(
        "UPDATE outbox SET state = ?, result = NULL WHERE mid = ? AND state IN (?, ?)",
        [(outbox.SENT, one.mid, outbox.REJECTED, outbox.DISMISSED)
         for one in results if one.outcome is not Outcome.REJECTED],
    )  # fmt: skip
