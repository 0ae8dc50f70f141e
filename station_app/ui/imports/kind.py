"""What tells one import of a list from another: its fields, columns, words and act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station_app.exchange.reading import ListReading
from station_app.i18n import tr

if TYPE_CHECKING:
    from station_app.store import Tx

Reading = ListReading[Any]
Report = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Understood:
    """One column of what was understood: its title, its text of a draft, its width in dp."""

    title: str
    text: Callable[[Any], str]
    width: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How an import ended, in words and figures.

    ``figures`` are (label, number). ``notes`` are sentences about single rows besides those that
    the reading has.
    """

    title: str
    words: str
    figures: tuple[tuple[str, int], ...]
    notes: dict[int, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of import.

    ``read`` takes the path and ``sheet``, ``mapping`` and ``header_row`` by name. ``act`` imports
    in a Tx, telling how far it is. The words are functions because the language may change.
    """

    fields: tuple[tuple[str, str], ...]
    columns: tuple[Understood, ...]
    read: Callable[..., Reading]
    act: Callable[[Tx, Path, Reading, Report], Any]
    ended: Callable[[Any, Reading], Ended]
    name_of: Callable[[Any], str]
    drop: str
    choose: str
    done: str
    nothing_found: Callable[[Reading], tuple[str, str]]
    accept: Callable[[int], str]
    importing: Callable[[int], str]
    summary: Callable[[int, int, int], str]


def figures_of(reading: Reading) -> Sequence[tuple[str, int]]:
    """Rows skipped and cells unread, for the end."""
    skipped = sum(any(entry.cells) for entry in reading.skipped)
    unread = sum(len(entry.problems) for entry in reading.doubtful)
    return ((tr("Rows skipped"), skipped), (tr("Cells unread"), unread))
