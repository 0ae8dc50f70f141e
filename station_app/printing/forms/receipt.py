"""The receipt 群众来访回执: half a page for the visitor, half as the station's stub."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.vocabulary import IssueStatus
from station_app.domain.moments import local
from station_app.domain.phones import mask_phone
from station_app.domain.record_codes import lookup_code, record_code
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.printing.cells import Cell, Row
from station_app.printing.fonts import check_glyphs, tidy
from station_app.printing.forms import outcomes
from station_app.printing.forms.checks import station_texts, visit_texts
from station_app.printing.layout import Flow, page_foot
from station_app.printing.pen import A4, GREY, MM, Pen, Type
from station_app.printing.phrases import said_date, said_names, said_party, said_time
from station_app.printing.templates import Own, form_texts

_MARGIN = 17 * MM
_LABEL_WIDTH = 24 * MM
_RIGHT_WIDTH = 50 * MM
_HALF = A4[1] / 2
_TOP = 11 * MM
_LEAST_ROW = 9.4 * MM
_CODE_SIDE = 19 * MM
_CODE_SIDE_AFTER = 13 * MM
_HEAD_AFTER = 26 * MM
_TITLE = Type(17, 25, bold=True, spacing=0.16)
_STATION = Type(10, 15, grey=0.2)
_TEXT = Type(10.5, 16)
_LOOKUP = Type(14, 18, bold=True, spacing=0.08)
_ADVICE = Type(10, 16.5)
_VOID = Type(10.5, 16, bold=True)
_MARK = Type(8.5, 13, grey=GREY)


def receipt(
    visit: VisitRecord,
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The receipt of one visit as PDF; phones are masked, for paper gets lost.

    With much to say it takes whole pages and has no stub. ``own`` as for the
    reception form. Raises PrintFault for characters that no font can draw.
    """
    check_glyphs([*station_texts(station), *visit_texts(visit)])
    made = _Receipt(visit, station, printed_on, form_texts("receipt", station, own))
    return made.drawn()


