"""One scanned page in the list: its small picture, the record it goes to, or the question which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from station_app.domain.scanned_papers import FILED_WITH
from station_app.domain.search import Hit
from station_app.domain.sync_words import kind_word
from station_app.domain.words import found_word
from station_app.i18n import tr
from station_app.printing.scans import Grey
from station_app.services.search import search
from station_app.ui.papers.reading import Target
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Flow,
    Pill,
    PopupList,
    ShortcutButton,
    Suggestion,
    column,
    label,
)

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_PAUSE_MS = 80


class PageRow(QFrame):
    """``target`` is where the page goes, None: nowhere; ``decided``: nobody need be asked."""

    changed = Signal()

    def __init__(
        self, jobs: Jobs, title: str, small: Grey | None, found: Target | None, *, first: bool
    ) -> None:
        super().__init__()
        self._jobs = jobs
        self.target, self.decided = found, found is not None
        self._picture = QLabel()
        self._picture.setAccessibleName(title)
        if small is not None:
            self._picture.setPixmap(_pixmap(small))
        fit(self._picture, lambda one: one.setFixedWidth(px(72)))
        self._where, self._pill = label("", "strong", wrap=True), Pill("")
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Which record? Type a number, a name, a day"))
        self.line.setAccessibleName(tr("Record of {page}", page=title))
        self._popup: PopupList | None = None
        self.same = ShortcutButton(tr("As the page before"), kind="filter")
        self.leave_out = ShortcutButton(
            tr("Do not file"), kind="filter", act=lambda: self.decide(None)
        )
        self.other = ShortcutButton(tr("Another record"), kind="filter", act=self.ask)
        self.same.setVisible(not first)
        self._first = first
        acts = QWidget()
        flow = Flow(acts, spacing=6)
        for part in (self.same, self.leave_out, self.other):
            flow.addWidget(part)
        words = column(label(title, "secondary"), self._where, self.line, acts, spacing=6)
        words.addStretch(1)
        whole = lay(QHBoxLayout(self), margins=(4, 10, 4, 10), spacing=16)
        whole.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(words, 1)
        whole.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignTop)
        self.line.textEdited.connect(self._search)
        self._show()

    def decide(self, target: Target | None) -> None:
        """The page goes to ``target``, or nowhere."""
        self.target, self.decided = target, True
        self._show()
        self.changed.emit()

    def ask(self) -> None:
        """Ask where the page goes."""
        self.target, self.decided = None, False
        self._show()
        self.line.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        target = self.target
        if target is not None:
            self._where.setText(f"{kind_word(target.kind)} {target.name}")
            older = tr("edition {n}, older", n=target.edition)
            self._pill.set(older if target.older else tr("Recognised") if target.edition
                           else tr("Chosen"), "amber" if target.older else "green")  # fmt: skip
        elif self.decided:
            self._where.setText(tr("This page is not filed."))
            self._pill.set(tr("Left out"), "neutral")
        else:
            self._where.setText(tr("No code was found on this page."))
            self._pill.set(tr("Please choose"), "amber")
        self.line.setVisible(not self.decided)
        self.same.setVisible(not self.decided and not self._first)
        self.leave_out.setVisible(target is not None or not self.decided)
        self.other.setVisible(self.decided)

    def _search(self, typed: str) -> None:
        self._jobs.latest(
            f"page {id(self)}",
            lambda tx: tuple(one for one in search(tx, typed) if one.kind.value in FILED_WITH),
            self._offer,
            owner=self,
            delay_ms=_PAUSE_MS,
        )

    def _offer(self, hits: tuple[Hit, ...]) -> None:
        if self._popup is None:
            self._popup = PopupList(self.line, name=tr("Search results"), width=460)
            self._popup.chosen.connect(self._chosen)
        rows = [
            Suggestion(hit.title, detail=hit.detail, value=hit, section=found_word(hit.kind))
            for hit in hits
        ]
        if rows:
            self._popup.show_rows(rows)
        else:
            self._popup.say(tr("Nothing found."), "search")

    def _chosen(self, hit: object) -> None:
        if isinstance(hit, Hit):
            self.line.clear()
            self.decide(Target(hit.kind.value, hit.id, hit.title))


def _pixmap(small: Grey) -> QPixmap:
    image = QImage(
        small.data, small.width, small.height, small.stride, QImage.Format.Format_Grayscale8
    )
    room = Qt.AspectRatioMode.KeepAspectRatio
    smooth = Qt.TransformationMode.SmoothTransformation
    return QPixmap.fromImage(image).scaled(px(72), px(100), room, smooth)
