"""The issues of one visit: one is shown, the others keep everything behind their tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.dictionaries import CategoryRecord, DeclineReason
from station_app.domain.issues import EarlierIssue, IssueDraft, title_of
from station_app.i18n import tr
from station_app.ui.desk.enter import EnterChain
from station_app.ui.desk.issue_block import IssueBlock
from station_app.ui.theme import lay
from station_app.ui.widgets import Field, IconButton, ShortcutButton

LONGEST_TAB = 8


class IssueTabs(QWidget):
    """One block an issue. ``removed`` carries the state before, so that it can be taken back."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, chain: EnterChain) -> None:
        super().__init__()
        self._chain = chain
        self.blocks: list[IssueBlock] = []
        self._tabs: list[ShortcutButton] = []
        self._categories: tuple[CategoryRecord, ...] = ()
        self._deputies: tuple[tuple[UUID, str], ...] = ()
        self._reasons: tuple[DeclineReason, ...] = ()
        self._earlier: tuple[EarlierIssue, ...] = ()
        self._group = QButtonGroup(self)
        self._strip = QWidget()
        self._line = lay(QHBoxLayout(self._strip), spacing=6)
        self._line.addStretch(1)
        self._remove = IconButton(
            "trash", tr("Remove this issue"), act=self.remove_shown, size=18, role="secondary"
        )
        self._line.addWidget(self._remove)
        whole = lay(QVBoxLayout(self), spacing=8)
        whole.addWidget(self._strip)
        self._body = lay(QVBoxLayout(), spacing=0)
        whole.addLayout(self._body, 1)
        self.add()

    @property
    def shown(self) -> IssueBlock:
        """The block that is shown."""
        return self.blocks[max(0, self._group.checkedId())]

    def add(self) -> IssueBlock:
        """Add an empty issue and show it."""
        block = IssueBlock(self._chain)
        block.offer(self._categories, self._deputies, self._reasons)
        block.offer_earlier(self._earlier)
        block.edited.connect(self._edited)
        tab = ShortcutButton("", kind="filter")
        tab.setCheckable(True)
        tab.toggled.connect(lambda _on: self._show())
        self.blocks.append(block)
        self._tabs.append(tab)
        self._body.addWidget(block)
        self._line.insertWidget(len(self._tabs) - 1, tab)
        self._group.addButton(tab, len(self._tabs) - 1)
        tab.setChecked(True)
        self._edited()
        return block

    def remove_shown(self) -> None:
        """Take the shown issue out of the visit."""
        if len(self.blocks) == 1:
            return
        before = self.state()
        place = self.blocks.index(self.shown)
        self.restore([one for at, one in enumerate(before) if at != place])
        self.removed.emit(before)

    def step(self, by: int) -> None:
        """Show the next or the previous issue."""
        place = (self.blocks.index(self.shown) + by) % len(self.blocks)
        self._tabs[place].setChecked(True)
        self.blocks[place].text.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(
        self,
        categories: tuple[CategoryRecord, ...],
        deputies: Sequence[tuple[UUID, str]],
        reasons: tuple[DeclineReason, ...],
    ) -> None:
        """Complete from ``categories``; ``deputies`` may have answered, ``reasons`` decline."""
        self._categories, self._deputies, self._reasons = categories, tuple(deputies), reasons
        for block in self.blocks:
            block.offer(categories, deputies, reasons)

    def offer_earlier(self, earlier: tuple[EarlierIssue, ...]) -> None:
        """What the visitor raised before."""
        self._earlier = earlier
        for block in self.blocks:
            block.offer_earlier(earlier)

    def drafts(self) -> tuple[IssueDraft, ...]:
        """The issues as typed, without wholly empty further ones."""
        found = [block.draft() for block in self._filled()]
        return tuple(found)

    def unknown_categories(self) -> list[str]:
        """The names of the fields where what was typed is no category."""
        return [
            f"issues.{place}.category"
            for place, block in enumerate(self._filled())
            if block.category.unknown
        ]

    def fields(self) -> dict[str, Field]:
        """The fields by the names that a RuleViolation uses."""
        return {
            f"issues.{place}.{name}": field
            for place, block in enumerate(self._filled())
            for name, field in block.fields.items()
        }

    def show_issue(self, place: int) -> None:
        """Show the issue that a RuleViolation counts as ``place``."""
        self._tabs[self.blocks.index(self._filled()[place])].setChecked(True)

    def state(self) -> list[dict[str, Any]]:
        """Everything as typed, for the kept draft."""
        return [block.state() for block in self.blocks]

    def restore(self, states: Sequence[dict[str, Any]]) -> None:
        """Show a state again."""
        while len(self.blocks) > max(1, len(states)):
            self._drop_last()
        while len(self.blocks) < len(states):
            self.add()
        for block, state in zip(self.blocks, states or [{}], strict=True):
            block.restore(state)
        self._tabs[0].setChecked(True)
        self._edited()

    def _filled(self) -> list[IssueBlock]:
        found = [one for one in self.blocks if one.text.text().strip() or one.title.text().strip()]
        return found or self.blocks[:1]

    def _drop_last(self) -> None:
        block, tab = self.blocks.pop(), self._tabs.pop()
        block.forget()
        self._group.removeButton(tab)
        for part in (block, tab):
            part.hide()
            part.setParent(None)
            part.deleteLater()
        if self._group.checkedId() < 0:
            self._tabs[-1].setChecked(True)

    def _edited(self) -> None:
        for place, (tab, block) in enumerate(zip(self._tabs, self.blocks, strict=True), start=1):
            title = title_of(block.plain())[:LONGEST_TAB]
            tab.setText(f"{place}  {title}" if title else tr("Issue {n}", n=place))
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        several = len(self.blocks) > 1
        self._strip.setVisible(several)
        for block in self.blocks:
            block.setVisible(block is self.shown)
