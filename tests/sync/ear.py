"""Hears every word between a PC and the centre, feeds the oracle, and checks what is said."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import httpx
import msgspec

from db import packing
from db.wire import Mutation, Outcome, PullAnswer, Push, PushAnswer, Result
from tests.sync.counts import OUTCOMES
from tests.sync.oracle import Key, Oracle

_KEYID = re.compile(r'keyid="([0-9a-f]{32})"')
_MOST = 1 << 28
#: Applied beside somebody else's edit is applied all the same.
_SAID = {Outcome.MERGED: "applied"}


class Ear:
    """Listens to the PCs of one station, whose stream ``oracle`` follows."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.strangers: Collection[Key] = ()
        self.streams: set[str] = set()
        self.floors: dict[str, int] = {}
        #: Changes whose answer has reached the PC that made them.
        self.answered: set[UUID] = set()

    def heard(
        self,
        request: httpx.Request,
        status: int,
        body: bytes,
        headers: httpx.Headers,
        arrives: bool,
    ) -> None:
        """One request and what the centre answered, whether or not the answer arrives."""
        if request.url.path == "/v1/push" and status == 200:
            sent = packing.unpack(
                request.content, request.headers.get("content-encoding", ""), _MOST
            )
            found = _KEYID.search(request.headers["signature-input"])
            assert found
            answer = msgspec.json.decode(_opened(body, headers), type=PushAnswer)
            message = msgspec.json.decode(sent, type=Push)
            self.pushed(found.group(1), message, answer)
            if arrives:
                self.answered |= {one.uuid for one in message.mutations}
        elif request.url.path in ("/v1/pull", "/v1/snapshot"):
            self._pulled(request, status, body, headers)

    def pushed(self, device: str, message: Push, answer: PushAnswer) -> None:
        """A batch that was taken in, over the network or from a stick."""
        self.oracle.push(device, message)
        self.results_are_as_expected(message.mutations, answer.results)
        self.groups_are_whole(message.mutations, answer.results)

    def results_are_as_expected(self, sent: list[Mutation], results: list[Result]) -> None:
        """Invariants 10, 11, 15: whatever the batch, the retries and the clocks, one outcome."""
        for one, result in zip(sent, results, strict=True):
            said = _SAID.get(result.outcome, result.outcome.value)
            OUTCOMES[said] += 1
            assert said == self.oracle.outcomes[one.uuid], (one, result)

    def groups_are_whole(self, sent: list[Mutation], results: Iterable[Result]) -> None:
        """Invariant 7: of one group all is refused or nothing, however it was cut."""
        for group, run in groupby(zip(sent, results, strict=True), key=lambda pair: pair[0].group):
            refused = {result.outcome is Outcome.REJECTED for _, result in run}
            assert len(refused) == 1, "a torn group (7)"
            before = self.oracle.refused.setdefault(group, refused)
            assert before == refused, "a group torn between batches (7, 10)"

    def _pulled(
        self, request: httpx.Request, status: int, body: bytes, headers: httpx.Headers
    ) -> None:
        asked = {name: value[0] for name, value in parse_qs(request.url.query.decode()).items()}
        if status != 200:
            return
        page = msgspec.json.decode(_opened(body, headers), type=PullAnswer)
        if request.url.path == "/v1/pull":
            self.floor_is_kept(page.stream, int(asked["since"]))
        self.page_is_in_order(page, int(asked["since"]))
        self.page_is_ours(page)

    def floor_is_kept(self, stream: str, since: int) -> None:
        """Invariant 14: a cursor below the floor gets 410 and nothing else."""
        assert since >= self.floors.get(stream, 0), "read from below the floor (14)"

    @staticmethod
    def page_is_in_order(page: PullAnswer, since: int) -> None:
        """Invariant 4: what is read comes in the order of revisions, none skipped back to."""
        revs = [row.rev for row in page.rows]
        assert revs == sorted(set(revs)), "out of order (4)"
        assert all(since < rev for rev in revs), "read again (4)"
        assert page.next >= max(revs, default=since), "skipped (4)"

    def page_is_ours(self, page: PullAnswer) -> None:
        """Invariant 13: no row outside the PC's streams ever reaches it."""
        assert page.stream in self.streams, "a stream of somebody else (13)"
        own = self.oracle.records.keys() | self.oracle.forgotten
        for row in page.rows:
            key = (row.kind, row.id)
            assert key not in self.strangers or key in own, "a row of another station (13)"


def _opened(body: bytes, headers: Any) -> bytes:
    return packing.unpack(body, headers.get("content-encoding", ""), _MOST)
