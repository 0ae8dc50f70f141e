"""How the exchange is shown: an icon and a colour beside the words, steps and figures."""

from __future__ import annotations

from collections.abc import Sequence

from station_app.domain.sync import SyncStatus, Waiting
from station_app.domain.sync_words import kind_word
from station_app.i18n import tr


def mark(status: SyncStatus) -> tuple[str, str]:
    """The icon and the colour role that stand beside the words."""
    if not status.joined:
        return "info-circle", "secondary"
    if status.locked:
        return "ban", "accent"
    if needs_a_person(status) or status.problem not in ("", "offline", "busy"):
        return "alert-triangle", "amber"
    if status.problem:
        return "unlink", "amber"
    return ("upload", "secondary") if status.pending else ("circle-check", "green")


def needs_a_person(status: SyncStatus) -> int:
    """How many things wait for somebody to decide."""
    return status.conflicts + status.refused + status.unknown + bool(status.held)


def step_words(step: str, pending: int) -> str:
    """What the exchange is doing."""
    if step == "push" and pending:
        return tr("Handing in, {n} left …", n=pending)
    if step.startswith(("pull", "snapshot")):
        return tr("Receiving what is new …")
    if step == "pictures":
        return tr("Exchanging photos …")
    if step == "check":
        return tr("Comparing both sides …")
    return tr("Talking to the centre …")


def waiting_words(waiting: Sequence[Waiting]) -> str:
    """The queue by kinds: 来访群众 3、问题 5."""
    parts = (tr("{kind} {n}", kind=kind_word(one.kind), n=one.records) for one in waiting)
    return tr("list|, ").join(parts)


def problem_advice(problem: str) -> str:
    """What an operator can do about a problem that stands; "" where nothing need be done."""
    known = {
        "offline": tr("Go on working: everything is kept here and handed in by itself as soon as "
                      "the network is back. Without any network, use a USB stick below."),
        "busy": tr("This computer tries again by itself."),
        "upgrade": tr("What you enter is handed in as before. To receive what is new, install the "
                      "newer program; ask the centre for it."),
        "unknown": tr("Ask the centre for a new one-time code and join again below."),
    }  # fmt: skip
    return known.get(problem, tr("If this stays so for a day, tell the centre.") if problem else "")
