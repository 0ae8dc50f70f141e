"""Hand changes in, in the order they were made; whatever is refused, the queue goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from db.wire import Mutation, Outcome, Problem, Push, PushAnswer, Result, encode
from station_app.store import Change, Store
from station_app.store.transaction import driver_of
from station_app.sync import outbox
from station_app.sync.client import Client, Offline, Packed, Refused
from station_app.sync.identity import Me, note
from station_app.sync.pull import go_along
from station_app.sync.rebase import take_results


@dataclass(slots=True)
class Pushed:
    """What was handed in. ``again``: the centre must be greeted anew before the rest.

    ``rev``: the stream is known up to there. ``unread``: it has more to tell than that.
    """

    sent: int = 0
    refused: int = 0
    conflicts: int = 0
    again: bool = False
    rev: int = 0
    unread: bool = False
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
            _send_all(store, me, client, mutations, done)
            limit, whole = me.policy.batch, True
        except _Refused as met:
            refused, mutations = met.refused, met.mutations
            smaller = _smaller(refused.problem, mutations)
            if smaller:
                limit, whole = smaller, refused.problem is not Problem.TOO_LARGE
            elif not _go_on(store, me, refused):
                raise refused from None
            else:
                done.again = True
                return done


class _Refused(Exception):
    """A batch was refused; those before it were taken in."""

    def __init__(self, refused: Refused, mutations: list[Mutation]) -> None:
        super().__init__()
        self.refused = refused
        self.mutations = mutations


def to_quarantine(store: Store, me: Me, client: Client) -> None:
    """This PC was revoked: what still waits is handed in for somebody at the centre to look at.

    It stays in the queue too: nobody has taken it in yet. Raises Offline, Refused.
    """
    with store.read(me.actor) as tx:
        waiting = outbox.batch(driver_of(tx.session), 1 << 30)
    for mutations in outbox.parts(waiting, me.policy.batch):
        client.send("POST", "/v1/quarantine", encode(Push(me.incarnation, mutations)))


def _send_all(
    store: Store, me: Me, client: Client, mutations: list[Mutation], done: Pushed
) -> None:
    """Send these mutations and all after them. Raises _Refused, Offline.

    While the centre works on a batch, the next one is read and the one before is settled; it is
    sent when the centre has answered, so that two are never on their way at once.
    """
    with ThreadPoolExecutor(1, "push") as line:
        answer = line.submit(_send, client, _told(me, mutations), mutations)
        while mutations:
            with store.read(me.actor) as tx:
                after = mutations[-1].mid
                following = outbox.batch(driver_of(tx.session), me.policy.batch, after=after)
            body = _told(me, following)  # now: the centre must not wait for it
            try:
                results = answer.result().results
            except Refused as refused:
                raise _Refused(refused, mutations) from refused
            if following:
                answer = line.submit(_send, client, body, following)
            _take(store, me, mutations, results, done)
            mutations = following


def _told(me: Me, mutations: list[Mutation]) -> Packed:
    return Packed(encode(Push(me.incarnation, mutations)))


def _send(client: Client, body: Packed, mutations: list[Mutation]) -> PushAnswer:
    answer = client.ask("POST", "/v1/push", body, PushAnswer)
    if [one.mid for one in answer.results] != [one.mid for one in mutations]:
        raise Offline
    return answer


def _take(
    store: Store, me: Me, mutations: list[Mutation], results: list[Result], done: Pushed
) -> None:
    with store.write(me.actor) as tx:
        equal = take_results(tx, mutations, results)
        along = equal and go_along(driver_of(tx.session), me.own, results)
    if along:
        done.rev = results[-1].rev
    done.unread |= not along
    done.changes |= tx.changes
    done.sent += len(mutations)
    outcomes = [one.outcome for one in results]
    done.refused += outcomes.count(Outcome.REJECTED)
    done.conflicts += outcomes.count(Outcome.CONFLICT)


def _smaller(problem: Problem, mutations: list[Mutation]) -> int:
    """How many to try next after a batch was too large or held a mid used twice; 0: give up."""
    if problem is Problem.TOO_LARGE:
        return len(mutations) // 2
    if problem is not Problem.MID_REUSE or mutations[0].group == mutations[-1].group:
        return 0
    # A batch ends with a whole group: cut before the group in its middle, or behind it if it is
    # the first, else the same batch would come again for ever.
    middle = mutations[len(mutations) // 2].group
    before = next(at for at, one in enumerate(mutations) if one.group == middle)
    return before or sum(one.group == middle for one in mutations)


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
