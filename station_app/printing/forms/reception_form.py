"""The reception form 接待选民登记表: one visit, what was raised, what was done, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from db.vocabulary import Channel, IssueStatus, Urgency
from station_app.domain.issues import IssueRecord
from station_app.domain.moments import local
from station_app.domain.record_codes import blank_code
from station_app.domain.residents import ResidentRecord
from station_app.domain.station import StationRecord
from station_app.domain.visits import VisitRecord
from station_app.printing.cells import Choice, Row
from station_app.printing.fonts import check_glyphs
from station_app.printing.forms import outcomes
from station_app.printing.forms.checks import station_texts, visit_texts
from station_app.printing.pen import A4, MM, Pen
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
from station_app.printing.sheet import SIGNING_ROOM, Sheet, Stamp, stamp_of
from station_app.printing.templates import Own


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
    form = _Form(visit, station, printed_on, own, stamp_of("visit", visit))
    form.lay_out()
    return form.sheet.finish(visit.number)


def blank_forms(
    numbers: Sequence[str],
    station: StationRecord,
    *,
    printed_on: date,
    own: Own | None = None,
) -> bytes:
    """Empty forms to be written on by hand, one for each of ``numbers``, as one PDF.

    Each carries its number and a code with which it is typed in later.
    """
    made = [_blank(number, station, printed_on, own) for number in numbers]
    title = f"{made[0].sheet.texts['title']} {numbers[0]}"
    pen = Pen(A4, title=title, author=station.title, made_on=printed_on)
    for form in made:
        form.lay_out()
        form.sheet.check()
        form.sheet.flow.draw(pen)
    return pen.finish()


class _Form:
    """One form being laid out. ``blank``: nothing is known but its number."""

    def __init__(
        self,
        visit: VisitRecord,
        station: StationRecord,
        printed_on: date,
        own: Own | None,
        stamp: Stamp,
        *,
        blank: bool = False,
    ) -> None:
        self._visit, self._blank = visit, blank
        self.sheet = Sheet("reception_form", station, printed_on=printed_on, own=own, stamp=stamp)
        self.sheet.after = f"{self.sheet.texts['number']}：{visit.number}"

    def lay_out(self) -> None:
        """Fill the sheet."""
        sheet, visit = self.sheet, self._visit
        texts = sheet.texts
        arrived = local(visit.arrived_at).date()
        when = f"{said_date(arrived)}　{said_weekday(arrived)}"
        reason = f"：{visit.void_reason}" if visit.void_reason else ""
        sheet.head(
            f"{texts['number']}：{visit.number}",
            texts["blank_date"] if self._blank else when,
            band=texts["voided"] + reason if visit.voided else "",
        )
        blocks = [self._visitor_rows()]
        if len(visit.issues) == 1:
            blocks[0] += self._issue_rows(visit.issues[0])
        else:
            blocks += [self._issue_block(*one) for one in enumerate(visit.issues, start=1)]
        sheet.grid(*blocks, keep=SIGNING_ROOM)
        names = ("visitor_signs", "deputy_signs", "recorder")
        sheet.signatures(*names, people=("", "", visit.recorder))

    def _visitor_rows(self) -> list[Row]:
        sheet, visit = self.sheet, self._visit
        resident, blank = visit.resident, self._blank
        party = "" if blank else said_party(visit)
        rows = [
            sheet.pair("visitor", resident.name, "phone", resident.phone),
            sheet.pair("address", said_address(resident), "party", party),
        ]
        if visit.companions:
            rows.append(sheet.wide("companions", said_names(map(_companion, visit.companions))))
        deputies = said_names(map(said_deputy, visit.deputies))
        channel = "" if blank else said_channel(visit)
        rows += sheet.facts(("deputies", deputies), ("channel", channel))
        return rows

    def _issue_block(self, place: int, issue: IssueRecord) -> list[Row]:
        """One of several issues under its own band."""
        band = f"{self.sheet.texts['issue']}{numeral(place)}　{issue.title}"
        return [self.sheet.band(band), *self._issue_rows(issue, share=0.4, titled=True)]

    def _issue_rows(
        self, issue: IssueRecord, *, share: float = 1.0, titled: bool = False
    ) -> list[Row]:
        sheet = self.sheet
        texts = sheet.texts
        rated = (*outcomes.rating_choices(issue), Choice(texts["rated_on"], boxed=False))
        rows = sheet.facts(("issue_number", issue.number), ("category", issue.category_name))
        rows += self._where_and_how_soon(issue)
        return [
            *rows,
            self._raised(issue, share * 42 * MM, titled),
            sheet.wide("answer", outcomes.answer(issue), share * 22 * MM, 0.8),
            sheet.ticks("handling", self._handling(issue)),
            sheet.wide("result", outcomes.result(issue), share * 22 * MM, 0.8),
            sheet.ticks("degree", outcomes.degree_choices(issue)),
            sheet.ticks("rating", rated),
        ]

    def _where_and_how_soon(self, issue: IssueRecord) -> list[Row]:
        sheet, texts = self.sheet, self.sheet.texts
        choices = outcomes.urgency_choices(issue)
        if self._blank:
            choices = tuple(replace(one, ticked=False) for one in choices)
        if not texts["urgency"]:
            return sheet.facts(("place", issue.place))
        if not texts["place"]:
            return [sheet.ticks("urgency", choices)]
        row = sheet.pair("place", issue.place, "urgency", "")
        boxes = sheet.boxes("urgency", choices, row.cells[-1].width)
        return [replace(row, cells=(*row.cells[:-1], boxes))]

    def _handling(self, issue: IssueRecord) -> tuple[Choice, ...]:
        choices = outcomes.handling_choices(issue)
        return tuple(replace(one, ticked=False) for one in choices) if self._blank else choices

    def _raised(self, issue: IssueRecord, least: float, titled: bool) -> Row:
        """What was raised; the title above it unless a band says it already (``titled``)."""
        text = issue.text.strip()
        lead = "" if titled and text else outcomes.lead(issue)
        return self.sheet.wide("raised", text, least, 2.0, lead=lead)


def _companion(one: ResidentRecord) -> str:
    return f"{one.name}（{one.phone}）" if one.phone else one.name


def _blank(number: str, station: StationRecord, printed_on: date, own: Own | None) -> _Form:
    """A form whose visit has not been yet."""
    nobody, moment = UUID(int=0), datetime.combine(printed_on, time(), UTC)
    person = ResidentRecord(nobody, 1, "", "", "", "", None, "", 0, None)
    issue = IssueRecord(
        id=nobody, edition=1, number="", visit_id=nobody, visit_number=number, resident_id=nobody,
        resident="", title="", text="", category="", category_name="", place="",
        urgency=Urgency.NORMAL, registered_at=moment, status=IssueStatus.REGISTERED, unit="",
        joined_to=None, joined_to_number="", joined_count=0, people=1, settled_at=None,
        degree=None, events=(),
    )  # fmt: skip
    visit = VisitRecord(
        id=nobody, edition=1, number=number, day_id=None, sequence=0, arrived_at=moment,
        channel=Channel.IN_PERSON, party_size=1, resident=person, companions=(), deputies=(),
        issues=(issue,), note="", recorder="", voided=False, void_reason="",
    )  # fmt: skip
    stamp = Stamp(blank_code(number), "补录扫码")
    return _Form(visit, station, printed_on, own, stamp, blank=True)
