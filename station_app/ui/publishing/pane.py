"""One issue before the public: its own words, and beside them what may be read of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.issues import IssueRecord
from station_app.domain.publishing import PublicView
from station_app.errors import StationError
from station_app.i18n import tr
from station_app.services import drafts, issue_care, issues
from station_app.services.publishing import public_view
from station_app.ui.issues.links import LinkButton
from station_app.ui.issues.timeline import LongText
from station_app.ui.kept_form import KeptForm, Typed
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import (
    Card,
    EmptyState,
    EnterMovesOn,
    Field,
    Pill,
    ShortcutButton,
    TextArea,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


class PublicPane(QStackedWidget):
    """Shows one issue's words for the public and puts them before it, or takes them back."""

    done = Signal()

    def __init__(self, jobs: Jobs, page: Page, *, writable: bool) -> None:
        super().__init__()
        self._jobs, self._page, self._writable = jobs, page, writable
        self.shown: UUID | None = None
        self.view: PublicView | None = None
        self._own = LongText()
        self._state = Pill("", "neutral")
        self._told = label("", "quiet", wrap=True)
        self._link = LinkButton(tr("public|The issue itself"), "message-report")
        self._link.setAccessibleName(tr("Open the issue"))
        self._link.clicked.connect(self._open)
        self.title, self.text = QLineEdit(), TextArea(lines=6, most=20)
        self.title.setMaxLength(100)
        self.reason = QLineEdit()
        self.fields = {
            "title": Field(tr("Title"), self.title, required=True),
            "text": Field(tr("What the public may read"), self.text, required=True),
            "reason": Field(tr("Why it is taken back"), self.reason, required=True),
        }
        self.publish = ShortcutButton(
            tr("do|Publish"), "Ctrl+Return", kind="primary", act=self._publish
        )
        self.again = ShortcutButton(tr("Mask it anew"), "Ctrl+D", icon="refresh", act=self._mask)
        self.take_back = ShortcutButton(
            tr("do|Take back from the public"), "Alt+W", icon="eye-off", act=self._take_back
        )
        self.kept = KeptForm(jobs, self._typed, self)
        self._build()
        self._moves = EnterMovesOn(self)
        self.title.textEdited.connect(lambda _text: self.kept.note())
        self.text.textChanged.connect(self.kept.note)

    def _build(self) -> None:
        nothing = Card()
        nothing.content.addWidget(EmptyState("chevron-left", tr("Choose an issue on the left")))
        body = lay(QVBoxLayout(), margins=(20, 20, 20, 20), spacing=12)
        body.addLayout(row(label(tr("public|For the public"), "section"), None, self._state))
        body.addWidget(self._told)
        body.addWidget(self.fields["title"])
        body.addWidget(self.fields["text"])
        body.addWidget(self.fields["reason"])
        self._acts = QWidget()
        self._acts.setLayout(row(self.publish, self.again, self.take_back, None))
        body.addWidget(self._acts)
        body.addLayout(
            column(label(tr("public|The issue itself"), "strong"), self._link, self._own, spacing=6)
        )
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("public|For the public"), gutter=20))
        self.addWidget(nothing)
        self.addWidget(card)
        fit(self, lambda pane: pane.setMinimumWidth(px(360)))

    def show_none(self) -> None:
        """Nothing is chosen."""
        self.kept.keep()
        self.kept.end()
        self.shown, self.view = None, None
        self.setCurrentIndex(0)

    def show_id(self, issue_id: UUID) -> None:
        """Show one issue."""
        if issue_id != self.shown:
            self.kept.keep()
            self.kept.end()
        self.shown = issue_id
        self.reload()

    def reload(self) -> None:
        """Read the issue shown again."""
        shown = self.shown
        if shown is None:
            return
        self._jobs.latest(
            "public",
            lambda tx: (public_view(tx, shown), drafts.kept_draft(tx, _name(shown)), tx.zone),
            lambda found: self._show(*found),
            owner=self,
            failed=self._page.show_error,
        )

    def _show(self, view: PublicView, kept: Typed | None, zone: tzinfo) -> None:
        before, self.view = self.view, view
        self._link.set_text(f"{view.own_title}　{view.number}")
        self._own.set(view.own_text)
        shown = view.published_at
        self._state.set(tr("public|Shown") if shown else tr("public|Not shown"),
                        "green" if shown else "neutral")  # fmt: skip
        if shown is not None:
            at = shown.astimezone(zone)
            self._told.setText(
                tr("Shown since {date}, by {name}.", date=f"{at:%Y-%m-%d}", name=view.actor)
            )
        else:
            self._told.setText(
                tr("Names are masked, phones and doors left out. Check it once more.")
            )
        self._allow(shown is not None)
        if before is None or before.id != view.id or before.published_at != shown:
            self._fill(view, kept)
        self.setCurrentIndex(1)

    def _allow(self, shown: bool) -> None:
        free = self._writable and not shown
        for part in (self.title, self.text):
            part.setReadOnly(not free)
        self.fields["reason"].setVisible(self._writable and shown)
        self.take_back.setVisible(self._writable and shown)
        for button in (self.publish, self.again):
            button.setVisible(free)
        self._acts.setVisible(self._writable)

    def _fill(self, view: PublicView, kept: Typed | None) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.kept.end()
        self.title.setText(view.title)
        self.text.setPlainText(view.text)
        self.reason.clear()
        if view.published_at is None and self._writable:
            self.kept.begin(_name(view.id), self._typed())
            if kept is not None:
                self.title.setText(kept["title"])
                self.text.setPlainText(kept["text"])

    def _typed(self) -> Typed:
        return {"title": self.title.text(), "text": self.text.text()}

    def _mask(self) -> None:
        if self.view is not None:
            self.title.setText(self.view.title)
            self.text.setPlainText(self.view.text)

    def _publish(self) -> None:
        view = self.view
        if view is None or not self.publish.isVisible():
            return
        typed = self._typed()

        def write(tx: Tx) -> IssueRecord:
            done = issue_care.publish_issue(tx, view.id, title=typed["title"], text=typed["text"])
            drafts.drop_draft(tx, _name(view.id))
            return done

        told = tr("The issue may be shown to the public, in these words.")
        self.kept.end()
        self._act(write, told)

    def _take_back(self) -> None:
        view, reason = self.view, self.reason.text()
        if view is not None:
            told = tr("The issue is not shown to the public any more.")
            self._act(lambda tx: issue_care.unpublish_issue(tx, view.id, reason=reason), told)

    def _act(self, write: Callable[[Tx], IssueRecord], told: str) -> None:
        def finish(record: IssueRecord) -> None:
            last = record.counted[-1].id
            self._page.message.emit(told, lambda: self._undo(record.id, last))
            self.done.emit()

        def failed(error: StationError) -> None:
            view = self.view
            if view is not None and view.published_at is None:
                self.kept.begin(_name(view.id), {"title": view.title, "text": view.text})
                self.kept.note()
            self._page.show_error(error, self.fields)

        self._jobs.write(write, finish, owner=self, failed=failed)

    def _undo(self, issue_id: UUID, event_id: UUID) -> None:
        self._jobs.write(
            lambda tx: issues.undo_act(tx, issue_id, event_id),
            lambda _record: self.done.emit(),
            owner=self,
            failed=self._page.show_error,
        )

    def _open(self) -> None:
        self._page.open_requested.emit("issue", self.shown)


def _name(issue_id: UUID) -> str:
    return f"public/{issue_id.hex}"
