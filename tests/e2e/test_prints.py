"""Everything that can be printed, on the demo station: no form is missing, each can be read."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Audit
from db.vocabulary import Op
from station_app.printing.all_forms import one_of_each
from station_app.printing.cards.shapes import Shape
from station_app.printing.catalogue import Apart, Form
from station_app.wiring import OpenStation
from tests.printing.reading import read


def test_the_demo_station_has_a_record_for_every_form(demo: OpenStation) -> None:
    with demo.store.write(demo.actor) as tx:
        batch = one_of_each(tx)
    assert [one.form for one in batch.prints] == [*Form, Apart.REPORT, *Shape]
    for one in batch.prints:
        found = read(one())
        if one.form in list(Shape):
            assert "白德福" in found.text  # whose card is the newest; the paper's name is not on it
            continue
        assert found.metadata["Title"].partition(" ")[0] in found.text
        assert "第 1 页 共" in found.pages[0] or one.form is Form.RECEIPT
    with demo.store.read(demo.actor) as tx:
        logged = set(tx.session.scalars(select(Audit.fields).where(Audit.op == Op.PRINT)))
    assert {form.value for form in (*Form, Apart.REPORT, *Shape)} <= logged
