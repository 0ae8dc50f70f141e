"""The printed report: every figure with its definition, the same bytes each time, one code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from station_app.domain.figure_words import figure_means, figure_word
from station_app.domain.figures import CAMPAIGN, TOLD, Figure, Value
from station_app.domain.periods import PeriodKind
from station_app.domain.record_codes import parse_record_code
from station_app.domain.reports import Report, Snapshot
from station_app.domain.words import paper
from station_app.errors import PrintFault
from station_app.printing.forms.report import report_form
from tests.printing import reports, samples
from tests.printing.reading import codes, page_image, read


def printed(report: Report, snapshot: Snapshot | None = None) -> bytes:
    return report_form(report, samples.station(), printed_on=samples.PRINTED_ON, snapshot=snapshot)


def test_every_figure_stands_there_with_its_definition() -> None:
    text = read(printed(reports.report())).text
    for figure in TOLD:
        assert figure_word(figure, paper) in text
        assert figure_means(figure, paper).replace(" ", "") in text
    assert "2026年第4季度" in text
    assert "与上季度相比" in text
    assert "负责人（签名）" in text
    assert "玛依努尔·吐尔逊江" in text
    assert "其余4项共" in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert printed(reports.report()) == printed(reports.report())
    assert printed(reports.report()) != printed(reports.report(PeriodKind.YEAR))


def test_a_campaign_has_its_six_counters_and_is_compared_with_nothing() -> None:
    text = read(printed(reports.campaign())).text
    assert all(figure_word(one, paper) in text for one in CAMPAIGN)
    assert "进家站、听民意、办实事" in text
    assert "相比" not in text


def test_nobody_signs_an_empty_page() -> None:
    """Wherever the last section falls on the page, the signatures stand with it."""
    whole = reports.report()
    category = whole.breakdowns[0]
    for n in range(1, 14):
        parts = tuple(replace(category.parts[0], name=f"类别{at}") for at in range(n))
        shown = replace(whole, breakdowns=(replace(category, parts=parts),), absent=())
        *_before, last = read(printed(shown)).pages
        assert "负责人（签名）" in last
        assert "在册代表本年度均已进站" in last, n


def test_without_deputies_nobody_is_said_to_have_come() -> None:
    whole = reports.report()
    none = tuple(
        replace(one, now=Value(0, 0)) if one.figure is Figure.ATTENDANCE_RATE else one
        for one in whole.figures
    )
    text = read(printed(replace(whole, figures=none, absent=()))).text
    assert "还没有在册代表" in text
    assert "均已进站" not in text


def test_a_frozen_report_is_found_by_its_code() -> None:
    report = reports.report()
    at = datetime(2026, 11, 10, 1, tzinfo=UTC)
    kept = Snapshot(samples.uid(9), "三季度上报数", at, "王秀英", report)
    pdf = printed(report, kept)
    found = parse_record_code(codes(page_image(pdf))[0])
    assert found is not None
    assert (found.kind, found.id) == ("report_snapshot", samples.uid(9))
    assert "三季度上报数" in read(pdf).text


def test_a_character_that_cannot_be_printed_is_named() -> None:
    report = reports.report()
    odd = replace(report.breakdowns[0].parts[0], name="\U000e0fff\U0001f9ea社区")
    first = replace(report.breakdowns[0], parts=(odd,))
    with pytest.raises(PrintFault, match="U\\+1F9EA"):
        printed(replace(report, breakdowns=(first,)))
