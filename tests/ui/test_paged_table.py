"""Lists of any length: a million invented rows behind the real model, and the real deputies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.deputies import DeputyDraft, DeputyRecord
from station_app.domain.lists import PAGE_SIZE, Listing, Mark, Page
from station_app.services import deputies
from station_app.ui.jobs import Jobs
from station_app.ui.widgets import ROW, Column, EmptyState, ListTable, PagedTable


@dataclass(frozen=True)
class Row:
    id: int
    name: str


class Provider:
    """As many rows as asked for, made when asked for; counts how often that was."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.asked: list[tuple[Listing, Any, bool]] = []

    @contextmanager
    def read(self, actor: object) -> Iterator[Provider]:
        yield self

    def list_rows(self, tx: Any, listing: Listing, /, *, at: Mark | None = None,
                  backwards: bool = False) -> Page[Row]:  # fmt: skip
        self.asked.append((listing, at, backwards))
        place = -1 if at is None else int(str(at.value))
        if backwards:
            last = self.length if at is None else place
            span = range(max(0, last - PAGE_SIZE), last)
        else:
            span = range(place + 1, min(self.length, place + 1 + PAGE_SIZE))
        rows = tuple(Row(self._id(n, listing), f"row {n}") for n in span)
        return Page(
            rows=rows,
            after=Mark(span[-1], None) if span and span[-1] < self.length - 1 else None,  # type: ignore[arg-type]  # no UUIDs here
            before=Mark(span[0], None) if span and span[0] > 0 else None,  # type: ignore[arg-type]  # as above
        )

    def _id(self, n: int, listing: Listing) -> int:
        return self.length - 1 - n if listing.descending else n


COLUMNS = [
    Column[Row]("Number", lambda row: str(row.id), sort="id", width=80),
    Column[Row]("Name", lambda row: row.name),
]


@pytest.fixture
def provider() -> Provider:
    return Provider(1_000_000)


@pytest.fixture
def table(
    app: QApplication, qtbot: QtBot, provider: Provider, jobs: Jobs
) -> Iterator[PagedTable[Row]]:
    own = Jobs(provider, jobs.actor)  # type: ignore[arg-type]  # the provider stands for the store
    model = PagedTable(
        own, COLUMNS, provider.list_rows, listing=Listing("id"), count=lambda tx, _: provider.length
    )
    with qtbot.waitSignals([model.loaded, model.counted]):
        model.ask(Listing("id"))
    yield model
    own.close()


@pytest.fixture
def view(qtbot: QtBot, table: PagedTable[Row]) -> ListTable:
    made = ListTable(table, name="Rows")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def ids(table: PagedTable[Row]) -> list[int]:
    return [row.id for row in table.rows]


def test_the_first_page_is_all_that_is_read(table: PagedTable[Row], provider: Provider) -> None:
    assert len(provider.asked) == 1
    assert ids(table) == list(range(PAGE_SIZE))
    assert table.total == 1_000_000
    assert table.index(3, 0).data(ROW) == Row(3, "row 3")


def test_a_million_rows_open_as_fast_as_a_hundred(
    app: QApplication, qtbot: QtBot, jobs: Jobs
) -> None:
    def opening(length: int) -> float:
        provider = Provider(length)
        own = Jobs(provider, jobs.actor)  # type: ignore[arg-type]  # as above
        model = PagedTable(own, COLUMNS, provider.list_rows, listing=Listing("id"))
        began = time.perf_counter()
        with qtbot.waitSignal(model.loaded):
            model.ask(Listing("id"))
        took = time.perf_counter() - began
        own.close()
        return took

    few = min(opening(100) for _ in range(5))
    many = min(opening(1_000_000) for _ in range(5))
    assert many < 3 * few + 0.01


def test_scrolling_down_reads_on(qtbot: QtBot, table: PagedTable[Row]) -> None:
    assert table.canFetchMore()
    with qtbot.waitSignal(table.rowsInserted):
        table.fetchMore()
        assert not table.canFetchMore()  # not twice at a time
    assert ids(table) == list(range(2 * PAGE_SIZE))


def test_end_jumps_to_the_last_row_and_up_from_there(
    qtbot: QtBot, table: PagedTable[Row], view: ListTable, provider: Provider
) -> None:
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current == Row(999_999, "row 999999")
    assert len(provider.asked) == 2
    with qtbot.waitSignal(table.rowsInserted):
        table.fetch_earlier()
    assert ids(table) == list(range(1_000_000 - 2 * PAGE_SIZE, 1_000_000))
    assert view.current == Row(999_999, "row 999999")
    with qtbot.waitSignal(table.loaded):
        qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current == Row(0, "row 0")


def test_the_header_sorts_the_whole_data(
    qtbot: QtBot, table: PagedTable[Row], view: ListTable
) -> None:
    with qtbot.waitSignal(table.loaded):
        view.horizontalHeader().sectionClicked.emit(0)
    assert table.listing.descending
    assert ids(table)[0] == 999_999
    assert table.headerData(0, Qt.Orientation.Horizontal) == "Number ↓"
    with qtbot.assertNotEmitted(table.loaded, wait=50):
        view.horizontalHeader().sectionClicked.emit(1)


def test_the_selection_stays_on_its_record(
    qtbot: QtBot, table: PagedTable[Row], view: ListTable
) -> None:
    view.select(42)  # type: ignore[arg-type]  # no UUIDs here
    with qtbot.waitSignal(table.loaded):
        table.reload()
    assert view.current == Row(42, "row 42")


def test_enter_opens_and_arrows_choose(
    qtbot: QtBot, table: PagedTable[Row], view: ListTable
) -> None:
    view.select(1)  # type: ignore[arg-type]  # no UUIDs here
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == [Row(2, "row 2")]
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [Row(2, "row 2")]


def test_an_empty_list_says_what_to_do(app: QApplication, qtbot: QtBot, jobs: Jobs) -> None:
    provider = Provider(0)
    own = Jobs(provider, jobs.actor)  # type: ignore[arg-type]  # as above
    model = PagedTable(own, COLUMNS, provider.list_rows, listing=Listing("id"))
    empty = EmptyState("users", "Nobody yet", "Add the first one.")
    view = ListTable(model, name="Rows", empty=empty)
    qtbot.addWidget(view)
    view.show()
    assert not empty.isVisible()
    with qtbot.waitSignal(model.loaded):
        model.reload()
    assert empty.isVisible()
    provider.length = 1
    with qtbot.waitSignal(model.loaded):
        model.reload()
    assert not empty.isVisible()
    own.close()


def test_the_real_deputies_page_by_page(qtbot: QtBot, jobs: Jobs) -> None:
    names = [f"代表{n:03}" for n in range(230)]
    with qtbot.waitSignal(jobs.changed):
        jobs.write(
            lambda tx: [deputies.save_deputy(tx, DeputyDraft(name=one)) for one in names],
            owner=jobs,
        )
    model: PagedTable[DeputyRecord] = PagedTable(
        jobs,
        [Column[DeputyRecord]("Name", lambda row: row.name, sort="name")],
        deputies.list_deputies,
        listing=Listing("name"),
        count=deputies.count_deputies,
    )
    with qtbot.waitSignals([model.loaded, model.counted]):
        model.reload()
    assert model.total == 230
    while model.canFetchMore():
        with qtbot.waitSignal(model.rowsInserted):
            model.fetchMore()
    assert [row.name for row in model.rows] == names
    with qtbot.waitSignal(model.loaded):
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.rows[0].name == names[-1]
