"""What was understood of a list beside what was written, with the ways to correct it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QScrollArea, QVBoxLayout, QWidget

from station_app.i18n import tr
from station_app.ui.imports.header import MappingHeader
from station_app.ui.imports.kind import ImportKind, Reading
from station_app.ui.imports.tables import (
    Outcome,
    SideTable,
    UnderstoodModel,
    WrittenModel,
    outcome_of,
    outcome_word,
    reasons_of,
)
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import Card, Combo, MessageBar, ShortcutButton, label, row
from station_app.ui.widgets.filter_chips import FilterChips

_ALL = "all"


class Review(QWidget):
    """Shows a reading; ``corrected`` asks to read again, ``accepted`` to import."""

    corrected = Signal()
    accepted = Signal()
    other_file = Signal()
    left = Signal()

    def __init__(self, kind: ImportKind) -> None:
        super().__init__()
        self._kind = kind
        self.reading: Reading | None = None
        self.mapping: dict[int, str | None] = {}
        self.header_row: int | None = None
        self.sheet: str | None = None
        self._build_head()
        self._build_tables()
        self._reason = MessageBar("amber", icon="info-circle")
        self._reason.set("")
        inner = QWidget()
        inner.setProperty("ground", "none")
        middle = lay(QVBoxLayout(inner), spacing=12)
        middle.addLayout(self._head)
        middle.addWidget(self.summary)
        middle.addLayout(self._tables, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = lay(QVBoxLayout(self), spacing=12)
        whole.addWidget(area, 1)
        whole.addWidget(self._reason)
        whole.addLayout(self._build_foot())

    def _build_head(self) -> None:
        self.sheets = Combo()
        self.sheets.setAccessibleName(tr("Sheet"))
        self.sheets.activated.connect(lambda _at: self._take_sheet())
        self.heads = Combo()
        self.heads.setAccessibleName(tr("Header row"))
        self.heads.activated.connect(lambda _at: self._take_head())
        for combo in (self.sheets, self.heads):
            fit(combo, lambda one: one.setFixedWidth(px(168)))
        self._sheet_label, self._head_label = label(tr("Sheet"), "quiet"), label(tr("Header row"))
        self._head_label.setProperty("role", "quiet")
        self.chips = FilterChips(
            [(_ALL, tr("All rows")), *((one, outcome_word(one)) for one in Outcome)],
            name=tr("Rows shown"),
        )
        self.chips.changed.connect(lambda _value: self._show_rows())
        self._head = row()
        self._head.addWidget(self.chips, 1)
        for part in (self._sheet_label, self.sheets, self._head_label, self.heads):
            self._head.addWidget(part)
        self.summary = MessageBar("blue", icon="info-circle")

    def _build_tables(self) -> None:
        self.written_model, self.understood_model = (
            WrittenModel(),
            UnderstoodModel(self._kind.columns),
        )
        self.written = SideTable(self.written_model, tr("The rows as written"))
        self.understood = SideTable(self.understood_model, tr("What was understood"))
        self.mapping_header = MappingHeader(self.written, self._kind.fields)
        self.mapping_header.corrected.connect(self._correct)
        fit(self.mapping_header, lambda head: head.setDefaultSectionSize(px(132)))
        header = self.understood.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self.understood.verticalHeader().hide()
        fit(header, lambda one: one.setFixedHeight(px(84)))
        fit(self.understood, lambda table: _widen(table, self.understood_model.widths))
        self.written.follow(self.understood)
        self.understood.follow(self.written)
        self.written.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._say_reason(now.row())
        )
        self._tables = lay(QHBoxLayout(), spacing=16)
        for title, table in (
            (tr("The rows as written"), self.written),
            (tr("What was understood"), self.understood),
        ):
            fit(table, lambda one: one.setMinimumHeight(px(250)))
            card = Card(margin=1, spacing=0)
            card.content.addLayout(lay(row(label(title, "strong"), None), margins=(14, 10, 14, 6)))
            card.content.addWidget(table, 1)
            self._tables.addWidget(card, 1)

    def _build_foot(self) -> QHBoxLayout:
        self.accept = ShortcutButton(
            tr("Import"),
            "Ctrl+Return",
            icon="table-import",
            kind="primary",
            act=self.accepted.emit,
        )
        other = ShortcutButton(
            tr("Another file"), "Ctrl+O", icon="folder-open", act=self.other_file.emit
        )
        back = ShortcutButton(tr("Back to the list"), "Escape", act=self.left.emit)
        return row(back, other, None, self.accept)

    def begin(self) -> None:
        """A new file: nothing was corrected yet."""
        self.mapping, self.header_row, self.sheet = {}, None, None
        self.chips.choose(_ALL)

    def show_reading(self, reading: Reading) -> None:
        """Show what was understood."""
        self.reading = reading
        self._offer_sheets(reading)
        self._offer_heads(reading)
        self._say_summary(reading)
        self._show_rows()
        self.mapping_header.set_columns(reading.columns)

    def _offer_sheets(self, reading: Reading) -> None:
        self.sheets.fill([(name, name) for name in reading.sheets])
        self.sheets.take(reading.sheet)
        several = len(reading.sheets) > 1
        self.sheets.setVisible(several)
        self._sheet_label.setVisible(several)

    def _offer_heads(self, reading: Reading) -> None:
        found = "–".join(
            str(one) for one in sorted({*reading.header_rows[:1], *reading.header_rows[-1:]})
        )
        said = tr("found: {rows}", rows=found) if found else tr("none found")
        rows: list[tuple[object, str]] = [(None, said), (0, tr("no header"))]
        last = min(20, max((entry.row_number for entry in reading.entries), default=0))
        rows += [(at, tr("from row {n}", n=at)) for at in range(1, last + 1)]
        self.heads.fill(rows)
        self.heads.take(self.header_row)

    def _say_summary(self, reading: Reading) -> None:
        unread = sum(len(entry.problems) for entry in reading.doubtful)
        filled = [entry for entry in reading.skipped if any(entry.cells)]
        count = len(reading.drafts)
        self.accept.setText(self._kind.accept(count))
        self.accept.setEnabled(count > 0)
        if not reading.understood:
            self.summary.set(*self._kind.nothing_found(reading))
        else:
            said = self._kind.summary(count, len(filled), unread)
            self.summary.set(said, tr("Wrong somewhere? Choose another meaning above the column."))
        outcomes = [outcome_of(entry) for entry in reading.entries]
        self.chips.set_counts({_ALL: len(outcomes)} | {one: outcomes.count(one) for one in Outcome})

    def _show_rows(self) -> None:
        if self.reading is None:
            return
        chosen = self.chips.chosen
        shown = frozenset({chosen}) if isinstance(chosen, Outcome) else frozenset(Outcome)
        self.written_model.show_reading(self.reading, shown)
        self.understood_model.show_reading(self.reading, shown)
        self._reason.set("")

    def _say_reason(self, at: int) -> None:
        if self.reading is None or not 0 <= at < len(self.written_model.entries):
            self._reason.set("")
            return
        entry = self.written_model.entries[at]
        said = reasons_of(entry, self.reading)
        self._reason.set(tr("Row {n}", n=entry.row_number) if said else "", "\n".join(said))

    def _correct(self, column: int, field: str) -> None:
        self.mapping[column] = field or None
        self.corrected.emit()

    def _take_sheet(self) -> None:
        self.sheet, self.header_row, self.mapping = str(self.sheets.currentData()), None, {}
        self.corrected.emit()

    def _take_head(self) -> None:
        taken = self.heads.currentData()
        self.header_row, self.mapping = (taken if isinstance(taken, int) else None), {}
        self.corrected.emit()


def _widen(table: SideTable, widths: list[float]) -> None:
    head = table.horizontalHeader()
    for at, width in enumerate(widths):
        table.setColumnWidth(at, max(px(width), head.sectionSizeHint(at)))
