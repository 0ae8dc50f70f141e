"""The right side of the deputies' page: facts or form of one deputy, and every act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from station_app.domain.days import Receptions
from station_app.domain.deputies import DeputyRecord
from station_app.i18n import tr
from station_app.services import attendance, deputies, drafts
from station_app.ui.deputies.detail import DeputyDetail
from station_app.ui.deputies.form import DeputyForm, typed_of
from station_app.ui.deputies.photo import photo_from_file, photo_jpeg
from station_app.ui.kept_form import Typed
from station_app.ui.record_pane import RecordPane

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs
    from station_app.ui.page import Page


class DeputyPane(RecordPane[DeputyRecord]):
    """Shows, edits and changes one deputy."""

    noun = "deputy"
    card_requested = Signal(object)

    def __init__(self, jobs: Jobs, page: Page, *, writable: bool) -> None:
        self.detail, self.form = DeputyDetail(writable=writable), DeputyForm()
        super().__init__(jobs, page, self.detail, self.form, tr("Choose a deputy on the left"))
        self._writable = writable
        self.detail.edit_requested.connect(self.edit)
        self.detail.photo_requested.connect(self._choose_photo)
        self.detail.portrait.dropped.connect(self._read_photo)
        self.detail.photo_removed.connect(lambda: self._change_photo(None))
        self.detail.retired.connect(self._retire)
        self.detail.restore_requested.connect(self._restore)
        self.detail.phones_requested.connect(self._reveal)
        self.detail.card_requested.connect(lambda: self.card_requested.emit(self.shown))
        self.form.save_requested.connect(self._save)
        if writable:
            page.shortcut("Ctrl+V", tr("Paste a photo from the clipboard"), self.paste_photo)

    def edit(self) -> None:
        """Open the form for the deputy shown."""
        if self._writable and self.record is not None and not self.is_editing:
            self._open_form(self.record)

    def _read(self) -> None:
        shown = self.shown
        assert shown is not None
        self._jobs.latest("detail", lambda tx: self._everything(tx, shown), self._show, owner=self)

    def _everything(
        self, tx: Tx, deputy_id: UUID
    ) -> tuple[DeputyRecord, Receptions, bytes | None, bool, int]:
        record = deputies.get_deputy(tx, deputy_id)
        photo = None if record.photo_id is None else deputies.get_photo(tx, record.photo_id)
        unsaved = drafts.kept_draft(tx, self._form_name(deputy_id)) is not None
        return record, attendance.receptions_of(tx, deputy_id), photo, unsaved, tx.today.year

    def _show(self, found: tuple[DeputyRecord, Receptions, bytes | None, bool, int]) -> None:
        self.record, receptions, photo, unsaved, year = found
        self.detail.show_deputy(self.record, receptions, photo, year=year)
        self.detail.show_unsaved(unsaved and self._writable)
        if not self.is_editing:
            self.setCurrentWidget(self.detail)

    def _get(self, tx: Tx, record_id: UUID) -> DeputyRecord:
        return deputies.get_deputy(tx, record_id)

    # -- the form

    def _open_form(self, record: DeputyRecord | None) -> None:
        self._begin(record)
        name = self._form_name(self._editing)
        named = tr("New deputy") if record is None else tr("deputy|Edit {name}", name=record.name)
        self.form.set_title(named)
        # In the line of the writes: what was put aside a moment ago must be there.
        self._jobs.write(lambda tx: drafts.kept_draft(tx, name), self._fill, owner=self)

    def _start(self) -> Typed:
        return typed_of(self.record if self._editing else None)

    def _typed(self, record: DeputyRecord) -> Typed:
        return typed_of(record)

    def _save(self) -> None:
        draft = self.form.draft()
        self._save_as(lambda tx, editing: deputies.save_deputy(tx, draft, deputy_id=editing))

    def _saved(self, record: DeputyRecord) -> None:
        super()._saved(record)
        self._page.message.emit(tr("{name} saved.", name=record.name), None)

    # -- the acts

    def _retire(self, reason: str) -> None:
        self._step(
            lambda tx, one: deputies.retire_deputy(tx, one, reason=reason),
            lambda record: tr("{name} serves no longer.", name=record.name),
            deputies.restore_deputy,
        )

    def _restore(self) -> None:
        reason = self.record.retired_reason if self.record else ""
        self._step(
            deputies.restore_deputy,
            lambda record: tr("{name} serves again.", name=record.name),
            lambda tx, one: deputies.retire_deputy(tx, one, reason=reason),
        )

    def _reveal(self) -> None:
        shown = self.shown
        if shown is not None:
            self._jobs.write(
                lambda tx: deputies.reveal_phones(tx, shown),
                lambda phones: self.detail.show_phones(*phones) if shown == self.shown else None,
                owner=self,
                failed=self._page.show_error,
            )

    # -- the photo

    def paste_photo(self) -> None:
        """Take the picture on the clipboard as the photo."""
        image = QImage(QGuiApplication.clipboard().image())
        if self.record is None or self.record.retired or self.is_editing:
            return
        if image.isNull():
            self._page.message.emit(tr("There is no picture on the clipboard."), None)
            return
        self._jobs.work(lambda: photo_jpeg(image), self._change_photo, owner=self)

    def _choose_photo(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, tr("Choose a photo"), "", tr("Pictures (*.jpg *.jpeg *.png *.bmp *.webp)")
        )
        if path:
            self._read_photo(path)

    def _read_photo(self, path: str) -> None:
        if self._writable and not self.is_editing:
            self._jobs.work(
                lambda: photo_from_file(path),
                self._change_photo,
                owner=self,
                failed=self._page.show_error,
            )

    def _change_photo(self, jpeg: bytes | None) -> None:
        before: list[bytes | None] = [None]

        def change(tx: Tx, deputy_id: UUID) -> DeputyRecord:
            kept = deputies.get_deputy(tx, deputy_id).photo_id
            before[0] = None if kept is None else deputies.get_photo(tx, kept)
            return deputies.set_photo(tx, deputy_id, jpeg)

        self._step(change, _said_photo, lambda tx, one: deputies.set_photo(tx, one, before[0]))


def _said_photo(record: DeputyRecord) -> str:
    if record.photo_id is None:
        return tr("Photo of {name} removed.", name=record.name)
    return tr("Photo of {name} saved.", name=record.name)
