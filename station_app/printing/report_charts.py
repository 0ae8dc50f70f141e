"""The charts of the printed report, in greys that survive a copier: trend, bars, shares, days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from station_app.domain.figure_words import age_word, rated_word, value_words
from station_app.domain.figures import Age, Figure, Part, Rated
from station_app.domain.reports import HeatDay, MonthPoint
from station_app.domain.words import paper
from station_app.printing.cells import rise
from station_app.printing.layout import Flow
from station_app.printing.lines import wrap
from station_app.printing.pen import GREY, MM, Pen, Type

SMALL = Type(8.5, 12)
_QUIET = Type(8, 11, grey=GREY)
_DARK, _MIDDLE, _LIGHT, _FAINT = 0.25, 0.6, 0.85, 0.95
ROW = 5.6 * MM
#: The shades of a heat map, from few visits to many.
_HEAT = (0.86, 0.66, 0.44, 0.2)


def trend(flow: Flow, months: Sequence[MonthPoint]) -> None:
    """Month by month: issues raised and solved side by side, people as figures below."""
    tall, left = 38 * MM, 12 * MM
    flow.keep(tall + 14 * MM)
    _legend(flow, ((_MIDDLE, "意见建议（条）"), (_DARK, "解决问题（个）")))
    top, ground = flow.y - 3 * MM, flow.y - tall
    flow.y = ground - 9 * MM
    shown = tuple(months)[-24:]
    most = max((max(one.issues, one.solved) for one in shown), default=0) or 1
    wide = (flow.width - left) / max(1, len(shown))
    x0, right = flow.left, flow.right

    def draw(pen: Pen) -> None:
        for share in (0.0, 0.5, 1.0):
            y = ground + (top - ground) * share
            pen.line(x0 + left, y, right, y, width=0.3)
            pen.text(x0 + left - 2 * MM, y - 3, f"{most * share:,.0f}", _QUIET, align="right")
        for at, one in enumerate(shown):
            middle, bar = x0 + left + (at + 0.5) * wide, min(5 * MM, wide * 0.34)
            for shade, x, n in ((_MIDDLE, middle - bar, one.issues), (_DARK, middle, one.solved)):
                pen.box(x, ground, bar, (top - ground) * n / most, shade=shade, rule=0)
            said = f"{one.month}月" if one.month > 1 or len(shown) <= 12 else f"{one.year}年"
            pen.text(middle, ground - 10, said, _QUIET, align="center")
            pen.text(middle, ground - 20, f"{one.people:,}人", _QUIET, align="center")

    flow.put(draw)


def bars(flow: Flow, figure: Figure, parts: Sequence[Part], whole: int) -> None:
    """The parts of a figure as bars, with name, value and share of the ``whole``."""
    most = max((_size(one) for one in parts), default=0) or 1
    for one in parts:
        said = value_words(figure, one.value)
        if one.value.whole is None:
            said += f"（{100 * one.value.part / max(whole, 1):.0f}%）"
        else:
            said += f"（{one.value.part}／{one.value.whole}）"
        _bar(flow, one.name, _size(one) / most, said)


def note(flow: Flow, text: str) -> None:
    """A small line below a chart."""
    flow.keep(_QUIET.leading)
    flow.write(text, _QUIET, x=flow.left + _NAMES)


def ages(flow: Flow, found: Sequence[Age]) -> None:
    """Open issues by how long they are."""
    most = max((one.count for one in found), default=0) or 1
    for one in found:
        _bar(flow, age_word(one, paper), one.count / most, f"{one.count:,} 条")


def ratings(flow: Flow, found: Sequence[Rated]) -> None:
    """What each kind of rater felt: bars of 100 % in three shades with their numbers."""
    _legend(flow, ((_DARK, "满意"), (_MIDDLE, "基本满意"), (_FAINT, "不满意")))
    for one in found:
        name = rated_word(one.rater, one.apart, paper)
        share = value_words(Figure.SATISFACTION, one.value)
        y = _line(flow, name, f"{share}（评价 {one.evaluated} 次）")
        x, room = flow.left + _NAMES, flow.width - _NAMES - _FIGURES - 4 * MM
        counts = ((_DARK, one.satisfied), (_MIDDLE, one.fairly), (_FAINT, one.dissatisfied))
        for shade, n in counts:
            wide = room * n / max(1, one.evaluated)
            if n:
                _piece(flow, (x, y, wide), shade, f"{n}")
            x += wide


def heat(flow: Flow, year: int, days: Sequence[HeatDay]) -> None:
    """A square for each day of the year, the darker the more visits it had."""
    side = (flow.width - 8 * MM) / 54
    flow.keep(7 * side + 12 * MM)
    visits = {one.on: one.visits for one in days}
    most = max(visits.values(), default=1)
    top = flow.y - 5 * MM
    first = date(year, 1, 1)
    x0 = flow.left + 8 * MM
    flow.y = top - 7 * side - 3 * MM

    def draw(pen: Pen) -> None:
        for at, said in enumerate(("一", "三", "五")):
            pen.text(x0 - 2 * MM, top - (2 * at + 0.85) * side, said, _QUIET, align="right")
        day = first
        while day.year == year:
            week = (day.toordinal() - first.toordinal() + first.weekday()) // 7
            x, y = x0 + week * side, top - (day.weekday() + 1) * side
            n = visits.get(day, 0)
            level = min(3, (n * len(_HEAT) - 1) // max(most, 1)) if n else -1
            pen.box(x, y, side - 0.6, side - 0.6, shade=_HEAT[level] if n else _FAINT, rule=0)
            if day.day == 1:
                pen.text(x, top + 1.5 * MM, f"{day.month}月", _QUIET)
            day += timedelta(days=1)

    flow.put(draw)


_NAMES, _FIGURES = 44 * MM, 40 * MM


def _size(one: Part) -> float:
    return one.value.part if one.value.whole is None else (one.value.share or 0)


def _bar(flow: Flow, name: str, share: float, said: str) -> None:
    y = _line(flow, name, said)
    room = flow.width - _NAMES - _FIGURES - 4 * MM
    x, tall = flow.left + _NAMES, ROW - 1.6 * MM

    def draw(pen: Pen) -> None:
        pen.box(x, y, room, tall, shade=_FAINT, rule=0)
        pen.box(x, y, room * share, tall, shade=_MIDDLE, rule=0)

    flow.put(draw)


def _line(flow: Flow, name: str, said: str) -> float:
    """A name at the left and words at the right of one line; returns where its bar stands."""
    flow.keep(ROW)
    flow.y -= ROW
    y = flow.y + 0.8 * MM
    short = wrap(name, _NAMES - 3 * MM, size=SMALL.size)
    shown = short[0].rstrip() + ("…" if len(short) > 1 else "")
    base = y + rise(SMALL) - 0.2 * MM
    left, right = flow.left + _NAMES - 2 * MM, flow.right - _FIGURES
    flow.put(lambda pen: pen.text(left, base, shown, SMALL, align="right"))
    flow.put(lambda pen: pen.text(right, base, said, SMALL))
    return y


def _piece(flow: Flow, place: tuple[float, float, float], shade: float, said: str) -> None:
    x, y, wide = place
    grey = 1.0 if shade == _DARK else 0.0
    style = Type(SMALL.size, SMALL.leading, grey=grey)

    def draw(pen: Pen) -> None:
        pen.box(x, y, wide, ROW - 1.6 * MM, shade=shade, rule=0.3)
        if style.width(said) < wide - 2:
            pen.text(x + wide / 2, y + rise(SMALL) - 0.2 * MM, said, style, align="center")

    flow.put(draw)


def _legend(flow: Flow, entries: Sequence[tuple[float, str]]) -> None:
    flow.keep(6 * MM)
    flow.y -= 5 * MM
    x, y = flow.left + 8 * MM, flow.y

    def draw(pen: Pen) -> None:
        at = x
        for shade, said in entries:
            pen.box(at, y, 3 * MM, 3 * MM, shade=shade, rule=0.3)
            pen.text(at + 4.5 * MM, y + 0.4 * MM, said, SMALL)
            at += 4.5 * MM + SMALL.width(said) + 8 * MM

    flow.put(draw)
