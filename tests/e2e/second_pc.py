"""A second PC of a station, in a process of its own: reads commands from its input, answers each.

python -m tests.e2e.second_pc FOLDER, then lines of JSON: [act, argument, …].
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from db.vocabulary import Role
from station_app import wiring
from station_app.config import DataDir
from station_app.domain.accounts import AccountDraft
from station_app.domain.residents import ResidentDraft
from station_app.services import residents, sync_state
from station_app.store import keys
from station_app.sync.once import sync_once
from station_app.ui.sync.joining import join_station

PASSWORD = "correct horse"


class SecondPc:
    """What it can be told to do; each answer is any JSON."""

    def __init__(self, folder: Path) -> None:
        self._data = DataDir(folder)
        self._station: wiring.OpenStation | None = None

    def join(self, url: str, code: str) -> str:
        """Become a PC of the station, as the wizard does it; the station's name."""
        head = AccountDraft("李桂香", Role.HEAD)
        _, name = join_station(self._data, url, code, head, PASSWORD)
        slot = keys.list_slots(self._data)[0].id
        self._station = wiring.open_station(self._data, slot, PASSWORD)
        return name

    def write_phone(self, resident: str, phone: str) -> None:
        """Edit a resident's phone here."""
        with self._open.store.write(self._open.actor) as tx:
            one = residents.get_resident(tx, UUID(resident))
            draft = ResidentDraft(
                one.name, one.phone, one.address, one.community, one.gender, one.note
            )
            residents.save_resident(tx, replace(draft, phone=phone), resident_id=one.id)

    def phone(self, resident: str) -> str:
        """What the phone is here."""
        with self._open.store.read(self._open.actor) as tx:
            return residents.get_resident(tx, UUID(resident)).phone

    def sync(self) -> int:
        """Exchange once; how many conflicts are open here afterwards."""
        sync_once(self._open.store)
        with self._open.store.read(self._open.actor) as tx:
            return len(sync_state.list_conflicts(tx))

    @property
    def _open(self) -> wiring.OpenStation:
        assert self._station is not None
        return self._station


def main(folder: str) -> None:
    """Answer until the input ends."""
    pc = SecondPc(Path(folder))
    for line in sys.stdin:
        act, *given = json.loads(line)
        answer: Any = getattr(pc, act)(*given)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
