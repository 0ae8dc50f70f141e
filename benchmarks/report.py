"""One measured figure, and how it is shown: a row of a table."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = ("figure", "measured", "limit or peer", "ratio", "budget", "")


@dataclass(frozen=True, slots=True)
class Result:
    """One figure in ``unit``. ``limit`` is the peer's or limit's figure, ``peer`` says what it is.

    ``ratio`` is figure : limit, ``budget`` what ``design.md`` §5 asks for, in words.
    """

    name: str
    figure: float
    unit: str
    limit: float
    peer: str
    ratio: float
    budget: str
    ok: bool

    def cells(self) -> tuple[str, ...]:
        """The figure as the cells of a table."""
        if not self.peer:
            return self.name, f"{number(self.figure)} {self.unit}", "", "", "", ""
        return (
            self.name,
            f"{number(self.figure)} {self.unit}",
            f"{number(self.limit)} {self.unit} ({self.peer})",
            f"{self.ratio:.2f}",
            self.budget,
            "ok" if self.ok else "MISSED",
        )


def against(name: str, figure: float, unit: str, *, limit: float, peer: str, most: float) -> Result:
    """A figure that may be at most ``most`` times ``limit``."""
    ratio = figure / limit
    budget = f"≤ {number(most)} ×" if most != 1 else f"≤ {number(limit)} {unit}"
    return Result(name, figure, unit, limit, peer, ratio, budget, ratio <= most)


def share(name: str, rate: float, *, limit: float, peer: str, least: float) -> Result:
    """A rate a second that must reach ``least`` of the limit's."""
    ratio = rate / limit
    return Result(name, rate, "/s", limit, peer, ratio, f"≥ {least:.0%}", ratio >= least)


def fact(name: str, figure: float, unit: str) -> Result:
    """A figure that is told and not judged."""
    return Result(name, figure, unit, 0.0, "", 0.0, "", True)


def show(results: Sequence[Result]) -> Sequence[Result]:
    """Print the results as a Markdown table and hand them on."""
    print(table(results))
    return results


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(one.cells() for one in results)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def number(value: float) -> str:
    """Three significant digits, without an exponent."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below."""
    return statistics.quantiles(values, n=20)[-1]
