"""The wizard of a computer without a station, and what each of its ways does."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from station_app import wiring
from station_app.domain.accounts import AccountDraft
from station_app.domain.station import StationDraft
from station_app.ui.restoring import adopt_keys, take_over
from station_app.ui.wizard import Wizard

if TYPE_CHECKING:
    from station_app.store.keys import Slot
    from station_app.ui.app import Program


def build_wizard(program: Program) -> Wizard:
    """The wizard for ``program``, whose data folder holds no station yet."""
    data = program.data

    def set_up(station: StationDraft, head: AccountDraft, password: str) -> str:
        return wiring.set_up(data, station, head, password)

    def join(url: str, code: str, head: AccountDraft, password: str) -> tuple[str, str]:
        from station_app.ui.sync.joining import join_station  # loads the network's modules

        return join_station(data, url, code, head, password)

    def open_new(password: str) -> object:
        from station_app.store import keys

        return wiring.open_station(data, keys.list_slots(data)[0].id, password)

    def demo() -> object:
        from station_app.demo.build import build_demo

        program.throw_away = Path(tempfile.mkdtemp(prefix="liaison-demo-"))
        return build_demo(program.throw_away / "station")

    def adopt(backup: Path) -> Sequence[Slot]:
        from station_app.store import keys

        adopt_keys(data, backup)
        return keys.list_slots(data)

    def restore(backup: Path, slot: str, password: str) -> object:
        return take_over(data, backup, slot, password)

    return Wizard(
        program.door,
        set_up=set_up,
        open_new=open_new,
        demo=demo,
        adopt=adopt,
        restore=restore,
        join=join,
    )
