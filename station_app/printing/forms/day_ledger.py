"""The day's ledger 接待日台账: visits in order of arrival, totals with their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from station_app.domain.days import DayCounters, DayRecord
from station_app.domain.issues import IssueRecord
from station_app.domain.record_codes import record_code
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.domain.words import levels_words, paper
from station_app.printing.cells import Cell, Row, cell_act
from station_app.printing.fonts import check_glyphs, tidy
from station_app.printing.forms import outcomes
from station_app.printing.forms.checks import day_texts, station_texts, visit_texts
from station_app.printing.layout import STATION, TITLE, Flow, page_foot
from station_app.printing.pen import A4_LANDSCAPE, GREY, MM, Pen, Type
from station_app.printing.phrases import (
    said_address,
    said_date,
    said_names,
    said_time,
    said_weekday,
)
from station_app.printing.templates import Own, form_texts

_MARGIN = 14 * MM
_BOTTOM = 18 * MM
_HEAD_AFTER = 26 * MM
_CODE_SIDE = 18 * MM
_CODE_SIDE_AFTER = 13 * MM
_PADDING = 1.3 * MM
_TEXT = Type(9, 13.2)
_HEAD = Type(9.5, 14, bold=True)
_INFO = Type(10, 16)
_TOTAL = Type(10.5, 17)
_MEANS = Type(8.5, 13, grey=GREY)
_SIGN = Type(10.5, 16)
#: A longer text stays on its form; the ledger says so.
_LONGEST_TEXT = 200
_COLUMNS = {
    "order": 11, "time": 14, "visitor": 27, "people": 12, "phone": 28, "address": 44,
    "issue": 80, "handling": 29, "deputies": 24,
}  # fmt: skip
#: With less room than this a visit that has to be broken begins on the next page.
_WORTH_BREAKING = 40 * MM
_CENTRED = {"order", "time", "people"}
_BESIDE = ("order", "time", "visitor", "people", "phone", "address", "deputies")


def day_ledger(
    day: DayRecord,
    visits: Sequence[VisitRecord],
    counters: DayCounters,
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The ledger of one day as PDF, A4 across; not masked, for the file.

    ``visits`` in order of arrival, void ones too. ``own`` as for the reception
    form. Raises PrintFault for characters that no font can draw.
    """
    placed = [text for visit in visits for text in visit_texts(visit)]
    check_glyphs([*station_texts(station), *day_texts(day), *placed])
    made = _Ledger(day, counters, station, form_texts("day_ledger", station, own))
    return made.drawn(visits, printed_on)


@dataclass(frozen=True, slots=True)
class _Group:
    """One visit in the table: the cells beside its issues, and a pair of cells for each issue."""

    beside: dict[str, Cell]
    issues: tuple[tuple[Cell, Cell], ...]

    @property
    def height(self) -> float:
        """The height of everything in points."""
        return max(sum(self.heights), self.beside_height)

    @property
    def beside_height(self) -> float:
        """The height of the tallest cell beside the issues."""
        return max(cell.height for cell in self.beside.values())

    @property
    def heights(self) -> list[float]:
        """The least height of each issue's pair."""
        return [max(one.height for one in pair) for pair in self.issues]


