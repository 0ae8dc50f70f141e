"""Pictures and papers in a random history: filed, taken away, erased; their bytes travel beside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from central.erasure import erase
from db.models import Attachment, Deputy, Issue, Visit
from station_app.domain.scanned_papers import PaperDraft
from station_app.services import attachments, deputies, scanned_papers
from station_app.store import Tx
from tests.sync.counts import rule
from tests.sync.desk import Bench
from tests.sync.handling import handle
from tests.sync.oracle import Key
from tests.sync.people import PCS, WHICH, nth
from tests.sync.scene import Scene

#: Bytes sent at once: so few that of each picture one part can be lost without the other.
PART = 8
_FILES = [b"%PDF-1.4 one", b"%PDF-1.4 two", b"\xff\xd8\xff\xdb\x00\x03\x01\xff\xd9"]
FILES = st.sampled_from(_FILES)
ERASED = st.sampled_from(["photo", "attachment", "scanned_paper", "issue"])


def _scan(tx: Tx, kind: str, row: Any, data: bytes) -> object:
    return row and scanned_papers.file_papers(tx, [PaperDraft(kind, row.id, 1, "签字", data)])


def _take_away(tx: Tx, _issue: Issue, _data: bytes) -> object:
    row = nth(tx, Attachment, 0)
    if row is not None and not row.removed_reason:
        return attachments.remove_attachment(tx, row.id, reason="重复")
    return row and attachments.restore_attachment(tx, row.id)


def _portrait(tx: Tx, _issue: Issue, data: bytes) -> object:
    row = nth(tx, Deputy, 0)
    return row and deputies.set_photo(tx, row.id, data)


PAPERS: dict[str, Callable[[Tx, Issue, bytes], object]] = {
    "attach": lambda tx, row, data: attachments.attach(tx, row.id, name="照片", data=data),
    "scan of an issue": lambda tx, row, data: _scan(tx, "issue", row, data),
    "scan of a visit": lambda tx, _, data: _scan(tx, "visit", nth(tx, Visit, 0), data),
    "take away or show again": _take_away,
    "portrait": _portrait,
}


class Papers(Scene):
    """Rules for pictures and papers, and what must hold of their bytes."""

    @rule(pc=PCS, which=WHICH, acts=st.lists(st.sampled_from(sorted(PAPERS)), min_size=1,
          max_size=3), data=FILES)  # fmt: skip
    def file_papers(self, pc: str, which: int, acts: list[str], data: bytes) -> None:
        if not self.pcs[pc].rows("SELECT 1 FROM issue WHERE stream = '' LIMIT 1"):
            self.pcs[pc].do(lambda tx: handle(tx, None, ""))
        for act in acts:
            self.pcs[pc].do(partial(_file, which=which, act=act, data=data))

    @rule(which=WHICH, kind=ERASED)
    def centre_erases_papers(self, which: int, kind: str) -> None:
        """A record with the papers filed with it, and the pictures that nobody else names."""
        found = self.known(kind, which)
        if found is not None:
            self.erased(found[0])

    def erased(self, key: Key) -> None:
        """The administrator erases a record of the first station, its files before the commit."""
        with self.centre.administered() as connection:
            files = erase(connection, self.own, (key[0], key[1].hex))
            for name in files or ():
                self.centre.files.remove(self.own, name)
        self.oracle.centre_erases(key)

    def pictures_are_whole(self, home: str, rows: dict[Key, Any]) -> None:
        """Invariants 1, 5, 9: a picture that is named is everywhere, any other is nowhere."""
        named = {body["sha256"] for (kind, _), (_, body) in rows.items() if kind == "photo"}
        kept = self.centre.pictures(self.streams[home])
        here = {name: _pictures(pc) for name, pc in self.of_station(home).items()}
        found = {one for those in here.values() for one, has in those if has}
        assert found <= named, "a picture that no record names (9)"
        lost = named - found
        if lost and not self.restored_centre:
            assert any(pc.restored for pc in self.pcs.values()), "a picture is lost (1)"
        assert kept - named == set(), "a picture of nothing at the centre (9)"
        assert named - kept <= lost, "a picture did not reach the centre (1)"
        for name, those in here.items():
            assert {one for one, has in those if not has} <= lost - kept, f"not at {name} (5)"
            tasks = self.pcs[name].rows("SELECT sha256, way FROM blob_task")
            waited_for = lost | self._only_here(name)
            assert set(tasks) <= {(one, "in") for one in waited_for}, f"{name} still waits (17)"

    def _only_here(self, name: str) -> set[str]:
        """Pictures whose records a restored centre has no more: a person must look at them."""
        rows = self.pcs[name].rows("SELECT sha256 FROM photo WHERE row_version = 0 AND stream = ''")
        return {one for (one,) in rows} if self.restored_centre else set()


def _file(tx: Tx, which: int, act: str, data: bytes) -> None:
    row = nth(tx, Issue, which)
    if row is not None:
        PAPERS[act](tx, row, data)


def _pictures(pc: Bench) -> set[tuple[str, bool]]:
    """By what name each picture should be here that the centre knows, and whether it is."""
    found = set()
    sql = "SELECT sha256, body FROM photo WHERE row_version > 0 OR (stream <> '' AND body <> x'')"
    for name, body in pc.rows(sql):
        assert not body or sha256(body).hexdigest() == name, "another picture than named"
        found.add((name, bool(body)))
    return found
