"""Joining by a one-time code: in the window, in the wizard, and all that may be wrong with it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from central.database import administered
from db.vocabulary import Role
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.residents import ResidentDraft
from station_app.services import residents
from station_app.services.accounts import list_accounts
from station_app.services.station import get_station
from station_app.store import keys
from station_app.ui.app import Program
from station_app.ui.sync.joining import join_station
from station_app.ui.wizard import HEAD, JOIN, KEY, Wizard
from station_app.ui.wizard_key import ASKED
from tests.ui.conftest import PASSWORD
from tests.ui.sync.conftest import LONG, House, Pc, Screen

CODE = "7KQM-2345-ABCD-WXYZ"


def fill(screen: Screen, url: str, code: str) -> None:
    form = screen.page.joining.form
    screen.until(form.isVisible)
    form.url.setText(url)
    form.code.setFocus()
    for letter in code:
        screen.bot.keyClick(form.code, letter)
    screen.keys("Ctrl+Return")


def trouble(screen: Screen) -> str:
    """What is said above the form or beneath its fields."""
    form = screen.page.joining.form
    screen.until(lambda: form.button.isEnabled())
    errors = [field.error for field in form.fields.values() if field.error]
    return form.trouble.accessibleName() or " ".join(errors)


def test_what_was_entered_before_joining_is_handed_in(screen: Screen, house: House) -> None:
    screen.add("于桂芳")
    assert screen.strip == "尚未加入中心"
    fill(screen, house.url, house.new_code().lower().replace("-", ""))
    screen.until(lambda: screen.strip == "全部已上交")
    assert house.count("resident") == 1
    assert house.count("station") == 1
    screen.until(lambda: "本站 A 号电脑" in screen.said())
    screen.until(lambda: screen.window.toast.text == "已加入，本机编号为 A。")
    screen.until(lambda: not screen.page.joining.isVisible())


def test_both_must_be_typed(screen: Screen) -> None:
    fill(screen, "", "")
    screen.until(lambda: trouble(screen) == "请填写中心告诉您的地址。 请填写中心告诉您的加入码。")
    assert screen.strip == "尚未加入中心"


def test_a_code_nobody_gave_out(screen: Screen, house: House) -> None:
    fill(screen, house.url, CODE)
    screen.until(lambda: trouble(screen) == "中心没有这个加入码，请逐字核对。")
    assert screen.page.joining.form.code.hasFocus()


def test_an_expired_code(screen: Screen, house: House) -> None:
    code = house.new_code()
    with administered(house.centre.settings) as connection:
        connection.execute("UPDATE enrolment SET expires_at = now() - interval '1 minute'")
    fill(screen, house.url, code)
    screen.until(lambda: trouble(screen) == "加入码已过期，请向中心索取新的。")
    assert screen.strip == "尚未加入中心"


def test_a_code_that_nobody_approved(screen: Screen, house: House, other: Callable[[], Pc]) -> None:
    other()
    fill(screen, house.url, house.new_code(approved=False))
    screen.until(lambda: trouble(screen) == "这个加入码还需要中心的另一位同志确认。")
    assert screen.strip == "尚未加入中心"


def test_a_code_used_before(screen: Screen, house: House, other: Callable[[], Pc]) -> None:
    code = house.new_code()
    pc = other()
    with administered(house.centre.settings) as connection:
        connection.execute("UPDATE enrolment SET device_id = %s", [pc.device])
    fill(screen, house.url, code)
    screen.until(lambda: trouble(screen) == "加入码已被使用，请向中心索取新的。")
    assert screen.strip == "尚未加入中心"


def test_a_centre_that_does_not_answer(screen: Screen) -> None:
    fill(screen, "http://127.0.0.1:9", CODE)
    screen.until(lambda: "暂时连不上中心" in trouble(screen))
    assert screen.strip == "尚未加入中心"


def test_an_address_that_is_none(screen: Screen) -> None:
    fill(screen, "centre.example", CODE)
    screen.until(lambda: trouble(screen) == "中心地址应以 https:// 开头。")
    assert screen.strip == "尚未加入中心"


class _LoginPage(http.server.BaseHTTPRequestHandler):
    """The page of a network that wants a login first."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        page = "<html>请登录</html>".encode()
        self.send_response(200)
        self.send_header("content-length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """A test's output is its result."""


@pytest.fixture
def portal() -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), _LoginPage)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_login_page_in_between(screen: Screen, portal: str) -> None:
    fill(screen, portal, CODE)
    screen.until(lambda: "请先用浏览器登录" in trouble(screen))
    assert screen.strip == "尚未加入中心"


