"""Hand in by USB stick: write a file for the centre, take its answer in, hand in another PC's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from station_app.errors import ExchangeFault, StationError
from station_app.i18n import tr
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.layout import Flow
from station_app.ui.widgets.messages import MessageBar

if TYPE_CHECKING:
    from station_app.sync.bundle import Bundle
    from station_app.sync.report import SyncReport
    from station_app.ui.jobs import Report
    from station_app.ui.sync.page import SyncPage

#: The ends of the files' names: what goes to the centre, and what comes back.
OUT, BACK = ".bundle", ".answer"


class StickCard(Card):
    """Three buttons, one at a time; what runs shows itself and can be cancelled."""

    def __init__(self, page: SyncPage) -> None:
        super().__init__(margin=20, spacing=12)
        self._page = page
        self._letter, self._today = "", date.min
        self._cancel: Callable[[], object] | None = None
        self.out = ShortcutButton(
            tr("Write to the stick"), "Ctrl+E", icon="device-floppy", act=self._write
        )
        self.back = ShortcutButton(
            tr("Take the answer in"), "Ctrl+I", icon="download", act=self._take_in
        )
        self.other = ShortcutButton(
            tr("Hand in another computer's file"), icon="send", act=self._hand_in
        )
        self.stop = ShortcutButton(tr("Cancel"), icon="x", act=self._stop)
        self.busy = MessageBar("blue", icon="hourglass")
        self.busy.add_button(self.stop)
        self.busy.set("")
        self.said = MessageBar("neutral", icon="info-circle")
        self._say("")
        self._build()

    def show_state(self, letter: str, today: date) -> None:
        """Note what the file is to be called."""
        self._letter, self._today = letter, today

    def _build(self) -> None:
        self.content.addWidget(label(tr("Without a network: by USB stick"), "section"))
        self.content.addWidget(
            label(
                tr("Write what waits to a stick and take it to the centre; take the centre's "
                   "answer in when it comes back. Only the centre can read the file. Twice does no "
                   "harm, and neither does the network in between. If another computer of this "
                   "station is broken, its file can be handed in from here."),
                "quiet", wrap=True,
            )
        )  # fmt: skip
        buttons = Flow(spacing=8)
        for button in (self.out, self.back, self.other):
            buttons.addWidget(button)
        self.content.addLayout(buttons)
        self.content.addWidget(self.busy)
        self.content.addWidget(self.said)

    def _write(self) -> None:
        name = f"{self._letter}-{self._today:%Y%m%d}{OUT}"
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Write to the stick"), name, tr("Files for the centre (*{end})", end=OUT)
        )
        if path:
            self._run(
                tr("Writing to the stick …"),
                lambda report: write_bundle(self._page.store, Path(path), report),
                lambda made: self._written(Path(path), made),
            )

    def _written(self, path: Path, made: Bundle) -> None:
        if made.changes:
            strong = tr("{n} changes are on the stick: {name}", n=made.changes, name=path.name)
        else:
            strong = tr("Nothing waits; the file only asks for what is new: {name}", name=path.name)
        self._say(strong, tr("Take it to the centre. What is in it counts as handed in when "
                             "the centre's answer was taken in here."))  # fmt: skip

    def _take_in(self) -> None:
        path = self._ask(tr("Take the answer in"), tr("Answers of the centre (*{end})", end=BACK))
        if path is not None:
            self._run(
                tr("Taking the answer in …"),
                lambda report: take_in(self._page.store, path, report),
                self._taken_in,
            )

    def _taken_in(self, report: SyncReport) -> None:
        self._page.exchange.arrived(frozenset(report.changes))
        strong = tr("Handed in {sent}, received {written}.",
                    sent=report.sent, written=report.written)  # fmt: skip
        self._say(strong, report.what_waits())

    def _hand_in(self) -> None:
        title = tr("Hand in another computer's file")
        path = self._ask(title, tr("Files for the centre (*{end})", end=OUT))
        if path is not None:
            self._run(
                tr("Handing it in …"),
                lambda report: hand_in(self._page.store, path, report),
                lambda _: self._say(
                    tr("The centre has taken it in."),
                    tr("What that computer recorded comes to this one with the next exchange."),
                ),
            )

    def _ask(self, title: str, kinds: str) -> Path | None:
        path, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        return Path(path) if path else None

    def _say(self, strong: str, text: str = "") -> None:
        self.said.set(strong, text)
        if strong:
            self._page.bring(self.said)

    def _run(
        self, doing: str, work: Callable[[Report], Any], then: Callable[[Any], object]
    ) -> None:
        self._say("")
        self.busy.set(doing)
        self._enable(False)

        def done(result: Any) -> None:
            self._end()
            then(result)

        self._cancel = self._page.exchange.alone(work, done, failed=self._failed, owner=self)
        self.stop.setFocus()
        self._page.bring(self.busy)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._end()
            self._say(tr("Cancelled. Nothing is lost; it can be done again at any time."))

    def _failed(self, error: StationError) -> None:
        self._end()
        self._say(tr("That did not work."), error.text)

    def _end(self) -> None:
        self._cancel = None
        self.busy.set("")
        self._enable(True)

    def _enable(self, on: bool) -> None:
        for button in (self.out, self.back, self.other):
            button.setEnabled(on)


def write_bundle(store: Any, path: Path, report: Report) -> Bundle:
    """Make the file and write it to the stick. Raises ExchangeFault, SyncFault."""
    from station_app.sync.bundle import bundle_out

    made = bundle_out(store, step=lambda _: report(0, 0))
    report(0, 0)
    try:
        path.write_bytes(made.file)
    except OSError as error:
        raise ExchangeFault(tr("The file cannot be written: {name}", name=path.name)) from error
    return made


def take_in(store: Any, path: Path, report: Report) -> SyncReport:
    """Take the centre's answer in. Raises ExchangeFault, SyncFault."""
    from station_app.sync.bundle import bundle_in

    return bundle_in(store, _read(path), step=lambda _: report(0, 0))


def hand_in(store: Any, path: Path, report: Report) -> None:
    """Hand in the file of another PC over the network. Raises ExchangeFault, SyncFault."""
    from station_app.sync.bundle import hand_in_for_another

    report(0, 0)
    hand_in_for_another(store, _read(path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExchangeFault(tr("The file cannot be read: {name}", name=path.name)) from error
