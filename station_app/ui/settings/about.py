"""About: the version, where the records lie, whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from station_app import __version__
from station_app.config import DataDir
from station_app.i18n import tr
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import row


class AboutSection(Card):
    """What a technician asks for on the telephone."""

    def __init__(self, data: DataDir) -> None:
        super().__init__(margin=24, spacing=10)
        self._text = "\n".join((
            tr("Version {version}", version=__version__),
            f"Qt {qVersion()}",
            tr("Records: {folder}", folder=data.root),
        ))  # fmt: skip
        self.content.addWidget(label(tr("Deputies' liaison station"), "section"))
        self.content.addWidget(label(self._text, wrap=True, selectable=True))
        self.content.addWidget(
            label(
                tr(
                    "Fonts: Noto Sans SC and HanaMin (SIL Open Font License). Icons: Tabler (MIT). "
                    "Window: Qt for Python (LGPL)."
                ),
                "secondary",
                wrap=True,
            )
        )
        copy = ShortcutButton(
            tr("Copy for the technician"),
            icon="copy",
            act=lambda: QApplication.clipboard().setText(self._text),
        )
        self.content.addLayout(row(copy, None))
