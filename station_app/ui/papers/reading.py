"""Reads what was dropped, off the GUI thread: every paper as PDF, with the codes of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from station_app.domain.record_codes import RecordCode, parse_record_code
from station_app.domain.scanned_papers import FILED_WITH, PaperDraft
from station_app.i18n import tr
from station_app.printing.pages import of_jpeg, taken_out
from station_app.printing.scans import PageRead, read_pages
from station_app.services.card_checks import is_card
from station_app.services.paper_state import paper_state
from station_app.ui.attachments.intake import Source
from station_app.ui.pictures import jpeg_of, picture_in

if TYPE_CHECKING:
    from uuid import UUID

    from station_app.domain.paper_state import PaperState
    from station_app.store import Tx


@dataclass(frozen=True, slots=True)
class Target:
    """The record a page is filed with. ``edition`` is the printed one, 0 if nobody knows."""

    kind: str
    id: UUID
    name: str
    edition: int = 0
    older: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of what was dropped: of which paper, at which place, and what was read on it."""

    paper: int
    place: int
    read: PageRead
    code: RecordCode | None
    card: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """Everything that was dropped: papers as (name, PDF), and their pages in order."""

    papers: tuple[tuple[str, bytes], ...]
    leaves: tuple[Leaf, ...]


def read_stack(sources: Sequence[Source]) -> Stack:
    """Read all pages. Raises StationError for what is neither a picture nor a PDF."""
    papers, leaves = [], []
    for at, source in enumerate(sources):
        name, data = source()
        pdf = data if data.startswith(b"%PDF-") else of_jpeg(jpeg_of(picture_in(data)))
        papers.append((name, pdf))
        for place, read in enumerate(read_pages(pdf, small=True)):
            known = (parse_record_code(one) for one in read.codes)
            code = next((one for one in known if one and one.kind in FILED_WITH), None)
            card = next((one for one in read.codes if is_card(one)), "")
            leaves.append(Leaf(at, place, read, code, card))
    return Stack(tuple(papers), tuple(leaves))


def recognised(tx: Tx, stack: Stack) -> dict[int, Target]:
    """For each leaf whose record is here: the record."""
    found = {}
    for at, leaf in enumerate(stack.leaves):
        state = None if leaf.code is None else paper_state(tx, leaf.code)
        if state is not None:
            found[at] = target_of(state)
    return found


def target_of(state: PaperState) -> Target:
    """The record of a paper."""
    return Target(state.kind, state.id, state.name, state.printed, state.is_older)


def drafts_of(stack: Stack, targets: Sequence[Target | None]) -> tuple[PaperDraft, ...]:
    """The papers to be filed: the pages of one file that go to one record are one paper."""
    groups: dict[tuple[int, str, UUID], list[int]] = {}
    for at, (leaf, target) in enumerate(zip(stack.leaves, targets, strict=True)):
        if target is not None:
            groups.setdefault((leaf.paper, target.kind, target.id), []).append(at)
    drafts = []
    for (paper, kind, record_id), places in groups.items():
        name, pdf = stack.papers[paper]
        leaves = [stack.leaves[at] for at in places]
        edition = max(one.edition for at in places if (one := targets[at]) is not None)
        data = taken_out(pdf, [(one.place, one.read.turn) for one in leaves])
        drafts.append(PaperDraft(kind, record_id, edition, _named(name), data))
    return tuple(drafts)


def _named(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return tr("Signed paper: {name}.pdf", name=stem)
