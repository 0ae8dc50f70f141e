"""The timeline: every event of an issue in words, an icon and a line down the side."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.issues import history_words, turn_words, words
from station_app.ui.issues.looks import EVENT_LOOKS
from station_app.ui.issues.words import IssueView
from station_app.ui.theme import colour, fit, icon, lay, px
from station_app.ui.widgets import ShortcutButton, Tone, column, label, row

#: Texts longer than this many characters or lines are folded until asked for.
FOLDED_CHARACTERS, FOLDED_LINES = 240, 6

_CIRCLE = 32
_GROUND = {"red": "accent_soft", "neutral": "neutral_soft"}
_FORE = {"red": "accent", "neutral": "neutral"}


class LongText(QWidget):
    """Text as it was typed; a long one is folded, with a button that shows all of it."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self._whole, self._open = "", False
        self.words = label("", "secondary" if role == "secondary" else "", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.more = ShortcutButton(tr("Show all"), kind="quiet", icon="chevron-down")
        self.more.clicked.connect(self._flip)
        whole = lay(QVBoxLayout(self), spacing=2)
        whole.addWidget(self.words)
        whole.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.set(text)

    def set(self, text: str) -> None:
        """Show ``text``, folded if it is long."""
        if text != self._whole:
            self._open = False
        self._whole = text
        self._draw()

    def _flip(self) -> None:
        self._open = not self._open
        self._draw()

    def _draw(self) -> None:
        folded = "\n".join(self._whole.splitlines()[:FOLDED_LINES])[:FOLDED_CHARACTERS]
        long = folded != self._whole.rstrip("\n")
        self.words.setText(self._whole if self._open or not long else f"{folded}…")
        self.words.setAccessibleName(self._whole)
        self.more.setVisible(long)
        self.more.setText(tr("Show less") if self._open else tr("Show all"))
        self.more.set_icon("chevron-up" if self._open else "chevron-down")
        if not self._whole:
            self.hide()
        elif self.parentWidget() is not None:  # shown without one it would be a window
            self.show()


class Entry(QWidget):
    """One line of the timeline: its circle and icon are painted, its words are labels."""

    def __init__(self, picture: str, tone: Tone, *, last: bool) -> None:
        super().__init__()
        self._picture, self._tone, self._last = picture, tone, last
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        fit(self, lambda entry: entry.setMinimumHeight(px(_CIRCLE + 2)))
        self.content = lay(QVBoxLayout(), margins=(0, 2, 0, 14), spacing=2)
        line = lay(QHBoxLayout(self), spacing=0)
        side = QWidget()
        fit(side, lambda one: one.setFixedWidth(px(_CIRCLE + 14)))
        line.addWidget(side)
        line.addLayout(self.content, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, middle = px(_CIRCLE), px(_CIRCLE) / 2
        painter.setPen(QPen(colour("border"), px(2)))
        if not self._last:
            painter.drawLine(QLineF(middle, side, middle, self.height()))
        circle = QRectF(1, 1, side - 2, side - 2)
        if not self._picture:
            pen = QPen(colour("input_border"), px(1.6), Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawEllipse(circle)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(_GROUND.get(self._tone, f"{self._tone}_soft")))
        painter.drawEllipse(circle)
        inner = px(18)
        at = round((side - inner) / 2)
        drawn = icon(self._picture, _FORE.get(self._tone, self._tone), 18)
        drawn.paint(painter, at, at, inner, inner)


class Timeline(QWidget):
    """The whole history, oldest first, and at its end what settling still needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("History"))
        self.entries: list[Entry] = []
        self._lines = lay(QVBoxLayout(self), spacing=0)

    def show_view(self, view: IssueView) -> None:
        """Show the events of ``view``."""
        for entry in self.entries:
            self._lines.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        needed = turn_words.still_needed(view.record)
        events = view.record.events
        self.entries = [
            _entry(view, at, last=at == len(events) - 1 and not needed) for at in range(len(events))
        ]
        if needed:
            self.entries.append(_needed(needed))
        for entry in self.entries:
            self._lines.addWidget(entry)
            entry.show()  # at once: a layout would do so only after the next event


def _entry(view: IssueView, at: int, *, last: bool) -> Entry:
    event = view.record.events[at]
    entry = Entry(*EVENT_LOOKS[event.event], last=last)
    title = history_words.event_title(view, event)
    text, who = history_words.event_detail(view, event)
    moment = label(view.moment(event.happened_at), "secondary")
    heading = label(title, "strong", wrap=True)
    line = row(spacing=12)
    line.addWidget(heading, 1)
    line.addWidget(moment, 0, Qt.AlignmentFlag.AlignTop)
    entry.content.addLayout(line)
    if len(text) <= 40 and "\n" not in text:
        text, who = words.DOT.join(filter(None, (text, who))), ""
    if text:
        entry.content.addWidget(LongText(text, "secondary"))
    if who:
        entry.content.addWidget(label(who, "secondary", wrap=True))
    entry.setAccessibleName(f"{moment.text()} {title}")
    entry.setAccessibleDescription(f"{text} {who}".strip())
    return entry


def _needed(text: str) -> Entry:
    entry = Entry("", "neutral", last=True)
    words_line = label(text, "quiet", wrap=True)
    entry.content.addLayout(column(words_line, spacing=0))
    entry.content.setContentsMargins(0, px(5), 0, 0)
    entry.setAccessibleName(text)
    return entry
