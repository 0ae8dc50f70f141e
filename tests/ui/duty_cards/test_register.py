"""The register of cards in the window: issued from the deputies' page, printed, void, replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.vocabulary import CardKind, CardState, Level
from station_app.domain.deputies import DeputyDraft
from station_app.domain.duty_cards import CardRecord, Standing
from station_app.domain.lists import Listing
from station_app.printing.cards.shapes import Shape
from station_app.services.deputies import save_deputy
from station_app.services.duty_cards import list_cards
from station_app.ui.app import Program
from station_app.ui.deputies.page import DeputiesPage
from station_app.ui.duty_cards.issue_form import EVERYBODY, NONE_YET
from station_app.ui.duty_cards.pane import CardsPane
from station_app.ui.duty_cards.table import ALL
from station_app.wiring import OpenStation
from tests.printing.reading import codes, page_image

Prints = list[tuple[str, Callable[[], bytes]]]
NAMES = ("于桂芳", "宋贵森", "赵堃")


@pytest.fixture
def page(app: QApplication, station: OpenStation, qtbot: QtBot) -> Iterator[DeputiesPage]:
    with station.store.write(station.actor) as tx:
        for name in NAMES:
            save_deputy(tx, DeputyDraft(name, levels=(Level.CITY,)))
    program = Program(app, station.data)
    program.enter(station)
    assert program.window is not None
    found = program.window.open_page("deputies")
    assert isinstance(found, DeputiesPage)
    qtbot.waitUntil(lambda: len(found.model.rows) == len(NAMES) and found.table.current is not None)
    program.window.print_wanted.disconnect()
    yield found
    program.close()


@pytest.fixture
def prints(page: DeputiesPage) -> Prints:
    """What was sent to the preview: title and maker."""
    sent: Prints = []
    page.print_requested.connect(lambda title, make: sent.append((title, make)))
    return sent


def pane_of(page: DeputiesPage) -> CardsPane:
    assert page.cards is not None
    return page.cards


def register(station: OpenStation) -> list[CardRecord]:
    with station.store.read(station.actor) as tx:
        return list(list_cards(tx, Listing("number")).rows)


def test_a_deputy_gets_a_card_from_their_own_page(
    page: DeputiesPage, prints: Prints, station: OpenStation, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.pane.detail.card.isVisible())
    page.pane.detail.card.click()
    cards = pane_of(page)
    qtbot.waitUntil(lambda: len(cards.form.people.taken) == 1 and cards.form.save.isVisible())
    assert cards.form.until.value == date(2027, 12, 31)
    cards.form.save.click()
    qtbot.waitUntil(lambda: len(register(station)) == 1 and bool(prints))
    title, make = prints[0]
    assert "KY-A-2026-0001" in title
    assert len(codes(page_image(make()))) == 1


def test_all_without_a_card_get_one_and_a_lost_one_is_replaced(
    page: DeputiesPage, station: OpenStation, qtbot: QtBot
) -> None:
    page.duty_cards.click()
    cards = pane_of(page)
    cards.issue.click()
    qtbot.waitUntil(lambda: cards.form.save.isVisible() and bool(cards.form._holders))
    cards.form.who.choose(EVERYBODY)
    cards.form.save.click()
    qtbot.waitUntil(lambda: len(cards.model.rows) == len(NAMES) and cards.detail.isVisible())
    cards.issue.click()
    qtbot.waitUntil(
        lambda: cards.form.isVisible() and all(one.has_card for one in cards.form._holders)
    )
    cards.form.who.choose(NONE_YET)
    assert not cards.form.save.isEnabled()
    cards.form.left.emit()
    qtbot.waitUntil(lambda: cards.detail.reissue.isVisible())
    cards.detail.reissue.click()
    cards.detail.reason_bar.save.click()
    assert cards.detail.reason_bar._field.error
    cards.detail.reason_bar.reason.setText("遗失")
    cards.detail.reason_bar.save.click()
    qtbot.waitUntil(lambda: len(register(station)) == len(NAMES) + 1)
    void = [one for one in register(station) if one.state is CardState.VOID]
    assert [one.void_reason for one in void] == ["遗失"]
    cards.chips.choose(Standing.VOID)
    qtbot.waitUntil(lambda: [one.id for one in cards.model.rows] == [void[0].id])


def test_a_void_card_is_taken_back_by_undo_and_lists_are_printed(
    page: DeputiesPage, prints: Prints, station: OpenStation, qtbot: QtBot
) -> None:
    page.duty_cards.click()
    cards = pane_of(page)
    cards.begin_issue()
    qtbot.waitUntil(lambda: cards.form.save.isVisible() and bool(cards.form._holders))
    cards.form.kind.choose(CardKind.DAY)
    cards.form.who.choose(EVERYBODY)
    assert cards.form.until.value == date(2026, 11, 10)
    cards.form.save.click()
    qtbot.waitUntil(lambda: cards.detail.isVisible() and len(prints) == 1)
    messages: list[object] = []
    page.message.connect(lambda _text, undo: messages.append(undo))
    cards.detail.void.click()
    cards.detail.reason_bar.reason.setText("错发")
    cards.detail.reason_bar.save.click()
    qtbot.waitUntil(lambda: any(one.state is CardState.VOID for one in register(station)))
    qtbot.waitUntil(lambda: bool(messages))
    undo = messages[0]
    assert callable(undo)
    undo()
    qtbot.waitUntil(lambda: all(one.state is CardState.ISSUED for one in register(station)))
    cards.chips.choose(ALL)
    qtbot.waitUntil(lambda: len(cards.model.rows) == len(NAMES))
    cards.detail.shape.take(Shape.TABLE_TOP)
    cards.all.click()
    qtbot.waitUntil(lambda: len(prints) == 2)
    cards.board.click()
    qtbot.waitUntil(lambda: len(prints) == 3)
    assert all(make().startswith(b"%PDF") for _, make in prints)
