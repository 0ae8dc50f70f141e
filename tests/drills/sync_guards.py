"""Take each guard of the exchange out, in turn: what it guards must then be seen to break.

    run.py drill sync_guards

For each of the seventeen things of docs/sync.md §12 a short story (tests/sync/stories.py) is told
twice: as the program is it must end well, and with the guard taken out it must fail.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from msgspec import structs

import central.answers
import central.fold
import central.pull
import central.push
import db.merge
import station_app.sync.apply
import station_app.sync.once
import station_app.sync.outbox
import station_app.sync.pull
import station_app.sync.rebase
from central.embedded import EmbeddedPostgres
from db.wire import DIGEST_MODULUS
from station_app.sync.kinds import Kind
from tests.sync import stories
from tests.sync.centre import Centre
from tests.sync.machine import Exchange
from tests.sync.world import make_template


class Guard(NamedTuple):
    """What holds, what guards it, how to take that out, and the story that then fails."""

    number: int
    holds: str
    taken_out: str
    without: Callable[[Centre], AbstractContextManager[Any]]
    story: stories.Story


def _instead(where: Any, name: str, other: Any) -> Callable[[Centre], AbstractContextManager[Any]]:
    return lambda _: patch.object(where, name, other)


def _a_hole(self: Any, *given: Any) -> None:
    self.stream.head += 1
    _stamp(self, *given)


def _all_sent(driver: Any, results: Any, now: str) -> None:
    _acknowledge(driver, results, now)
    driver.execute("UPDATE outbox SET state = 'sent' WHERE state = 'rejected'")


def _skipping(*given: Any) -> Any:
    page = _page(*given)
    return structs.replace(page, next=page.head, more=False)


def _stage_nothing_but_the_last(driver: Any, place: Any, raw: bytes, page: Any) -> None:
    driver.execute("DELETE FROM stage WHERE stream = ?", (place.stream,))
    _stage(driver, place, raw, page)


def _no_floor(*given: Any) -> Any:
    return structs.replace(_head(*given), floor=0)


def _no_extra(self: Kind, body: Any) -> Any:
    return _values(self, {name: value for name, value in body.items() if name in self.known})


def _first_batch_only(driver: Any, limit: int, **more: Any) -> Any:
    """What waits behind the first few is not seen."""
    found = _batch(driver, limit, **more)
    return [one for one in found if one.mid <= 6]


@contextmanager
def _every_stream_is_ours(centre: Centre) -> Iterator[None]:
    """The wall in the database, and with it the gateway's list of streams."""
    [(wall,)] = centre.sql("SELECT pg_get_functiondef('enter'::regproc)")
    assert _READABLE in wall, "the wall stands elsewhere now"
    centre.sql(wall.replace(_READABLE, "WHERE true OR stream_id = ANY"))
    yield


#: What ``enter`` opens for a PC: its own stream and those above it.
_READABLE = "WHERE stream_id = ANY"
_stamp = central.fold.Fold._stamp
_acknowledge = station_app.sync.outbox.acknowledge
_page, _head = central.pull._page, central.pull._head
_stage = station_app.sync.pull._stage
_values = Kind.values
_batch = station_app.sync.outbox.batch