class _Ledger:
    """One ledger being laid out."""

    def __init__(
        self,
        day: DayRecord,
        counters: DayCounters,
        station: StationRecord,
        texts: dict[str, str],
    ) -> None:
        self._day, self._counters, self._station = day, counters, station
        self._texts = texts

    def drawn(self, visits: Sequence[VisitRecord], printed_on: date) -> bytes:
        texts, day = self._texts, self._day
        flow = Flow(
            A4_LANDSCAPE,
            margin=_MARGIN,
            bottom=_BOTTOM,
            page_room=A4_LANDSCAPE[1] - _BOTTOM - _HEAD_AFTER - self._head_row().height,
            head=self._head_after,
            foot=page_foot(f"{texts['footer']}　打印日期：{said_date(printed_on)}", margin=_MARGIN),
        )
        self._head(flow)
        flow.repeat = (self._head_row(),)
        flow.begin_grid()
        for visit in visits:
            self._draw_group(flow, self._group(visit))
        if not visits:
            flow.row(Row((Cell(flow.width, texts["empty"], _TEXT, align="center"),)))
        flow.repeat = ()
        self._totals(flow)
        self._signatures(flow)
        title = f"{texts['title']} {day.held_on.isoformat()}"
        return flow.finish(
            Pen(A4_LANDSCAPE, title=title, author=self._station.title, made_on=printed_on)
        )

    def _head(self, flow: Flow) -> None:
        texts, day = self._texts, self._day
        flow.y -= 10 * MM
        top = flow.y
        flow.heading(texts["title"], TITLE, beside=_CODE_SIDE + 4 * MM)
        flow.heading(tidy(self._station.title), STATION, beside=_CODE_SIDE + 4 * MM)
        self._stamp(flow, top, _CODE_SIDE)
        flow.y = min(flow.y - 4 * MM, top - _CODE_SIDE - 7 * MM)
        hours = f"{day.starts:%H:%M}–{day.ends:%H:%M}"
        facts = [("held_on", f"{said_date(day.held_on)} {said_weekday(day.held_on)} {hours}")]
        facts += [("place", day.place), ("theme", day.theme)]
        flow.paragraph(self._facts(facts), _INFO)
        came = said_names(
            f"{one.name}（{levels_words(one.levels, paper)}）" if one.levels else one.name
            for one in day.deputies
            if one.attendance_id is not None
        )
        guests = said_names(
            f"{one.name}（{one.title}）" if one.title else one.name for one in day.guests
        )
        flow.paragraph(self._facts([("came", came), ("guests", guests)]), _INFO)
        flow.y -= 2 * MM

    def _facts(self, facts: list[tuple[str, str]]) -> str:
        said = (f"{self._texts[name]}：{tidy(text)}" for name, text in facts if text)
        return "　　".join(said)

    def _head_after(self, flow: Flow) -> None:
        flow.y -= 16 * MM
        flow.write(f"{self._texts['title']}（续）　{said_date(self._day.held_on)}", _INFO)
        self._stamp(flow, flow.size[1] - 7 * MM, _CODE_SIDE_AFTER)
        flow.y = flow.size[1] - _HEAD_AFTER

    def _stamp(self, flow: Flow, top: float, side: float) -> None:
        code = record_code("day", self._day.id, self._day.edition)
        flow.stamp(code, self._day.edition, top=top, side=side)

    def _head_row(self) -> Row:
        return Row(
            tuple(
                Cell(width * MM, self._texts[name], _HEAD, label=True, padding=_PADDING)
                for name, width in _COLUMNS.items()
            ),
            least=8 * MM,
        )

    def _group(self, visit: VisitRecord) -> _Group:
        style = replace(_TEXT, grey=0.5) if visit.voided else _TEXT
        said = {
            "order": str(visit.sequence),
            "time": said_time(visit.arrived_at),
            "visitor": visit.resident.name,
            "people": str(visit.party_size),
            "phone": visit.resident.phone,
            "address": said_address(visit.resident),
            "deputies": "\n".join(one.name for one in visit.deputies),
        }
        beside = {name: _cell(name, text, style) for name, text in said.items()}
        pairs = tuple(self._issue_cells(visit, issue, style) for issue in visit.issues)
        return _Group(beside, pairs)

    def _issue_cells(
        self, visit: VisitRecord, issue: IssueRecord, style: Type
    ) -> tuple[Cell, Cell]:
        text = issue.text.strip()
        if len(text) > _LONGEST_TEXT:
            text = issue.title + self._texts["full_text"]
        state = outcomes.state(issue)
        if visit.voided:
            state = f"作废：{visit.void_reason}" if visit.void_reason else "作废"
        said = f"{text or issue.title}\n{issue.number}"
        return _cell("issue", said, style), _cell("handling", state, style)

    def _draw_group(self, flow: Flow, group: _Group) -> None:
        """One visit; broken only between its issues, or where no page can hold it."""
        while group.height > flow.room:
            whole = group.beside_height <= flow.room and group.heights[0] <= flow.room
            if whole or (group.height > flow.page_room and flow.room > _WORTH_BREAKING):
                first, group = _parted(group, flow.room)
                _draw(flow, first, first.height)
            flow.turn()
        _draw(flow, group, group.height)

    def _totals(self, flow: Flow) -> None:
        counted, texts = self._counters, self._texts
        said = (
            f"接待 {counted.visits} 批次、{counted.people} 人次；意见建议 {counted.issues} 条；"
            f"当场答复 {counted.answered} 条，待办理 {counted.to_handle} 条，"
            f"并入同类问题 {counted.joined} 条。"
        )
        width = (_COLUMNS["order"] + _COLUMNS["time"]) * MM
        label = Cell(width, texts["totals"], _HEAD, label=True)
        flow.row(Row((label, Cell(flow.width - label.width, said, _TOTAL, middle=True)), 10 * MM))
        flow.end_grid()
        flow.keep(4 * _MEANS.leading)
        flow.y -= 1.5 * MM
        means = ("visits_means", "people_means", "issues_means", "handled_means")
        flow.paragraph("口径——" + "；".join(texts[name] for name in means) + "。", _MEANS)

    def _signatures(self, flow: Flow) -> None:
        flow.keep(16 * MM)
        flow.y -= 6 * MM
        top = flow.y
        for place, name in enumerate(("head_signs", "recorder_signs", "dated")):
            flow.y = top
            flow.write(self._texts[name], _SIGN, x=flow.left + place * flow.width / 3)


