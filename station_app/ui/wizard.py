"""Setting up, step by step: a new station, the demo station, or a backup from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.accounts import AccountDraft, check_account, check_password
from station_app.domain.station import StationDraft, check_station
from station_app.errors import RuleViolation, StationError, StoreFault
from station_app.i18n import tr
from station_app.ui.cards import CardWindow, Steps
from station_app.ui.jobs import Jobs
from station_app.ui.page import show_violation
from station_app.ui.station_form import StationForm, code_from_name
from station_app.ui.sync.join_form import JoinForm
from station_app.ui.theme import lay
from station_app.ui.unlock import language_switch
from station_app.ui.widgets.basic import Mark, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.keys import EnterMovesOn
from station_app.ui.widgets.layout import column, row
from station_app.ui.widgets.messages import MessageBar
from station_app.ui.wizard_forms import BackupStep, HeadForm
from station_app.ui.wizard_key import KeyStep

if TYPE_CHECKING:
    from station_app.store.keys import Slot

SetUp = Callable[[StationDraft, AccountDraft, str], str]
JoinUp = Callable[[str, str, AccountDraft, str], tuple[str, str]]
Result = TypeVar("Result")
WELCOME, STATION, HEAD, KEY, RESTORE, JOIN = range(6)


class Wizard(CardWindow):
    """Leads through the set-up. What runs long is handed in and runs on ``jobs.work``.

    ``set_up(station, head, password)`` returns the recovery key; ``open_new(password)`` opens the
    station made; ``demo()`` makes and opens the demo station; ``adopt(backup)`` returns the slots
    of a backup, ``restore(backup, slot, password)`` puts it in place and opens it;
    ``join(url, code, head, password)`` makes this PC one more of a station that the centre knows
    and returns its recovery key and name. What opens is carried by ``opened``.
    """

    opened = Signal(object)
    language_chosen = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        *,
        set_up: SetUp,
        open_new: Callable[[str], object],
        demo: Callable[[], object],
        adopt: Callable[[Path], Sequence[Slot]],
        restore: Callable[[Path, str, str], object],
        join: JoinUp,
    ) -> None:
        super().__init__(width=680)
        self.setWindowTitle(tr("Set up the station"))
        self._jobs = jobs
        self._set_up, self._open_new, self._demo = set_up, open_new, demo
        self._adopt, self._restore, self._join = adopt, restore, join
        self._title = label("", "title", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self.trouble = MessageBar("red", icon="alert-triangle")
        self.trouble.set("")
        self.busy = MessageBar("blue", icon="hourglass")
        self.busy.set("")
        self.steps = Steps()
        self.station, self.head = StationForm(), HeadForm()
        self.key = KeyStep(jobs, self._start)
        self.backup = BackupStep()
        back = ShortcutButton(tr("Back"), "Escape", kind="quiet", act=lambda: self.go(WELCOME))
        self.joining = JoinForm(text=tr("Next"), back=back)
        self._joins = False
        for step in (
            self._welcome(),
            self._station_step(),
            self._head_step(),
            self.key,
            self._backup_step(),
            self._join_step(),
        ):
            self.steps.add(step)
        self._build()
        self.go(WELCOME)

    def go(self, step: int) -> None:
        """Show ``step``."""
        for bar in (self.trouble, self.busy):
            bar.set("")
        title, advice = _heads()[step]
        self._title.setText(title)
        self._advice.setText(advice)
        self.steps.show_step(step)
        focus = {STATION: self.station.name, HEAD: self.head.name, KEY: self.key.first,
                 RESTORE: self.backup.path_button, JOIN: self.joining.url}  # fmt: skip
        focus.get(step, self.first).setFocus()

    def _build(self) -> None:
        words = column(self._title, self._advice, spacing=4)
        head = row(Mark(40), spacing=14)
        head.addLayout(words, 1)
        self.card.content.addLayout(head)
        for part in (self.trouble, self.busy, self.steps):
            self.card.content.addWidget(part)
        self.foot.addStretch(1)
        self.foot.addWidget(language_switch(self.language_chosen))
        self.foot.addStretch(1)

    def _welcome(self) -> QWidget:
        self.first = ShortcutButton(
            tr("Set up our station"),
            "Alt+1",
            icon="home",
            kind="primary",
            act=lambda: self._begin(STATION),
        )
        join = ShortcutButton(
            tr("Join a station that exists"), "Alt+4", icon="link", act=lambda: self._begin(JOIN)
        )
        demo = ShortcutButton(
            tr("Try the demo station"), "Alt+2", icon="test-pipe", act=self._try_demo
        )
        restore = ShortcutButton(
            tr("Restore from a backup"), "Alt+3", icon="restore", act=lambda: self.go(RESTORE)
        )
        choices: list[QWidget] = []
        for button, words in (
            (
                self.first,
                tr("Takes three minutes. You need the name of your place and a password."),
            ),
            (demo, tr("Invented people and a year of records. Nothing is kept.")),
            (restore, tr("If you used this program before, on this or another computer.")),
            (join, tr("For a further computer or in the place of a broken one; the centre gives "
                      "you a code.")),
        ):  # fmt: skip
            choice = QWidget()
            choice.setLayout(column(button, label(words, "secondary", wrap=True), spacing=4))
            choices.append(choice)
        return _step(*choices)

    def _station_step(self) -> QWidget:
        self.station.name_left.connect(self._suggest_code)
        return _step(self.station, self._foot(WELCOME, tr("Next"), self._station_done))

    def _head_step(self) -> QWidget:
        return _step(self.head, self._foot(None, tr("Make the station"), self._make))

    def _backup_step(self) -> QWidget:
        self.backup.picked.connect(self._read_backup)
        return _step(self.backup, self._foot(WELCOME, tr("Restore"), self._take_over))

    def _join_step(self) -> QWidget:
        self.joining.submitted.connect(lambda _url, _code: self.go(HEAD))
        return _step(self.joining)

    def _begin(self, step: int) -> None:
        self._joins = step == JOIN
        self.go(step)

    def _foot(self, back_to: int | None, text: str, act: Callable[[], object]) -> QWidget:
        line = QWidget()

        def leave() -> None:
            self.go(back_to if back_to is not None else JOIN if self._joins else STATION)

        back = ShortcutButton(tr("Back"), "Escape", kind="quiet", act=leave)
        onward = ShortcutButton(text, "Ctrl+Return", kind="primary", act=act)
        line.setLayout(row(back, None, onward))
        return line

    def _suggest_code(self, name: str) -> None:
        if name and not self.station.code.text():
            self._jobs.work(
                lambda: code_from_name(name), self.station.suggest_code, owner=self.station
            )

    def _station_done(self) -> None:
        try:
            check_station(self.station.draft())
        except RuleViolation as error:
            show_violation(error, self.station.fields)
        else:
            show_violation(RuleViolation({}), self.station.fields)
            self.go(HEAD)

    def _make(self) -> None:
        try:
            check_account(self.head.draft())
            check_password(self.head.password.text(), self.head.again.text())
        except RuleViolation as error:
            show_violation(error, self.head.fields)
            return
        station, head, password = self.station.draft(), self.head.draft(), self.head.password.text()
        if self._joins:
            url, code = self.joining.url.text(), self.joining.code.text()
            self._work(
                tr("Joining, and fetching what the station has …"),
                lambda: self._join(url, code, head, password),
                lambda made: self._show_key(made[1], made[0]),
            )
            return
        place = f"{station.name}{station.term}"
        self._work(
            tr("Making the station …"),
            lambda: self._set_up(station, head, password),
            lambda key: self._show_key(place, key),
        )

    def _show_key(self, place: str, key: str) -> None:
        self.key.set(place, key)
        self.go(KEY)

    def _start(self) -> None:
        password = self.head.password.text()
        self._work(tr("Opening …"), lambda: self._open_new(password), self.opened.emit)

    def _try_demo(self) -> None:
        self._work(
            tr("Making the demo station, about a year of records …"), self._demo, self.opened.emit
        )

    def _read_backup(self, path: Path) -> None:
        self._work(tr("Reading the backup …"), lambda: self._adopt(path), self.backup.offer)

    def _take_over(self) -> None:
        found = self.backup.typed()
        if found is not None:
            self._work(tr("Restoring …"), lambda: self._restore(*found), self.opened.emit)

    def _work(
        self, doing: str, act: Callable[[], Result], then: Callable[[Result], object]
    ) -> None:
        self.trouble.set("")
        self.busy.set(doing)
        self.steps.setEnabled(False)

        def done(result: Result) -> None:
            self._end()
            then(result)

        self._jobs.work(act, done, owner=self, failed=self._refused)

    def _refused(self, error: StationError) -> None:
        self._end()
        if self._joins and not isinstance(error, StoreFault):
            self.go(JOIN)
            self.joining.refuse(error)
            return
        self.trouble.set(error.text)

    def _end(self) -> None:
        self.busy.set("")
        self.steps.setEnabled(True)


def _step(*parts: QWidget) -> QWidget:
    made = QWidget()
    line = lay(QVBoxLayout(made), spacing=12)
    for part in parts:
        line.addWidget(part)
    EnterMovesOn(made)
    return made


def _heads() -> dict[int, tuple[str, str]]:
    return {
        WELCOME: (tr("Welcome"), tr("What would you like to do?")),
        STATION: (tr("Your station"), tr("These words stand on screen and on paper. Everything "
                                         "can be changed later in the settings.")),
        HEAD: (tr("The head's account"), tr("This account may do everything. Further people get "
                                            "their own accounts later.")),
        KEY: (tr("The recovery key"), tr("If a password is forgotten, only this key opens the "
                                         "records. Print it and keep it in the safe.")),
        JOIN: (tr("Join a station that exists"), tr("Ask the centre for its address and a one-time "
                                                    "code. Everything that the station has "
                                                    "recorded comes to this computer.")),
        RESTORE: (tr("Restore from a backup"), tr("Choose the backup file, then type the password "
                                                  "that was in use then.")),
    }  # fmt: skip
