"""A suggestion that the list holds no longer: it stays after an act, and goes with a filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt

from db.vocabulary import Stage
from station_app.domain.issues import IssueDraft
from station_app.services import suggestion_texts, suggestions
from tests.ui.issues.conftest import Room, press
from tests.ui.suggestions.conftest import Together, save, typed

Key = Qt.Key
Show = Callable[..., Together]


def drafted(room: Room, deputy: UUID, title: str) -> UUID:
    """A suggestion drawn from one issue."""
    ident = room.issue("李建国", IssueDraft(title))
    with room.station.store.write(room.station.actor) as tx:
        words = suggestion_texts.suggestion_text(tx, [ident])
        draft = replace(words, title=title, deputy_ids=(deputy,))
        return suggestions.raise_suggestion(tx, draft).id


def test_it_stays_after_an_act_and_the_next_is_one_key_away(room: Room, show: Show) -> None:
    deputy = room.deputy("赵代表")
    for title in ("加装电梯", "屋顶漏水", "夜间停车"):
        drafted(room, deputy, title)
    screen = show()
    section = screen.page.suggestions
    pane, detail = section.pane, section.pane.detail

    def shows(place: int) -> None:
        screen.wait(lambda: detail.record and detail.record.id == order[place])

    order = [one.id for one in section.model.rows]
    shows(0)
    section.table.setFocus()
    press(Key.Key_Down)
    shows(1)
    press(Key.Key_W, alt=True)
    typed("并入另一件建议")
    save()
    screen.wait(section.leaving.bar.isVisible)
    screen.wait(lambda: detail.record and detail.record.stage is Stage.WITHDRAWN)
    shows(1)
    section.table.setFocus()
    press(Key.Key_Down)
    shows(2)
    assert not section.leaving.bar.isVisible()
    section.search.setText("电梯")
    titles = [one.title for one in section.model.rows]
    screen.wait(lambda: detail.record and detail.record.title == "加装电梯")
    assert len(titles) == 2
    section.search.setText("没有这样的")
    screen.wait(lambda: pane.shown is None)
    section.search.setText("")
    screen.wait(lambda: len(section.model.rows) == 2 and pane.shown is not None)
    section.chips.choose(Stage.WITHDRAWN)
    shows(1)
