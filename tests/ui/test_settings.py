"""The settings as the head and as others meet them, on the real store and key slots."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from db.models import Account
from db.vocabulary import Role
from station_app import wiring
from station_app.domain.accounts import AccountDraft
from station_app.i18n import Language
from station_app.services.accounts import add_account, list_accounts
from station_app.services.duty_cards import card_address
from station_app.services.station import get_station
from station_app.store import backup, keys
from station_app.ui import preferences, theme
from station_app.ui.app import Program
from station_app.ui.settings.account_dialogs import (
    AccountDialog,
    OwnPasswordDialog,
    RecoveryDialog,
)
from station_app.ui.settings.accounts import AccountsSection
from station_app.ui.settings.appearance import AppearanceSection
from station_app.ui.settings.backups import BackupsSection
from station_app.ui.settings.duty_cards import DutyCardsSection
from station_app.ui.settings.page import SettingsPage
from station_app.ui.settings.restore_dialog import RestoreDialog
from station_app.ui.settings.station import StationSection
from station_app.ui.unlock import UnlockWindow
from station_app.ui.widgets import ShortcutButton
from tests.ui.conftest import PASSWORD


@pytest.fixture
def program(app: QApplication, qtbot: QtBot, station: wiring.OpenStation) -> Iterator[Program]:
    """The program with the station's main window open at the settings."""
    started = Program(app, station.data)
    started.enter(station)
    assert started.window is not None
    started.window.open_page("settings")
    yield started
    started.close()


@pytest.fixture
def page(program: Program) -> SettingsPage:
    assert program.window is not None
    found = program.window.page
    assert isinstance(found, SettingsPage)
    return found


