"""What the days' page shows in place of its list: old ledgers, recurring days, the rota."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtWidgets import QStackedWidget, QWidget

from station_app.i18n import tr
from station_app.ui.widgets import ShortcutButton

if TYPE_CHECKING:
    from station_app.ui.page import Page


Step = TypeVar("Step", bound=QWidget)


class Steps(QStackedWidget):
    """``start``, or one step in its place; each step is made when it is first opened.

    The page's buttons are hidden meanwhile, as their keys would act on what is not seen.
    """

    def __init__(self, page: Page, start: QWidget, title: str) -> None:
        super().__init__()
        self._page, self._title = page, title
        self._made: dict[str, QWidget] = {}
        self._buttons: list[tuple[ShortcutButton, bool]] = []
        self.addWidget(start)
        page.set_title(title)

    def hide_with(self, button: ShortcutButton, *, shown: bool = True) -> ShortcutButton:
        """Hide ``button`` during a step; ``shown`` says whether it shows otherwise."""
        button.setVisible(shown)
        self._buttons.append((button, shown))
        return button

    def open(self, title: str, make: Callable[[], Step]) -> Step:
        """Show the step named ``title``."""
        if title not in self._made:
            self._made[title] = make()
            self.addWidget(self._made[title])
        step = cast(Step, self._made[title])
        self._page.set_title(title)
        self.setCurrentWidget(step)
        self._show_buttons(False)
        return step

    def close_step(self) -> None:
        """Show what the page begins with again."""
        self.setCurrentIndex(0)
        self._page.set_title(self._title)
        self._show_buttons(True)

    @property
    def at_start(self) -> bool:
        """Whether no step is open."""
        return self.currentIndex() == 0

    def _show_buttons(self, shown: bool) -> None:
        for button, otherwise in self._buttons:
            button.setVisible(shown and otherwise)


def step_buttons(rules: Callable[[], object], rota: Callable[[], object]) -> list[ShortcutButton]:
    """The buttons that open the planning of a year."""
    return [
        ShortcutButton(tr("Recurring days"), "Ctrl+Y", icon="refresh", act=rules),
        ShortcutButton(tr("Rota"), "Ctrl+R", icon="users-group", act=rota),
    ]
