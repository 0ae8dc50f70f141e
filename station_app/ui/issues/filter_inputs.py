"""The inputs of the filters: each with its title, its value, and how a token says that value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from db.vocabulary import Degree, IssueStatus, Rating, Turn, Urgency
from station_app.domain.case_words import turn_word
from station_app.domain.dictionaries import CategoryRecord, UnitRecord
from station_app.domain.issue_words import degree_word, rating_word, status_word, urgency_word
from station_app.domain.lists import Listing
from station_app.domain.words import levels_words
from station_app.i18n import tr
from station_app.services import deputies
from station_app.ui.widgets import Combo, DateField, Field, PopupList, Suggestion

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

#: So long must the typing pause before the list is asked.
PAUSE_MS = 200
MOST = 8


@dataclass(frozen=True, slots=True)
class FilterOffers:
    """What the dictionaries and the days offer to the filters."""

    categories: Sequence[CategoryRecord] = ()
    units: Sequence[UnitRecord] = ()
    campaigns: Sequence[str] = ()


class FilterInput(QObject):
    """One filter. ``changed``: its value is another one now."""

    changed = Signal()

    def __init__(self, name: str, title: str, field: Field) -> None:
        super().__init__(field)
        self.name, self.title, self.field = name, title, field

    def value(self) -> object:
        """What is asked for; empty or None asks for nothing."""
        raise NotImplementedError

    def put(self, value: Any) -> None:
        """Show ``value``; None takes it away. Nothing is emitted."""
        raise NotImplementedError

    def said(self) -> str:
        """The value as a token says it."""
        raise NotImplementedError


class ChoiceFilter(FilterInput):
    """One of a few; what is no longer offered (a retired unit) stays as it was chosen."""

    def __init__(self, name: str, title: str, choices: Sequence[tuple[Any, str]] = ()) -> None:
        self.combo = Combo()
        self._values: list[Any] = [None]  # Qt would hand an enum back as a plain text
        super().__init__(name, title, Field(title, self.combo))
        self.offer(choices)
        self.combo.currentIndexChanged.connect(self.changed)

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer ``choices`` behind the empty one."""
        kept = self.value()
        self.combo.blockSignals(True)
        self.combo.clear()
        self._values = [None, *(value for value, _words in choices)]
        self.combo.addItems([tr("filter|Any"), *(words for _value, words in choices)])
        self.combo.blockSignals(False)
        self.put(kept)

    def value(self) -> object:
        return self._values[max(0, self.combo.currentIndex())]

    def put(self, value: Any) -> None:
        self.combo.blockSignals(True)
        if value not in self._values:
            self._values.append(value)
            self.combo.addItem(tr("filter|No longer offered"))
        self.combo.setCurrentIndex(self._values.index(value))
        self.combo.blockSignals(False)

    def said(self) -> str:
        return self.combo.currentText()


class TextFilter(FilterInput):
    """A part of a text; asked for when the typing pauses."""

    def __init__(self, name: str, title: str, hint: str) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        super().__init__(name, title, Field(title, self.line))
        self.line.textEdited.connect(self.changed)

    def value(self) -> object:
        return self.line.text().strip()

    def put(self, value: Any) -> None:
        self.line.setText(str(value or ""))

    def said(self) -> str:
        return self.line.text().strip()


class DayFilter(FilterInput):
    """A day; what is no day asks for nothing."""

    def __init__(self, name: str, title: str) -> None:
        self.line = DateField()
        super().__init__(name, title, Field(title, self.line))
        self.line.changed.connect(lambda _day: self.changed.emit())

    def value(self) -> object:
        return self.line.value

    def put(self, value: Any) -> None:
        self.line.blockSignals(True)
        self.line.set(value)
        self.line.blockSignals(False)

    def said(self) -> str:
        found = self.line.value
        return f"{found:%Y-%m-%d}" if isinstance(found, date) else ""


class DeputyFilter(FilterInput):
    """A deputy found by characters, pinyin or initials; the text alone asks for nothing."""

    def __init__(self, jobs: Jobs, name: str, title: str) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Type a name"))
        super().__init__(name, title, Field(title, self.line))
        self._jobs = jobs
        self._taken: UUID | None = None
        self._popup: PopupList | None = None
        self.line.textEdited.connect(self._typed)

    def value(self) -> object:
        return self._taken

    def put(self, value: Any) -> None:
        self._taken = value
        self.line.setText("")
        if value is not None:
            self._jobs.latest(
                "named",
                lambda tx: deputies.get_deputy(tx, value).name,
                self._name,
                owner=self,
                failed=lambda _gone: self._name(tr("filter|No longer offered")),
            )

    def said(self) -> str:
        return self.line.text() or "…"

    def _name(self, name: str) -> None:
        self.line.setText(name)
        self.changed.emit()

    def _typed(self, typed: str) -> None:
        taken, self._taken = self._taken, None
        if taken is not None:
            self.changed.emit()
        if not typed.strip():
            self._jobs.forget("found", owner=self)
            self._show(())
            return
        listing = Listing("name", text=typed)

        def read(tx: Any) -> tuple[Suggestion, ...]:
            rows = deputies.list_deputies(tx, listing).rows[:MOST]
            return tuple(
                Suggestion(one.name, extra=levels_words(one.levels), value=(one.id, one.name))
                for one in rows
            )

        self._jobs.latest("found", read, self._show, owner=self, delay_ms=60)

    def _show(self, rows: Sequence[Suggestion]) -> None:
        if self._popup is None:
            self._popup = PopupList(self.line, name=tr("Deputies"), width=240)
            self._popup.chosen.connect(self._chosen)
        self._popup.show_rows(rows if self.line.hasFocus() else ())

    def _chosen(self, chosen: tuple[UUID, str]) -> None:
        self._taken, name = chosen
        self.line.setText(name)
        self.changed.emit()


def make_inputs(jobs: Jobs) -> list[FilterInput]:
    """Every filter of the issues list, in the order of the form."""
    words: list[tuple[str, str, Callable[[Any], str], Any]] = [
        ("status", tr("filter|State"), status_word, IssueStatus),
        ("turn", tr("filter|Waits for"), turn_word, Turn),
    ]
    results: list[tuple[str, str, Callable[[Any], str], Any]] = [
        ("degree", tr("Degree of solution"), degree_word, Degree),
        ("rating", tr("filter|The resident is"), rating_word, Rating),
    ]
    urgent = [(True, urgency_word(Urgency.URGENT))]
    return [
        *(ChoiceFilter(name, title, _words(kind, said)) for name, title, said, kind in words),
        ChoiceFilter("category", tr("Category")),
        ChoiceFilter("unit_id", tr("assign|Unit")),
        DeputyFilter(jobs, "deputy_id", tr("filter|Deputy")),
        TextFilter("place", tr("Place"), tr("A part of it")),
        ChoiceFilter("campaign", tr("Campaign")),
        ChoiceFilter("urgent", tr("Urgency"), urgent),
        DayFilter("first_on", tr("filter|Registered from")),
        DayFilter("last_on", tr("filter|Registered until")),
        *(ChoiceFilter(name, title, _words(kind, said)) for name, title, said, kind in results),
    ]


def _words(kind: Any, said: Callable[[Any], str]) -> list[tuple[Any, str]]:
    return [(one, said(one)) for one in kind]
