"""The filter panel: every filter in one form beside the list, and the operator's own views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from station_app.i18n import tr
from station_app.ui.issues.filter_inputs import (
    PAUSE_MS,
    ChoiceFilter,
    FilterInput,
    FilterOffers,
    TextFilter,
    make_inputs,
)
from station_app.ui.issues.links import scroll
from station_app.ui.issues.own_views import OwnViews
from station_app.ui.theme import lay, px
from station_app.ui.widgets import Card, Line, ShortcutButton, column, label, row

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: A field is at least so wide (dp); three stand side by side at most.
FIELD = 210


class FilterPanel(Card):
    """Shows and changes what narrows the list; ``changed`` tells that it is another by now.

    ``closed`` asks to put the panel away; ``own`` are the views that the operator saved.
    """

    changed = Signal()
    closed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(margin=1)
        self.inputs = {one.name: one for one in make_inputs(jobs)}
        self.own = OwnViews()
        self._count = label("", "quiet")
        self.clear = ShortcutButton(tr("Clear the filters"), act=self.clear_all)
        self.done = ShortcutButton(
            tr("filter|Back to the issue"), "Escape", kind="quiet", act=self.closed.emit
        )
        self._columns = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        for one in self.inputs.values():
            typed = isinstance(one, TextFilter)
            one.changed.connect(self._pause.start if typed else self.changed)
        self._build()

    def offer(self, offers: FilterOffers) -> None:
        """What can be chosen; what was chosen stays."""
        paths = [(one.code, one.path if one.parent else one.name) for one in offers.categories]
        self._choices("category").offer(paths)
        self._choices("unit_id").offer([(one.id, one.name) for one in offers.units])
        self._choices("campaign").offer([(one, one) for one in offers.campaigns])

    @property
    def filters(self) -> dict[str, object]:
        """What is asked for now, as the list's service knows it."""
        found = ((name, one.value()) for name, one in self.inputs.items())
        return {name: value for name, value in found if value}

    def put(self, filters: Mapping[str, Any]) -> None:
        """Ask for ``filters`` and nothing else; ``changed`` is not emitted."""
        self._pause.stop()
        for name, one in self.inputs.items():
            one.put(filters.get(name))

    def tokens(self) -> list[tuple[str, str]]:
        """(name, words) of each filter that narrows the list."""
        said = {name: one for name, one in self.inputs.items() if one.value()}
        return [
            (name, tr("{title}: {value}", title=one.title, value=one.said()))
            for name, one in said.items()
        ]

    def drop(self, name: str) -> None:
        """Take one filter away."""
        self.inputs[name].put(None)
        self.changed.emit()

    def clear_all(self) -> None:
        """Take all filters away."""
        self.put({})
        self.changed.emit()

    def show_count(self, total: int) -> None:
        """Say how many issues fit."""
        self._count.setText(tr("{n} issues fit", n=total))

    def begin(self) -> None:
        """Put the keyboard into the first filter."""
        next(iter(self.inputs.values())).field.focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _choices(self, name: str) -> ChoiceFilter:
        return cast("ChoiceFilter", self.inputs[name])

    def _build(self) -> None:
        self._grid = lay(QGridLayout(), spacing=12)
        inner = QWidget()
        lines = lay(column(), margins=(22, 18, 22, 18), spacing=14)
        lines.addLayout(row(label(tr("list|Filter"), "section"), None, self._count))
        lines.addLayout(self._grid)
        lines.addLayout(row(self.clear, None, self.done))
        lines.addWidget(Line())
        lines.addWidget(self.own)
        lines.addStretch(1)
        inner.setLayout(lines)
        self.content.addWidget(scroll(inner, gutter=22))
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(3, (self.width() - px(44)) // px(FIELD)))
        if columns == self._columns:
            return
        fields: Sequence[FilterInput] = list(self.inputs.values())
        for at, one in enumerate(fields):
            self._grid.addWidget(one.field, at // columns, at % columns)
        for at in range(3):
            self._grid.setColumnStretch(at, int(at < columns))
        self._columns = columns
