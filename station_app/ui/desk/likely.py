"""Likely the same matter: while an issue is typed, earlier ones like it are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from station_app.domain.issue_views import SimilarIssue
from station_app.services import issue_likeness
from station_app.ui.desk.issue_block import IssueBlock

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: So long must the typing pause; each search costs some thousandths of a second of a reader.
PAUSE_MS = 350
#: Fewer characters than these say nothing about a matter.
LEAST = 4

Asked = tuple[str, str, UUID | None]


class Likely(QObject):
    """Asks for one block at a time, off the GUI thread, and hands the answer to that block."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked: dict[IssueBlock, Asked] = {}

    def look(self, block: IssueBlock, resident_id: UUID | None) -> None:
        """What is typed into ``block`` may be another text by now."""
        plain = block.plain()
        words = f"{plain.title} {plain.text}".strip()
        asked = (words, block.place.text().strip(), resident_id)
        if self._asked.get(block) == asked:
            return
        self._asked = {block: asked}
        if len(words) < LEAST:
            self._jobs.forget("likely", owner=self)
            block.offer_similar(())
            return
        self._jobs.latest(
            "likely",
            lambda tx: issue_likeness.similar_issues(
                tx, asked[0], place=asked[1], resident_id=asked[2]
            ),
            lambda found: self._show(block, asked, found),
            owner=self,
            delay_ms=PAUSE_MS,
        )

    def _show(self, block: IssueBlock, asked: Asked, found: tuple[SimilarIssue, ...]) -> None:
        if self._asked.get(block) == asked:  # else the block was emptied or went away meanwhile
            block.offer_similar(found)
