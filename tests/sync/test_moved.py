"""A resident moves to another station: gone from the lists of one, whole at the other."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from central.blobstore import store_of
from central.database import own_stream
from central.keys import load_keys
from central.moving import move
from station_app.domain.issues import IssueDraft
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft
from station_app.services import residents
from station_app.services.visits import save_visit
from tests.sync.acts import Pc, add, names
from tests.sync.centre import Centre
from tests.sync.desk import bench_from
from tests.sync.faults import Network


def test_a_resident_who_moved_is_found_there_and_no_longer_here(
    bench: Pc, centre: Centre, station: UUID, template: Path, tmp_path: Path
) -> None:
    a = bench("a")
    draft = VisitDraft(Party(ResidentDraft("于桂芳")), (IssueDraft(title="路灯", text="不亮"),))
    a.do(lambda tx: save_visit(tx, draft))
    add(a, "李丽")
    a.sync()
    [(person,)] = a.rows("SELECT id FROM resident WHERE name = '于桂芳'")
    target = centre.station()
    with centre.administered() as connection:
        store = store_of(centre.settings, load_keys(centre.settings.home).rest)
        streams = own_stream(station), own_stream(target)
        assert move(connection, store, *streams, ("resident", person)) is not None
    a.sync()
    shutil.copytree(template, tmp_path / "other")
    other = bench_from(tmp_path / "other", Network(centre.transport))
    other.join(centre.code(target))
    other.sync()
    for pc in (a, other):
        pc.check_derived()
        report = pc.sync(check=True)
        assert report is not None
        assert report.repaired == 0
    assert (names(a), names(other)) == (["李丽"], ["于桂芳"])
    with other.store.read(other.actor) as tx:
        assert [one.name for one in residents.match_residents(tx, "于")] == ["于桂芳"]
    assert a.rows("SELECT count(*) FROM issue") == [(0,)]
    assert other.rows("SELECT title, status FROM issue") == [("路灯", "registered")]
    other.close()
