"""What holds for every form, also with the longest and the emptiest of records."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from db.vocabulary import IssueEventKind, IssueStatus
from station_app import i18n
from station_app.domain.record_codes import parse_blank_code, parse_record_code
from station_app.printing.catalogue import Form
from station_app.printing.drawing import drawn
from station_app.printing.examples import example
from tests.printing import casework, duties, samples, stars
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

STATION = samples.station()
LONG_STATION = samples.station(name="葵英街道" * 12, opening_hours="每月10日" * 8)
BARE_STATION = samples.station(phone="", address="", opening_hours="", region="")
_E, _S = IssueEventKind, IssueStatus


def draw(form: Form, *records: Any, **facts: Any) -> bytes:
    return drawn(form, *records, printed_on=PRINTED_ON, **facts)


def longest() -> dict[Form, Callable[[], bytes]]:
    settled, visit = casework.longest_issue(), samples.longest_visit()
    assigned = casework.longest_issue(_S.ASSIGNED)
    lines = {"said": casework.STORY, "categories": {"housing.lift": "城乡建设 · 老旧小区加装电梯"}}
    records: dict[Form, tuple[Any, ...]] = {
        Form.RECEPTION_FORM: (visit,),
        Form.RECEIPT: (visit,),
        Form.BLANK_FORMS: ([f"LF-KY-A-20261110-{n:03d}" for n in range(3)],),
        Form.DAY_NOTICE: (casework.longest_day(),),
        Form.ROTA: (casework.year_of_days(),),
        Form.DUTY_LIST: (samples.deputy_brief(samples.LONG_NAME), casework.year_of_days()),
        Form.DUTY_FILE: (duties.longest(),),
        Form.DUTY_POINTS: (duties.longest(),),
        Form.SIGN_IN_SHEET: (casework.longest_day(),),
        Form.DAY_LEDGER: (casework.longest_day(), [visit], samples.counters()),
        Form.ASSIGNMENT_SLIP: (assigned, visit),
        Form.URGING_LETTER: (assigned,),
        Form.REPLY_LETTER: (settled,),
        Form.DECLINE_NOTICE: (casework.longest_declined(),),
        Form.REVISIT_SHEET: (settled, visit),
        Form.RATING_SHEET: (settled,),
        Form.MEETING_RECORD: (casework.longest_meeting(),),
        Form.SUGGESTION: (casework.longest_suggestion(),),
        Form.ISSUE_LEDGER: (casework.longest_lines(),),
        Form.PROMISE_LEDGER: (casework.promise_lines(text=casework.STORY * 2) * 8,),
        Form.LEGISLATION_LEDGER: (casework.longest_lines(),),
        Form.EIGHT_HAVES: (),
        Form.STAR_MATERIALS: (stars.longest(),),
    }
    facts: dict[Form, dict[str, Any]] = {
        Form.ISSUE_LEDGER: lines,
        Form.PROMISE_LEDGER: {"said": casework.STORY},
        Form.LEGISLATION_LEDGER: {"said": casework.STORY},
    }
    return {
        form: partial(draw, form, *given, LONG_STATION, **facts.get(form, {}))
        for form, given in records.items()
    }


def emptiest() -> dict[Form, Callable[[], bytes]]:
    bare, visit = casework.emptiest_issue, samples.emptiest_visit()
    records: dict[Form, tuple[Any, ...]] = {
        Form.RECEPTION_FORM: (visit,),
        Form.RECEIPT: (visit,),
        Form.BLANK_FORMS: (["LF-KY-A-20261110-001"],),
        Form.DAY_NOTICE: (casework.emptiest_day(),),
        Form.ROTA: ([],),
        Form.DUTY_LIST: (samples.deputy_brief("王"), []),
        Form.DUTY_FILE: (duties.emptiest(),),
        Form.DUTY_POINTS: (duties.emptiest(),),
        Form.SIGN_IN_SHEET: (casework.emptiest_day(),),
        Form.DAY_LEDGER: (casework.emptiest_day(), [], samples.counters()),
        Form.ASSIGNMENT_SLIP: (bare(_S.ASSIGNED, _E.ASSIGNED), visit),
        Form.URGING_LETTER: (bare(_S.ASSIGNED, _E.ASSIGNED),),
        Form.REPLY_LETTER: (bare(_S.REPLIED, _E.REPLIED),),
        Form.DECLINE_NOTICE: (bare(_S.DECLINED, _E.DECLINED),),
        Form.REVISIT_SHEET: (bare(_S.REPLIED), visit),
        Form.RATING_SHEET: (bare(_S.REPLIED),),
        Form.MEETING_RECORD: (casework.emptiest_meeting(),),
        Form.SUGGESTION: (casework.suggestion(text="", deputies=()),),
        Form.ISSUE_LEDGER: ([],),
        Form.PROMISE_LEDGER: ([],),
        Form.LEGISLATION_LEDGER: ([],),
        Form.EIGHT_HAVES: (),
        Form.STAR_MATERIALS: (stars.emptiest(),),
    }
    facts: dict[Form, dict[str, Any]] = {
        Form.ISSUE_LEDGER: {"said": "", "categories": {}},
        Form.PROMISE_LEDGER: {"said": ""},
        Form.LEGISLATION_LEDGER: {"said": ""},
    }
    return {
        form: partial(draw, form, *given, BARE_STATION, **facts.get(form, {}))
        for form, given in records.items()
    }


EVERY: dict[str, Callable[[], bytes]] = {
    **{form.value: partial(example, form, STATION, printed_on=PRINTED_ON) for form in Form},
    **{f"{form.value}, longest": made for form, made in longest().items()},
    **{f"{form.value}, emptiest": made for form, made in emptiest().items()},
}


@pytest.fixture(params=EVERY, scope="module")
def printed(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    return request.param, EVERY[request.param]()


def test_no_form_was_forgotten() -> None:
    assert len(EVERY) == 3 * len(Form)


def test_nothing_is_cut_and_nothing_overlaps(printed: tuple[str, bytes]) -> None:
    name, pdf = printed
    found = read(pdf)
    for (width, height), boxes in zip(found.sizes, ink_boxes(pdf), strict=True):
        assert boxes
        assert all(
            left > 20 and right < width - 20 and bottom > 20 and top < height - 20
            for _, left, bottom, right, top in boxes
        )
        assert not overlapping(boxes)
    halves = name.startswith("receipt") and len(found.pages) == 1  # a half page has no number
    sheets = 1 if name.startswith("blank_forms") else len(found.pages)
    for place, page in enumerate(found.pages, start=1):
        at = 1 if name.startswith("blank_forms") else place
        assert halves or f"第 {at} 页 共 {sheets} 页" in page


def test_the_same_input_gives_the_same_bytes_in_any_language(printed: tuple[str, bytes]) -> None:
    name, pdf = printed
    i18n.use(i18n.Language.ENGLISH)
    assert EVERY[name]() == pdf


def test_fonts_title_and_language_are_inside(printed: tuple[str, bytes]) -> None:
    _, pdf = printed
    fonts = text_fonts(pdf)
    assert fonts
    assert all(embedded and re.match(r"[A-Z]{6}\+", name) for name, embedded in fonts)
    assert b"/Lang (zh-CN)" in pdf
    found = read(pdf)
    title = found.metadata["Title"].partition(" ")[0]
    assert title in found.text
    assert len(pdf) < 220_000


def test_every_page_carries_a_code_of_ours(printed: tuple[str, bytes]) -> None:
    name, pdf = printed
    for page in range(len(read(pdf).pages)):
        for text in set(codes(page_image(pdf, page))) or {""}:
            assert parse_record_code(text) or parse_blank_code(text), (name, page)


@pytest.mark.parametrize("form", Form)
def test_codes_read_from_a_bad_scan(form: Form) -> None:
    pdf = EVERY[form.value]()
    (text,) = codes(noisy(page_image(pdf), degrees=7))
    assert parse_record_code(text) or parse_blank_code(text)
