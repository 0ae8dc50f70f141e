"""Pictures and papers on their way: everywhere the same bytes, and nowhere once they are erased.

At the end of each story all come to rest, and papers.py looks at every byte.
"""

from __future__ import annotations

from uuid import UUID

import pytest

from db.models import Issue
from station_app.services import attachments
from tests.sync.faults import Fault
from tests.sync.machine import Exchange

PDF = b"%PDF-1.4 one"


def attach(scene: Exchange, pc: str, data: bytes = PDF) -> None:
    scene.file_papers(pc=pc, which=0, acts=["attach"], data=data)


def papers(scene: Exchange, pc: str) -> list[tuple[str, bytes]]:
    """Name and bytes of each paper of an issue, as its page shows them."""
    bench = scene.pcs[pc]
    with bench.store.read(bench.actor) as tx:
        return [
            (one.name, attachments.attachment_data(tx, one.id))
            for issue in tx.session.query(Issue.id)
            for one in attachments.list_attachments(tx, issue[0])
        ]


def synced(scene: Exchange, *pcs: str) -> None:
    for pc in pcs:
        scene.sync(pc=pc, sizes="small")


def key(scene: Exchange, kind: str) -> tuple[str, UUID]:
    [(found, _)] = [one for one in [scene.known(kind, 0)] if one]
    return found


def test_a_paper_of_an_issue_is_read_on_the_other_pc(scene: Exchange) -> None:
    attach(scene, "a")
    synced(scene, "a", "b")
    assert papers(scene, "b") == [("照片", PDF)]


@pytest.mark.parametrize("at", [1, 3, 4, 5])  # its record, whether it is there, its two parts
@pytest.mark.parametrize("fault", [Fault.LOST_ANSWER, Fault.KILLED_AFTER])
def test_a_paper_arrives_whatever_befalls_the_first_exchange(
    scene: Exchange, at: int, fault: Fault
) -> None:
    attach(scene, "a")
    scene.sync_badly(pc="a", sizes="large", at=at, fault=fault, dies_at=0)
    synced(scene, "a")
    scene.sync_badly(pc="b", sizes="large", at=at, fault=fault, dies_at=0)
    synced(scene, "b")
    assert papers(scene, "b") == [("照片", PDF)]


def test_a_centre_that_was_restored_is_given_again_what_it_lost(scene: Exchange) -> None:
    attach(scene, "a")
    scene.pcs["a"].network.inner = scene.centre.way("large")
    scene.sync_badly(pc="a", sizes="large", at=3, fault=Fault.LOST_REQUEST, dies_at=0)
    assert scene.centre.pictures(scene.own) == set()
    assert scene.known("photo", 0) is not None  # the record is there, its bytes are not yet
    scene.centre_is_backed_up()
    synced(scene, "a")
    assert len(scene.centre.pictures(scene.own)) == 1
    scene.centre_is_restored()
    synced(scene, "a", "b")
    assert papers(scene, "b") == [("照片", PDF)]


def test_with_an_issue_its_papers_are_erased_everywhere(scene: Exchange) -> None:
    attach(scene, "a")
    synced(scene, "a", "b")
    scene.erased(key(scene, "issue"))
    assert scene.centre.pictures(scene.own) == set()
    synced(scene, "a", "b")
    for pc in ("a", "b"):
        assert scene.pcs[pc].rows("SELECT 1 FROM photo WHERE body <> x''") == []


def test_nobody_waits_for_a_picture_that_was_erased_before_it_came(scene: Exchange) -> None:
    attach(scene, "a")
    scene.sync_badly(pc="a", sizes="large", at=3, fault=Fault.LOST_REQUEST, dies_at=0)
    synced(scene, "b")
    assert scene.pcs["b"].rows("SELECT way FROM blob_task") == [("in",)]
    scene.erased(key(scene, "photo"))
    synced(scene, "b")
    assert scene.pcs["b"].rows("SELECT way FROM blob_task") == []


def test_a_pc_that_must_be_upgraded_sends_nothing_of_what_was_erased(scene: Exchange) -> None:
    """It reads nothing, so it cannot know: the centre does not keep what no record names."""
    attach(scene, "a")
    scene.sync_badly(pc="a", sizes="large", at=3, fault=Fault.LOST_REQUEST, dies_at=0)
    scene.erased(key(scene, "photo"))
    scene.read_only_with_a_newer_program(pc="a")
    assert scene.centre.pictures(scene.own) == set()
