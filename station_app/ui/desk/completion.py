"""Inputs that complete what is typed from a list: categories, communities."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from station_app.domain.dictionaries import CategoryRecord
from station_app.i18n import tr
from station_app.ui.widgets import PopupList, Suggestion

MOST = 8


class CategoryInput(QLineEdit):
    """One category, found by characters or pinyin initials of either level; Down lists them all."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Type initials, such as jzdt"))
        self._all: tuple[CategoryRecord, ...] = ()
        self._code = ""
        self._awaited = ""
        self._popup: PopupList | None = None
        self.textEdited.connect(self._typed)

    def offer(self, categories: tuple[CategoryRecord, ...]) -> None:
        """Complete from ``categories``."""
        self._all = categories
        awaited, self._awaited = self._awaited, ""
        if awaited and categories and not self.text():
            self.restore(awaited)

    @property
    def code(self) -> str:
        """The code of the category taken; what was typed without taking takes its best match."""
        self.settle()
        return self._code

    def state(self) -> str:
        """The code taken, or what was typed so far."""
        return self._code or self.text() or self._awaited

    def restore(self, state: str) -> None:
        """Show a state again, at the latest when the categories have arrived."""
        self._awaited = "" if self._all else state
        self.take(state)
        if not self._code and self._all:
            self.setText(state)

    @property
    def unknown(self) -> bool:
        """Whether something was typed that is no category."""
        self.settle()
        return not self._code and bool(self.text().strip())

    def take(self, code: str) -> None:
        """Show the category with ``code``; an empty or unknown one empties the input."""
        found = next((one for one in self._all if one.code == code), None)
        self._code = "" if found is None else found.code
        self.setText("" if found is None else found.path)
        self.setCursorPosition(0)

    def settle(self) -> None:
        """Take the best match of what was typed; leave what matches nothing for correction."""
        if not self._code and self.text().strip():
            best = matching_categories(self._all, self.text())
            if best:
                self.take(best[0].code)
                self.changed.emit()

    def install(self) -> None:
        """Make the popup; after the form's Enter chain, so that a visible list takes Enter."""
        self._popup = PopupList(self, name=tr("Categories"), width=280)
        self._popup.chosen.connect(self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._popup is not None:
            self._popup.show_rows([_category_row(one) for one in self._all])
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()

    def _typed(self, typed: str) -> None:
        self._code = ""
        if self._popup is not None:
            found = matching_categories(self._all, typed)[:MOST]
            self._popup.show_rows([_category_row(one) for one in found])
        self.changed.emit()

    def _chosen(self, value: object) -> None:
        self.take(str(value))
        self.changed.emit()


def matching_categories(
    categories: Sequence[CategoryRecord], typed: str
) -> tuple[CategoryRecord, ...]:
    """The categories that ``typed`` may mean, best first: own name before the level above."""
    wanted = typed.strip().casefold()
    if not wanted:
        return ()
    parents = {one.code: one for one in categories if not one.parent}

    def rank(one: CategoryRecord) -> int:
        own = _rank(one, wanted)
        above = parents.get(one.parent)
        return min(own, 4 + (4 if above is None else _rank(above, wanted)))

    ranked = [(rank(one), at, one) for at, one in enumerate(categories)]
    return tuple(one for place, _at, one in sorted(ranked, key=lambda r: r[:2]) if place < 8)


def _rank(one: CategoryRecord, wanted: str) -> int:
    """0 the very word, 1 begins so, 2 contains it, 8 does not match."""
    words = (one.name, one.path, *one.keys)
    if wanted in (word.casefold() for word in words):
        return 0
    if any(word.casefold().startswith(wanted) for word in words):
        return 1
    return 2 if wanted in one.name else 8


def _category_row(one: CategoryRecord) -> Suggestion:
    parent = one.path.partition(" · ")[0] if one.parent else ""
    return Suggestion(one.name, extra=parent, value=one.code)


class CompletedInput(QLineEdit):
    """Free text completed from earlier texts, such as communities; any other text is as good."""

    def __init__(self) -> None:
        super().__init__()
        self._all: dict[str, tuple[str, ...]] = {}
        self._popup: PopupList | None = None
        self.textEdited.connect(self._typed)

    def offer(self, texts: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """Complete from ``texts``, each with its spellings, by characters or pinyin initials."""
        self._all = dict(texts)

    def install(self, taken: Callable[[], object]) -> None:
        """Make the popup; ``taken`` is called when a text was chosen from it."""
        self._popup = PopupList(self, name=self.accessibleName(), width=260, first_taken=False)
        self._popup.chosen.connect(lambda text: self.setText(str(text)))
        self._popup.chosen.connect(lambda _text: taken())

    def _typed(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        if self._popup is None:
            return
        found = [
            text
            for text, keys in self._all.items()
            if wanted
            and wanted != text
            and (wanted in text or any(key.startswith(wanted) for key in keys))
        ]
        self._popup.show_rows([Suggestion(text, value=text) for text in found[:MOST]])
        if wanted.isascii() and found:  # letters are only typed to find
            self._popup.view.setCurrentIndex(self._popup.view.model().index(0, 0))
