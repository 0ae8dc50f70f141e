"""A duty card at the scanner: each answer in words and with a sound of its own."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from db.card_code import card_text
from db.models import CardKey
from db.vocabulary import CheckInMethod
from station_app.domain.duty_cards import Arrival, CardArrival, CardCheck, Verdict
from station_app.services.attendance import attendances
from station_app.services.days import close_day
from station_app.services.duty_cards import void_card
from station_app.store import Tx
from station_app.ui.scans.sounds import bells_of
from tests.ui.conftest import Clock
from tests.ui.scans.conftest import TODAY, Hall


def test_a_card_checks_in_while_somebody_is_typing(hall: Hall, qtbot: QtBot) -> None:
    field = hall.window.search
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "abc")
    hall.hold(hall.card())
    hall.says("于桂芳 已签到")
    assert field.text() == "abc"
    assert hall.here() == 1
    with hall.station.store.read(hall.station.actor) as tx:
        assert attendances(tx, hall.day)[0].method is CheckInMethod.CARD
    assert hall.answer.rung == 1
    hall.answer.button("撤销签到").click()
    qtbot.waitUntil(lambda: hall.here() == 0)


def test_a_card_is_taken_on_every_page_and_in_a_long_text(hall: Hall, qtbot: QtBot) -> None:
    card = hall.card()
    for noun in ("issues", "deputies", "days"):
        hall.window.open_page(noun)
        hall.answer.hide()
        hall.hold(card)
        hall.says("于桂芳")
    hall.window.open_page("desk")
    text = hall.window.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    text.setPlainText("路灯不亮")
    text.setFocus()
    hall.answer.hide()
    hall.hold(card)
    hall.says("于桂芳", "首次签到是 9:00")
    assert text.toPlainText() == "路灯不亮"
    hall.hold(card)  # the next answer takes the place of one that still stands
    close = hall.answer.button("关闭")
    qtbot.waitUntil(lambda: close.isVisible() and close.height() >= close.sizeHint().height())
    assert hall.here() == 1


def test_each_answer_has_its_words(hall: Hall, clock: Clock, qtbot: QtBot) -> None:
    good = hall.card(0, last=date(2026, 12, 31))
    later = hall.card(1, first=date(2026, 11, 12), last=date(2026, 11, 20))
    hall.hold(later)
    hall.says("这张卡还没有生效", "2026-11-12")
    hall.do(void_card, later.id, reason="遗失")
    hall.hold(later)
    hall.says("这张卡已作废", "作废原因：遗失", "不证明持卡人身份")
    place = 100
    letter = "A" if good.signed[place] != "A" else "B"
    hall.scan(card_text(good.signed[:place] + letter + good.signed[place + 1 :]))
    hall.says("被改动过，或者是伪造的")
    assert hall.here() == 0
    hall.do(close_day, hall.day)
    hall.hold(good)
    hall.says("于桂芳的卡核验通过", "没有签到")
    clock.move(days=60)
    hall.hold(good)
    hall.says("这张卡已过期", "2026-12-31", "证明卡由本站签发，不证明持卡人身份")
    assert hall.here() == 0


def test_a_card_whose_key_is_not_known(hall: Hall) -> None:
    card = hall.card()

    def forget(tx: Tx) -> None:
        for row in tx.session.query(CardKey):
            row.key_id = "0" * 16

    hall.do(forget)
    hall.hold(card)
    hall.says("不认识这张卡的签发单位")
    assert hall.here() == 0


def test_a_foreign_code_goes_to_the_search(hall: Hall, qtbot: QtBot) -> None:
    hall.scan("6901234567892")
    qtbot.waitUntil(lambda: hall.window.search.text() == "6901234567892")
    assert hall.answer.text == ""


def test_every_answer_sounds_differently() -> None:
    heard = {
        bells_of(CardArrival(arrival, CardCheck(Verdict.GOOD, TODAY)))
        for arrival in Arrival
        if arrival is not Arrival.REFUSED
    }
    refused = [one for one in Verdict if one not in (Verdict.GOOD, Verdict.NO_CARD)]
    heard |= {
        bells_of(CardArrival(Arrival.REFUSED, CardCheck(one, TODAY + timedelta(0))))
        for one in refused
    }
    assert len(heard) == len(Arrival) - 1 + len(refused)