class _Receipt:
    """One receipt being laid out."""

    def __init__(
        self,
        visit: VisitRecord,
        station: StationRecord,
        printed_on: date,
        texts: dict[str, str],
    ) -> None:
        self._visit, self._station, self._texts = visit, station, texts
        self._printed_on = printed_on

    def drawn(self) -> bytes:
        trial = self._flow()
        self._part(trial, stub=False)
        flow = self._flow()
        self._part(flow, stub=False)
        if trial.pages == 1 and A4[1] - trial.y <= _HALF - 4 * MM:
            flow.put(self._cut)
            flow.y = _HALF
            self._part(flow, stub=True)
        title = f"{self._texts['title']} {self._visit.number}"
        return flow.finish(
            Pen(A4, title=title, author=self._station.title, made_on=self._printed_on)
        )

    def _flow(self) -> Flow:
        bottom = 16 * MM
        return Flow(
            A4,
            margin=_MARGIN,
            bottom=bottom,
            page_room=A4[1] - bottom - _HEAD_AFTER,
            head=self._head_after,
            foot=self._foot,
        )

    def _part(self, flow: Flow, *, stub: bool) -> None:
        texts = self._texts
        self._head(flow, stub)
        flow.begin_grid()
        for row in self._rows(flow, stub):
            flow.row(row)
        flow.end_grid()
        flow.y -= 3 * MM
        if not stub:
            for line in self._advice():
                flow.keep(_ADVICE.leading * 2)
                flow.paragraph(line, _ADVICE)
        flow.keep(13 * MM)
        flow.y -= 4 * MM if not stub else 7 * MM
        top = flow.y
        half = flow.width / 2 - 3 * MM
        flow.paragraph(texts["recorder"] + tidy(self._visit.recorder), _TEXT, width=half)
        end = flow.y
        if stub:
            flow.y = top
            flow.write(texts["signs"], _TEXT, x=flow.left + flow.width / 2)
        flow.y = top
        flow.write(said_date(self._printed_on), _TEXT, align="right")
        flow.y = min(flow.y, end)

    def _head(self, flow: Flow, stub: bool) -> None:
        texts, visit = self._texts, self._visit
        flow.y -= _TOP
        top = flow.y
        flow.write(texts["stub_copy" if stub else "copy"], _MARK)
        flow.y = top - 2 * MM
        flow.heading(texts["stub_title" if stub else "title"], _TITLE, beside=_CODE_SIDE + 4 * MM)
        flow.heading(tidy(self._station.title), _STATION, beside=_CODE_SIDE + 4 * MM)
        self._stamp(flow, top, _CODE_SIDE)
        flow.y = min(flow.y - 1 * MM, top - 21 * MM)
        if visit.voided:
            flow.paragraph(texts["voided"], _VOID)
        flow.write(f"{texts['number']}：{visit.number}", _TEXT)
        flow.y -= 1.5 * MM

    def _head_after(self, flow: Flow) -> None:
        flow.y -= 14 * MM
        flow.write(f"{self._texts['title']}（续）　{self._visit.number}", _TEXT)
        self._stamp(flow, flow.size[1] - 7 * MM, _CODE_SIDE_AFTER)
        flow.y = flow.size[1] - _HEAD_AFTER

    def _stamp(self, flow: Flow, top: float, side: float) -> None:
        code = record_code("visit", self._visit.id, self._visit.edition)
        flow.stamp(code, self._visit.edition, top=top, side=side)

    def _rows(self, flow: Flow, stub: bool) -> list[Row]:
        visit, texts = self._visit, self._texts
        arrived = local(visit.arrived_at)
        when = f"{said_date(arrived.date())} {said_time(visit.arrived_at)}"
        deputies = said_names(one.name for one in visit.deputies)
        rows = [
            self._pair("visitor", visit.resident.name, "phone", mask_phone(visit.resident.phone)),
            self._pair("arrived", when, "party", said_party(visit)),
            self._wide(flow, "deputies", deputies),
            self._wide(flow, "issues", self._issues(stub)),
        ]
        if not stub:
            code = Cell(flow.width - _LABEL_WIDTH, lookup_code(visit.id), _LOOKUP, middle=True)
            rows.append(Row((self._label(texts["lookup"]), code)))
        return [replace(row, least=_LEAST_ROW) for row in rows]

    def _issues(self, stub: bool) -> str:
        lines = []
        for place, issue in enumerate(self._visit.issues, start=1):
            lines.append(f"{place}. {issue.title}（{issue.number}，{outcomes.state(issue)}）")
            told = "" if stub else outcomes.answer(issue)
            if told:
                lines.append(f"答复：{told}")
        return "\n".join(lines)

    def _advice(self) -> list[str]:
        """What happens next, said once for every way an issue of this visit took."""
        texts, station = self._texts, self._station
        lines = [texts["greeting"]]
        for name, statuses in _NEXT.items():
            if any(issue.status in statuses for issue in self._visit.issues):
                lines.append(texts[name])
        lines.append(texts["keep"])
        contact = [("contact", station.phone), ("address", station.address)]
        contact.append(("hours", station.opening_hours))
        said = [f"{texts[name]}：{tidy(value)}" for name, value in contact if value]
        return [*lines, "　".join(said)] if said else lines

    def _label(self, text: str) -> Cell:
        return Cell(_LABEL_WIDTH, text, _TEXT, label=True)

    def _pair(self, left: str, text: str, right: str, other: str) -> Row:
        width = A4[0] - 2 * _MARGIN - 2 * _LABEL_WIDTH - _RIGHT_WIDTH
        return Row(
            (
                self._label(self._texts[left]),
                Cell(width, tidy(text), _TEXT, middle=True),
                self._label(self._texts[right]),
                Cell(_RIGHT_WIDTH, tidy(other), _TEXT, middle=True),
            )
        )

    def _wide(self, flow: Flow, label: str, text: str) -> Row:
        value = Cell(flow.width - _LABEL_WIDTH, tidy(text), _TEXT)
        return Row((self._label(self._texts[label]), value))

    def _cut(self, pen: Pen) -> None:
        """The line to cut along, with its word in the middle."""
        word, middle = self._texts["cut"], A4[0] / 2
        half = _MARK.width(word) / 2 + 3 * MM
        pen.dashes(8 * MM, middle - half, _HALF)
        pen.dashes(middle + half, A4[0] - 8 * MM, _HALF)
        pen.text(middle, _HALF - 3, word, _MARK, align="center")

    def _foot(self, pen: Pen, number: int, count: int) -> None:
        """Pages are counted only where there are several: a half page needs no number."""
        if count > 1:
            page_foot("")(pen, number, count)


#: What happens next: name of the text → the states it speaks of.
_NEXT = {
    "next_answered": {IssueStatus.ANSWERED},
    "next_to_handle": {
        IssueStatus.REGISTERED,
        IssueStatus.ASSIGNED,
        IssueStatus.TAKEN_UP,
        IssueStatus.REPLIED,
        IssueStatus.RAISED,
    },
    "next_joined": {IssueStatus.JOINED},
    "next_declined": {IssueStatus.DECLINED},
}
