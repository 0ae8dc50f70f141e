"""What else waits for a person: refused changes, removals to be confirmed, unknown records."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.sync import UnknownRecord, since_words
from station_app.i18n import tr
from station_app.services.sync_state import confirm_removals, dismiss_refused, recall_refused
from station_app.services.sync_views import RefusedView
from station_app.ui.sync.view import NAMED, OPENABLE, Listed, SyncView
from station_app.ui.sync.words import waiting_words
from station_app.ui.theme import lay
from station_app.ui.widgets.basic import Card, Line, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import column, row
from station_app.ui.widgets.messages import SECONDS_WITH_UNDO, MessageBar

if TYPE_CHECKING:
    from station_app.sync.unknown import Removed
    from station_app.ui.sync.page import SyncPage


class RefusedCard(Card):
    """What the centre did not accept, why, and what to do about it."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=12)
        self._page = page
        self.content.addWidget(label(tr("Not accepted by the centre"), "section"))
        advice = tr("What the centre has stands here again. Look at it and act anew where needed.")
        self.content.addWidget(label(advice, "quiet", wrap=True))
        self._lines = lay(QVBoxLayout(), spacing=10)
        self.content.addLayout(self._lines)

    def show_view(self, view: SyncView) -> None:
        """List them, the oldest first."""
        self.setVisible(bool(view.refused))
        _clear(self._lines)
        for at, one in enumerate(view.refused[:NAMED]):
            if at:
                self._lines.addWidget(Line())
            self._lines.addWidget(self._line(one, view))
        _add_rest(self._lines, len(view.refused))

    def _line(self, one: RefusedView, view: SyncView) -> QWidget:
        change = one.change
        when = since_words(change.made_at, view.today)
        who = tr("{name}, {when}", name=change.actor or tr("This computer"), when=when)
        wanted = tr("list|, ").join(tr("{field}: {value}", field=name, value=value)
                                    for name, value in one.fields[:6])  # fmt: skip
        words = column(
            label(one.title, "strong", wrap=True), label(change.why, wrap=True), spacing=2
        )
        for text in (wanted, who):
            if text:
                words.addWidget(label(text, "secondary", wrap=True))
        line = row(spacing=12)
        line.addLayout(words, 1)
        if change.kind in OPENABLE:
            line.addWidget(_opener(self._page, one.title, change.kind, change.record_id))
        if self._page.writable:
            seen = ShortcutButton(tr("Seen"), icon="check", act=partial(self._dismiss, change.mid))
            seen.setAccessibleDescription(one.title)
            line.addWidget(seen)
        made = QWidget()
        made.setLayout(line)
        return made

    def _dismiss(self, mid: int) -> None:
        page = self._page

        def put_aside(_: None) -> None:
            page.message.emit(tr("Put aside."), partial(page.write, recall_refused, mid))

        page.write(dismiss_refused, mid, then=put_aside)


