"""The button that prints: the forms that make sense now, in a menu where there are several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from station_app.i18n import tr
from station_app.printing.catalogue import Batch, Form, Print, form_name
from station_app.ui.page import Page
from station_app.ui.theme import icon, px
from station_app.ui.widgets import ShortcutButton

if TYPE_CHECKING:
    from station_app.store import Tx


class Entry(NamedTuple):
    """One thing that can be printed: its words, and what gathers it in a writing Tx (it is logged).

    ``apart``: a line in the menu above it.
    """

    text: str
    gather: Callable[[Tx], Print | Batch]
    apart: bool = False


def record_entries(forms: Iterable[Form], record_id: UUID) -> list[Entry]:
    """An entry for each of ``forms`` of one record."""
    return [Entry(form_name(form), partial(_record, form, record_id)) for form in forms]


class PrintButton(ShortcutButton):
    """Prints on the page it stands on; hidden while there is nothing to print.

    ``printed`` once a print was gathered and logged.
    """

    printed = Signal()

    def __init__(self, text: str = "", keys: str = "", *, show_keys: bool = True) -> None:
        super().__init__(
            text or tr("Print"), keys, icon="printer", act=self._pressed, show_keys=show_keys
        )
        self.menu_of_forms = QMenu(self)
        self.menu_of_forms.setAccessibleName(tr("What to print"))
        self._entries: list[Entry] = []
        self._when_pressed: Callable[[], Sequence[Entry]] | None = None
        self.hide()

    @property
    def offered(self) -> list[str]:
        """The words of what is offered."""
        return [one.text for one in self._entries]

    def offer(self, entries: Sequence[Entry]) -> None:
        """Offer ``entries`` from now on."""
        self._entries = list(entries)
        self.menu_of_forms.clear()
        for one in self._entries:
            if one.apart:
                self.menu_of_forms.addSeparator()
            action = self.menu_of_forms.addAction(icon("printer"), one.text)
            action.triggered.connect(partial(self._begin, one))
        self.setVisible(bool(self._entries))

    def offer_when_pressed(self, entries: Callable[[], Sequence[Entry]]) -> None:
        """Offer what ``entries`` returns each time: for lists, which change while one looks."""
        self._when_pressed = entries
        self.show()

    def refill(self) -> None:
        """Offer what suits the list as it is now."""
        if self._when_pressed is not None:
            self.offer(self._when_pressed())

    def _pressed(self) -> None:
        self.refill()
        if len(self._entries) == 1:
            self._begin(self._entries[0])
            return
        self.menu_of_forms.popup(self.mapToGlobal(QPoint(0, self.height() + px(4))))
        actions = self.menu_of_forms.actions()
        if actions:
            self.menu_of_forms.setActiveAction(actions[0])

    def _begin(self, entry: Entry, _checked: bool = False) -> None:
        page = page_of(self)

        def then(made: Print | Batch) -> None:
            page.print_requested.emit(made.title, made)
            self.printed.emit()

        page.jobs.write(entry.gather, then, owner=self, failed=page.show_error)


def page_of(widget: QWidget) -> Page:
    """The page that ``widget`` stands on."""
    above: QWidget | None = widget
    while above is not None and not isinstance(above, Page):
        above = above.parentWidget()
    if above is None:
        raise RuntimeError("a print button stands on no page")
    return above


def _record(form: Form, record_id: UUID, tx: Tx) -> Print:
    # Only here: what gathers the forms is not needed before the first print.
    from station_app.printing import making

    return making.record_print(tx, form, record_id)