def test_only_the_head_joins(hall_of_operator: Screen) -> None:
    page = hall_of_operator.page
    hall_of_operator.until(page.joining.isVisible)
    assert not page.joining.form.isVisible()
    assert "由负责人把本站加入中心。" in hall_of_operator.said()


@pytest.fixture
def hall_of_operator(screen: Screen, qtbot: QtBot, app: QApplication) -> Iterator[Screen]:
    """The same station, with an operator at the desk."""
    from dataclasses import replace

    from station_app import wiring
    from station_app.domain.accounts import AccountDraft
    from station_app.store import Store, keys

    wiring.add_member(screen.station, AccountDraft("李桂香", Role.OPERATOR), PASSWORD)
    data, key = screen.station.data, screen.station.key
    screen.program.close()
    slot = next(one for one in keys.list_slots(data) if one.role is Role.OPERATOR)
    actor = replace(screen.station.actor, role=Role.OPERATOR)
    station = wiring.OpenStation(data, key, slot.id, Store.open(data, key), actor)
    program = Program(app, data)
    program.enter(station)
    made = Screen(station, program, qtbot)
    made.until(lambda: made.link.status is not None)
    yield made
    program.close()


# -------------------------------------------------------------------------- a further PC: wizard


@pytest.fixture
def wizard(app: QApplication, data: DataDir, qtbot: QtBot) -> Iterator[tuple[Program, Wizard]]:
    program = Program(app, data)
    program.start()
    front = program.front
    assert isinstance(front, Wizard)
    front.activateWindow()
    qtbot.waitExposed(front)
    yield program, front
    program.close()


def walk(qtbot: QtBot, wizard: Wizard, house: House, code: str) -> None:
    """Alt+4, the address, the code, a name and a password."""
    qtbot.keyClick(wizard, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert wizard.steps.at == JOIN
    wizard.joining.url.setText(house.url)
    wizard.joining.code.setText(code)
    qtbot.keyClick(wizard.joining.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: wizard.steps.at == HEAD)
    wizard.head.name.setText("周丽")
    for field in (wizard.head.password, wizard.head.again):
        field.setText(PASSWORD)
    qtbot.keyClick(wizard.head.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_further_pc_has_everything_of_the_station(
    wizard: tuple[Program, Wizard], house: House, other: Callable[[], Pc], qtbot: QtBot
) -> None:
    first = other()
    first.do(residents.save_resident, ResidentDraft("于桂芳", "13800000231"))
    first.sync()
    program, front = wizard
    walk(qtbot, front, house, house.new_code())
    qtbot.waitUntil(lambda: front.steps.at == KEY, timeout=LONG)
    shown = [group.text() for group in front.key.sheet._groups]
    front.key.typed.setText(shown[ASKED - 1])
    qtbot.keyClick(front.key.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=LONG)
    assert program.station is not None
    pc = Pc(program.station)
    station = pc.ask(get_station)
    assert (station.name, station.letter) == ("葵英街道", "B")
    assert [one.name for one in pc.ask(residents.match_residents, "于")] == ["于桂芳"]
    assert {one.name for one in pc.ask(list_accounts)} == {"李桂香", "周丽"}


def test_the_first_pc_is_called_as_the_centre_calls_its_station(
    house: House, data: DataDir
) -> None:
    with administered(house.centre.settings) as connection:
        connection.execute("UPDATE station SET name = '长春路街道人大代表之家', code = 'KY-07'"
                           " WHERE station_id = %s", [house.id])  # fmt: skip
    head = AccountDraft("周丽", Role.HEAD)
    _, name = join_station(data, house.url, house.new_code(), head, PASSWORD)
    assert name == "长春路街道人大代表之家"
    station = wiring.open_station(data, keys.list_slots(data)[0].id, PASSWORD)
    made = Pc(station).ask(get_station)
    station.close()
    assert (made.name, made.term, made.code) == ("长春路街道", "人大代表之家", "KY07")


def test_a_wrong_code_leaves_nothing_behind_and_can_be_typed_again(
    wizard: tuple[Program, Wizard], house: House, data: DataDir, qtbot: QtBot
) -> None:
    _, front = wizard
    walk(qtbot, front, house, CODE)
    qtbot.waitUntil(lambda: bool(front.joining.fields["code"].error), timeout=LONG)
    assert front.steps.at == JOIN
    assert not data.exists()
    front.joining.code.setText(house.new_code())
    qtbot.keyClick(front.joining.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: front.steps.at == HEAD)
    qtbot.keyClick(front.head.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: front.steps.at == KEY, timeout=LONG)
    assert data.exists()
    assert isinstance(data.root, Path)