class HeldCard(Card):
    """A pull that would take much away, until the head says yes."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=12)
        self._page = page
        self.bar = MessageBar("amber", icon="alert-triangle")
        self.yes = ShortcutButton(tr("Remove them here too"), icon="trash", act=self._confirm)
        self.no = ShortcutButton(tr("Take it back"), icon="arrow-back-up", act=self._take_back)
        self._names = label("", "secondary", wrap=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(page.exchange.now)
        self.content.addWidget(label(tr("Many records would be removed"), "section"))
        self.content.addWidget(self.bar)
        self.content.addWidget(self._names)
        self.content.addLayout(row(self.yes, self.no, None))

    def show_view(self, view: SyncView) -> None:
        """Say what would go."""
        self.setVisible(bool(view.status.held))
        if not view.status.held:
            return
        strong = tr("The centre has removed {n} records that are still here: {kinds}.",
                    n=view.status.held, kinds=waiting_words(view.held.counts))  # fmt: skip
        plain = tr("Nothing is removed here before you say yes. If you do not know why, ask the "
                   "centre first.")  # fmt: skip
        if view.confirmed:
            plain = tr("They are removed with the next exchange.")
        elif not self._page.is_head:
            plain = tr("Only the head of the station may say yes to that.")
        self.bar.set(strong, plain)
        self._names.setText(_names(view.held))
        self.yes.setVisible(self._page.is_head and not view.confirmed)
        self.no.setVisible(self._page.is_head and view.confirmed)

    def _confirm(self) -> None:
        def confirmed(_: None) -> None:
            self._soon.start(SECONDS_WITH_UNDO * 1000)
            self._page.mark_stale()
            self._page.message.emit(tr("They are removed with the next exchange."), self._take_back)

        self._page.write(confirm_removals, then=confirmed)

    def _take_back(self) -> None:
        self._soon.stop()
        self._page.write(partial(confirm_removals, confirmed=False))


class UnknownCard(Card):
    """Records that are only here after a restore: handed in anew or taken away."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=12)
        self._page = page
        self._view: Listed = Listed()
        self.hand_all = ShortcutButton(tr("Hand all in"), icon="upload", act=self._hand_in)
        self.drop_all = ShortcutButton(tr("Remove all here"), icon="trash", act=self._take_away)
        self.content.addWidget(label(tr("Only on this computer"), "section"))
        self._words = label("", "quiet", wrap=True)
        self._lines = lay(QVBoxLayout(), spacing=4)
        self.content.addWidget(self._words)
        self.content.addLayout(self._lines)
        self.content.addLayout(row(self.hand_all, self.drop_all, None))

    def show_view(self, view: SyncView) -> None:
        """List them."""
        self._view = view.unknown
        self.setVisible(bool(self._view.records))
        _clear(self._lines)
        self._words.setText(
            tr("The centre does not have these records: {kinds}. That happens after this computer "
               "or the centre was set back to an earlier day. Hand in what is still right; remove "
               "what was deleted on purpose.", kinds=waiting_words(self._view.counts))
        )  # fmt: skip
        for one, title in zip(self._view.records, self._view.titles, strict=False):
            self._lines.addWidget(self._line(one, title))
        _add_rest(self._lines, len(self._view.records))
        for button in (self.hand_all, self.drop_all):
            button.setVisible(self._page.is_head)

    def _line(self, one: UnknownRecord, title: str) -> QWidget:
        line = row(label(title, wrap=True), None, spacing=8)
        line.setStretch(0, 1)
        if one.kind in OPENABLE:
            line.addWidget(_opener(self._page, title, one.kind, one.record_id))
        if self._page.is_head:
            for text, picture, act in (
                (tr("Hand in"), "upload", self._hand_in),
                (tr("Remove here"), "trash", self._take_away),
            ):
                button = ShortcutButton(text, icon=picture, kind="quiet", act=partial(act, (one,)))
                button.setAccessibleDescription(title)
                line.addWidget(button)
        made = QWidget()
        made.setLayout(line)
        return made

    def _hand_in(self, records: tuple[UnknownRecord, ...] | None = None) -> None:
        from station_app.sync.unknown import hand_in

        self._page.write(hand_in, records or self._view.records, then=self._handed_in)

    def _handed_in(self, n: int) -> None:
        self._page.message.emit(tr("{n} records are being handed in.", n=n), None)
        self._page.exchange.look(anew=True)
        self._page.exchange.now()

    def _take_away(self, records: tuple[UnknownRecord, ...] | None = None) -> None:
        from station_app.sync.unknown import take_away

        self._page.write(take_away, records or self._view.records, then=self._taken_away)

    def _taken_away(self, removed: tuple[Removed, ...]) -> None:
        from station_app.sync.unknown import put_back

        def back() -> None:
            self._page.write(put_back, removed, then=lambda _: self._page.exchange.look(anew=True))

        self._page.message.emit(tr("{n} records removed here.", n=len(removed)), back)
        self._page.exchange.look(anew=True)


def _names(listed: Listed) -> str:
    left = len(listed.records) - len(listed.titles)
    shown = tr("list|, ").join(listed.titles)
    return tr("{names} and {n} more", names=shown, n=left) if left > 0 else shown


def _opener(page: SyncPage, title: str, kind: str, record_id: object) -> ShortcutButton:
    made = ShortcutButton(tr("record|Open"), icon="external-link", kind="quiet")
    made.setAccessibleDescription(title)
    made.clicked.connect(lambda: page.open_requested.emit(kind, record_id))
    return made


def _add_rest(lines: QVBoxLayout, total: int) -> None:
    if total > NAMED:
        lines.addWidget(label(tr("and {n} more", n=total - NAMED), "secondary"))


def _clear(lines: QVBoxLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
