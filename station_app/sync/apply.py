"""Pulled pages into the station's tables: one transaction, all of them or none (sync.md §7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
import sqlcipher3

from db.vocabulary import Op
from db.wire import Body, Mutation, PullAnswer, Row, State
from station_app.store import Change, Tx
from station_app.store.transaction import driver_of
from station_app.sync import glances, outbox, rows
from station_app.sync.derive import Touched
from station_app.sync.edited import note_edits
from station_app.sync.kinds import kinds, writing_order
from station_app.sync.moments import stored
from station_app.sync.rebase import Shadow, write_shadow

#: A pull that would take away more rows than this, and a larger part of a stream than that,
#: waits until a person has said yes (sync.md §6).
MANY, MUCH = 50, 0.10

_page = msgspec.json.Decoder(PullAnswer).decode

Pause = Callable[[], object]


@dataclass(slots=True)
class Applied:
    """What applying did. ``held``: that many records would go, so nothing was done."""

    written: int = 0
    removed: int = 0
    held: int = 0


@dataclass(slots=True)
class _Pull:
    """One transaction that applies pages of one stream."""

    tx: Tx
    driver: sqlcipher3.Connection
    stream: str
    own: bool
    compare: bool
    touched: Touched
    waiting: dict[tuple[str, str], list[Mutation]]
    now: str
    pause: Pause
    coming: frozenset[str] = frozenset()
    done: Applied = field(default_factory=Applied)

    @property
    def column(self) -> str:
        """What the rows' ``stream`` column says: nothing for the station's own."""
        return "" if self.own else self.stream


def apply_pages(
    tx: Tx,
    stream: str,
    pages: Iterable[bytes],
    *,
    own: bool,
    mode: str = "",
    confirmed: bool = False,
    pause: Pause = lambda: None,
) -> Applied:
    """Bring the station's tables to what ``pages`` (JSON, in order) say of a stream.

    With a snapshot's ``mode`` ("fresh", "resync", "compare", "restored") the pages are all that
    lives there: what is missing is taken away after a resync and otherwise only no longer counted
    as known.
    A snapshot is compared value by value: a centre that was restored, or joined anew, gives the
    same versions again, to other values.
    ``pause`` is called often and may raise: then nothing was done.
    """
    driver = driver_of(tx.session)
    driver.execute("PRAGMA defer_foreign_keys=ON")
    pages = list(pages)
    pull = _Pull(
        tx, driver, stream, own, bool(mode), Touched(driver),
        outbox.pending_of(driver, outbox.pending_keys(driver)), stored(tx.now),
        pause,
    )  # fmt: skip
    missing = glances.missing(driver, pull.column, pages) if mode else {}
    going = glances.going(driver, pages)
    if mode == "resync":
        going += sum(map(len, missing.values()))
    if going > MANY and going > MUCH * glances.size(driver, pull.column) and not confirmed:
        return Applied(held=going)
    for page in pages:
        _apply_rows(pull, _page(page).rows)
    for kind, record_ids in missing.items():
        _drop_missing(pull, kind, record_ids, remove=mode == "resync")
        if mode == "restored":
            _as_handed_in(pull, kind, record_ids)
    if mode:
        _drop_shadows(pull, pages)
        offer_pictures(driver)
    pull.touched.settle(tx, pause)
    if pull.done.written or pull.done.removed:
        tx.note(Op.PULL, "stream", None, why=stream)
    return pull.done


def _apply_rows(pull: _Pull, page: list[Row]) -> None:
    newest = {(row.kind, row.id.hex): row for row in page}
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in newest.values():
        by_kind[row.kind].append(row)
    live = {
        name: [row for row in by_kind[name] if row.state is State.LIVE] for name in writing_order()
    }
    issues = (row.id.hex for row in live["issue"])
    pull.coming = frozenset(one for one in issues if ("issue", one) not in pull.waiting)
    for name, of_kind in live.items():
        _apply_live(pull, name, of_kind)
    for name in reversed(kinds()):
        _apply_gone(pull, name, [row for row in by_kind[name] if row.state is not State.LIVE])
    for name in by_kind.keys() - kinds().keys():
        for row in by_kind[name]:
            _keep_unknown(pull, row)


def _apply_live(pull: _Pull, name: str, live: list[Row]) -> None:
    if not live:
        return
    pull.pause()
    kind = kinds()[name]
    ids = [row.id.hex for row in live]
    known = rows.versions(pull.driver, kind, ids)
    here = rows.bodies(pull.driver, kind, known) if pull.compare else {}
    fresh: list[rows.Pulled] = []
    for row in live:
        record_id = row.id.hex
        body: Body | None = row.body or {}
        if known.get(record_id) == row.row_version and not pull.compare:
            continue  # an echo of what was sent from here
        if (name, record_id) in pull.waiting:
            shadow = Shadow(row.row_version, row.state.value, body)
            write_shadow(pull.driver, (name, record_id), pull.column, shadow)
            body = outbox.fold(body, pull.waiting[name, record_id])
        if body is None:
            continue
        if not pull.compare or here.get(record_id) != _told(body):
            fresh.append(rows.Pulled(record_id, row.row_version, body))
        elif known[record_id] != row.row_version:
            rows.stamp(pull.driver, kind, [(record_id, row.row_version)])
    _write(pull, name, fresh, known, {row.id.hex: row.id for row in live})


def _write(
    pull: _Pull,
    name: str,
    fresh: list[rows.Pulled],
    known: dict[str, int],
    uuids: dict[str, UUID],
) -> None:
    ids = [row.id for row in fresh]
    pull.touched.changing(name, known.keys() & set(ids))
    note_edits(pull.tx, pull.driver, name, fresh, known)
    folded = pull.touched.fold_new(pull.tx, ids) if name == "issue" else {}
    rows.put(
        pull.driver, kinds()[name], fresh, stream=pull.column, now=pull.now,
        coming=pull.coming, folded=folded,
    )  # fmt: skip
    pull.touched.written(name, ids, [row.body for row in fresh])
    pull.done.written += len(fresh)
    for record_id in ids:
        op = Op.EDIT if record_id in known else Op.ADD
        pull.tx.changes.add(Change(name, uuids[record_id], op))
    if name == "photo":
        fetch_pictures(pull.driver)


def _apply_gone(pull: _Pull, name: str, gone: list[Row]) -> None:
    here = rows.existing(pull.driver, kinds()[name], [row.id.hex for row in gone])
    going = []
    for row in gone:
        key = (name, row.id.hex)
        if row.state is State.ERASED:
            _forget(pull.driver, key)
        if key in pull.waiting:
            shadow = Shadow(row.row_version, row.state.value, None)
            write_shadow(pull.driver, key, pull.column, shadow)
            if row.state is not State.ERASED:
                continue  # what was typed stays until the centre has answered
        if row.id.hex in here:
            going.append(row.id.hex)
    _remove(pull, name, going)


def _remove(pull: _Pull, name: str, going: list[str]) -> None:
    if not going:
        return
    known = rows.versions(pull.driver, kinds()[name], going)
    pull.touched.changing(name, going)
    rows.remove(pull.driver, kinds()[name], going, now=pull.now)
    pull.touched.removed(name, going)
    pull.done.removed += len(known)
    pull.tx.changes |= {Change(name, UUID(one), Op.DELETE) for one in known}


def _forget(driver: sqlcipher3.Connection, key: tuple[str, str]) -> None:
    """A person asked for erasure: what was sent once, and what may conflict with it, goes too."""
    outbox.empty(driver, [key])
    driver.execute("DELETE FROM shadow WHERE kind = ? AND record_id = ?", key)


def _keep_unknown(pull: _Pull, row: Row) -> None:
    """A kind of a newer program: kept as it came, for the day this one is upgraded."""
    key = (row.kind, row.id.hex)
    if row.state is State.LIVE:
        shadow = Shadow(row.row_version, row.state.value, row.body)
        write_shadow(pull.driver, key, pull.stream, shadow)
    else:
        _forget(pull.driver, key)


def _drop_missing(pull: _Pull, name: str, record_ids: set[str], *, remove: bool) -> None:
    """Take away what the centre no longer has, or know it as here alone; what waits stays."""
    waiting = {one for one in record_ids if (name, one) in pull.waiting}
    gone = record_ids - waiting if remove else set()
    _remove(pull, name, sorted(gone))
    rows.stamp(pull.driver, kinds()[name], [(one, 0) for one in record_ids - gone])


def _as_handed_in(pull: _Pull, name: str, record_ids: set[str]) -> None:
    """Records that the restored centre will have from here, as it will have them.

    What others wrote in them comes again from those, or was the centre's own and is gone with it.
    """
    kind = kinds()[name]
    made = {
        one: body
        for one in record_ids
        if (body := outbox.fold(None, pull.waiting.get((name, one), ()))) is not None
    }
    here = rows.bodies(pull.driver, kind, made)
    fresh = [rows.Pulled(one, 0, made[one]) for one in sorted(made)
             if here.get(one) != _told(made[one])]  # fmt: skip
    _write(pull, name, fresh, dict.fromkeys(here, 0), {one: UUID(one) for one in made})


def _drop_shadows(pull: _Pull, pages: list[bytes]) -> None:
    """Copies of what is not in the centre's snapshot are of nothing, whatever waits on them.

    What was kept for a newer program, and is not there, was never ours.
    """
    seen = glances.keys_of(pages)
    kept = pull.driver.execute(
        "SELECT kind, record_id FROM shadow WHERE stream IN (?, ?)", (pull.column, pull.stream)
    ).fetchall()
    lacking = [key for key in kept if key not in seen]
    pull.driver.executemany("DELETE FROM shadow WHERE kind = ? AND record_id = ?", lacking)


def _told(body: Body) -> Body:
    return {name: value for name, value in body.items() if value is not None}


def fetch_pictures(driver: sqlcipher3.Connection) -> None:
    """Note the pictures whose records came without them."""
    driver.execute(
        "INSERT OR IGNORE INTO blob_task (sha256, way) SELECT DISTINCT sha256, 'in' FROM photo"
        " WHERE length(body) = 0 AND sha256 <> ''"
    )


def offer_pictures(driver: sqlcipher3.Connection) -> None:
    """Note all pictures that are here and whose records the centre has.

    A snapshot is read where the centre may have lost them, or where nobody knows any more whether
    they were ever sent.
    """
    driver.execute(
        "INSERT OR IGNORE INTO blob_task (sha256, way) SELECT DISTINCT sha256, 'out' FROM photo"
        " WHERE length(body) > 0 AND stream = '' AND row_version > 0"
    )
