"""Every form read back: text in order, codes, fonts, metadata, and nothing lost however long."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from db.vocabulary import IssueStatus
from station_app import i18n
from station_app.domain.record_codes import lookup_code, parse_record_code
from station_app.domain.visits import VisitRecord
from station_app.errors import PrintFault
from station_app.printing.forms.day_ledger import day_ledger
from station_app.printing.forms.receipt import receipt
from station_app.printing.forms.reception_form import reception_form
from station_app.printing.forms.recovery_key import recovery_sheet
from tests.printing import samples
from tests.printing.reading import (
    codes,
    ink_boxes,
    noisy,
    overlapping,
    page_image,
    read,
    text_fonts,
)
from tests.printing.samples import PRINTED_ON

KEY = "7KQ2M-9XFAB-CDEFG-HJKMN-PQRST-UVWXY"


def form(**changes: object) -> bytes:
    return reception_form(samples.visit(**changes), samples.station(), printed_on=PRINTED_ON)


def slip(**changes: object) -> bytes:
    return receipt(samples.visit(**changes), samples.station(), printed_on=PRINTED_ON)


def ledger(*visits: VisitRecord) -> bytes:
    return day_ledger(
        samples.day(), visits, samples.counters(), samples.station(),
        printed_on=PRINTED_ON,
    )  # fmt: skip


def sheet() -> bytes:
    return recovery_sheet(samples.station().name, KEY, printed_on=PRINTED_ON)


LONGEST, EMPTIEST = samples.longest_visit(), samples.emptiest_visit()
EVERY: dict[str, Callable[[], bytes]] = {
    "form": form,
    "form, longest": lambda: reception_form(
        LONGEST, samples.station(name="葵英街道" * 12), printed_on=PRINTED_ON
    ),
    "form, emptiest": lambda: reception_form(EMPTIEST, samples.station(), printed_on=PRINTED_ON),
    "receipt": slip,
    "receipt, longest": lambda: receipt(LONGEST, samples.station(), printed_on=PRINTED_ON),
    "receipt, emptiest": lambda: receipt(
        EMPTIEST, samples.station(phone="", address=""), printed_on=PRINTED_ON
    ),
    "ledger": lambda: ledger(samples.visit()),
    "ledger, longest": lambda: ledger(LONGEST, samples.visit(), LONGEST, EMPTIEST),
    "ledger, emptiest": lambda: ledger(),
    "recovery sheet": sheet,
}


@pytest.fixture(params=EVERY, scope="module")
def printed(request: pytest.FixtureRequest) -> bytes:
    return EVERY[request.param]()


def test_nothing_is_cut_and_nothing_overlaps(printed: bytes) -> None:
    for (width, height), boxes in zip(read(printed).sizes, ink_boxes(printed), strict=True):
        assert all(
            left > 20 and right < width - 20 and bottom > 20 and top < height - 20
            for _, left, bottom, right, top in boxes
        )
        assert not overlapping(boxes)


def test_all_fonts_are_embedded_subsets(printed: bytes) -> None:
    found = text_fonts(printed)
    assert found
    assert all(embedded and re.match(r"[A-Z]{6}\+", name) for name, embedded in found)
    assert len(printed) < 160_000


def test_the_same_input_gives_the_same_bytes() -> None:
    assert [make() for make in EVERY.values()] == [make() for make in EVERY.values()]


def test_title_author_and_language_stand_in_the_file() -> None:
    pdf = form()
    found = read(pdf).metadata
    assert found["Title"] == "人大代表接待选民登记表 LF-KY-A-20261110-017"
    assert found["Author"] == "葵英街道人大代表联络站"
    assert found["CreationDate"].startswith("D:20261110")
    assert b"/Lang (zh-CN)" in pdf


def test_the_form_reads_in_order() -> None:
    page = read(form()).pages[0]
    wanted = [
        "人大代表接待选民登记表", "葵英街道人大代表联络站", "LF-KY-A-20261110-017",
        "2026年11月10日", "星期二", "来访人", "李建国", "联系电话", "13800000231", "住址",
        "桃源街12号楼1单元501", "接待代表", "于桂芳（市、区县）、宋贵森", "WZ-KY-A-20261110-021",
        "反映的问题", "桃源街12号楼为7层老楼", "现场答复", "处理方式", "交办：葵英街道办",
        "办理结果", "解决程度", "已解决", "群众评价", "来访人（签名）：", "记录人：王秀英",
        "本表一式两份", "第 1 页 共 1 页",
    ]  # fmt: skip
    places = [page.index(one) for one in wanted]
    assert places == sorted(places)


def test_paper_is_chinese_whatever_the_screen_speaks() -> None:
    chinese = form()
    i18n.use(i18n.Language.ENGLISH)
    assert form() == chinese


def test_rare_characters_copy_as_they_were_typed() -> None:
    name = "阿依·𠮷𬴂𪚥𮯠"
    pdf = form(resident=samples.resident(name), companions=(samples.resident("𫠊一⼀"),))
    assert name in read(pdf).text
    assert "𫠊一⼀" in read(pdf).text
    assert any("HanaMinB" in font for font, _ in text_fonts(pdf))


def test_not_a_word_of_a_long_text_is_lost() -> None:
    words = [f"〔{number:04d}〕加装电梯，" for number in range(416)]
    made = samples.issue(text="".join(words))
    found = read(form(issues=(made, samples.issue(22))))
    assert len(found.pages) > 3
    assert re.findall(r"〔(\d{4})〕", found.text) == [f"{number:04d}" for number in range(416)]
    assert all("（续）" in page for page in found.pages[1:])
    counted = [f"第 {number} 页 共 {len(found.pages)} 页" for number in range(1, 9)]
    assert all(said in page for said, page in zip(counted, found.pages, strict=False))


def test_eight_issues_and_five_people_all_stand_there() -> None:
    found = read(EVERY["form, longest"]()).text
    assert [f"问题{numeral}" in found for numeral in "一二三四五六七八"] == [True] * 8
    assert all(f"WZ-KY-A-20261110-{number:03d}" in found for number in range(1, 9))
    # the visitor, four companions, eight deputies, and the recorder
    assert found.count(samples.LONG_NAME) >= 5


def test_signatures_never_stand_on_a_page_alone() -> None:
    for length in range(0, 2400, 80):
        pages = read(form(issues=(samples.issue(text="住户反映电梯问题。" * (length // 9)),))).pages
        assert "群众评价" in pages[-1]
        assert "来访人（签名）" in pages[-1]


def test_every_page_carries_the_code_of_record_and_edition() -> None:
    made = LONGEST
    pdf = EVERY["form, longest"]()
    for page in range(len(read(pdf).pages)):
        (text,) = codes(page_image(pdf, page))
        code = parse_record_code(text)
        assert code is not None
        assert (code.kind, code.id, code.edition) == ("visit", made.id, made.edition)


@pytest.mark.parametrize("degrees", [0, 4, 7, 90, 180, 187])
@pytest.mark.parametrize("make", [form, slip, lambda: ledger(samples.visit())])
def test_codes_read_from_bad_scans(make: Callable[[], bytes], degrees: float) -> None:
    (text,) = codes(noisy(page_image(make()), degrees=degrees))
    assert parse_record_code(text) is not None


def test_missing_characters_are_named_before_anything_is_printed() -> None:
    with pytest.raises(PrintFault) as caught:
        form(resident=samples.resident("王😀"), issues=(samples.issue(3, text="好🚲"),))
    assert "来访人姓名“王😀”：😀 (U+1F600)" in caught.value.text
    assert "问题 WZ-KY-A-20261110-003：🚲 (U+1F6B2)" in caught.value.text


def test_a_void_visit_says_so() -> None:
    found = read(form(voided=True, void_reason="重复登记")).text
    assert "本次来访已作废：重复登记" in found
    assert read(slip(voided=True)).text.count("本次来访已作废") == 2


def test_a_place_may_have_its_own_title_and_footer() -> None:
    own = {"reception_form": {"title": "选民接待记录表", "footer": "由{term}存档。", "x": "y"}}
    pdf = reception_form(samples.visit(), samples.station(), printed_on=PRINTED_ON, own=own)
    found = read(pdf).text
    assert "选民接待记录表" in found
    assert "由联络站存档。" in found


def test_the_receipt_masks_phones_and_tells_how_to_ask() -> None:
    made = samples.visit(companions=(samples.resident("张三", phone="13900000777"),))
    pdf = receipt(made, samples.station(), printed_on=PRINTED_ON)
    found = read(pdf)
    assert len(found.pages) == 1
    assert "138****0231" in found.text
    assert "13800000231" not in found.text
    assert "13900000777" not in found.text
    for wanted in (lookup_code(made.id), "0411-83600001", "老旧小区加装电梯", "存根", "9:24"):
        assert wanted in found.text
    assert found.text.count(lookup_code(made.id)) == 1  # not on the stub
    assert len(codes(page_image(pdf))) == 2


def test_the_station_stands_on_paper_with_its_whole_name() -> None:
    own = samples.station(name="葵英街道", term="人大代表联络站")
    for make in (reception_form, receipt):
        pdf = make(samples.visit(), own, printed_on=PRINTED_ON)
        assert "葵英街道人大代表联络站" in read(pdf).text
    day, figures = samples.day(place=""), samples.counters()
    pdf = day_ledger(day, (), figures, own, printed_on=PRINTED_ON)
    assert "葵英街道人大代表联络站" in read(pdf).text


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (IssueStatus.REGISTERED, "我们将转交有关单位办理"),
        (IssueStatus.ANSWERED, "当场答复的事项"),
        (IssueStatus.DECLINED, "不予受理的事项"),
        (IssueStatus.JOINED, "并入同类问题的事项"),
    ],
)
def test_the_receipt_says_what_happens_next(status: IssueStatus, said: str) -> None:
    found = read(slip(issues=(samples.issue(status=status),))).text
    assert said in found
    assert ("转交有关单位" in found) == (status is IssueStatus.REGISTERED)


def test_a_long_receipt_takes_whole_pages_and_no_stub() -> None:
    found = read(EVERY["receipt, longest"]())
    assert len(found.pages) > 1
    assert "存根" not in found.text
    assert all(f"WZ-KY-A-20261110-{number:03d}" in found.text for number in range(1, 9))


def test_the_ledger_lists_every_visit_under_its_head_and_adds_up() -> None:
    visits = [
        samples.visit(
            sequence=place, number=f"LF-{place}", resident=samples.resident(f"甲{place}号")
        )
        for place in range(1, 31)
    ]
    void = replace(visits[3], voided=True, void_reason="重复登记")
    found = read(ledger(*visits[:3], void, *visits[4:]))
    assert set(found.sizes) == {(842, 595)}
    assert [f"甲{place}号" in found.text for place in range(1, 31)] == [True] * 30
    heads = [page.count("反映的问题") for page in found.pages]
    assert heads == [1] * len(found.pages)
    assert len(found.pages) > 2
    assert "作废：重复登记" in found.text
    assert "接待20批次、31人次；意见建议25条" in found.text
    assert "口径——批次：" in found.text
    assert "于桂芳（市、区县）" in found.text
    assert "周明远（街道党工委副书记）" in found.text


def test_the_ledger_refers_to_the_form_for_long_texts() -> None:
    long = samples.issue(text="住户反映" * 80)
    found = read(ledger(samples.visit(issues=(long,)))).text
    assert "老旧小区加装电梯（全文见登记表）" in found


def test_an_empty_day_has_a_ledger_too() -> None:
    assert "当日没有来访登记。" in read(ledger()).text


def test_the_recovery_sheet_can_be_typed_and_scanned() -> None:
    pdf = sheet()
    found = read(pdf)
    assert all(group in found.text for group in KEY.split("-"))
    assert codes(page_image(pdf)) == [KEY]
    assert "恢复密钥" in found.text
