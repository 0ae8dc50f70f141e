"""The words on the forms: each text beside a preview that follows as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit

from station_app.errors import StationError
from station_app.i18n import tr
from station_app.printing.catalogue import Form, form_name
from station_app.printing.preview import PageImage, PdfPages
from station_app.printing.templates import Own, Template, shipped
from station_app.services.form_texts import own_texts, save_own_texts
from station_app.services.station import get_station
from station_app.ui.printing.list_entries import every_form
from station_app.ui.printing.print_button import Entry, PrintButton
from station_app.ui.printing.sending import picture_of
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import Field, MessageBar
from station_app.ui.widgets.basic import Card, label
from station_app.ui.widgets.buttons import ShortcutButton
from station_app.ui.widgets.fields import Combo
from station_app.ui.widgets.layout import column, row, scrolling

if TYPE_CHECKING:
    from station_app.domain.station import StationRecord
    from station_app.store import Tx
    from station_app.ui.settings.page import SettingsPage

_PAUSE_MS = 200
_PREVIEW_DPI = 56
#: So high (dp) is the list of texts: as high as the sheet beside it.
_HEIGHT = 660
#: Blank forms are reception forms.
_FORMS = tuple(form for form in Form if form is not Form.BLANK_FORMS)

Texts = dict[str, dict[str, str]]


class FormsSection(Card):
    """Choose a form, change its words, see them; saved with Ctrl+Enter."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(margin=24, spacing=16)
        self._page = page
        self._kept: Texts | None = None
        self._typed: Texts = {}
        self._station: StationRecord | None = None
        self.fields: dict[str, QLineEdit] = {}
        self.form = Combo()
        self.form.setAccessibleName(tr("Form"))
        self.form.fill([(form, form_name(form)) for form in _FORMS])
        self.form.currentIndexChanged.connect(lambda _at: self._show_form())
        self.preview = QLabel()
        self.preview.setAccessibleName(tr("Preview"))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.preview.setFrameShape(QLabel.Shape.Box)
        self._fault = MessageBar("amber", icon="alert-triangle")
        self._fault.set("")
        self.save = ShortcutButton(tr("Save"), "Ctrl+Return", kind="primary", act=self._save)
        self.reset = ShortcutButton(tr("As shipped"), icon="restore", act=self._reset)
        self.every = PrintButton(tr("Print one of every form"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE_MS)
        self._later.timeout.connect(self._draw)
        self._lines = column(spacing=10)
        self._build()
        # Not before it has its place, or it would flash up as a window of its own.
        self.every.offer([Entry(tr("One of every form"), every_form)])

    def reload(self) -> None:
        """Read the words as they are kept; what is half-typed stays."""

        def read(tx: Tx) -> tuple[Texts, StationRecord]:
            return own_texts(tx), get_station(tx)

        self._page.jobs.read(read, self._take, owner=self)

    def _build(self) -> None:
        self.content.addWidget(label(tr("Forms"), "section"))
        hint = tr(
            "What you write here stands on this PC's prints. A word in braces is filled in when "
            "it is printed. What may be left out is not printed while its field is empty."
        )
        self.content.addWidget(label(hint, "quiet", wrap=True))
        self.content.addLayout(row(self.form, self.reset, None, self.every, self.save))
        whole = column(self._lines, None)
        area = scrolling(lay(whole, margins=(0, 0, 12, 0)), tr("Forms"), gutter=12)
        fit(area, lambda one: one.setFixedHeight(px(_HEIGHT)))
        sides = row(area, column(self._fault, self.preview, None), spacing=20)
        sides.setStretch(0, 1)
        self.content.addLayout(sides)

    @property
    def _name(self) -> str:
        return str(self.form.currentData())  # Qt makes a plain text of a word of an enum

    @property
    def _template(self) -> Template:
        return shipped(self._name)

    def _take(self, found: tuple[Texts, StationRecord]) -> None:
        kept, self._station = found
        if self._kept != kept:
            self._kept = kept
            self._show_form()

    def _show_form(self) -> None:
        """The texts of the form chosen, as typed, as kept or as shipped."""
        template, name = self._template, self._name
        own = self._typed.get(name, (self._kept or {}).get(name, {}))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for name, text in template.texts.items():
            line = QLineEdit(own.get(name, text))
            line.setPlaceholderText(text)
            line.textEdited.connect(lambda _text: self._edited())
            hint = tr("May be left empty.") if name in template.optional else ""
            field = Field(text or name, line, hint=hint)
            self._lines.addWidget(field)
            self.fields[name] = line
            field.show()  # at once: a layout would do so only after the next event
        self._draw()

    def _edited(self) -> None:
        self._typed[self._name] = self._own()
        self._later.start()

    def _own(self) -> dict[str, str]:
        """What differs from the form as it is shipped."""
        texts = self._template.texts
        typed = {name: line.text().strip() for name, line in self.fields.items()}
        return {name: text for name, text in typed.items() if text != texts[name]}

    def _draw(self) -> None:
        station, form = self._station, Form(self._name)
        if station is None:
            return
        own: Own = {form.value: self._own()}

        def make() -> PageImage:
            from station_app.printing.examples import example  # not before it is looked at

            with PdfPages(example(form, station, own=own)) as pages:
                return pages.image(0, dpi=_PREVIEW_DPI * 1.5)

        self._page.jobs.work(make, self._show, owner=self, failed=self._failed)

    def _show(self, image: PageImage) -> None:
        self._fault.set("")
        picture = QPixmap.fromImage(picture_of(image))
        picture.setDevicePixelRatio(1.5)
        self.preview.setPixmap(picture)

    def _failed(self, error: StationError) -> None:
        self._fault.set(error.text)

    def _reset(self) -> None:
        self._typed[self._name] = {}
        for name, text in self._template.texts.items():
            self.fields[name].setText(text)
        self._draw()

    def _save(self) -> None:
        typed = dict(self._typed)

        def write(tx: Tx) -> Texts:
            for form, texts in typed.items():
                save_own_texts(tx, form, texts)
            return own_texts(tx)

        self._page.jobs.write(write, self._saved, owner=self, failed=self._page.show_error)

    def _saved(self, kept: Texts) -> None:
        self._kept, self._typed = kept, {}
        self._page.message.emit(tr("Saved."), None)
