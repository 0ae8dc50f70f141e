"""Hand changes in, in the order they were made; whatever is refused, the queue goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.wire import Mutation, Outcome, Problem, Push, PushAnswer, encode
from station_app.store import Change, Store
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.client import Client, Offline, Refused
from station_app.sync.identity import Me, note
from station_app.sync.rebase import take_results


@dataclass(slots=True)
class Pushed:
    """What was handed in. ``again``: the centre must be greeted anew before the rest."""

    sent: int = 0
    refused: int = 0
    conflicts: int = 0
    again: bool = False
    changes: set[Change] = field(default_factory=set)


def push(store: Store, me: Me, client: Client) -> Pushed:
    """Send everything that waits, batch by batch. Raises Offline, Refused."""
    done = Pushed()
    limit, whole = me.policy.batch, True
    while True:
        with store.read(me.actor) as tx:
            mutations = outbox.batch(driver_of(tx.session), limit, whole=whole)
        if not mutations:
            return done
        try:
            _exchange(store, me, client, mutations, done)
            limit, whole = me.policy.batch, True
        except Refused as refused:
            smaller = _smaller(refused.problem, mutations)
            if smaller:
                limit, whole = smaller, refused.problem is not Problem.TOO_LARGE
            elif not _go_on(store, me, refused):
                raise
            else:
                done.again = True
                return done


def to_quarantine(store: Store, me: Me, client: Client) -> None:
    """This PC was revoked: what still waits is handed in for somebody at the centre to look at.

    It stays in the queue too: nobody has taken it in yet. Raises Offline, Refused.
    """
    with store.read(me.actor) as tx:
        waiting = outbox.batch(driver_of(tx.session), 1 << 30)
    for mutations in outbox.parts(waiting, me.policy.batch):
        client.send("POST", "/v1/quarantine", encode(Push(me.incarnation, mutations)))


def _exchange(
    store: Store, me: Me, client: Client, mutations: list[Mutation], done: Pushed
) -> None:
    message = Push(me.incarnation, mutations)
    answer = client.ask("POST", "/v1/push", message, PushAnswer)
    if [one.mid for one in answer.results] != [one.mid for one in mutations]:
        raise Offline
    with store.write(me.actor) as tx:
        take_results(tx, mutations, answer.results)
    done.changes |= tx.changes
    done.sent += len(mutations)
    outcomes = [one.outcome for one in answer.results]
    done.refused += outcomes.count(Outcome.REJECTED)
    done.conflicts += outcomes.count(Outcome.CONFLICT)


def _smaller(problem: Problem, mutations: list[Mutation]) -> int:
    """How many to try next after a batch was too large or held a mid used twice; 0: give up."""
    if problem not in (Problem.TOO_LARGE, Problem.MID_REUSE) or len(mutations) == 1:
        return 0
    if problem is Problem.MID_REUSE and mutations[0].group == mutations[-1].group:
        return 0
    return max(len(mutations) // 2, 1)


def _go_on(store: Store, me: Me, refused: Refused) -> bool:
    """The one act that belongs to a problem of pushing; True if greeting the centre helps."""
    if refused.problem is Problem.GAP:
        with store.write(me.actor) as tx:
            outbox.send_again(driver_of(tx.session), refused.refusal.expected - 1)
        return True
    if refused.problem is Problem.MID_REUSE:
        with store.write(me.actor) as tx:
            note(driver_of(tx.session), renew=True)
        return True
    return refused.problem is Problem.EPOCH
