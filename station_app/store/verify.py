"""Verify a station's file: pages, references, audit chain, waiting changes, search index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlcipher3

from db.vocabulary import Op
from station_app.domain.accounts import Actor
from station_app.errors import StoreFault
from station_app.i18n import tr
from station_app.store import search_index
from station_app.store.backup import page_faults
from station_app.store.journal import Chain, digest_of, first_chain, link_of, load_chain
from station_app.store.search_documents import DOCUMENTS
from station_app.store.store import Store
from station_app.store.transaction import driver_of

_LEFT_TRACES = (Op.ADD.value, Op.EDIT.value, Op.DELETE.value)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. ``audit_row`` is the first audit row that is missing or altered.

    ``outbox_row`` is the first waiting change that is not what the audit saw; ``search`` counts
    records that the index does not know, or knows though they are gone.
    """

    pages: tuple[str, ...]
    references: int
    audit_row: int | None
    outbox_row: int | None
    search: int

    @property
    def ok(self) -> bool:
        """Whether everything is in order."""
        return not self.sentences()

    def sentences(self) -> tuple[str, ...]:
        """What is wrong, each with what to do; empty if nothing."""
        found = []
        if self.pages:
            found.append(tr("The file is damaged. Restore the newest good backup."))
        if self.references:
            found.append(
                tr(
                    "{n} records refer to records that are gone. Restore a backup.",
                    n=self.references,
                )
            )
        if self.audit_row is not None:
            found.append(tr("The log of changes was altered at entry {n}.", n=self.audit_row))
        if self.outbox_row is not None:
            found.append(tr("A change waiting to be sent was altered: {n}.", n=self.outbox_row))
        if self.search:
            found.append(
                tr("The search index lacks {n} records; let it be rebuilt.", n=self.search)
            )
        return tuple(found)


def verify(store: Store, actor: Actor) -> Verification:
    """Look through the whole file, in one snapshot while others go on working."""
    with store.read(actor) as tx:
        driver = driver_of(tx.session)
        # Any search lets FTS5 forget how its index lay before another connection wrote to it; the
        # check alone would look for pieces that are gone, and call a sound file damaged.
        driver.execute("SELECT rowid FROM find_text WHERE find_text MATCH 'x' LIMIT 1").fetchall()
        pages = tuple(page_faults(driver))
        if pages:
            # Whatever the damaged pages say about the rest would only mislead.
            return Verification(pages, 0, None, None, 0)
        return Verification(
            pages=pages,
            references=len(driver.execute("PRAGMA foreign_key_check").fetchall()),
            audit_row=altered_audit_row(driver),
            outbox_row=altered_outbox_row(driver),
            search=search_gaps(driver),
        )


def rebuild_search(store: Store, actor: Actor) -> None:
    """Make the search index anew from the records."""
    with store.write(actor) as tx:
        search_index.rebuild(driver_of(tx.session))


def altered_audit_row(driver: sqlcipher3.Connection) -> int | None:
    """The number of the first audit row that is missing, altered or put in; None if all are good.

    The kept head tells when rows were cut off at the end.
    """
    try:
        head = load_chain(driver)
    except StoreFault:
        return 1
    chain = first_chain(head.key)
    for row in driver.execute(
        "SELECT seq, at, actor_id, op, kind, record_id, fields, digest, link FROM audit"
        " ORDER BY seq"
    ):
        if not _follows(chain, row):
            return chain.seq + 1
        chain.seq, chain.link = row[0], bytes(row[8])
    if (chain.seq, chain.link) != (head.seq, head.link):
        return min(chain.seq, head.seq) + 1
    return None


def altered_outbox_row(driver: sqlcipher3.Connection) -> int | None:
    """The number of a waiting change whose fields are not those the audit saw; None if all are.

    Both were written in the same order, so they are compared from the newest backwards. One that
    was emptied on purpose (a person's data were erased, or a new PC met its station) says nothing.
    """
    key = load_chain(driver).key
    marks = ", ".join("?" * len(_LEFT_TRACES))
    traces = driver.execute(
        f"SELECT kind, record_id, op, digest FROM audit WHERE op IN ({marks}) ORDER BY seq DESC",
        _LEFT_TRACES,
    )
    waiting = driver.execute(
        "SELECT mid, kind, record_id, op, fields FROM outbox ORDER BY mid DESC"
    )
    for mid, *what, fields in waiting:
        trace = traces.fetchone()
        if trace is not None and fields == "{}":
            continue
        if trace is None or [*what, digest_of(key, fields.encode())] != list(trace):
            return int(mid)
    return None


def search_gaps(driver: sqlcipher3.Connection) -> int:
    """How many records the search index lacks, or still holds though they are gone."""
    gaps = 0
    for made in DOCUMENTS.values():
        lacking = (
            f"SELECT count(*) FROM {made.table} t LEFT JOIN find_row r ON r.record_id = t.id"
            " LEFT JOIN find_text_docsize d ON d.id = r.row WHERE d.id IS NULL"
        )
        left_over = (
            "SELECT count(*) FROM find_text_docsize d LEFT JOIN find_row r ON r.row = d.id"
            f" LEFT JOIN {made.table} t ON t.id = r.record_id"
            " WHERE t.id IS NULL AND d.id BETWEEN ? AND ?"
        )
        gaps += driver.execute(lacking).fetchone()[0]
        gaps += driver.execute(left_over, search_index.range_of(made.found)).fetchone()[0]
    return gaps


def _follows(chain: Chain, row: tuple[Any, ...]) -> bool:
    seq, *values, digest, link = row
    made = link_of(chain.key, chain.link, chain.seq + 1, (*values, digest.hex()))
    return bool(seq == chain.seq + 1 and made == link)
