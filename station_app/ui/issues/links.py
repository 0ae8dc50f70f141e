"""Small lines: links that open another record, and grey facts that wrap as wholes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from station_app.ui.theme import px, set_icon
from station_app.ui.widgets import Flow, label

#: A single fact wider than this many dp ends in ….
WIDEST_FACT = 330


class LinkButton(QPushButton):
    """An icon and words that end in … where they have no room; Enter opens like a click."""

    def __init__(self, text: str, picture: str) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("kind", "row")
        set_icon(self, picture, "secondary", 16)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - px(16 + 8 + 16 + 8)
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
        self._parts: list[QLabel] = []
        self._flow = Flow(self, spacing=8)

    def set(self, facts: Sequence[str]) -> None:
        """Show ``facts``."""
        for part in self._parts:
            self._flow.drop(part)
            part.hide()
            part.deleteLater()
        self._parts = [self._part(at, fact) for at, fact in enumerate(facts)]
        for part in self._parts:
            self._flow.addWidget(part)
        self.setAccessibleName(" ".join(facts))
        self.updateGeometry()

    @property
    def text(self) -> str:
        """What is shown."""
        return " ".join(part.text() for part in self._parts)

    def _part(self, at: int, fact: str) -> QLabel:
        part = label("", "quiet", selectable=True)
        part.ensurePolished()
        shown = f"·  {fact}" if at else fact
        elided = part.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, px(WIDEST_FACT))
        part.setText(elided)
        part.setToolTip(fact if elided != shown else "")
        return part
