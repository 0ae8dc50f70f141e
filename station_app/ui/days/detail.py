"""One reception day beside the list: its figures, who is due and came, and its next step."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.vocabulary import DayKind, DayStatus, Role
from station_app.domain.days import AttendanceRecord, DayCounters, DayRecord, DutyRecord, NoticeDue
from station_app.domain.moments import local
from station_app.domain.words import day_status_word, levels_words, role_class_word
from station_app.i18n import tr
from station_app.printing.catalogue import Batch, Form, day_forms
from station_app.ui.days.words import (
    TONES,
    day_title,
    days_away,
    notice_words,
    place_and_theme,
)
from station_app.ui.printing.print_button import Entry, PrintButton, record_entries
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Avatar,
    Card,
    ElidedLabel,
    Flow,
    Icon,
    Line,
    MessageBar,
    Pill,
    ShortcutButton,
    StatCard,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from station_app.store import Tx

_S = DayStatus
#: Act → its icon, its keys, the states in which it is offered. The first offered is the next step.
_ACTS: dict[str, tuple[str, str, frozenset[DayStatus]]] = {
    "open": ("player-play", "F9", frozenset({_S.PLANNED})),
    "desk": ("armchair", "D", frozenset({_S.OPEN})),
    "close": ("flag-check", "F10", frozenset({_S.OPEN})),
    "lock": ("lock", "L", frozenset({_S.CLOSED})),
    "restore": ("restore", "T", frozenset({_S.CANCELLED})),
    "ledger": ("printer", "Ctrl+P", frozenset({_S.OPEN, _S.CLOSED, _S.LOCKED})),
    "reopen": ("lock-open", "R", frozenset({_S.CLOSED})),
    "meeting": ("users-group", "M", frozenset({_S.OPEN, _S.CLOSED})),
    "edit": ("edit", "E", frozenset({_S.PLANNED, _S.OPEN})),
    "cancel": ("calendar-off", "T", frozenset({_S.PLANNED})),
}
_PRIMARY = frozenset({"open", "desk", "lock", "restore"})
_FOR_ALL = frozenset({"ledger"})


class DayDetail(QWidget):
    """Shows one day. ``acted`` names the button; ``deputy_opened`` asks for a deputy's page."""

    acted = Signal(str)
    deputy_opened = Signal(object)

    def __init__(self, *, role: Role) -> None:
        super().__init__()
        self._writable = role is not Role.VIEWER
        self._title = label("", "title", wrap=True)
        self._state = Pill("", "neutral")
        self._words = label("", "quiet", wrap=True)
        self._unsaved = MessageBar("amber", icon="edit")
        self._unsaved.set("")
        self.notice = MessageBar("amber", icon="bell")
        self._note = label("", wrap=True, selectable=True)
        self.buttons: dict[str, ShortcutButton] = {}
        acts = self._build_acts()
        self._people_title = label("", "strong")
        self._people = lay(QVBoxLayout(), spacing=0)
        body = lay(QVBoxLayout(), margins=(20, 20, 20, 20), spacing=16)
        head = row()
        head.addWidget(self._title, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(column(head, self._words, spacing=4))
        for part in (self._unsaved, self.notice, acts):
            body.addWidget(part)
        body.addLayout(self._build_figures())
        body.addWidget(self._note)
        body.addLayout(column(self._people_title, self._people, spacing=6))
        body.addStretch(1)
        card = Card(margin=1)
        card.content.addWidget(scrolling(body, tr("day|Reception day"), gutter=20))
        lay(QHBoxLayout(self)).addWidget(card)

    def _build_acts(self) -> QWidget:
        acts = QWidget()
        flow = Flow(acts)
        for name, (icon, keys, _states) in _ACTS.items():
            made = ShortcutButton(
                _act_words()[name],
                keys if name != "ledger" else "",
                icon=icon,
                kind="primary" if name in _PRIMARY else "",
                act=self._telling(name),
            )
            self.buttons[name] = made
            flow.addWidget(made)
            made.hide()  # until it is known what can be done
        self.print = PrintButton(tr("Other forms"))
        flow.addWidget(self.print)
        self._acts = flow
        return acts

    def add_act(self, button: QWidget) -> None:
        """Put one more button behind the others."""
        self._acts.addWidget(button)

    def _telling(self, name: str) -> Callable[[], None]:
        return lambda: self.acted.emit(name)

    def _build_figures(self) -> QGridLayout:
        self._figures = {
            "visits": StatCard(tr("figure|Visits")),
            "people": StatCard(tr("figure|People")),
            "issues": StatCard(tr("figure|Issues")),
            "answered": StatCard(tr("figure|Answered")),
            "to_handle": StatCard(tr("figure|To handle")),
            "joined": StatCard(tr("figure|Joined")),
        }
        grid = lay(QGridLayout(), spacing=8)
        for at, card in enumerate(self._figures.values()):
            grid.addWidget(card, at // 3, at % 3)
            grid.setColumnStretch(at % 3, 1)
        return grid

    def show_day(
        self,
        day: DayRecord,
        counters: DayCounters,
        *,
        today: date,
        unsaved: bool,
        notice: NoticeDue | None,
    ) -> None:
        """Show ``day``; ``unsaved`` says that changes were typed and not saved yet."""
        self._title.setText(day_title(day.held_on))
        self._state.set(day_status_word(day.status), TONES[day.status])
        coming = day.status is _S.PLANNED
        self._words.setText(" · ".join(filter(None, _said(day, today if coming else None))))
        self._unsaved.set(
            tr("There are changes not saved yet.") if unsaved else "",
            tr("Press E to go on with them.") if unsaved else "",
        )
        presses = notice is not None and notice.presses
        self.notice.set_tone("amber" if presses else "blue", "bell")
        self.notice.set("" if notice is None else notice_words(notice))
        for name, card in self._figures.items():
            card.set(getattr(counters, name))
            card.setVisible(day.status not in (_S.PLANNED, _S.CANCELLED))
        self._note.setText("\n".join(filter(None, (day.campaign, day.note))))
        self._note.setVisible(bool(day.campaign or day.note))
        for name, (_icon, _keys, states) in _ACTS.items():
            may = self._writable or name in _FOR_ALL
            early = name == "open" and day.held_on > today  # nobody opens December by a slip
            other = name == "meeting" and day.kind is not DayKind.THREE_PARTY
            shown = may and day.status in states and not (early or other)
            self.buttons[name].setVisible(shown)
        forms = [one for one in day_forms(day.status) if one is not Form.DAY_LEDGER]
        entries = record_entries(forms, day.id)
        if day.status in _ACTS["ledger"][2]:
            everything = tr("Everything of this day")
            entries.append(Entry(everything, partial(_everything, day.id), apart=True))
        self.print.offer(entries)
        self._show_people(day)

    def _show_people(self, day: DayRecord) -> None:
        _clear(self._people)
        due = [one for one in day.deputies if one.due]
        came = [one for one in day.deputies if one.attendance_id is not None]
        if day.status in (_S.PLANNED, _S.CANCELLED):
            said = tr("{n} deputies due", n=len(due))
        else:
            said = tr("{came} present, {due} due", came=len(came), due=len(due))
        self._people_title.setText(said if day.deputies else tr("No deputy is due yet"))
        begun = day.status is not _S.PLANNED and day.status is not _S.CANCELLED
        for one in day.deputies:
            self._people.addWidget(_PersonLine(one, self._open_deputy, begun=begun))
        for guest in day.guests:
            self._people.addWidget(_GuestLine(guest))

    def _open_deputy(self, deputy_id: UUID) -> None:
        self.deputy_opened.emit(deputy_id)


def _everything(day_id: UUID, tx: Tx) -> Batch:
    from station_app.printing import making  # only when wanted

    return making.day_batch(tx, day_id)


def _said(day: DayRecord, today: date | None) -> tuple[str, ...]:
    return (place_and_theme(day), "" if today is None else days_away(day.held_on, today))


class _PersonLine(QWidget):
    """One deputy: who, which levels, when they came."""

    def __init__(self, one: DutyRecord, act: Callable[[UUID], object], *, begun: bool) -> None:
        super().__init__()
        name = ElidedLabel(one.name, "strong")
        levels = ElidedLabel(_said_levels(one), "secondary")
        words = column(name, levels, spacing=0)
        line = lay(row(Avatar(one.name)), margins=(0, 8, 0, 8), spacing=12)
        line.addLayout(words, 1)
        if one.checked_in_at is not None:
            line.addWidget(Pill(_came_at(one.checked_in_at), "green"))
        elif begun:
            line.addWidget(Icon("clock", "amber", 16))
            line.addWidget(Pill(tr("Not here yet"), "amber"))
        more = ShortcutButton(tr("Show"), kind="quiet", act=lambda: act(one.deputy_id))
        more.setAccessibleName(tr("Show {name}", name=one.name))
        line.addWidget(more)
        whole = lay(QVBoxLayout(self), spacing=0)
        whole.addLayout(line)
        whole.addWidget(Line())


class _GuestLine(QWidget):
    """Somebody who came in another capacity."""

    def __init__(self, guest: AttendanceRecord) -> None:
        super().__init__()
        said = " · ".join(filter(None, (role_class_word(guest.role_class), guest.title)))
        words = column(ElidedLabel(guest.name, "strong"), ElidedLabel(said, "secondary"), spacing=0)
        line = lay(row(Avatar(guest.name, soft=False)), margins=(0, 8, 0, 8), spacing=12)
        line.addLayout(words, 1)
        line.addWidget(Pill(_came_at(guest.checked_in_at), "green"))
        lay(QVBoxLayout(self), spacing=0).addLayout(line)


def _said_levels(one: DutyRecord) -> str:
    said = tr("{level} deputy", level=levels_words(one.levels)) if one.levels else tr("Deputy")
    return said if one.due else f"{said} · {tr('came without being due')}"


def _came_at(moment: datetime) -> str:
    at = local(moment)
    return tr("came {time}", time=f"{at.hour}:{at.minute:02}")


def _act_words() -> dict[str, str]:
    return {
        "open": tr("Begin receiving"),
        "desk": tr("Go to the desk"),
        "close": tr("End receiving"),
        "lock": tr("File and lock"),
        "restore": tr("Hold it after all"),
        "ledger": tr("Print the ledger"),
        "reopen": tr("day|Open again"),
        "meeting": tr("Write down the meeting"),
        "edit": tr("Edit"),
        "cancel": tr("Cancel this day"),
    }


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
