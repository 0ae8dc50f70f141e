"""Poses of all around the pages: search, prints, settings, faults, lock, first start."""

from __future__ import annotations

from functools import partial

from station_app.demo.build import DEMO_PASSWORD
from station_app.errors import FaultKind
from station_app.i18n import tr
from station_app.store import backup
from station_app.store.faults import fault
from station_app.ui.crash import CrashWindow
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.settings.account_dialogs import RecoveryDialog
from station_app.ui.settings.restore_dialog import RestoreDialog
from tests.shots.desk import new_visit, visit_opened
from tests.shots.stage import Pose, Stage

#: Random in life; the same in every picture.
RECOVERY_KEY = "K7M2P-QX4TD-9HW3C-RN6VE-8YB5J-G2FAZ"


def search(stage: Stage, typed: str) -> None:
    """The global search with its results."""
    stage.page("issues")
    stage.keys("Ctrl+K")
    stage.type(typed)


def form_preview(stage: Stage) -> None:
    """The reception form of a visit."""
    visit_opened(stage)
    stage.settle()
    stage.keys("Ctrl+P")


def receipt_preview(stage: Stage) -> None:
    """The receipt of a visit."""
    visit_opened(stage)
    stage.settle()
    stage.page("desk").detail.print_receipt()


def ledger_preview(stage: Stage) -> None:
    """The ledger of today."""
    stage.page("days").pane.print_ledger()


def settings(stage: Stage, section: str) -> None:
    """One section of the settings."""
    choice = stage.page("settings").choice
    choice.choose(section)
    next(one for one in choice.buttons if one.isChecked()).setFocus()


def backed_up(stage: Stage) -> None:
    """The backups, after one was made."""
    station = stage.the_program.station
    assert station is not None
    for _ in range(2):
        backup.backup_now(station.store)
    settings(stage, "backups")
    stage.page("settings").sections["backups"]._check()


def account_errors(stage: Stage) -> None:
    """A new account without a name, with a weak password."""
    settings(stage, "accounts")
    stage.settle()
    stage.press(tr("Add an account"))
    stage.keys("Ctrl+Return")


def new_recovery_key(stage: Stage) -> None:
    """The new recovery key, which replaces the old one."""
    settings(stage, "accounts")
    RecoveryDialog(stage.page("settings"), RECOVERY_KEY).open()


def closed_account(stage: Stage) -> None:
    """An account that was closed."""
    settings(stage, "accounts")
    stage.settle()
    stage.press(tr("Close the account"))


def own_password(stage: Stage) -> None:
    """One's own password."""
    settings(stage, "accounts")
    stage.press(tr("Change my password"))


def restoring(stage: Stage) -> None:
    """Before going back to a backup."""
    RestoreDialog("2026-11-09 17:02", lambda: None, stage.window).open()


def faulty(stage: Stage, kind: FaultKind) -> None:
    """The window of a fault, met while working or at the door."""
    stage.the_program.show_fault(fault(kind))


def damaged(stage: Stage) -> None:
    """A damaged file while there is a good backup."""
    station = stage.the_program.station
    assert station is not None
    backup.backup_now(station.store)
    faulty(stage, FaultKind.DAMAGED)


def crashed(stage: Stage) -> None:
    """The program made a mistake."""
    try:
        DeputiesPage.show_record(None, "deputy", None)  # type: ignore[arg-type]  # on purpose
    except AttributeError as error:
        CrashWindow(error.with_traceback(None), stage.window).open()


def locked(stage: Stage) -> None:
    """The lock, with a half-typed visit behind it."""
    new_visit(stage)
    stage.keys("Ctrl+L")


def unlock(stage: Stage, typed: str) -> None:
    """The unlock window after a password."""
    stage.front.password.setFocus()
    stage.type(typed)
    stage.keys("Return")


def recovery(stage: Stage, *, wrong: bool = False) -> None:
    """The forgotten password."""
    stage.press(tr("Forgotten your password?"))
    if wrong:
        stage.type("K7M2P-QX4TD-9HW3C-RN6VE-8YB5J-G2FAY")
        stage.keys("Return")
        stage.type(DEMO_PASSWORD)
        stage.keys("Return")
        stage.type(DEMO_PASSWORD)
        stage.keys("Return")


def wizard(stage: Stage, step: int) -> None:
    """A step of the set-up, filled in."""
    front = stage.front
    if step >= 1:
        stage.keys("Alt+1")
        stage.type("葵英街道")
        stage.keys("Return")
    if step >= 2:
        stage.keys("Ctrl+Return")
        stage.type("王秀英")
        stage.keys("Return")
    if step == 3:
        front._show_key("葵英街道人大代表联络站", RECOVERY_KEY)


def wizard_errors(stage: Stage, step: int) -> None:
    """A step left empty."""
    stage.keys("Alt+1")
    if step == 2:
        stage.type("葵英街道")
        stage.keys("Return", "Ctrl+Return")
    stage.keys("Ctrl+Return")


POSES = [
    Pose("search", "demo", partial(search, typed="电梯")),
    Pose("search-initials", "demo", partial(search, typed="wj")),
    Pose("search-nothing", "demo", partial(search, typed="qqqq")),
    Pose("shortcuts", "demo", lambda stage: stage.keys("F1")),
    Pose("menu", "demo", lambda stage: stage.window._user_menu()),
    Pose("print-form", "demo", form_preview),
    Pose("print-receipt", "demo", receipt_preview),
    Pose("print-ledger", "demo", ledger_preview),
    Pose("settings-station", "demo", partial(settings, section="station")),
    Pose("settings-accounts", "demo", partial(settings, section="accounts")),
    Pose("settings-appearance", "demo", partial(settings, section="appearance")),
    Pose("settings-backups", "demo", backed_up),
    Pose("settings-backups-none", "empty", partial(settings, section="backups")),
    Pose("settings-about", "demo", partial(settings, section="about")),
    Pose("settings-of-operator", "operator", lambda stage: stage.page("settings")),
    Pose("account-new", "demo", account_errors),
    Pose("account-password", "demo", own_password),
    Pose("account-recovery", "demo", new_recovery_key),
    Pose("account-closed", "demo", closed_account),
    Pose("restore", "demo", restoring),
    Pose("crash", "demo", crashed),
    Pose("fault-damaged-with-backup", "demo", damaged),
    *(Pose(f"fault-{kind.value}", "demo", partial(faulty, kind=kind)) for kind in FaultKind),
    *(
        Pose(f"door-{kind.value}", "door", partial(faulty, kind=kind))
        for kind in (FaultKind.IN_USE, FaultKind.NEWER, FaultKind.DAMAGED, FaultKind.MISSING)
    ),
    Pose("lock", "demo", locked),
    Pose("unlock", "door", lambda stage: None),
    Pose("unlock-wrong", "door", partial(unlock, typed="wrong password")),
    Pose("unlock-recovery", "door", recovery),
    Pose("unlock-recovery-wrong", "door", partial(recovery, wrong=True)),
    Pose("wizard", "nothing", lambda stage: None),
    Pose("wizard-station", "nothing", partial(wizard, step=1)),
    Pose("wizard-station-errors", "nothing", partial(wizard_errors, step=1)),
    Pose("wizard-head", "nothing", partial(wizard, step=2)),
    Pose("wizard-head-errors", "nothing", partial(wizard_errors, step=2)),
    Pose("wizard-key", "nothing", partial(wizard, step=3)),
    Pose("wizard-restore", "nothing", lambda stage: stage.keys("Alt+3")),
]