def dialog_of(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    def shown() -> list[QWidget]:
        windows = QApplication.topLevelWidgets()
        return [one for one in windows if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
    found = shown()[0]
    assert isinstance(found, QDialog)
    return found


def button(parent: QWidget, text: str) -> ShortcutButton:
    found = [one for one in parent.findChildren(ShortcutButton) if one.text() == text]
    assert found, text
    return found[0]


def test_the_head_changes_the_stations_facts(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["station"]
    assert isinstance(section, StationSection)
    qtbot.waitUntil(lambda: section.form.name.text() == "葵英街道")
    section.form.address.setText("中山区葵英街12号")
    section.form.code.setText("k")
    section.save.click()
    qtbot.waitUntil(lambda: bool(section.form.fields["code"].error))
    section.form.code.setText("KY")
    section.save.click()
    assert program.window is not None
    toast = program.window.toast
    qtbot.waitUntil(lambda: toast.text == "已保存。")
    assert section.form.fields["code"].error == ""
    assert program.station is not None
    with program.station.store.read(program.station.actor) as tx:
        assert get_station(tx).address == "中山区葵英街12号"


def test_what_is_half_typed_survives_a_reload(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["station"]
    assert isinstance(section, StationSection)
    qtbot.waitUntil(lambda: section.form.name.text() == "葵英街道")
    section.form.address.setText("中山区")
    page.reload()
    qtbot.wait(200)
    assert section.form.address.text() == "中山区"


def test_an_account_of_another_computer_may_be_let_in_here_or_closed(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    assert program.station is not None
    with program.station.store.write(program.station.actor) as tx:
        add_account(tx, AccountDraft("赵敏", Role.HEAD), slot="")
        for row in list_accounts(tx):  # as one that came from the centre
            if row.name == "赵敏":
                tx.session.get_one(Account, row.id).slot = None
    section = page.sections["accounts"]
    assert isinstance(section, AccountsSection)
    page.choice.choose("accounts")

    def offered() -> dict[str, ShortcutButton]:
        buttons = [one for one in section.findChildren(ShortcutButton) if one.isVisible()]
        return {one.text(): one for one in buttons if one.accessibleDescription() == "赵敏"}

    section.reload()
    qtbot.waitUntil(lambda: offered().keys() == {"也在本机登录", "停用"})
    offered()["也在本机登录"].click()
    dialog = dialog_of(qtbot, AccountDialog)
    assert isinstance(dialog, AccountDialog)
    dialog.password.setText("battery staple")
    dialog.again.setText("battery staple")
    dialog.submit()
    qtbot.waitUntil(lambda: offered().keys() == {"新密码", "停用"})
    slot = keys.list_slots(program.data)[1]
    assert keys.unlock(program.data, slot.id, "battery staple")


def test_an_account_is_added_closed_and_opened_again(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["accounts"]
    assert isinstance(section, AccountsSection)
    page.choice.choose("accounts")
    section.add.click()
    dialog = dialog_of(qtbot, AccountDialog)
    assert isinstance(dialog, AccountDialog)
    dialog.submit()
    assert dialog.fields["name"].error
    dialog.name.setText("李桂香")
    dialog.password.setText("battery staple")
    dialog.again.setText("battery staple")
    dialog.submit()
    qtbot.waitUntil(lambda: len(keys.list_slots(program.data)) == 2, timeout=10_000)
    slot = keys.list_slots(program.data)[1]
    assert keys.unlock(program.data, slot.id, "battery staple")

    def names() -> dict[str, bool]:
        assert program.station is not None
        with program.station.store.read(program.station.actor) as tx:
            return {one.name: one.retired for one in list_accounts(tx)}

    def offered(text: str) -> list[ShortcutButton]:
        return [
            one for one in section.findChildren(ShortcutButton)
            if one.text() == text and one.accessibleDescription() == "李桂香" and one.isVisible()
        ]  # fmt: skip

    qtbot.waitUntil(lambda: bool(offered("停用")))
    offered("停用")[0].click()
    qtbot.waitUntil(lambda: names() == {"王秀英": False, "李桂香": True})
    assert len(keys.list_slots(program.data)) == 1
    qtbot.waitUntil(lambda: bool(offered("重新启用")))


def test_the_only_head_cannot_be_closed(qtbot: QtBot, program: Program, page: SettingsPage) -> None:
    page.choice.choose("accounts")
    section = page.sections["accounts"]
    buttons = section.findChildren
    qtbot.waitUntil(lambda: any(one.text() == "停用" for one in buttons(ShortcutButton)))
    button(section, "停用").click()
    assert program.window is not None
    toast = program.window.toast
    qtbot.waitUntil(lambda: "负责人" in toast.text)


def test_ones_own_password_is_changed_only_with_the_present_one(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["accounts"]
    assert isinstance(section, AccountsSection)
    section.change.click()
    dialog = dialog_of(qtbot, OwnPasswordDialog)
    assert isinstance(dialog, OwnPasswordDialog)
    for line in (dialog.password, dialog.again):
        line.setText("a fresh password")
    dialog.present.setText("wrong horse")
    dialog.submit()
    qtbot.waitUntil(lambda: bool(dialog.fields["present"].error), timeout=10_000)
    dialog.present.setText(PASSWORD)
    dialog.submit()
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        pass
    assert program.station is not None
    assert keys.unlock(program.data, program.station.slot, "a fresh password")


def test_a_new_recovery_key_makes_the_old_sheet_worthless(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    page.choice.choose("accounts")
    button(page.sections["accounts"], "换一个恢复密钥").click()
    dialog = dialog_of(qtbot, RecoveryDialog)
    assert isinstance(dialog, RecoveryDialog)
    assert keys.unlock_recovery(program.data, dialog._key)
    dialog.accept()


def test_look_and_scale_act_at_once_and_are_kept(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["appearance"]
    assert isinstance(section, AppearanceSection)
    section.look.choose(theme.Look.DARK)
    section.scale.choose(150)
    assert (theme.theme.look, theme.theme.percent) == (theme.Look.DARK, 150)
    kept = preferences.load(program.data)
    assert (kept.look, kept.percent) == (theme.Look.DARK, 150)
    section.minutes.choose(0)
    assert preferences.load(program.data).lock_minutes == 0


def test_the_language_changes_the_whole_window(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["appearance"]
    assert isinstance(section, AppearanceSection)
    before = program.window
    section.language.choose(Language.ENGLISH)
    assert program.window is not before
    assert program.window is not None
    assert program.window.rail.entries["settings"].text() == "Settings"
    assert program.window.isVisible()


def test_a_backup_is_made_and_one_can_go_back_to_it(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = page.sections["backups"]
    assert isinstance(section, BackupsSection)
    page.choice.choose("backups")
    section.make.click()
    qtbot.waitUntil(lambda: len(backup.list_backups(program.data)) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: any(one.text() == "恢复到这一份"
                                for one in section.findChildren(ShortcutButton)))  # fmt: skip
    button(section, "恢复到这一份").click()
    dialog = dialog_of(qtbot, RestoreDialog)
    button(dialog, "恢复").click()
    qtbot.waitUntil(lambda: isinstance(program.front, UnlockWindow), timeout=10_000)
    assert program.station is None


def test_the_file_is_found_in_order(qtbot: QtBot, program: Program, page: SettingsPage) -> None:
    section = page.sections["backups"]
    assert isinstance(section, BackupsSection)
    page.choice.choose("backups")
    section.check.click()
    qtbot.waitUntil(lambda: section.found.accessibleName() == "一切正常。", timeout=10_000)


def test_others_do_not_see_what_only_the_head_may(
    qtbot: QtBot, station: wiring.OpenStation, app: QApplication, make_jobs: Callable[..., object]
) -> None:
    from dataclasses import replace

    clerk = replace(station, actor=replace(station.actor, role=Role.OPERATOR))
    program = Program(app, station.data)
    program.enter(clerk)
    assert program.window is not None
    page = program.window.open_page("settings")
    assert isinstance(page, SettingsPage)
    assert "station" not in page.sections
    assert not hasattr(page.sections["accounts"], "add")
    program.close()


def test_the_address_on_duty_cards_is_checked_and_kept(
    page: SettingsPage, station: wiring.OpenStation, qtbot: QtBot
) -> None:
    page.choice.choose("duty_cards")
    section = page.sections["duty_cards"]
    assert isinstance(section, DutyCardsSection)
    section.address.setText("联络站.中国")
    section.save.click()
    qtbot.waitUntil(lambda: bool(section.field.error))
    section.address.setText("HTTPS://LZ.Example.gov.cn/")
    section.save.click()
    qtbot.waitUntil(lambda: section.address.text() == "https://lz.example.gov.cn")
    with station.store.read(station.actor) as tx:
        assert card_address(tx) == "https://lz.example.gov.cn"
