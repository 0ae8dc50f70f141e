"""The duty file of a deputy 代表履职档案: one year out of the records, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from db.vocabulary import ActivityKind, Degree, IssueStatus
from station_app.domain.activities import activity_word, yuan
from station_app.domain.case_words import stage_word
from station_app.domain.duty_files import DutyFile, PromiseDone, ReceptionDone
from station_app.domain.issue_words import degree_word, status_word
from station_app.domain.station import StationRecord
from station_app.domain.words import channel_word, levels_words, paper
from station_app.printing.cells import Row
from station_app.printing.pen import MM, Type
from station_app.printing.phrases import numeral, said_date, said_time
from station_app.printing.sheet import Sheet, filled, list_stamp
from station_app.printing.tables import Look, Table, meaning
from station_app.printing.templates import Own

_BAND = Type(12, 20, bold=True)
_LOOK = Look(Type(10, 15), Type(10, 15, bold=True), 1.4 * MM, 8 * MM)
#: Ruled rows to be filled in by hand.
_BLANK = 4
_BLANK_HEIGHT = 10 * MM
_CENTRED = (
    "date", "attended", "channel", "visits", "people", "issues", "part", "due", "kept_state",
    "kind", "helped",
)  # fmt: skip
_DATE = {"date": 24.0}

Rows = Sequence[Mapping[str, str]]


class _Section(NamedTuple):
    """A part of the file: the name of its head, its columns, its rows; ``by_hand``: none known."""

    head: str
    columns: Mapping[str, float]
    rows: Rows
    by_hand: bool = False


def duty_file(
    file: DutyFile, station: StationRecord, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The file as PDF; it is about the deputy, so no resident is named.

    Raises PrintFault for characters that no font can draw.
    """
    sheet = Sheet(
        "duty_file", station, printed_on=printed_on, own=own,
        stamp=list_stamp(station, printed_on), after=f"{file.deputy.name}　{file.year}年度",
    )  # fmt: skip
    texts = sheet.texts
    sheet.head(said_period(sheet, file), filled(texts["year"], year=file.year))
    sheet.grid([*_particulars(sheet, file), sheet.wide("totals", _totals(file))])
    shown = [one for one in _sections(sheet, file) if texts[one.head]]
    for place, section in enumerate(shown, start=1):
        _draw(sheet, section, place)
    if texts["summary"]:
        sheet.flow.y -= 4 * MM
        sheet.grid([sheet.wide("summary", "", 30 * MM)])
    meaning(sheet)
    sheet.signatures("deputy_signs", "head_signs", "dated")
    return sheet.finish(f"{file.deputy.name} {file.year}")


def said_period(sheet: Sheet, file: DutyFile) -> str:
    """From the first day of the year to its last, or to the day of the print."""
    last = min(date(file.year, 12, 31), max(sheet.printed_on, date(file.year, 1, 1)))
    ends = {"first": said_date(date(file.year, 1, 1)), "last": said_date(last)}
    return filled(sheet.texts["period"], **ends)


def _particulars(sheet: Sheet, file: DutyFile) -> list[Row]:
    one = file.deputy
    return sheet.facts(
        ("name", one.name),
        ("levels", levels_words(one.levels, paper)),
        ("position", one.position),
        ("office", ""),
        ("electoral_unit", one.electoral_unit),
        ("deputy_group", one.deputy_group),
    )


def _totals(file: DutyFile) -> str:
    settled = sum(one.status is IssueStatus.SETTLED for one in file.issues)
    kept = sum(one.kept is True for one in file.promises)
    visits, people = (sum(getattr(one, of) for one in file.visits) for of in ("visits", "people"))
    said = [
        f"应到站 {file.due} 次，到站 {len(file.came)} 次",
        f"接待 {visits} 批、{people} 人次",
        f"参与办理意见建议 {len(file.issues)} 条，已办结 {settled} 条",
        f"作出承诺 {len(file.promises)} 项，已兑现 {kept} 项",
        f"提出代表建议 {len(file.suggestions)} 件",
        f"参加活动 {len(file.activities)} 次{_by_kind(file)}",
    ]
    if file.help:
        said.append(f"帮扶 {sum(one.people for one in file.help)} 人次")
    return "；".join(said) + "。"


def _by_kind(file: DutyFile) -> str:
    counts = Counter(one.kind for one in file.activities)
    said = (f"{activity_word(kind, paper)} {counts[kind]}" for kind in ActivityKind if counts[kind])
    return f"（{'、'.join(said)}）" if counts else ""


