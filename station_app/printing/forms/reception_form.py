"""The reception form 接待选民登记表: one visit, what was raised, what was done, who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from station_app.domain.issues import IssueRecord
from station_app.domain.moments import local
from station_app.domain.record_codes import record_code
from station_app.domain.residents import ResidentRecord
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.printing.cells import BODY, Cell, Choice, Row
from station_app.printing.fonts import check_glyphs, tidy
from station_app.printing.forms import outcomes
from station_app.printing.forms.checks import station_texts, visit_texts
from station_app.printing.layout import LABEL, STATION, TITLE, Flow, page_foot
from station_app.printing.pen import A4, MM, Pen, Type
from station_app.printing.phrases import (
    numeral,
    said_address,
    said_channel,
    said_date,
    said_deputy,
    said_names,
    said_party,
    said_weekday,
)
from station_app.printing.templates import Own, form_texts

_MARGIN = 17 * MM
_BOTTOM = 20 * MM
_HEAD_AFTER = 30 * MM
_LABEL_WIDTH = 27 * MM
_RIGHT_WIDTH = 52 * MM
_NUMBER = Type(10.5, 17)
_TICKS = Type(10.5, 17.6)
_BAND = Type(11, 17.6, bold=True)
_SIGN = Type(10.5, 16)
_SIGNING_ROOM = 19 * MM
_CODE_SIDE = 18 * MM
_CODE_SIDE_AFTER = 15 * MM


def reception_form(
    visit: VisitRecord,
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """The form of one visit as PDF. Personal data are not masked: it is for the file.

    ``own`` are the place's own texts. Raises PrintFault for characters that no font can draw.
    """
    check_glyphs([*station_texts(station), *visit_texts(visit)])
    form = _Form(visit, station, printed_on, form_texts("reception_form", station, own))
    return form.drawn()


class _Form:
    """One form being laid out."""

    def __init__(
        self,
        visit: VisitRecord,
        station: StationRecord,
        printed_on: date,
        texts: dict[str, str],
    ) -> None:
        self._visit, self._station, self._texts = visit, station, texts
        self._printed_on = printed_on
        note = f"{texts['footer']}　打印日期：{said_date(printed_on)}"
        self._flow = Flow(
            A4,
            margin=_MARGIN,
            bottom=_BOTTOM,
            page_room=A4[1] - _BOTTOM - _HEAD_AFTER,
            head=self._head_after,
            foot=page_foot(note),
        )

    def drawn(self) -> bytes:
        flow, visit = self._flow, self._visit
        self._head()
        flow.begin_grid()
        blocks = [self._visitor_rows()]
        if len(visit.issues) == 1:
            blocks[0] += self._issue_rows(visit.issues[0])
        else:
            blocks += [self._issue_block(*one) for one in enumerate(visit.issues, start=1)]
        flow.blocks(blocks, keep=_SIGNING_ROOM)
        flow.end_grid()
        self._signatures()
        title = f"{self._texts['title']} {visit.number}"
        return flow.finish(
            Pen(A4, title=title, author=self._station.title, made_on=self._printed_on)
        )

    def _head(self) -> None:
        flow, visit, texts = self._flow, self._visit, self._texts
        flow.y -= 14 * MM
        flow.heading(texts["title"], TITLE, beside=_CODE_SIDE + 4 * MM)
        flow.heading(tidy(self._station.title), STATION, beside=_CODE_SIDE + 4 * MM)
        self._stamp(flow.size[1] - 10.5 * MM, _CODE_SIDE)
        flow.y -= 5 * MM
        if visit.voided:
            reason = f"：{visit.void_reason}" if visit.void_reason else ""
            flow.paragraph(tidy(texts["voided"] + reason), _BAND)
        arrived = local(visit.arrived_at).date()
        top = flow.y
        flow.write(f"{texts['number']}：{visit.number}", _NUMBER)
        flow.y = top
        flow.write(f"{said_date(arrived)}　{said_weekday(arrived)}", _NUMBER, align="right")
        flow.y -= 1 * MM

    def _head_after(self, flow: Flow) -> None:
        flow.y -= 16 * MM
        flow.write(f"{self._texts['title']}（续）", _BAND)
        flow.write(f"{self._texts['number']}：{self._visit.number}", _NUMBER)
        self._stamp(flow.size[1] - 8 * MM, _CODE_SIDE_AFTER)
        flow.y = flow.size[1] - _HEAD_AFTER

    def _stamp(self, top: float, side: float) -> None:
        code = record_code("visit", self._visit.id, self._visit.edition)
        self._flow.stamp(code, self._visit.edition, top=top, side=side)

    def _visitor_rows(self) -> list[Row]:
        visit, texts = self._visit, self._texts
        resident = visit.resident
        rows = [
            self._pair("visitor", resident.name, "phone", resident.phone),
            self._pair("address", said_address(resident), "party", said_party(visit)),
        ]
        if visit.companions:
            rows.append(
                self._wide(texts["companions"], said_names(map(_companion, visit.companions)))
            )
        deputies = said_names(map(said_deputy, visit.deputies))
        rows.append(self._pair("deputies", deputies, "channel", said_channel(visit)))
        return rows

    def _issue_block(self, place: int, issue: IssueRecord) -> list[Row]:
        """One of several issues under its own band."""
        band = f"{self._texts['issue']}{numeral(place)}　{issue.title}"
        head = Row((Cell(self._flow.width, tidy(band), _BAND, label=True),))
        return [head, *self._issue_rows(issue, share=0.4, titled=True)]

    def _issue_rows(
        self, issue: IssueRecord, *, share: float = 1.0, titled: bool = False
    ) -> list[Row]:
        texts = self._texts
        right = self._flow.width - 2 * _LABEL_WIDTH - _RIGHT_WIDTH
        return [
            self._pair("issue_number", issue.number, "category", issue.category_name),
            Row(
                (
                    self._label(texts["place"]),
                    Cell(right, tidy(issue.place), middle=True),
                    self._label(texts["urgency"]),
                    Cell(_RIGHT_WIDTH, style=_TICKS, choices=outcomes.urgency_choices(issue)),
                )
            ),
            self._raised(issue, share * 42 * MM, titled),
            self._wide(texts["answer"], outcomes.answer(issue), share * 22 * MM, 0.8),
            self._ticks(texts["handling"], outcomes.handling_choices(issue)),
            self._wide(texts["result"], outcomes.result(issue), share * 22 * MM, 0.8),
            self._ticks(texts["degree"], outcomes.degree_choices(issue)),
            self._ticks(texts["rating"], self._rating(issue)),
        ]

    def _raised(self, issue: IssueRecord, least: float, titled: bool) -> Row:
        """What was raised; the title above it unless a band says it already (``titled``)."""
        text = issue.text.strip()
        lead = "" if text.startswith(issue.title) or (titled and text) else issue.title
        width = self._flow.width - _LABEL_WIDTH
        value = Cell(width, tidy(text), BODY, lead=tidy(lead + "\n" if text and lead else lead))
        return Row((self._label(self._texts["raised"]), value), least, 2.0)

    def _rating(self, issue: IssueRecord) -> tuple[Choice, ...]:
        return (*outcomes.rating_choices(issue), Choice(self._texts["rated_on"], boxed=False))

    def _label(self, text: str) -> Cell:
        return Cell(_LABEL_WIDTH, text, LABEL, label=True)

    def _pair(self, left: str, text: str, right: str, other: str) -> Row:
        """Two labels with their values."""
        width = self._flow.width - 2 * _LABEL_WIDTH - _RIGHT_WIDTH
        return Row(
            (
                self._label(self._texts[left]),
                Cell(width, tidy(text), middle=True),
                self._label(self._texts[right]),
                Cell(_RIGHT_WIDTH, tidy(other), middle=True),
            )
        )

    def _wide(self, label: str, text: str, least: float = 0.0, stretch: float = 0.0) -> Row:
        value = Cell(self._flow.width - _LABEL_WIDTH, tidy(text), BODY)
        return Row((self._label(label), value), least, stretch)

    def _ticks(self, label: str, choices: tuple[Choice, ...]) -> Row:
        tidied = tuple(replace(one, word=tidy(one.word)) for one in choices)
        value = Cell(self._flow.width - _LABEL_WIDTH, style=_TICKS, choices=tidied)
        return Row((self._label(label), value))

    def _signatures(self) -> None:
        flow, texts = self._flow, self._texts
        flow.keep(_SIGNING_ROOM)
        flow.y -= 8 * MM
        third = flow.width / 3
        top = flow.y
        signed = [texts["visitor_signs"], texts["deputy_signs"]]
        for place, text in enumerate([*signed, texts["recorder"] + tidy(self._visit.recorder)]):
            flow.y = top
            flow.paragraph(text, _SIGN, indent=place * third, width=third - 3 * MM)


def _companion(one: ResidentRecord) -> str:
    return f"{one.name}（{one.phone}）" if one.phone else one.name
