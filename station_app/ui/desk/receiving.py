"""Which deputies receive the visitor: those present, each switched by one key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_app.i18n import tr
from station_app.ui.theme import fit, lay, px
from station_app.ui.widgets import Flow, ShortcutButton, label

#: A longer name (dp) ends in …; read out and in the tool tip it is whole.
LONGEST = 220


class ReceivingDeputies(QWidget):
    """A chip for each deputy present, all on at first; Ctrl+1 … Ctrl+9 switch them."""

    edited = Signal()

    def __init__(self, after: QWidget) -> None:
        """``after`` is the input from which Tab leads to the chips."""
        super().__init__()
        self._after = after
        self._flow = lay(Flow(self), spacing=6)
        self._chips: dict[UUID, ShortcutButton] = {}
        self._off: set[UUID] = set()
        self.setAccessibleName(tr("Receiving deputies"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def taken(self) -> tuple[UUID, ...]:
        """Those who receive this visitor."""
        return tuple(one for one, chip in self._chips.items() if chip.isChecked())

    @property
    def off(self) -> tuple[UUID, ...]:
        """Those present who do not receive this visitor."""
        return tuple(sorted(self._off, key=str))

    def offer(self, deputies: Sequence[tuple[UUID, str]]) -> None:
        """These are present; who was switched off stays so."""
        if [*self._chips] == [one for one, _ in deputies]:
            return
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._chips = {}
        if deputies:
            words = label(tr("Receiving deputies"), "label")
            self._flow.addWidget(fit(words, lambda one: one.setFixedHeight(px(30))))
        for place, (ident, name) in enumerate(deputies, start=1):
            self._add(place, ident, name)
        for first, second in pairwise((self._after, *self._chips.values())):
            QWidget.setTabOrder(first, second)
        self.setVisible(bool(deputies))
        self.updateGeometry()

    def switch_off(self, deputies: Sequence[UUID]) -> None:
        """Switch off exactly these."""
        self._off = set(deputies)
        for ident, chip in self._chips.items():
            chip.blockSignals(True)
            chip.setChecked(ident not in self._off)
            chip.blockSignals(False)

    def _add(self, place: int, ident: UUID, name: str) -> None:
        keys = f"Ctrl+{place}" if place <= 9 else ""
        metrics = self.fontMetrics()
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, px(LONGEST))
        text = f"{place}  {short}" if keys else short
        chip = ShortcutButton(text, keys, kind="filter", show_keys=False)
        chip.setCheckable(True)
        chip.setChecked(ident not in self._off)
        chip.setAccessibleName(tr("{name} receives", name=name))
        if short != name:
            chip.setToolTip(name)
        if keys:
            chip.setToolTip(tr("Ctrl {n}: {name} receives or not", n=place, name=name))
        chip.toggled.connect(lambda on: self._toggled(ident, on))
        self._flow.addWidget(chip)
        self._chips[ident] = chip

    def _toggled(self, ident: UUID, on: bool) -> None:
        if on:
            self._off.discard(ident)
        else:
            self._off.add(ident)
        self.edited.emit()