def _cell(name: str, text: str, style: Type) -> Cell:
    align = "center" if name in _CENTRED else "left"
    return Cell(_COLUMNS[name] * MM, tidy(text), style, align=align, middle=True, padding=_PADDING)


def _parted(group: _Group, room: float) -> tuple[_Group, _Group]:
    """What of ``group`` fits ``room``, and the rest: whole issues, the cells beside by lines."""
    here, used = 0, 0.0
    for height in group.heights:
        if used + height > room:
            break
        here, used = here + 1, used + height
    count = int((room - 1.5 * _PADDING) / _TEXT.leading)
    before, behind = {}, {}
    for name, cell in group.beside.items():
        before[name] = replace(cell, text="".join(cell.lines[:count]))
        behind[name] = replace(cell, text="".join(cell.lines[count:]))
    order = group.beside["order"]
    behind["order"] = replace(order, text=order.text.removesuffix("\n续") + "\n续")
    left = group.issues[here:] or ((_cell("issue", "", _TEXT), _cell("handling", "", _TEXT)),)
    return _Group(before, group.issues[:here]), _Group(behind, left)


def _draw(flow: Flow, group: _Group, height: float) -> None:
    """``group`` at the current height, its issues sharing what room is to spare."""
    flow.y -= height
    x, left = flow.left, {}
    for name, width in _COLUMNS.items():
        left[name] = x
        x += width * MM
    for name in _BESIDE:
        flow.put(cell_act(group.beside[name], left[name], flow.y, height))
    pairs = group.issues or ((_cell("issue", "", _TEXT), _cell("handling", "", _TEXT)),)
    heights = group.heights or [0.0]
    spare, y = (height - sum(heights)) / len(pairs), flow.y + height
    for pair, least in zip(pairs, heights, strict=True):
        y -= least + spare
        for name, cell in zip(("issue", "handling"), pair, strict=True):
            flow.put(cell_act(cell, left[name], y, least + spare))
