"""One deputy beside the list: portrait, facts, receptions, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from station_app.domain.days import Receptions
from station_app.domain.deputies import DeputyRecord
from station_app.domain.phones import mask_phone
from station_app.domain.words import gender_word, level_word
from station_app.i18n import tr
from station_app.ui.deputies.retiring import RetireBar
from station_app.ui.printing.list_entries import deputy_entries
from station_app.ui.printing.print_button import PrintButton
from station_app.ui.theme import colour, fit, lay, px
from station_app.ui.widgets import (
    Card,
    Flow,
    IconButton,
    MessageBar,
    Pill,
    ShortcutButton,
    StatCard,
    column,
    label,
    row,
    scrolling,
)

_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")


class Portrait(QWidget):
    """The photo in 3:4 with round corners, or the name's first character.

    ``dropped`` carries the path of a picture that was dropped on it.
    """

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._name, self._photo = "", QPixmap()
        fit(self, lambda portrait: portrait.setFixedSize(px(96), px(128)))

    def set(self, name: str, photo: bytes | None) -> None:
        """Show ``photo`` (JPEG) or the initial of ``name``."""
        self._name, self._photo = name, QPixmap()
        if photo:
            self._photo.loadFromData(photo)
        self.setAccessibleName(tr("Photo of {name}", name=name))
        self.update()

    @property
    def has_photo(self) -> bool:
        """Whether a picture is shown."""
        return not self._photo.isNull()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().lower().endswith(_PICTURES) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(event.mimeData().urls()[0].toLocalFile())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        hints = QPainter.RenderHint
        painter.setRenderHints(hints.Antialiasing | hints.SmoothPixmapTransform)
        corner = QPainterPath()
        corner.addRoundedRect(self.rect().toRectF(), px(8), px(8))
        painter.setClipPath(corner)
        if self.has_photo:
            painter.drawPixmap(self.rect(), self._photo)
            return
        painter.fillRect(self.rect(), colour("accent_soft"))
        font = self.font()
        font.setPixelSize(px(40))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name[:1])


class DeputyDetail(QWidget):
    """Shows one deputy. ``writable`` is False for viewers: they see no button that would refuse."""

    edit_requested = Signal()
    photo_requested = Signal()
    photo_removed = Signal()
    retired = Signal(str)
    restore_requested = Signal()
    phones_requested = Signal()
    card_requested = Signal()

    def __init__(self, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self._record: DeputyRecord | None = None
        self._build_head()
        self._build_acts()
        self._unsaved = MessageBar("amber", icon="edit")
        self._unsaved.set("")
        self._left = MessageBar("neutral", icon="archive")
        self.retire_bar = RetireBar()
        self.retire_bar.confirmed.connect(self.retired)
        figures = self._build_figures()
        self._facts = lay(QGridLayout(), spacing=10)
        self._facts.setColumnStretch(1, 1)
        body = lay(column(spacing=16), margins=(20, 20, 20, 20), spacing=16)
        for part in (self._head, self._unsaved, self._left, self._acts, self.retire_bar):
            body.addLayout(part) if isinstance(part, QHBoxLayout) else body.addWidget(part)
        body.addLayout(figures)
        body.addLayout(self._facts)
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("Deputy"), gutter=20))
        lay(QHBoxLayout(self)).addWidget(card)

    def _build_head(self) -> None:
        self.portrait = Portrait()
        self._name = label("", "title", wrap=True, selectable=True)
        self._position = label("", "quiet", wrap=True)
        self._levels = QWidget()
        self._pills = Flow(self._levels, spacing=6)
        words = column(self._name, self._levels, self._position, None, spacing=8)
        self._head = row(spacing=16)
        self._head.addWidget(self.portrait, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(words, 1)

    def _build_acts(self) -> None:
        self._acts = QWidget()
        flow = Flow(self._acts)
        self.edit = ShortcutButton(tr("Edit"), "E", icon="edit", act=self.edit_requested.emit)
        self.photo = ShortcutButton(tr("Photo …"), "P", icon="photo", act=self.photo_requested.emit)
        self.no_photo = ShortcutButton(
            tr("Remove photo"), "Shift+P", icon="x", act=self.photo_removed.emit
        )
        self.card = ShortcutButton(tr("Duty card …"), icon="qrcode", act=self.card_requested.emit)
        self.retire = ShortcutButton(tr("Retire …"), "T", icon="user-minus", act=self._retire)
        self.restore = ShortcutButton(
            tr("Serves again"), "T", icon="restore", act=self.restore_requested.emit
        )
        self.print = PrintButton(keys="Ctrl+P", show_keys=False)
        for button in (
            self.edit, self.photo, self.no_photo, self.card, self.print, self.retire, self.restore,
        ):  # fmt: skip
            flow.addWidget(button)

    def _build_figures(self) -> QHBoxLayout:
        self._due = StatCard(tr("figure|Due"))
        self._came = StatCard(tr("figure|Attended"))
        self._next = StatCard(tr("figure|Next"))
        return row(self._due, self._came, self._next, spacing=12)

    def show_deputy(
        self, record: DeputyRecord, receptions: Receptions, photo: bytes | None, *, year: int
    ) -> None:
        """Show ``record``; its phones are masked until asked for. ``year`` is this one."""
        if self._record is None or self._record.id != record.id:
            self.retire_bar.hide()
        self._record = record
        self._name.setText(record.name)
        self._position.setText(record.position)
        self._position.setVisible(bool(record.position))
        self.portrait.set(record.name, photo)
        self._show_levels(record)
        self._due.set(receptions.due)
        self._came.set(receptions.came)
        self._next.set(f"{receptions.next_on:%m-%d}" if receptions.next_on else "–")
        self._show_facts(
            record, receptions, mask_phone(record.phone), mask_phone(record.other_phone)
        )
        self._left.set(*_retirement(record))
        for button, shown in (
            (self.edit, True),
            (self.photo, not record.retired),
            (self.no_photo, self.portrait.has_photo and not record.retired),
            (self.card, not record.retired),
            (self.retire, not record.retired),
            (self.restore, record.retired),
        ):
            button.setVisible(shown and self._writable)
        self.print.offer(deputy_entries(record.id, year))
        self._receptions = receptions

    def show_phones(self, phone: str, other: str) -> None:
        """Show both numbers whole."""
        if self._record is not None:
            self._show_facts(self._record, self._receptions, phone, other, whole=True)

    def show_unsaved(self, unsaved: bool) -> None:
        """Say that something typed for this deputy was not saved yet."""
        self._unsaved.set(
            tr("There are changes not saved yet.") if unsaved else "",
            tr("Press E to go on with them.") if unsaved else "",
        )

    def _retire(self) -> None:
        if self._record is not None:
            self.retire_bar.ask(self._record.name)

    def _show_levels(self, record: DeputyRecord) -> None:
        _clear(self._pills)
        for level in record.levels:
            self._pills.addWidget(Pill(tr("{level} deputy", level=level_word(level)), "red"))
        self._levels.setVisible(bool(record.levels))

    def _show_facts(
        self,
        record: DeputyRecord,
        receptions: Receptions,
        phone: str,
        other: str,
        *,
        whole: bool = False,
    ) -> None:
        _clear(self._facts)
        person = [gender_word(record.gender), record.ethnicity, record.born_on]
        last = f"{receptions.last_on:%Y-%m-%d}" if receptions.last_on else ""
        phones = " / ".join(filter(None, (phone, other)))
        for title, text in (
            (tr("Phone"), phones),
            (tr("Deputy group"), record.deputy_group),
            (tr("Electoral unit"), record.electoral_unit),
            (tr("Professional group"), record.professional_group),
            (tr("Person"), "  ".join(filter(None, person))),
            (tr("Last reception"), last),
            (tr("Profile"), record.profile),
            (tr("Note"), record.note),
        ):
            if text:
                eye = text is phones and not whole
                self._add_fact(title, text, eye=eye)

    def _add_fact(self, title: str, text: str, *, eye: bool) -> None:
        at = self._facts.rowCount()
        value = label(text, wrap=True, selectable=True)
        value.setAccessibleName(f"{title} {text}")
        name = label(title, "quiet")
        fit(name, lambda one: one.setMinimumWidth(px(72)))
        side = Qt.AlignmentFlag.AlignVCenter if eye else Qt.AlignmentFlag.AlignTop
        self._facts.addWidget(name, at, 0, side)
        line = row(value, spacing=4)
        self._facts.addLayout(line, at, 1)
        if eye:
            show = IconButton(
                "eye", tr("Show the whole number"), keys="V", size=18, role="secondary",
                act=self.phones_requested.emit,
            )  # fmt: skip
            value.setWordWrap(False)
            line.addWidget(show)
            line.addStretch(1)


def _retirement(record: DeputyRecord) -> tuple[str, str]:
    if not record.retired:
        return "", ""
    return tr("Serves no longer"), record.retired_reason


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _clear(inner)
            inner.deleteLater()
