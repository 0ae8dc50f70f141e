"""Why the centre refuses a request; each problem has one HTTP status and one act of the client."""

from __future__ import annotations

from db.wire import Problem, Refusal

STATUS = {
    Problem.MALFORMED: 400,
    Problem.UNSIGNED: 401,
    Problem.STALE: 401,
    Problem.UNKNOWN: 401,
    Problem.REVOKED: 403,
    Problem.SCOPE: 403,
    Problem.GAP: 409,
    Problem.MID_REUSE: 409,
    Problem.EPOCH: 409,
    Problem.RESYNC: 410,
    Problem.TOO_LARGE: 413,
    Problem.UPGRADE: 426,
    Problem.BUSY: 503,
}


class Refused(Exception):
    """A request that is not carried out; the answer says why."""

    def __init__(
        self,
        problem: Problem,
        text: str = "",
        *,
        expected: int = 0,
        retry_after: float = 0.0,
        server_time: str = "",
    ) -> None:
        super().__init__(problem.value)
        self.refusal = Refusal(problem, text, expected, retry_after, server_time)

    @property
    def status(self) -> int:
        """The HTTP status that goes with the problem."""
        return STATUS[self.refusal.problem]
