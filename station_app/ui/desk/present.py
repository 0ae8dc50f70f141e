"""Who is at the station: deputies checked in, those still expected, guests in other capacities."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.days import AttendanceRecord, DutyRecord
from station_app.domain.words import levels_words, role_class_word
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.desk.deputy_search import DeputySearch
from station_app.ui.desk.guest_form import GuestForm
from station_app.ui.desk.reading import Desk
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Avatar,
    Card,
    ElidedLabel,
    Icon,
    IconButton,
    Line,
    ShortcutButton,
    bring_into_view,
    column,
    label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs


class Present(Card):
    """The panel at the right. Its signals carry what the operator wants done."""

    check_in_wanted = Signal(object, str)  # deputy's id, name
    undo_wanted = Signal(object)  # DutyRecord or AttendanceRecord
    guest_wanted = Signal(object, str, str)  # role class, name, title

    def __init__(self, jobs: Jobs, *, may_write: bool) -> None:
        super().__init__(margin=0, spacing=0)
        self._jobs, self._may_write = jobs, may_write
        self._photos: dict[UUID, bytes] = {}
        self._avatars: dict[UUID, Avatar] = {}
        self._names: dict[UUID, str] = {}
        self._here = label("", "quiet")
        self.search = DeputySearch(jobs, tr("Check in: name or pinyin"))
        self.search.chosen.connect(lambda ident: self.check_in_wanted.emit(ident, ""))
        self.guest = GuestForm()
        self.guest.given.connect(self.guest_wanted)
        self._add_guest = IconButton(
            "user-plus", tr("Add a guest"), keys="Ctrl+G", act=self._flip_guest, size=18
        )
        self._lay_out()

    def show_desk(self, desk: Desk) -> None:
        """Show who is here and who is not."""
        day = desk.day
        duties = () if day is None else day.deputies
        here = [one for one in duties if one.attendance_id is not None]
        late = [one for one in duties if one.attendance_id is None]
        writing = self._may_write and desk.receiving
        self._here.setText(tr("{n} here", n=len(here)))
        self.search.expect(
            [(one.deputy_id, one.name) for one in late],
            frozenset(one.deputy_id for one in here),
        )
        self._tools.setVisible(writing)
        self._add_guest.setVisible(writing)
        if not writing:
            self.guest.hide()
        self._fill(desk, here, late, writing)

    def start_check_in(self) -> None:
        """Put the cursor where a deputy is checked in."""
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_view(self.search)

    def _lay_out(self) -> None:
        head = row(label(tr("Deputies here"), "strong"), self._here, None, self._add_guest)
        lay(head, margins=(14, 10, 10, 10))
        self._tools = QWidget()
        tools = lay(QVBoxLayout(self._tools), margins=(12, 10, 12, 10), spacing=8)
        tools.addWidget(self.search)
        tools.addWidget(self.guest)
        self.guest.hide()
        self._people = QWidget()
        self._lines = lay(column(self._tools, self._people, None), spacing=0)
        self.content.addLayout(head)
        self.content.addWidget(Line())
        # The guest form scrolls too: in a low window it is taller than the whole panel.
        self.content.addWidget(scrolling(self._lines, tr("Deputies here")), 1)
        lay(self.content, margins=(1, 1, 1, 6), spacing=0)

    def _fill(
        self, desk: Desk, here: list[DutyRecord], late: list[DutyRecord], writing: bool
    ) -> None:
        people = QWidget()
        lines = lay(QVBoxLayout(people), spacing=0)
        self._avatars = {}
        for at, duty in enumerate((*here, *late)):
            if at:
                lines.addWidget(Line())
            if at < len(here):
                lines.addWidget(self._here_line(desk, duty, writing))
            else:
                lines.addWidget(self._late_line(desk, duty, writing, first=at == len(here)))
        guests = () if desk.day is None else desk.day.guests
        if guests:
            lines.addWidget(_heading(tr("Guests")))
        for guest in guests:
            lines.addWidget(self._guest_line(desk, guest, writing))
        if not (here or late or guests):
            lines.addWidget(_heading(_nobody(desk)))
        self._lines.replaceWidget(self._people, people)
        people.show()
        self._people.hide()
        self._people.deleteLater()
        self._people = people
        self._load_photos(here)

    def _here_line(self, desk: Desk, duty: DutyRecord, writing: bool) -> QWidget:
        avatar = Avatar(duty.name)
        if duty.photo_id is not None:
            avatar.set(duty.name, self._photos.get(duty.photo_id))
            self._avatars[duty.photo_id] = avatar
            self._names[duty.photo_id] = duty.name
        came = tr("in at {time}", time=_clock(desk, duty.checked_in_at))
        words = column(
            ElidedLabel(duty.name, "strong"),
            ElidedLabel(f"{_capacity(duty)} · {came}", "secondary"),
            spacing=0,
        )
        return self._line(avatar, words, duty, writing)

    def _guest_line(self, desk: Desk, guest: AttendanceRecord, writing: bool) -> QWidget:
        what = guest.title or role_class_word(guest.role_class)
        came = tr("in at {time}", time=_clock(desk, guest.checked_in_at))
        words = column(
            ElidedLabel(guest.name, "strong"),
            ElidedLabel(f"{what} · {came}", "secondary"),
            spacing=0,
        )
        return self._line(Avatar(guest.name, soft=False), words, guest, writing)

    def _line(
        self, avatar: Avatar, words: QVBoxLayout, who: DutyRecord | AttendanceRecord, writing: bool
    ) -> QWidget:
        made = QWidget()
        line = lay(row(avatar), margins=(14, 8, 6, 8), spacing=10)
        line.addLayout(words, 1)
        if writing:
            undo = IconButton(
                "x", tr("Take back: {name} is not here", name=who.name), size=16, role="secondary"
            )
            undo.clicked.connect(lambda: self.undo_wanted.emit(who))
            line.addWidget(undo)
        lay(QVBoxLayout(made)).addLayout(line)
        return made

    def _late_line(self, desk: Desk, duty: DutyRecord, writing: bool, *, first: bool) -> QWidget:
        made = QWidget()
        late = desk.receiving or (desk.day is not None and desk.day.closed_at is not None)
        state = tr("not here yet") if late else tr("expected")
        levels = levels_words(duty.levels)
        mark = Icon("clock", "amber" if late else "secondary", 14)
        told = row(mark, label(f"{state} · {levels}" if levels else state, "secondary", wrap=True),
                   spacing=4)  # fmt: skip
        told.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        told.setStretch(1, 1)
        head = row(ElidedLabel(duty.name, "strong"), spacing=8)
        if writing:
            button = ShortcutButton(tr("Check in"), "F3" if first else "", kind="filter")
            button.setAccessibleName(tr("Check in {name}", name=duty.name))
            button.clicked.connect(lambda: self.check_in_wanted.emit(duty.deputy_id, duty.name))
            head.addWidget(button)
        avatar = Avatar(duty.name, soft=False)
        line = lay(row(avatar), margins=(14, 8, 12, 8), spacing=10)
        line.setAlignment(avatar, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(head, told, spacing=2), 1)
        lay(QVBoxLayout(made)).addLayout(line)
        return made

    def _load_photos(self, here: list[DutyRecord]) -> None:
        wanted = {one.photo_id for one in here if one.photo_id is not None} - set(self._photos)
        if not wanted:
            return

        def act(tx: Tx) -> dict[UUID, bytes]:
            return {ident: deputies.get_photo(tx, ident) for ident in wanted}

        self._jobs.read(act, self._show_photos, owner=self)

    def _show_photos(self, photos: dict[UUID, bytes]) -> None:
        self._photos |= photos
        for ident, photo in photos.items():
            if ident in self._avatars:
                self._avatars[ident].set(self._names[ident], photo)

    def _flip_guest(self) -> None:
        self.guest.setVisible(not self.guest.isVisible())
        if self.guest.isVisible():
            self.guest.begin()


def _capacity(duty: DutyRecord) -> str:
    levels = levels_words(duty.levels)
    return tr("{levels} deputy", levels=levels) if levels else tr("Deputy")


def _heading(text: str) -> QWidget:
    made = label(text, "secondary", wrap=True)
    made.setContentsMargins(14, 12, 14, 4)
    return made


def _nobody(desk: Desk) -> str:
    if desk.day is None:
        return tr("No reception day now.")
    return tr("Nobody is expected. Check in whoever comes by name.")


def _clock(desk: Desk, moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = desk.local(moment)
    return f"{local.hour}:{local.minute:02d}"
