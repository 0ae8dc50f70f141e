"""The random histories must touch every kind of record that travels: a new one needs an act."""

from __future__ import annotations

from db.policy import models
from tests.sync.handling import HANDLING
from tests.sync.machine import Exchange
from tests.sync.papers import PAPERS
from tests.sync.planning import PLANS

#: Kinds that no act of a random history makes, each with its reason.
UNTOUCHED: dict[str, str] = {}


def test_some_act_of_the_histories_makes_each_kind(scene: Exchange) -> None:
    scene.receive(pc="a", name="甲")
    scene.plan_day(pc="a", duties=1)
    scene.plan(pc="a", acts=list(PLANS), word="甲")
    scene.move_day(pc="a", step="open")
    scene.check_in(pc="a")
    scene.handle_issue(pc="a", which=0, acts=list(HANDLING))
    scene.file_papers(pc="a", which=0, acts=list(PAPERS), data=b"%PDF-1.4 one")
    scene.suggest(pc="a", text="甲")
    for pc in ("a", "b"):
        scene.sync(pc=pc, sizes="large")
    scene.edit(pc="a", which=0, field="note", value="乙")
    scene.edit(pc="b", which=0, field="note", value="丙")
    for pc in ("a", "b"):
        scene.sync(pc=pc, sizes="large")
    scene.region_hears_of_cards()
    rows = [*scene.centre.records(scene.own), *scene.centre.records(scene.region)]
    assert models().keys() - {kind for kind, _ in rows} == UNTOUCHED.keys()
