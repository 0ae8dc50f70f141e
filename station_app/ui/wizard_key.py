"""The recovery key: shown, copied, printed; in the wizard one group of it is typed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget

from station_app import wiring
from station_app.domain.moments import ZONE
from station_app.i18n import tr
from station_app.ui.jobs import Jobs
from station_app.ui.theme import lay
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Field
from station_app.ui.widgets.layout import column, row

#: The group that is typed back: not the first, which one types without having kept the sheet.
ASKED = 4


class RecoveryKey(Card):
    """The groups in large type, with buttons to copy them and to print or save the sheet."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=16, spacing=12)
        self._jobs = jobs
        self._place = self._key = ""
        self._grid = lay(QGridLayout(), spacing=8)
        self._groups = [label("", "code", selectable=True) for _ in range(6)]
        for at, group in enumerate(self._groups):
            self._grid.addWidget(label(str(at + 1), "secondary"), at // 3, at % 3 * 2)
            self._grid.addWidget(group, at // 3, at % 3 * 2 + 1)
        for column_at in (1, 3, 5):
            self._grid.setColumnStretch(column_at, 1)
        self._done = label("", "secondary", wrap=True)
        self._done.hide()
        self.print = ShortcutButton(
            tr("Print or save the sheet"), "Ctrl+P", icon="printer", act=self._preview
        )
        self.copy = ShortcutButton(tr("Copy"), icon="copy", act=self._copy)
        self.content.addLayout(self._grid)
        self.content.addLayout(row(self.print, self.copy, None))
        self.content.addWidget(self._done)

    def set(self, place: str, key: str) -> None:
        """Show ``key``; ``place`` is the station's name on the sheet."""
        self._place, self._key = place, key
        for group, text in zip(self._groups, key.split("-"), strict=True):
            group.setText(text)
            group.setAccessibleName(" ".join(text))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._key)
        self._done.show()
        self._done.setText(tr("Copied. Do not leave it lying in a file on this computer."))

    def _preview(self) -> None:
        from station_app.ui.printing.preview_dialog import PreviewDialog  # only when wanted

        place, key = self._place, self._key
        title = tr("Recovery key")
        PreviewDialog(self._jobs, title, lambda: _sheet(place, key), self.window()).open()


def _sheet(place: str, key: str) -> bytes:
    from station_app.printing.forms.recovery_key import recovery_sheet

    return recovery_sheet(place, key, printed_on=wiring.now().astimezone(ZONE).date())


class KeyStep(QWidget):
    """The recovery key and the check that somebody kept it."""

    def __init__(self, jobs: Jobs, start: Callable[[], object]) -> None:
        super().__init__()
        self._start = start
        self._asked = ""
        self.sheet = RecoveryKey(jobs)
        self.first = self.sheet.print
        self.typed = QLineEdit()
        self.typed.setMaxLength(8)
        self.field = Field(
            tr("Type group {n} from the sheet", n=ASKED),
            self.typed,
            required=True,
            hint=tr("So we know that it was kept."),
        )
        self.button = ShortcutButton(tr("Start"), "Ctrl+Return", kind="primary", act=self.check)
        self.typed.returnPressed.connect(self.check)
        self.setLayout(column(self.sheet, self.field, row(None, self.button), spacing=16))

    def set(self, place: str, key: str) -> None:
        """Show ``key`` of the station called ``place``."""
        self._asked = key.split("-")[ASKED - 1]
        self.sheet.set(place, key)

    def check(self) -> None:
        """Go on if the group typed is the right one."""
        if self.typed.text().strip().upper() == self._asked:
            self.field.set_error("")
            self._start()
        else:
            self.field.set_error(tr("This is not group {n}. Look at the sheet again.", n=ASKED))
            self.field.focus()
