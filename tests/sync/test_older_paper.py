"""Paper of one PC at the scanner of another: what others did makes it older, and is told."""

from __future__ import annotations

from collections.abc import Callable

from db.vocabulary import IssueEventKind, Level
from station_app.domain.deputies import DeputyDraft
from station_app.domain.issues import IssueDraft
from station_app.domain.paper_state import PaperState
from station_app.domain.record_codes import RecordCode
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services.deputies import get_deputy, save_deputy
from station_app.services.issues import get_issue, note_issue
from station_app.services.paper_state import paper_state
from station_app.services.visits import save_visit
from tests.sync.world import Desk

Pc = Callable[[str], Desk]
CAME = VisitDraft(Party(ResidentDraft("李建国")), (IssueDraft("路灯不亮", "三号楼前路灯不亮。"),))


def looked_at(desk: Desk, code: RecordCode) -> PaperState:
    found: PaperState = desk.ask(paper_state, code)
    return found


def test_an_act_on_another_pc_is_told(pc: Pc) -> None:
    a, b = pc("a"), pc("b")
    issue = a.do(save_visit, CAME).issues[0].id
    a.do(note_issue, issue, text="已电话询问")
    paper = RecordCode("issue", issue, a.ask(get_issue, issue).edition)
    a.sync()
    b.sync()
    assert not looked_at(b, paper).is_older
    a.do(note_issue, issue, text="周五来修")
    a.sync()
    b.sync()
    here, there = looked_at(a, paper), looked_at(b, paper)
    assert (there.printed, there.edition) == (here.printed, here.edition) == (2, 3)
    assert [(one.event, one.who) for one in there.changes] == [(IssueEventKind.NOTED, "王秀英")]


def test_an_edit_on_another_pc_is_told_with_its_fields(pc: Pc) -> None:
    a, b = pc("a"), pc("b")
    draft = DeputyDraft("于桂芳", position="书记", levels=(Level.COUNTY,))
    who = a.do(save_deputy, draft).id
    a.sync()
    b.sync()
    paper = RecordCode("deputy", who, b.ask(get_deputy, who).edition)
    for position in ("主任", "社区主任"):  # both come to the other PC at once
        draft = DeputyDraft("于桂芳", position=position, levels=(Level.COUNTY,))
        a.do(save_deputy, draft, deputy_id=who)
    a.sync()
    b.sync()
    here, there = looked_at(a, paper), looked_at(b, paper)
    assert here.edition == there.edition == paper.edition + 2
    [change] = there.changes
    assert change.elsewhere
    assert [name for name, _, _ in change.fields] == ["position"]
    assert [one.elsewhere for one in here.changes] == [False, False]
    newer = RecordCode("deputy", who, here.edition)
    assert not looked_at(b, newer).is_older
