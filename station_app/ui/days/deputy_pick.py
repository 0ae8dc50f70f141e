"""DeputyPick: deputies taken as tags, found by name, pinyin or group."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from station_app.i18n import tr
from station_app.ui.days.planning import Choice
from station_app.ui.widgets import PickMany


class DeputyPick(PickMany):
    """A PickMany of the deputies who can be chosen, people of one name told apart."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name=name,
            placeholder=tr("name, pinyin or group"),
            matches=lambda _text, value, typed: self._found(value, typed),
        )
        self._spelled: dict[Hashable, tuple[str, ...]] = {}

    def offer_deputies(self, choices: Iterable[Choice]) -> None:
        """Offer every choice."""
        those = tuple(choices)
        self._spelled = {one.id: one.keys for one in those}
        self.offer([(one.id, one.said) for one in those])

    def _found(self, value: Hashable, typed: str) -> bool:
        wanted = typed.strip().casefold()
        return any(wanted in key.casefold() for key in self._spelled.get(value, ()))
