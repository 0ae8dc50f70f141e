"""Small parts of a detail: links to other records, grey facts that wrap as wholes, scrolling."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from station_app.ui.theme import px, set_icon
from station_app.ui.widgets import Flow, Scroller


class LinkButton(QPushButton):
    """An icon, if any, and words that end in … where there is no room; Enter opens like a click."""

    def __init__(self, text: str, picture: str) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("kind", "row")
        self._side = 16 + 4 if picture else 0
        if picture:
            set_icon(self, picture, "secondary", 16)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - px(2 + self._side + 2)
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(room, px(24))
        )
        # A lone & in a name would become a mnemonic.
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


class FactLine(QWidget):
    """Grey facts with dots between them; a fact that has no room goes to the next line whole."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[_Fact] = []
        self._flow = Flow(self, spacing=8)

    def set(self, facts: Sequence[str]) -> None:
        """Show ``facts``."""
        for part in self._parts:
            self._flow.drop(part)
            part.hide()
            part.deleteLater()
        facts = [fact for fact in facts if fact]
        dotted = [f"{fact}  ·" for fact in facts[:-1]]  # the dot ends a line, it begins none
        self._parts = [_Fact(fact) for fact in (*dotted, *facts[-1:])]
        for part in self._parts:
            self._flow.addWidget(part)
            part.show()
            part.cut(self.width())
        self.setAccessibleName(" ".join(facts))
        self.updateGeometry()

    @property
    def text(self) -> str:
        """What is shown."""
        return " ".join(part.text() for part in self._parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for part in self._parts:
            part.cut(event.size().width())
        super().resizeEvent(event)


class _Fact(QLabel):
    """One fact; it ends in … only when it is wider than a whole line."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setProperty("role", "quiet")

    def cut(self, room: int) -> None:
        """Show as much as ``room`` pixels hold."""
        self.ensurePolished()
        most = max(px(60), room - px(2))
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, most)
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(self._whole if shown != self._whole else "")

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())


def scroll(inner: QWidget, *, gutter: float = 0) -> Scroller:
    """``inner`` scrolled up and down; its width follows, and the area itself takes no focus."""
    inner.setProperty("ground", "none")
    area = Scroller(gutter=gutter)
    area.setWidget(inner)
    return area
