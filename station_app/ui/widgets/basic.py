"""The small still parts: words, cards, states, figures, key caps, avatars, empty states."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station_app.ui.theme import colour, fit, icon, lay, pixmap, px

Words = Literal["", "title", "section", "strong", "secondary", "quiet", "label", "figure", "error",
                "keycap", "code"]  # fmt: skip
Tone = Literal["neutral", "green", "amber", "blue", "red", "accent"]


def label(text: str, role: Words = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Words in one of the type sizes of the style sheet; plain text, never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property of ``widget`` changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Mark(QWidget):
    """The program's sign: a house on the accent colour."""

    def __init__(self, size: float = 32) -> None:
        super().__init__()
        self._size = size
        fit(self, lambda mark: mark.setFixedSize(px(size), px(size)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        painter.drawRoundedRect(self.rect(), px(8), px(8))
        inset = self.width() // 5
        icon("building-community", "on_accent", self._size * 0.6).paint(
            painter, self.rect().adjusted(inset, inset, -inset, -inset)
        )


class Icon(QLabel):
    """An icon in a colour role; decoration, so without an accessible name."""

    def __init__(self, name: str, role: str = "text", size: float = 20) -> None:
        super().__init__()
        self._what = (name, role, size)
        fit(self, Icon._draw)

    def set(self, name: str, role: str = "text") -> None:
        """Show another icon in the same size."""
        self._what = (name, role, self._what[2])
        self._draw()

    def _draw(self) -> None:
        name, role, size = self._what
        self.setPixmap(pixmap(name, role, size))
        self.setFixedSize(px(size), px(size))


class Card(QFrame):
    """A white area with a hairline border and room inside; ``content`` is its QVBoxLayout.

    With a ``margin`` of 1 lists and scrolled pages run up to the border, and end above the round
    corners, which they would paint over.
    """

    def __init__(self, *, margin: float = 16, spacing: float = 12) -> None:
        super().__init__()
        self.setProperty("card", "true")
        sides = (1.0, 1.0, 1.0, 6.0) if margin == 1 else (margin, margin, margin, margin)
        self.content = lay(QVBoxLayout(self), margins=sides, spacing=spacing)


class Line(QFrame):
    """A hairline across."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("line", "true")
        fit(self, lambda line: line.setFixedHeight(px(1)))


class Pill(QLabel):
    """A state as a word on its colour; the word alone carries the meaning."""

    def __init__(self, text: str, tone: Tone = "neutral") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, tone)

    def set(self, text: str, tone: Tone) -> None:
        """Show another state."""
        self.setText(text)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class StatCard(Card):
    """A label and one large figure; read out together."""

    def __init__(self, text: str, figure: str = "–") -> None:
        super().__init__(margin=12, spacing=0)
        self._text = text
        self._figure = label("", "figure")
        self.content.addWidget(ElidedLabel(text, "label"))
        self.content.addWidget(self._figure)
        self.set(figure)

    def set(self, figure: str | int) -> None:
        """Show ``figure``."""
        self._figure.setText(str(figure))
        self.setAccessibleName(f"{self._text} {figure}")


class KeyCap(QLabel):
    """The keys of a shortcut, drawn like a key."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys_in_words(keys))
        self.setProperty("role", "keycap")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        fit(self, lambda cap: cap.setFixedHeight(px(20)))


def keys_in_words(keys: str) -> str:
    """``Ctrl+Return`` as it is printed on keys: ``Ctrl Enter``."""
    plain = keys.replace("Return", "Enter").replace("Escape", "Esc")
    return plain[:-1].replace("+", " ") + plain[-1:]


class ElidedLabel(QLabel):
    """One line that ends in … where it has no room; the whole text is its tool tip."""

    def __init__(self, text: str = "", role: Words = "") -> None:
        super().__init__()
        self._whole = ""
        if role:
            self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set(text)

    def set(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.width(), px(24))
        )
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class Avatar(QWidget):
    """A round photo, or the first character of the name."""

    def __init__(self, name: str, *, size: float = 32, soft: bool = True) -> None:
        super().__init__()
        self._photo = QPixmap()
        self._soft = soft
        self.set(name)
        self._size = size
        fit(self, lambda avatar: avatar.setFixedSize(px(size), px(size)))

    def set(self, name: str, photo: bytes | None = None) -> None:
        """Show ``photo`` (JPEG or PNG) or else the initial of ``name``."""
        self._name = name
        self._photo = QPixmap()
        if photo:
            self._photo.loadFromData(photo)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        round_clip = QPainterPath()
        round_clip.addEllipse(self.rect())
        painter.setClipPath(round_clip)
        if not self._photo.isNull():
            side = min(self._photo.width(), self._photo.height())
            painter.drawPixmap(self.rect(), self._photo, QRect(0, 0, side, side))
            return
        painter.fillRect(self.rect(), colour("accent_soft" if self._soft else "neutral_soft"))
        painter.setPen(colour("accent" if self._soft else "text"))
        font = self.font()
        font.setBold(True)
        font.setPixelSize(max(8, self.width() * 7 // 16))
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name[:1])


class EmptyState(QWidget):
    """What an empty list says: an icon, one sentence, what to do, and the button that does it."""

    def __init__(
        self, icon: str, sentence: str, advice: str = "", button: QWidget | None = None
    ) -> None:
        super().__init__()
        self._icon = Icon(icon, "secondary", 40)
        self._lowest = 116 if button is None else 210  # dp that icon and words take
        whole = lay(QVBoxLayout(self), margins=(16, 12, 16, 12), spacing=8)
        whole.addStretch(1)
        whole.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._sentence = label(sentence, "section", wrap=True)
        self._advice = label(advice, "quiet", wrap=True)
        for words in (self._sentence, self._advice):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            whole.addWidget(words)
        self._advice.setVisible(bool(advice))
        if button is not None:
            whole.addSpacing(px(8))
            whole.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)

    def set(self, sentence: str, advice: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a low list the words need the room: what cannot be placed would lie over them.
        self._icon.setVisible(self.height() >= px(self._lowest))