def _draw(sheet: Sheet, section: _Section, place: int) -> None:
    flow = sheet.flow
    # A head does not stand alone at the foot of a page.
    flow.keep(4 * MM + _BAND.leading + 3 * _LOOK.least)
    flow.y -= 4 * MM
    sheet.prose(f"{numeral(place)}、{sheet.texts[section.head]}", _BAND, indent=0)
    flow.y -= 1 * MM
    table = Table(sheet, section.columns, centred=_CENTRED, look=_LOOK)
    for row in section.rows:
        table.row(row)
    if section.by_hand:
        for _ in range(_BLANK):
            table.row({}, least=_BLANK_HEIGHT)
    elif not section.rows:
        table.across(sheet.texts["empty"])
    table.end()


def _sections(sheet: Sheet, file: DutyFile) -> Iterable[_Section]:
    texts = sheet.texts
    place = {"place": 40.0, "theme": 0.0}
    yield _Section("receptions_head", _DATE | place | {"attended": 40.0}, [
        {"date": _on(one.held_on), "place": one.place, "theme": one.theme,
         "attended": _attended(one, texts)}
        for one in file.receptions
    ])  # fmt: skip
    visits = {"channel": 0.0, "visits": 30.0, "people": 30.0, "issues": 42.0}
    yield _Section("visits_head", _DATE | visits, [
        {"date": _on(one.on), "channel": channel_word(one.channel, paper),
         "visits": str(one.visits), "people": str(one.people), "issues": str(one.issues)}
        for one in file.visits
    ])  # fmt: skip
    yield _Section("issues_head", _DATE | {"about": 0.0, "part": 22.0, "state": 50.0}, [
        {"date": _on(one.registered_on), "about": f"{one.title}\n{one.number}",
         "part": texts["received" if one.received else "handled"],
         "state": _state(one.status, one.degree)}
        for one in file.issues
    ])  # fmt: skip
    promises = {"promise": 0.0, "due": 24.0, "kept_state": 28.0}
    yield _Section("promises_head", _DATE | promises, [
        {"date": _on(one.made_on), "promise": f"{one.text}\n{one.number}",
         "due": _on(one.due_on), "kept_state": texts[_kept(one, sheet.printed_on)]}
        for one in file.promises
    ])  # fmt: skip
    yield _Section("suggestions_head", _DATE | {"suggestion": 0.0, "part": 22.0, "state": 50.0}, [
        {"date": _on(one.drafted_on),
         "suggestion": "\n".join(filter(None, (one.title, one.official_number))),
         "part": texts["leads" if one.leads else "joins"],
         "state": stage_word(one.stage, paper)}
        for one in file.suggestions
    ])  # fmt: skip
    yield _Section("activities_head", {"kind": 26.0} | _DATE | {"activity": 0.0, "place": 44.0}, [
        {"kind": activity_word(kind, paper), "date": _on(one.held_on), "activity": one.title,
         "place": one.place}
        for kind in ActivityKind for one in file.took_part(kind)
    ])  # fmt: skip
    yield _Section("help_head", _DATE | {"help": 0.0, "helped": 24.0, "amount": 32.0}, [
        {"date": _on(one.held_on), "help": one.what, "helped": str(one.people),
         "amount": yuan(one.amount) if one.amount else ""}
        for one in file.help
    ])  # fmt: skip
    yield _Section("congress_head", _DATE | {"congress": 0.0, "spoke": 80.0}, (), by_hand=True)
    yield _Section("awards_head", _DATE | {"award": 0.0, "awarded_by": 60.0}, (), by_hand=True)


def _on(day: date) -> str:
    return f"{day:%Y-%m-%d}"


def _attended(one: ReceptionDone, texts: Mapping[str, str]) -> str:
    if one.came_at is None:
        return texts["absent" if one.over else "awaited"]
    return f"{texts['came' if one.due else 'besides']} {said_time(one.came_at)}"


def _state(status: IssueStatus, degree: Degree | None) -> str:
    word = status_word(status, paper)
    if status is IssueStatus.SETTLED and degree is not None:
        return f"{word}：{degree_word(degree, paper)}"
    return word


def _kept(one: PromiseDone, today: date) -> str:
    if one.kept is not None:
        return "kept" if one.kept else "broken"
    return "overdue" if one.due_on < today else "waiting"
