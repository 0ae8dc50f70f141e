"""The sheet with the recovery key: large groups to type from, a code to scan, where to keep it."""

from __future__ import annotations

from datetime import date

from station_app.printing.fonts import check_glyphs, tidy
from station_app.printing.layout import FOOT, STATION, TITLE, Flow, page_foot
from station_app.printing.pen import A4, MM, Pen, Type
from station_app.printing.phrases import said_date
from station_app.printing.templates import Own, form_texts

_MARGIN = 24 * MM
_KEY = Type(25, 42, bold=True, spacing=0.14)
_LEAD = Type(11.5, 20)
_HEAD = Type(12, 22, bold=True)
_RULE = Type(11, 20)
_SIGN = Type(11, 18)
_GROUPS_A_LINE = 2
_CODE_SIDE = 34 * MM


def recovery_sheet(
    station_name: str, recovery_key: str, *, printed_on: date, own: Own | None = None
) -> bytes:
    """The recovery key on paper, as PDF. The bytes are secret: show, print, never store them.

    ``recovery_key`` is in groups joined by dashes. Raises PrintFault for a station name that no
    font can draw.
    """
    check_glyphs([(station_name, station_name)])
    texts = form_texts("recovery_sheet", None, own)
    flow = Flow(
        A4,
        margin=_MARGIN,
        bottom=24 * MM,
        page_room=A4[1] - 64 * MM,
        head=_turned,
        foot=page_foot(f"打印日期：{said_date(printed_on)}", margin=_MARGIN),
    )
    flow.y -= 24 * MM
    flow.write(texts["title"], TITLE, align="center")
    flow.heading(tidy(station_name), STATION, beside=0.0)
    flow.y -= 8 * MM
    flow.paragraph(texts["lead"], _LEAD)
    flow.y -= 4 * MM
    _key_panel(flow, recovery_key, texts["code"])
    _rules(flow, texts)
    return flow.finish(Pen(A4, title=texts["title"], author=station_name, made_on=printed_on))


def _turned(flow: Flow) -> None:
    flow.y -= 24 * MM


def _key_panel(flow: Flow, recovery_key: str, caption: str) -> None:
    """The groups two a line in a frame, the code at the right."""
    groups = recovery_key.split("-")
    lines = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
    height = max(len(lines) * _KEY.leading + 14 * MM, _CODE_SIDE + 18 * MM)
    top = flow.y
    code_left = flow.right - _CODE_SIDE - 7 * MM
    column = (code_left - flow.left - 12 * MM) / _GROUPS_A_LINE
    flow.put(lambda pen: pen.box(flow.left, top - height, flow.width, height, rule=1.0))
    flow.y = top - (height - len(lines) * _KEY.leading) / 2
    for line in lines:
        baseline = flow.y
        for place, group in enumerate(line):
            flow.y = baseline
            flow.write(group, _KEY, x=flow.left + 8 * MM + place * column)
    bottom = top - 7 * MM - _CODE_SIDE
    flow.put(lambda pen: pen.code(code_left, bottom, _CODE_SIDE, recovery_key, level="Q"))
    middle = code_left + _CODE_SIDE / 2
    flow.put(lambda pen: pen.text(middle, bottom - 5 * MM, caption, FOOT, align="center"))
    flow.y = top - height - 10 * MM


def _rules(flow: Flow, texts: dict[str, str]) -> None:
    flow.write(texts["rules"], _HEAD)
    rules = [text for name, text in texts.items() if name.startswith("rule_") and text]
    for place, rule in enumerate(rules, start=1):
        number, y = f"{place}.", flow.y
        flow.write(number, _RULE)
        flow.y = y
        flow.paragraph(rule, _RULE, indent=7 * MM)
        flow.y -= 1.5 * MM
    flow.y -= 14 * MM
    top = flow.y
    flow.write(texts["signs"], _SIGN)
    flow.y = top
    flow.write(texts["dated"], _SIGN, x=flow.left + flow.width * 0.6)
