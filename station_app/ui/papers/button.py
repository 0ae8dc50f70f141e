"""The button that shows a record's signed papers; it is there only when there are any."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from station_app.i18n import tr
from station_app.services.scanned_papers import papers_data, papers_of
from station_app.ui.widgets import ShortcutButton

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs

Show = Callable[[str, Callable[[], bytes]], object]


class PapersButton(ShortcutButton):
    """``show`` is called with a title and the maker of one PDF of all papers."""

    def __init__(self, jobs: Jobs, kind: str, show: Show) -> None:
        super().__init__(tr("Signed papers"), icon="file-text", act=self._open)
        self._jobs, self._kind, self._show = jobs, kind, show
        self._record: UUID | None = None
        self.hide()

    def look(self, record_id: UUID) -> None:
        """Show the button if this record has papers."""
        self._record = record_id
        self.hide()
        kind = self._kind
        self._jobs.latest(
            f"papers of {kind}",
            lambda tx: len(papers_of(tx, kind, record_id)),
            self._found,
            owner=self,
        )

    def _found(self, count: int) -> None:
        self.setText(tr("Signed papers: {n}", n=count))
        self.setVisible(count > 0)

    def _open(self) -> None:
        record, kind = self._record, self._kind
        if record is None:
            return

        def read(tx: Tx) -> tuple[bytes, ...]:
            return papers_data(tx, kind, record)

        self._jobs.read(read, self._found_data, owner=self)

    def _found_data(self, pdfs: tuple[bytes, ...]) -> None:
        def make() -> bytes:
            from station_app.printing.pages import together  # only when somebody looks

            return together(pdfs)

        if pdfs:
            self._show(tr("Signed papers"), make)
