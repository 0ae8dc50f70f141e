"""What each form says: in order, whole, counted rightly, and to whom it may be shown."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from db.vocabulary import DayStatus, Degree, IssueEventKind, IssueStatus, Rating
from station_app.domain.cases import Case
from station_app.domain.record_codes import parse_blank_code
from station_app.errors import PrintFault
from station_app.printing.catalogue import FORMS_OF, Form, day_forms, issue_forms
from station_app.printing.drawing import drawn
from station_app.printing.example_file import invented_file
from tests.printing import casework, duties, samples
from tests.printing.reading import codes, page_image, read
from tests.printing.samples import PRINTED_ON, event

STATION = samples.station()
_E, _S = IssueEventKind, IssueStatus


def text(form: Form, *records: Any, own: Any = None, **facts: Any) -> str:
    return read(drawn(form, *records, STATION, printed_on=PRINTED_ON, own=own, **facts)).text


def test_the_slip_names_every_unit_and_the_day_it_is_due() -> None:
    issue = casework.longest_issue(_S.ASSIGNED)
    found = text(Form.ASSIGNMENT_SLIP, issue, samples.visit())
    assert found.count(casework.LONG_UNIT) == 1 + 6
    assert "2026年10月1日" in found
    assert "13800000231" in found  # the unit has to reach the resident
    assert found.index("承办单位签收") < found.index("签收人（签名）")


def test_the_urging_letter_counts_days_and_earlier_urges() -> None:
    found = text(Form.URGING_LETTER, casework.longest_issue(_S.ASSIGNED))
    assert "超期天数40天" in found
    assert "已催办次数4次" in found
    open_end = text(Form.URGING_LETTER, samples.issue())
    assert "答复期限为" not in open_end
    assert "至今未收到办理答复" in open_end


def test_the_reply_tells_who_said_what_and_what_is_promised() -> None:
    issue = samples.issue(
        status=_S.SETTLED, degree=Degree.SOLVED,
        events=(
            event(_E.REGISTERED), event(_E.ASSIGNED, unit="街道办"),
            event(_E.REPLIED, "第一次答复", unit="街道办", undone=True),
            event(_E.REPLIED, "电梯已开通", unit="街道办"),
        ),
        case=Case(promises=(casework.promise(), casework.promise(1, kept=True))),
    )  # fmt: skip
    found = text(Form.REPLY_LETTER, issue)
    assert "李建国：您好！您于2026年11月10日到葵英街道人大代表联络站反映的" in found
    assert "街道办答复：电梯已开通" in found
    assert "第一次答复" not in found
    assert found.count("承诺事项") == 1  # what was kept is done
    assert "解决程度：已解决。" in found


def test_what_is_not_known_of_the_station_is_not_said() -> None:
    bare = samples.station(phone="", opening_hours="")
    pdf = drawn(Form.REPLY_LETTER, samples.issue(), bare, printed_on=PRINTED_ON)
    found = read(pdf).text
    assert "联系电话" not in found
    assert "接待时间" not in found
    assert "地址：中山区葵英街12号一楼" in found


def test_the_notice_of_declining_gives_the_reason_and_the_way() -> None:
    told = event(_E.DECLINED, "请到区法院。", details={"why": "已进入诉讼。"})
    declined = samples.issue(status=_S.DECLINED, events=(event(_E.REGISTERED), told))
    found = text(Form.DECLINE_NOTICE, declined)
    assert "理由是：已进入诉讼。请您" in found
    assert "请您按下列途径反映：请到区法院。" in found


def test_not_a_word_of_a_long_reply_is_lost() -> None:
    words = "".join(f"〔{number:04d}〕加装电梯，" for number in range(416))
    replied = samples.issue(status=_S.REPLIED, events=(event(_E.REPLIED, words),))
    for form in (Form.REPLY_LETTER, Form.RATING_SHEET):
        found = re.findall(r"〔(\d{4})〕", text(form, replied))
        assert found == [f"{number:04d}" for number in range(416)]


def test_thirty_residents_each_have_a_line_to_sign() -> None:
    meeting = casework.longest_meeting()
    pdf = drawn(Form.MEETING_RECORD, meeting, STATION, printed_on=PRINTED_ON)
    pages = read(pdf).pages
    signing = next(place for place, page in enumerate(pages) if "签 名" in page)
    sheet = "".join("".join(pages[signing:]).split())
    assert sheet.count("群众甲") == 24
    assert sheet.count(samples.LONG_NAME) == 6 + 8
    assert all("序号" in page for page in pages[signing:])
    assert "主持人（签名）" in pages[-1]


def test_a_side_of_the_evaluation_is_never_parted() -> None:
    for length in range(0, 1500, 150):
        issue = samples.issue(events=(event(_E.REPLIED, "已修好。" * (length // 4)),))
        pages = read(drawn(Form.RATING_SHEET, issue, STATION, printed_on=PRINTED_ON)).pages
        for page in pages:
            assert ("群众（签名）" in page) == ("群众评价：" in page)
            assert ("代表（签名）" in page) == ("代表评价：" in page)


def test_the_notice_names_deputies_and_nobody_else() -> None:
    found = text(Form.DAY_NOTICE, samples.day())
    assert "2026年11月10日（星期二）09:00–11:30" in found
    assert "于桂芳（市、区县人大代表）" in found
    assert "周明远" not in found  # a guest


def test_the_rota_says_who_is_due_and_what_was_cancelled() -> None:
    days = [samples.day(), samples.day(status=DayStatus.CANCELLED, deputies=()), samples.day()]
    found = text(Form.ROTA, days)
    assert found.count("于桂芳、宋贵森、𬴂𠮷") == 2
    assert found.count("不接待") == 1
    assert "（未安排）" in text(Form.ROTA, [samples.day(deputies=())])


def test_a_personal_list_says_when_where_and_with_whom() -> None:
    days = [samples.day(), samples.day(held_on=date(2026, 12, 10), deputies=())]
    found = text(Form.DUTY_LIST, samples.deputy_brief(), days)
    assert "于桂芳代表：" in found
    assert "2026年11月10日至2026年12月10日，共2次" in found
    assert "宋贵森、𬴂𠮷" in found  # with whom, but not with herself
    assert found.count("于桂芳") == 1
    assert "联系电话：0411-83600001" in found
    assert "没有安排值班" in text(Form.DUTY_LIST, samples.deputy_brief(), [])


def test_those_who_came_stand_on_the_sheet_with_their_time() -> None:
    found = text(Form.SIGN_IN_SHEET, samples.day())
    assert "1于桂芳代表（市、区县）9:24" in found
    assert "4周明远街道党工委副书记9:24" in found
    assert "15" in found


def test_the_ledger_of_issues_adds_up() -> None:
    lines = [
        casework.issue_line(1),
        casework.issue_line(2, status=_S.SETTLED, degree=Degree.SOLVED, rating=Rating.SATISFIED),
        casework.issue_line(3, status=_S.SETTLED, degree=Degree.NOTED, rating=Rating.DISSATISFIED),
        casework.issue_line(4, status=_S.VOIDED, text="长" * 300),
    ]
    found = text(Form.ISSUE_LEDGER, lines, said="2026年", categories={"housing.lift": "住建"})
    assert "意见建议3条；已办结2条，其中已解决1条；已评价2条，其中满意1条。" in found
    assert "老旧小区加装电梯（全文见登记表）WZ-KY-A-20261110-004" in found
    assert "范围：2026年共4条" in found


def test_the_ledger_of_promises_counts_what_was_kept() -> None:
    found = text(Form.PROMISE_LEDGER, casework.promise_lines(), said="")
    assert "承诺5项；期限已到4项，已兑现2项（其中逾期兑现1项），落实率50.0%。" in found
    for state in ("未到期", "逾期未兑现", "已兑现", "逾期兑现", "未兑现"):
        assert state in found


def test_a_blank_form_has_its_number_and_nothing_ticked() -> None:
    numbers = ["LF-KY-A-20261110-018", "LF-KY-A-20261110-019"]
    pdf = drawn(Form.BLANK_FORMS, numbers, STATION, printed_on=PRINTED_ON)
    pages = read(pdf).pages
    assert [number in page for number, page in zip(numbers, pages, strict=True)] == [True] * 2
    assert "2026年11月10日　星期二" not in pages[0]
    assert [parse_blank_code(codes(page_image(pdf, at))[0]) for at in (0, 1)] == numbers


def test_own_words_and_left_out_fields() -> None:
    own = {"rating_sheet": {"title": "群众评议表", "deputy": "", "item_3": "", "whole": " "}}
    found = text(Form.RATING_SHEET, samples.issue(), own=own)
    assert "群众评议表" in found
    assert "代表评价" not in found
    assert "办理过程" not in found
    assert "总体评价" in found  # not one that may be left out
    form = text(Form.RECEPTION_FORM, samples.visit(), own={"reception_form": {"place": ""}})
    assert "发生地点" not in form
    assert "紧急程度" in form


def test_a_character_that_cannot_be_drawn_is_named_with_its_place() -> None:
    with pytest.raises(PrintFault) as caught:
        text(Form.ASSIGNMENT_SLIP, samples.issue(text="好🚲", unit="局😀"), samples.visit())
    assert "反映的问题：🚲 (U+1F6B2)" in caught.value.text
    assert "主办单位：😀 (U+1F600)" in caught.value.text


def test_forms_are_offered_where_they_make_sense() -> None:
    assert issue_forms(samples.issue(status=_S.REGISTERED, events=())) == ()
    assert set(issue_forms(samples.issue())) == {Form.ASSIGNMENT_SLIP, Form.URGING_LETTER}
    declined = samples.issue(status=_S.DECLINED, events=())
    assert issue_forms(declined) == (Form.DECLINE_NOTICE,)
    settled = issue_forms(samples.issue(status=_S.SETTLED))
    assert {Form.REPLY_LETTER, Form.REVISIT_SHEET, Form.RATING_SHEET} <= set(settled)
    assert day_forms(DayStatus.PLANNED) == (Form.DAY_NOTICE, Form.SIGN_IN_SHEET)
    assert day_forms(DayStatus.LOCKED) == FORMS_OF["day"]
    assert day_forms(DayStatus.CANCELLED) == ()


def test_a_row_of_a_ledger_stands_whole_on_one_page() -> None:
    lines = casework.promise_lines(text=f"始{casework.STORY * 2}终") * 8
    pages = read(drawn(Form.PROMISE_LEDGER, lines, STATION, said="", printed_on=PRINTED_ON)).pages
    assert len(pages) > 4
    assert sum(one.count("始") for one in pages) == len(lines)
    assert all(one.count("始") == one.count("终") for one in pages)


def test_the_opinions_on_legislation_are_told_without_telephones() -> None:
    words = "建议条例写明物业公司公示维修资金账目的期限。"
    lines = [
        casework.issue_line(1, title="物业管理条例", text=words, people=3),
        casework.issue_line(2, title="井盖", text="登记错了", status=_S.VOIDED),
    ]
    found = text(Form.LEGISLATION_LEDGER, lines, said="2026-01-01 至 2026-12-31")
    assert "物业管理条例" in found
    assert words in found
    assert "立法意见1条，提出3人次" in found
    assert "井盖" not in found
    assert lines[0].phone
    assert lines[0].phone not in found


def test_the_self_check_names_the_eight_haves_with_room_to_write() -> None:
    found = text(Form.EIGHT_HAVES)
    haves = ("统一标牌", "规章制度", "工作计划", "台账记录", "学习资料", "代表公示", "办公设施",
             "工作人员")  # fmt: skip
    places = [found.index(one) for one in haves]
    assert places == sorted(places)
    assert found.count("未达标") == len(haves)


def test_points_go_by_the_rules_of_the_station() -> None:
    file = invented_file(PRINTED_ON)
    shipped = text(Form.DUTY_POINTS, file)
    assert "4到站值班每次2分3603-10、06-10、09-10" in shipped
    assert "5接待群众（批次）每批0.5分136.503-10(4)、06-10(4)、09-10(5)" in shipped
    assert "1出席代表大会会议按届次规定（手工计分）" in shipped
    assert "按记录计28.5分，手工计分" in shipped
    own = {"rule4": "每次 3.25 分", "rule5": "每 10 批 1 分", "rule9": "缺一次扣 2 分"}
    own |= {"aspect1": "", "aspect12": "", "rule2": "", "rule10": "不定"}
    found = text(Form.DUTY_POINTS, file, own={"duty_points": own})
    assert "出席代表大会会议" not in found
    assert "1列席会议、参加听证每次2分00" in found  # a rule may not be left out
    assert "3到站值班每次3.25分39.75" in found
    assert "4接待群众（批次）每10批1分1303-10(4)、06-10(4)、09-10(5)（手工计分）" in found
    assert "8学习培训缺一次扣2分102-18（手工计分）" in found
    assert "9向选民述职不定110-26（手工计分）" in found
    assert "按记录计21.75分，手工计分" in found
    numbers = {f"rule{at}": "1" for at in range(1, 13)} | {"aspect1": "", "aspect12": ""}
    known = text(Form.DUTY_POINTS, file, own={"duty_points": numbers})
    assert "手工计分________" not in known
    assert "可在收到本表之日起10个工作日内向本站提出" in known


def test_the_duty_file_is_in_parts_and_leaves_room_for_what_is_not_recorded() -> None:
    file = invented_file(PRINTED_ON)
    found = text(Form.DUTY_FILE, file)
    heads = ("一、到站值班", "二、接待群众", "三、群众意见办理", "四、承诺事项", "五、代表建议",
             "六、参加活动", "七、帮扶群众", "八、出席代表大会会议（手工填写）",
             "九、表彰奖励（手工填写）")  # fmt: skip
    places = [found.index(one) for one in heads]
    assert places == sorted(places)
    assert "应到站4次，到站3次；接待13批、28人次" in found
    assert "选举单位中山区第12选区" in found
    assert "2026-10-10接待室应到未到" in found
    assert "老旧小区加装电梯WZ-KY-A-20260310-004接待已办结：正在解决" in found
    short = text(Form.DUTY_FILE, duties.emptiest(), own={"duty_file": {"visits_head": ""}})
    assert short.count("本年度没有记录") == 6
    assert "二、群众意见办理" in short
