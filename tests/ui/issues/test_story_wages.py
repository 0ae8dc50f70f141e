"""Unpaid wages, on real windows.

Declined, reopened, assigned, sent back, assigned again, urged, replied, settled.
"""

from __future__ import annotations

from PySide6.QtCore import Qt

from db.vocabulary import Degree, IssueEventKind, IssueStatus
from station_app.domain.issues import IssueDraft
from station_app.ui.today.page import TodayPage
from tests.ui.issues.conftest import press
from tests.ui.issues.story import Story, story

__all__ = ["story"]

E = IssueEventKind
S = IssueStatus
Key = Qt.Key
WAGES = IssueDraft("工地拖欠四个月工资", "十二个人的工资从七月起没有发。", place="学苑路工地")


def test_unpaid_wages(story: Story) -> None:
    ident = story.room.receive("金正植", WAGES, size=12).issues[0].id
    story.open(ident)
    # Declined: the reason chosen says where to go, and there is a notice to print.
    story.act(E.DECLINED, 2, then=S.DECLINED)
    declined = story.room.read(ident).events[-1]
    assert declined.text
    story.says(f"去处：{declined.text}")
    story.act(E.REOPENED, "当事人补充：包工头是本区企业", then=S.REGISTERED)
    # Assigned, sent back, assigned to another one.
    story.act(E.ASSIGNED, 1, "请核实工资表", then=S.ASSIGNED)
    first = story.room.read(ident).unit
    story.act(E.SENT_BACK, "劳动监察不归本单位", then=S.REGISTERED)
    story.says(f"{first}已退回")
    story.act(E.ASSIGNED, 2, "请依法处理", then=S.ASSIGNED)
    second = story.room.read(ident).unit
    assert second != first
    late(story, second)
    # The unit replies, which settles nothing; then evidence.
    story.act(E.REPLIED, "工资已全部补发", then=S.REPLIED)
    story.says("答复不等于办结")
    story.act(E.SETTLED, 1, "十二人签字的领取单", then=S.SETTLED)
    record = story.room.read(ident)
    assert (record.degree, record.unit) == (Degree.SOLVED, second)
    assert [one.event for one in record.events] == [
        E.REGISTERED, E.DECLINED, E.REOPENED, E.ASSIGNED, E.SENT_BACK, E.ASSIGNED, E.URGED,
        E.REPLIED, E.SETTLED,
    ]  # fmt: skip
    told = "\n".join(one.accessibleName() for one in story.issues.detail.timeline.entries)
    for words in ("不予受理", "重新办理", f"{first}退回", "催办", "办结：已解决"):
        assert words in told


def late(story: Story, unit: str) -> None:
    """Nothing was heard for a month: Today says so and leads to the urging."""
    story.clock.move(days=30)
    press(Key.Key_0, alt=True)
    page = story.window.page
    assert isinstance(page, TodayPage)
    story.wait(lambda: len(page.table.rows) == 1)
    assert unit in page.table.rows[0].issue.unit
    page.list.setFocus()
    press(Key.Key_Return)
    panel = story.issues.detail.panel
    story.wait(lambda: panel.doing is E.URGED)
    press(Key.Key_Return, control=True)
    story.says("催办 1 次")
