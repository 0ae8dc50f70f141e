"""PagedTable: a Qt model over a list of any length, read page by page through the list services.

It holds one stretch of rows, from the beginning downwards or, after ``jump_to_end``, from the end
upwards; sorting and filtering always ask the service, so they concern the whole data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from station_app.domain.lists import Listing, Mark, Page
from station_app.ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from uuid import UUID

    from station_app.store import Tx
    from station_app.ui.widgets.basic import Tone


class Identified(Protocol):
    """A row of a list: whatever else it holds, it has the id of its record."""

    @property
    def id(self) -> Any:
        """The record's id."""


Row = TypeVar("Row", bound=Identified)
Index = QModelIndex | QPersistentModelIndex
Order = Qt.SortOrder

#: After a change at most this many pages are read again; the rest follows when scrolled to.
PAGES_KEPT = 5
ROW = Qt.ItemDataRole.UserRole + 1


class Fetch(Protocol):
    """The shape of every list service (domain/lists.py)."""

    def __call__(
        self, tx: Tx, listing: Listing, /, *, at: Mark | None = ..., backwards: bool = ...
    ) -> Page[Any]: ...


@dataclass(frozen=True)  # with slots, Python 3.11 cannot make a Column[Row]
class Column(Generic[Row]):
    """One column. ``sort`` is the service's name of its order, empty if it offers none.

    ``detail`` is a grey second line; ``tone`` makes the text a pill in that colour; ``width`` is
    in dp, 0 stretches; ``right`` aligns figures; ``role`` is a Tokens colour such as ``secondary``.
    """

    title: str
    text: Callable[[Row], str]
    sort: str = ""
    width: float = 0
    detail: Callable[[Row], str] | None = None
    tone: Callable[[Row], Tone] | None = None
    right: bool = False
    strong: bool = False
    role: str = "text"


class PagedTable(QAbstractTableModel, Generic[Row]):
    """Rows of ``fetch`` under ``columns``. Every row has an ``id``; the whole row is at role ROW.

    ``ask(listing)`` shows another listing, ``reload()`` the same anew; ``counted`` brings the
    total.
    """

    counted = Signal(int)
    loaded = Signal()

    def __init__(
        self,
        jobs: Jobs,
        columns: Sequence[Column[Row]],
        fetch: Fetch,
        *,
        listing: Listing,
        count: Callable[[Tx, Listing], int] | None = None,
        failed: Callable[[Any], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.listing = listing
        self.total: int | None = None
        self.rows: list[Row] = []
        self.ready = False
        self._jobs, self._fetch, self._count, self._failed = jobs, fetch, count, failed
        self._before: Mark | None = None
        self._after: Mark | None = None
        self._at_end = False
        self._job: Job | None = None
        self._reading = False

    def ask(self, listing: Listing) -> None:
        """Show ``listing`` from its beginning."""
        self.listing, self._at_end = listing, False
        self._read(1)

    def reload(self) -> None:
        """Read the same stretch again, as after a change."""
        self._read(max(1, min(PAGES_KEPT, -(-len(self.rows) // 100))))

    def jump_to_start(self) -> None:
        """Show the stretch from the beginning."""
        if self._at_end or not self.ready:
            self._at_end = False
            self._read(1)

    def jump_to_end(self) -> None:
        """Show the stretch that ends the list."""
        if self._after is not None:
            self._at_end = True
            self._read(1)

    def row_of(self, record_id: UUID) -> int:
        """Where the record stands in the loaded stretch, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.id == record_id), -1)

    def sort(self, column: int, order: Order = Order.AscendingOrder) -> None:
        """Sort the whole data by ``column``, if the service offers that."""
        name = self.columns[column].sort
        if name:
            descending = order == Order.DescendingOrder
            self.ask(replace(self.listing, sort=name, descending=descending))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        return not parent.isValid() and self._after is not None and not self._reading

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        if self.canFetchMore(parent):
            self._more(self._after, backwards=False)

    def fetch_earlier(self) -> None:
        """Read the page before the first row, if there is one."""
        if self._before is not None and not self._reading:
            self._more(self._before, backwards=True)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title} {column.text(row)}".strip()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if column.sort and column.sort == self.listing.sort:
                return f"{column.title} {'↓' if self.listing.descending else '↑'}"
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _read(self, pages: int) -> None:
        if self._job is not None:
            self._job.cancel()
        self._reading = True
        listing, at_end, fetch = self.listing, self._at_end, self._fetch
        self._job = self._jobs.read(
            lambda tx: _stretch(fetch, tx, listing, pages, at_end),
            self._replace,
            owner=self,
            failed=self._refuse,
        )
        if self._count is not None:
            count = self._count
            self._jobs.latest("count", lambda tx: count(tx, listing), self._counted, owner=self)

    def _more(self, at: Mark | None, *, backwards: bool) -> None:
        self._reading = True
        listing, fetch = self.listing, self._fetch
        self._job = self._jobs.read(
            lambda tx: fetch(tx, listing, at=at, backwards=backwards),
            self._prepend if backwards else self._append,
            owner=self,
            failed=self._refuse,
        )

    def _replace(self, page: Page[Row]) -> None:
        self._reading = False
        self.beginResetModel()
        self.rows, self._before, self._after = list(page.rows), page.before, page.after
        self.ready = True
        self.endResetModel()
        self.loaded.emit()

    def _append(self, page: Page[Row]) -> None:
        self._reading = False
        self._after = page.after
        if page.rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(page.rows) - 1)
            self.rows += page.rows
            self.endInsertRows()

    def _prepend(self, page: Page[Row]) -> None:
        self._reading = False
        self._before = page.before
        if page.rows:
            self.beginInsertRows(QModelIndex(), 0, len(page.rows) - 1)
            self.rows[:0] = page.rows
            self.endInsertRows()

    def _counted(self, total: int) -> None:
        self.total = total
        self.counted.emit(total)

    def _refuse(self, error: Any) -> None:
        self._reading = False
        if self._failed is not None:
            self._failed(error)
        else:
            self._jobs.misfortune.emit(error)


def _stretch(fetch: Fetch, tx: Tx, listing: Listing, pages: int, at_end: bool) -> Page[Any]:
    page = fetch(tx, listing, at=None, backwards=at_end)
    rows, before, after = list(page.rows), page.before, page.after
    for _ in range(pages - 1):
        mark = before if at_end else after
        if mark is None:
            break
        page = fetch(tx, listing, at=mark, backwards=at_end)
        if at_end:
            rows, before = [*page.rows, *rows], page.before
        else:
            rows, after = [*rows, *page.rows], page.after
    return Page(tuple(rows), after=after, before=before)
