"""The small still parts: words, cards, states, figures, key caps, avatars, empty states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from station_app.ui.theme import colour, fit, lay, pixmap, px

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


def row(*parts: QWidget | QLayout | None, spacing: float = 8) -> QHBoxLayout:
    """``parts`` side by side; None is a stretch."""
    made = lay(QHBoxLayout(), spacing=spacing)
    _fill(made, parts)
    return made


def column(*parts: QWidget | QLayout | None, spacing: float = 8) -> QVBoxLayout:
    """``parts`` one above the other; None is a stretch."""
    made = lay(QVBoxLayout(), spacing=spacing)
    _fill(made, parts)
    return made


def _fill(layout: QHBoxLayout | QVBoxLayout, parts: tuple[QWidget | QLayout | None, ...]) -> None:
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def scrolling(content: QWidget | QLayout, name: str) -> QScrollArea:
    """``content`` in an area that scrolls when there is no room; ``name`` is read out."""
    inner = QWidget()
    inner.setProperty("ground", "none")
    if isinstance(content, QLayout):
        inner.setLayout(content)
    else:
        inner.setLayout(column(content, None))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    return area


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property of ``widget`` changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


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
    """A white area with a hairline border and room inside; ``content`` is its QVBoxLayout."""

    def __init__(self, *, margin: float = 16, spacing: float = 12) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.content = lay(QVBoxLayout(self), margins=(margin,) * 4, spacing=spacing)


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
        self.content.addWidget(label(text, "label"))
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
        whole = lay(QVBoxLayout(self), margins=(24, 40, 24, 40), spacing=8)
        whole.addStretch(1)
        whole.addWidget(Icon(icon, "secondary", 40), 0, Qt.AlignmentFlag.AlignHCenter)
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


class Flow(QLayout):
    """Parts one after the other like words, wrapping at the edge."""

    def __init__(self, parent: QWidget | None = None, *, spacing: float = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        lay(self, spacing=spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put ``widget`` before the part at ``at``."""
        self.addChildWidget(widget)
        self._items.insert(at, QWidgetItem(widget))
        self.invalidate()

    def drop(self, widget: QWidget) -> None:
        """Take ``widget`` out; it is not deleted."""
        self._items = [item for item in self._items if item.widget() is not widget]
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), lambda _item, _rect: None)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, lambda item, place: item.setGeometry(place))

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        sides = self.contentsMargins()
        return size + QSize(sides.left() + sides.right(), sides.top() + sides.bottom())

    def _place(self, rect: QRect, put: Callable[[QLayoutItem, QRect], object]) -> int:
        sides = self.contentsMargins()
        rect = rect.marginsRemoved(sides)
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            put(item, QRect(QPoint(x, y), hint))
            x, line = x + hint.width() + self.spacing(), max(line, hint.height())
        return y + line + sides.bottom() - (rect.y() - sides.top())