GUARDS = (
    Guard(1, "no acknowledged change is missing", "sending again after a restore of the centre",
          _instead(station_app.sync.outbox, "send_again", lambda *_: 0),
          stories.the_centre_is_restored_and_asks_again),
    Guard(2, "nothing vanishes without a word", "marking what was refused",
          _instead(station_app.sync.outbox, "acknowledge", _all_sent),
          stories.what_is_refused_is_told),
    Guard(3, "each change counts once", "knowing a change of an earlier life by its uuid",
          _instead(central.answers, "told_in_another_life", lambda *_: {}),
          stories.a_restored_pc_hands_in_again),
    Guard(4, "revisions without a hole", "one revision for one change",
          _instead(central.fold.Fold, "_stamp", _a_hole), stories.begun),
    Guard(5, "all are equal at rest", "the digest that is kept with each change",
          _instead(central.fold, "_part", lambda *_: 1 % DIGEST_MODULUS), stories.begun),
    Guard(6, "a PC reads its own writes", "what waits, on top of what is read",
          _instead(station_app.sync.outbox, "fold", lambda base, _: base),
          stories.a_change_waits_while_another_is_read),
    Guard(7, "groups are all or none", "folding group by group",
          _instead(central.fold, "_group", lambda one: one.uuid),
          stories.a_group_is_half_impossible),
    Guard(8, "what is refused blocks nothing", "halving until the group at fault stands alone",
          _instead(central.push, "_POISON", ()), stories.what_is_refused_is_told),
    Guard(9, "what is gone stays gone", "purging what an erased record once said",
          _instead(station_app.sync.apply, "_forget", lambda *_: None),
          stories.one_resident_is_erased),
    Guard(10, "sizes change nothing", "going on after the last row of a page",
          _instead(central.pull, "_page", _skipping), stories.a_lot_is_read_in_small_pages),
    Guard(11, "both edits live on", "asking who wrote a field after the base",
          _instead(db.merge, "_later", lambda *_: False), stories.two_edit_one_field),
    Guard(12, "n appended are n everywhere", "applying all staged pages",
          _instead(station_app.sync.pull, "_stage", _stage_nothing_but_the_last),
          stories.a_lot_is_read_in_small_pages),
    Guard(13, "no row of another station", "the wall in the database",
          _every_stream_is_ours, stories.two_stations_work),
    Guard(14, "below the floor: 410", "looking at the floor",
          _instead(central.pull, "_head", _no_floor),
          stories.a_pc_was_away_while_the_centre_forgot),
    Guard(15, "clocks change nothing", "reckoning by the centre's clock",
          _instead(station_app.sync.once, "centres_now", lambda _, now: now),
          stories.a_clock_is_a_year_ahead),
    Guard(16, "what is not known is kept", "keeping unknown fields beside the record",
          _instead(Kind, "values", _no_extra), stories.a_newer_program_has_written),
    Guard(17, "the queue empties", "handing in everything that waits",
          _instead(station_app.sync.outbox, "batch", _first_batch_only), stories.much_waits),
)  # fmt: skip


def main(argv: Sequence[str] = ()) -> int:
    """Print the table; the exit code is 0 if each guard was missed."""
    folder = Path(tempfile.mkdtemp(prefix="guards-"))
    folder.chmod(0o755)  # where the drill runs as root the server has a user of its own
    server = EmbeddedPostgres(folder / "data")
    missed = 0
    try:
        make_template(folder / "template")
        for guard in GUARDS:
            centre = Centre(server, folder / f"centre-{guard.number}")
            well, caught = _look(guard, centre, folder / "template")
            missed += not well and bool(caught)
            sys.stdout.write(
                f"{guard.number:>2}  {guard.holds:<34} without: {guard.taken_out:<50}"
                f" {'unsound: ' + well if well else caught or 'NOT CAUGHT'}\n"
            )
            sys.stdout.flush()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(f"{missed} of {len(GUARDS)} guards were missed\n")
    return 0 if missed == len(GUARDS) else 1


def _look(guard: Guard, centre: Centre, template: Path) -> tuple[str, str]:
    """What goes wrong with the guard in place (nothing, one hopes), and without it."""
    try:
        well = tell(guard.story, centre, template)
        with guard.without(centre):
            return well, tell(guard.story, centre, template)
    finally:
        centre.close()


def tell(story: stories.Story, centre: Centre, template: Path) -> str:
    """Tell a story to its end; what did not hold in it."""

    class Told(Exchange):
        pass

    Told.centre, Told.template = centre, template
    scene = Told()
    try:
        try:
            scene.join()
            story(scene)
        finally:
            scene.teardown()
    except Exception as error:
        return _short(error)
    return ""


def _short(error: BaseException) -> str:
    text = str(error).splitlines()
    return f"{type(error).__name__}: {text[0][:70] if text else ''}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
