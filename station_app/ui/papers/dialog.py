"""The dialog that files scanned pages: what was recognised, and a question for every other page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.domain.scanned_papers import PaperDraft, PaperRecord
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services.scanned_papers import file_papers
from station_app.ui.attachments.intake import Source
from station_app.ui.papers.page_row import PageRow
from station_app.ui.papers.reading import Stack, Target, drafts_of, read_stack, recognised
from station_app.ui.theme import lay
from station_app.ui.widgets import Line, MessageBar, ShortcutButton, column, label, row, scrolling
from station_app.ui.widgets.layout import open_at

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs


class PapersDialog(QDialog):
    """``filed`` carries the papers that were filed; ``scanned`` a duty card that stood alone."""

    filed = Signal(object)
    scanned = Signal(str)

    def __init__(self, jobs: Jobs, sources: Sequence[Source], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Scanned papers"))
        self._jobs = jobs
        self.stack: Stack | None = None
        self.rows: list[PageRow] = []
        self._told = label(tr("Reading the pages …"), "quiet", wrap=True)
        self._wrong = MessageBar("red", icon="alert-triangle")
        self._wrong.set("")
        self._list = column(spacing=0)
        self._list.addStretch(1)
        self.save = ShortcutButton(tr("File"), "Ctrl+Return", kind="primary", act=self._file)
        self.save.setEnabled(False)
        back = ShortcutButton(tr("Cancel"), "Escape", act=self.reject)
        whole = lay(QVBoxLayout(self), margins=(24, 20, 24, 20), spacing=14)
        whole.addWidget(label(tr("Scanned papers"), "title"))
        whole.addWidget(self._told)
        whole.addWidget(self._wrong)
        whole.addWidget(scrolling(self._list, tr("papers|Pages")), 1)
        whole.addLayout(row(None, back, self.save))
        open_at(self, 720, 640)
        jobs.work(lambda: read_stack(sources), self._read, owner=self, failed=self._failed)

    def _read(self, stack: Stack) -> None:
        self.stack = stack
        only = stack.leaves[0] if len(stack.leaves) == 1 else None
        if only is not None and only.card and only.code is None:
            self.scanned.emit(only.card)
            self.reject()
            return
        self._jobs.read(
            lambda tx: recognised(tx, stack), self._show, owner=self, failed=self._failed
        )

    def _show(self, found: dict[int, Target]) -> None:
        assert self.stack is not None  # it was read before
        for at, leaf in enumerate(self.stack.leaves):
            name = self.stack.papers[leaf.paper][0]
            title = tr("{file}, page {n}", file=name, n=leaf.place + 1)
            made = PageRow(self._jobs, title, leaf.read.small, found.get(at), first=at == 0)
            made.changed.connect(self._tell)
            made.same.clicked.connect(self._as_before(at))
            self.rows.append(made)
            self._list.insertWidget(self._list.count() - 1, made)
            self._list.insertWidget(self._list.count() - 1, Line())
        self._tell()
        asked = next((one for one in self.rows if not one.decided), None)
        (self.save if asked is None else asked.line).setFocus()

    def _as_before(self, at: int) -> Callable[[], None]:
        def take() -> None:
            before = self.rows[at - 1]
            if before.decided:
                self.rows[at].decide(before.target)

        return take

    def _tell(self) -> None:
        asked = sum(not one.decided for one in self.rows)
        targets = [one.target for one in self.rows if one.target is not None]
        records = len({(one.kind, one.id) for one in targets})
        said = tr("Pages: {pages}. To be filed: {filed}, with records: {records}.",
                  pages=len(self.rows), filed=len(targets), records=records)  # fmt: skip
        ask = tr("Still to be answered: {n}.", n=asked) if asked else ""
        self._told.setText(f"{said} {ask}".strip())
        self.save.setEnabled(not asked and bool(targets))

    def _file(self) -> None:
        stack, targets = self.stack, [one.target for one in self.rows]
        assert stack is not None  # the button is dead before
        self.save.setEnabled(False)
        self._jobs.work(
            lambda: drafts_of(stack, targets), self._write, owner=self, failed=self._failed
        )

    def _write(self, drafts: tuple[PaperDraft, ...]) -> None:
        self._jobs.write(
            lambda tx: file_papers(tx, drafts), self._done, owner=self, failed=self._failed
        )

    def _done(self, papers: tuple[PaperRecord, ...]) -> None:
        self.filed.emit(papers)
        self.accept()

    def _failed(self, error: StationError) -> None:
        self._wrong.set(error.text)
        if not self.rows:
            self._told.setText("")
        self._tell() if self.rows else self.save.setEnabled(False)
