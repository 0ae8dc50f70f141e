"""The words on the forms are changed in the settings, seen at once, and printed."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station_app import wiring
from station_app.printing.catalogue import Form
from station_app.services.form_texts import own_texts
from station_app.ui.app import Program
from station_app.ui.settings.forms import FormsSection
from station_app.ui.settings.page import SettingsPage
from tests.ui.test_settings import page as page
from tests.ui.test_settings import program as program


def commit(field: QLineEdit, text: str) -> None:
    """Type ``text`` as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def opened(qtbot: QtBot, page: SettingsPage, form: Form) -> FormsSection:
    page.open_section("forms")
    section = page.sections["forms"]
    assert isinstance(section, FormsSection)
    qtbot.waitUntil(lambda: section._kept is not None)
    section.form.take(form)
    qtbot.waitUntil(lambda: not section.preview.pixmap().isNull(), timeout=15_000)
    return section


def test_a_title_is_changed_seen_kept_and_taken_back(
    qtbot: QtBot, program: Program, page: SettingsPage, station: wiring.OpenStation
) -> None:
    section = opened(qtbot, page, Form.URGING_LETTER)
    before = section.preview.pixmap().toImage()
    title = section.fields["title"]
    assert title.text() == "催办单"
    title.selectAll()
    commit(title, "催办函")
    qtbot.waitUntil(lambda: section.preview.pixmap().toImage() != before, timeout=15_000)
    section.form.take(Form.RECEIPT)  # what was typed is not lost
    section.form.take(Form.URGING_LETTER)
    assert section.fields["title"].text() == "催办函"
    section.save.click()

    def kept() -> dict[str, dict[str, str]]:
        with station.store.read(station.actor) as tx:
            return own_texts(tx)

    qtbot.waitUntil(lambda: kept() == {"urging_letter": {"title": "催办函"}})
    qtbot.waitUntil(lambda: section._kept == kept())
    section.reset.click()
    section.save.click()
    qtbot.waitUntil(lambda: kept() == {})


def test_a_character_that_cannot_be_printed_is_told_under_the_preview(
    qtbot: QtBot, program: Program, page: SettingsPage
) -> None:
    section = opened(qtbot, page, Form.DAY_NOTICE)
    footer = section.fields["footer"]
    commit(footer, "🚲")
    qtbot.waitUntil(section._fault.isVisible, timeout=15_000)
    assert "U+1F6B2" in section._fault.accessibleName()
