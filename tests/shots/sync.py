"""Poses of the exchange with the centre; the centre's part is written straight into the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

from db.wire import State
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.store import Tx
from station_app.store.transaction import driver_of
from station_app.sync.kinds import kinds
from station_app.sync.moments import stored
from station_app.sync.report import SyncReport
from station_app.ui.sync.locked_out import shut_out
from tests.shots.stage import Pose, Stage

URL = "https://centre.example"
STATION = "5b2a4f0e8f4e5c589d0b6d2f1c7a9e31"


def joined(stage: Stage, *acts: Callable[[Tx], None], problem: str = "", off: int = 0) -> None:
    """The station as if it had joined and handed everything in, then ``acts``."""

    def write(tx: Tx) -> None:
        driver = driver_of(tx.session)
        at = stored(tx.now - timedelta(minutes=4))
        driver.execute(
            "INSERT INTO identity (id, url, device_id, station_id, letter, incarnation, sign_key,"
            " seal_key, centre_sign_key, centre_seal_key, acked_mid, renew, joined_at, clock_off,"
            " problem, policy, last_exchange_at)"
            " VALUES (1, ?, ?, ?, 'A', 1, '', '', '', '', 0, 0, ?, ?, ?, '{}', ?)",
            (URL, uuid4().hex, STATION, at, off, problem, at),
        )
        driver.execute("UPDATE outbox SET state = 'sent', acked_at = ?", (at,))
        for kind in kinds().values():
            driver.execute(f"UPDATE {kind.table} SET row_version = 1")
        for act in acts:
            act(tx)

    stage.write(write)
    assert stage.the_program.exchange is not None
    stage.the_program.exchange.look(anew=True)
    stage.page("sync").mark_stale()
    stage.settle()


def wait(tx: Tx, acts: int = 12) -> None:
    """The newest changes wait, made from 10:32 on."""
    millis = int((tx.now - timedelta(minutes=15)).timestamp() * 1000)
    driver = driver_of(tx.session)
    driver.execute(
        "UPDATE outbox SET state = 'pending', hlc = ? WHERE group_id IN (SELECT group_id FROM"
        " outbox GROUP BY group_id ORDER BY max(mid) DESC LIMIT ?)",
        (f"{millis:013d}-000000", acts),
    )


def conflicts(tx: Tx) -> None:
    """Two fields of one resident were written at two places."""
    driver = driver_of(tx.session)
    resident = driver.execute("SELECT id FROM resident WHERE phone <> '' ORDER BY id").fetchone()[0]
    written_apart(tx, "resident", resident, "phone", "13800000231", "13800000237")
    written_apart(tx, "resident", resident, "address", "桃源街12号3单元402", "桃源街12号3单元401")


def rule_written_apart(tx: Tx) -> None:
    """The weekdays of a rule were written at two places."""
    [rule] = driver_of(tx.session).execute("SELECT min(id) FROM recurrence").fetchone()
    written_apart(tx, "recurrence", rule, "weekdays", ["0", "2"], ["0", "4"])


def written_apart(
    tx: Tx, kind: str, record: str, field: str, present: object, wanted: object
) -> None:
    """One field was written 20 hours ago, and again elsewhere 2 hours ago."""
    driver = driver_of(tx.session)
    accounts = [row[0] for row in driver.execute("SELECT id FROM account ORDER BY created_at")]
    at = stored(tx.now)
    sides = [f"{int((tx.now - timedelta(hours=h)).timestamp() * 1000):013d}-0" for h in (20, 2)]
    driver.execute(
        "INSERT INTO conflict (id, row_version, edition, stream, created_at, updated_at,"
        " record_kind, record_id, field, op, present, wanted, present_actor_id,"
        " wanted_actor_id, present_hlc, wanted_hlc)"
        " VALUES (?, 1, 1, '', ?, ?, ?, ?, ?, 'edit', ?, ?, ?, ?, ?, ?)",
        (uuid4().hex, at, at, kind, record, field, json.dumps(present), json.dumps(wanted),
         accounts[1], accounts[0], *sides),
    )  # fmt: skip


def refused(tx: Tx) -> None:
    """Two changes were not accepted."""
    driver = driver_of(tx.session)
    for kind, code in (("day", "expected_state"), ("resident", "moved")):
        driver.execute(
            "UPDATE outbox SET state = 'rejected', result = ? WHERE mid ="
            " (SELECT max(mid) FROM outbox WHERE kind = ?)",
            (json.dumps({"code": code}), kind),
        )


def held(tx: Tx) -> None:
    """The centre removed 64 residents."""
    driver = driver_of(tx.session)
    ids = [row[0] for row in driver.execute("SELECT id FROM resident ORDER BY sort_key LIMIT 64")]
    rows = [{"state": State.DELETED, "kind": "resident", "id": one} for one in ids]
    stream = f"S:{STATION}"
    driver.execute(
        "INSERT INTO cursor (stream, epoch, rev, mode, next_rev, held, confirmed)"
        " VALUES (?, ?, 5, '', 9, ?, 0)",
        (stream, uuid4().hex, len(ids)),
    )
    page = json.dumps({"rows": rows}).encode()
    driver.execute("INSERT INTO stage (stream, since, page) VALUES (?, '5', ?)", (stream, page))


def unknown(tx: Tx) -> None:
    """Three records are only here."""
    driver_of(tx.session).execute(
        "UPDATE resident SET row_version = 0 WHERE id IN (SELECT id FROM resident LIMIT 3)"
    )


def third(stage: Stage) -> None:
    """Neither value holds: another one is written."""
    joined(stage, conflicts)
    stage.keys("Ctrl+3")


def wrong_code(stage: Stage) -> None:
    """A code that the centre does not know."""
    form = stage.page("sync").joining.form
    form.url.setText(URL)
    form.code.setText("7KQM-2345-ABCD-WXYZ")
    text = tr("The centre does not know this code. Check it letter by letter.")
    form.refuse(RuleViolation({"code": text}))


def stick(stage: Stage) -> None:
    """The stick was written."""
    joined(stage, wait, problem="offline")
    card = stage.page("sync").stick
    card.said.set(tr("{n} changes are on the stick: {name}", n=12, name="A-20261110.bundle"),
                  tr("Take it to the centre. What is in it counts as handed in when the centre's "
                     "answer was taken in here."))  # fmt: skip


def left(stage: Stage) -> None:
    """The answer was taken in, and some changes wait for the next stick."""
    joined(stage, wait, problem="offline")
    stage.page("sync").stick._taken_in(SyncReport(sent=10, written=146, waiting=2))


def writing(stage: Stage) -> None:
    """The stick is being written."""
    joined(stage, wait, problem="offline")
    stage.page("sync").stick.busy.set(tr("Writing to the stick …"))


def shut(stage: Stage) -> None:
    """The centre has shut this PC out."""
    joined(stage, problem="revoked")
    stage.settle()
    shut_out(stage.the_program)


def under_way(stage: Stage) -> None:
    """An exchange is under way."""
    joined(stage, partial(wait, acts=240))
    link = stage.the_program.exchange
    assert link is not None
    link.step = "push"
    stage.page("sync").state.show_step()


POSES = [
    Pose("sync-none", "demo", lambda stage: stage.page("sync")),
    Pose("sync-none-operator", "operator", lambda stage: stage.page("sync")),
    Pose("sync-wrong-code", "demo", wrong_code),
    Pose("sync-all", "demo", joined),
    Pose("sync-waiting", "demo", under_way),
    Pose("sync-offline", "demo", lambda stage: joined(stage, wait, problem="offline")),
    Pose("sync-conflict", "demo", lambda stage: joined(stage, conflicts)),
    Pose("sync-conflict-rule", "demo", lambda stage: joined(stage, rule_written_apart)),
    Pose("sync-conflict-third", "demo", third),
    Pose("sync-refused", "demo", lambda stage: joined(stage, refused)),
    Pose("sync-held", "demo", lambda stage: joined(stage, held)),
    Pose("sync-unknown", "demo", lambda stage: joined(stage, unknown)),
    Pose("sync-clock", "demo", lambda stage: joined(stage, off=-42 * 60)),
    Pose("sync-upgrade", "demo", lambda stage: joined(stage, problem="upgrade")),
    Pose("sync-stick", "demo", stick),
    Pose("sync-stick-left", "demo", left),
    Pose("sync-stick-writing", "demo", writing),
    Pose("sync-shut-out", "demo", shut),
    Pose("wizard-join", "nothing", lambda stage: stage.keys("Alt+4")),
]
