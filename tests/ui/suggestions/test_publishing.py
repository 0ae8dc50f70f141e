"""What the public may read: masked before, corrected by hand, shown, taken back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt

from db.vocabulary import Role
from station_app.domain.issues import IssueDraft
from station_app.services import issues
from tests.ui.issues.conftest import Room, press
from tests.ui.suggestions.conftest import Together, save, typed

Key = Qt.Key
Show = Callable[..., Together]
NOISE = IssueDraft("李建国反映楼下噪音", "李建国，电话 13800000231，住3单元501室。", "zj-dt")


def answered(room: Room, name: str = "李建国") -> UUID:
    ident = room.issue(name, NOISE)
    room.do(issues.answer_issue, ident, text="已协调", deputy_id=None)
    return ident


def on_section(screen: Together) -> None:
    """Open the section and wait for the issue that could be shown."""
    screen.page.choice.setFocus()
    press(Key.Key_4, control=True)
    pane = screen.page.publishing.pane
    screen.wait(lambda: pane.view is not None and pane.title.isVisible())


def test_shown_in_masked_words_and_taken_back(room: Room, show: Show) -> None:
    ident = answered(room)
    room.issue("王芳", NOISE)  # not answered yet: nothing to show
    screen = show()
    on_section(screen)
    section, pane = screen.page.publishing, screen.page.publishing.pane
    assert [one.id for one in section.model.rows] == [ident]
    assert "李**" in pane.title.text()
    for secret in ("李建国", "13800000231", "501"):
        assert secret not in pane.title.text() + pane.text.text()
    pane.title.setFocus()
    pane.title.selectAll()
    typed("楼下噪音，找李建国")
    save()
    screen.wait(lambda: bool(pane.fields["title"].error))
    pane.title.setText("居民反映楼下噪音")
    save()
    screen.wait(lambda: not section.model.rows)
    assert room.read(ident).case.published
    section.chips.choose(True)
    screen.wait(lambda: pane.view is not None and pane.view.published_at is not None)
    assert pane.title.text() == "居民反映楼下噪音"
    assert pane.title.isReadOnly()
    pane.reason.setFocus()
    press(Key.Key_W, alt=True)
    screen.wait(lambda: bool(pane.fields["reason"].error))
    typed("群众要求")
    pane.reason.setFocus()
    press(Key.Key_W, alt=True)
    screen.wait(lambda: not section.model.rows)
    assert not room.read(ident).case.published
    press(Key.Key_Z, control=True)
    screen.wait(lambda: [one.id for one in section.model.rows] == [ident])
    assert room.read(ident).case.published


def test_half_typed_words_are_kept(room: Room, show: Show) -> None:
    answered(room)
    other = answered(room, "王芳")
    screen = show()
    on_section(screen)
    pane, table = screen.page.publishing.pane, screen.page.publishing.table
    pane.title.setFocus()
    pane.title.setText("写到一半")
    pane.title.textEdited.emit("写到一半")
    shown = pane.shown
    table.setFocus()
    press(Key.Key_Down if shown == other else Key.Key_Up)
    screen.wait(lambda: pane.view is not None and pane.view.id != shown)
    assert pane.title.text() != "写到一半"
    press(Key.Key_Up if shown == other else Key.Key_Down)
    screen.wait(lambda: pane.title.text() == "写到一半")


def test_a_viewer_only_reads(room: Room, show: Show) -> None:
    answered(room)
    screen = show(Role.VIEWER)
    on_section(screen)
    pane = screen.page.publishing.pane
    assert pane.title.isReadOnly()
    assert not pane.publish.isVisible()
