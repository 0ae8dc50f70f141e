"""The parts screens are built from. Import them from here; sizes are dp, colours theme roles.

Words     label(text, role): title 20, section 16, strong, secondary 12.5 grey, quiet, figure, error
Layout    row(...), column(...): None is a stretch; Card().content; Line(); Flow; theme.lay(layout);
          scrolling(content, name, gutter=): forms must scroll, at 150 % there is half the room
State     Pill(text, tone): neutral green amber blue red accent; StatCard(label, figure).set(17)
Pictures  Icon(name, role, size), Avatar(name).set(name, photo),
          EmptyState(icon, sentence, advice, button)
Buttons   ShortcutButton(text, "Ctrl+N", icon=, kind="primary"|"quiet"|"filter"|"", act=callable)
          obeys its keys while visible; IconButton(icon, name, keys=, act=); KeyCap("Ctrl+K").
          No single-letter shortcuts: a scanner types letters (and WCAG 2.1.4 forbids them).
Choices   ChoiceBar([(value, text, icon)], name=, start=).chosen / .changed; kind="filter"
          PickMany(name=).offer([(value, name)]).take(...).taken / .changed
Fields    Field(text, input, required=, hint=).set_error(sentence); inputs: QLineEdit,
          TextArea(lines=, most=), PasswordInput(), Combo().fill([(value, text)]).currentData(),
          DateField(value).value, TimeField(value).value; EnterMovesOn(form)
Finding   SearchField(placeholder, keys); PopupList(anchor, name=).show_rows([Suggestion()]).chosen
Lists     PagedTable(jobs, [Column()], services.list_x, listing=Listing(), count=services.count_x)
          ListTable(model, name=, empty=EmptyState()).chosen .opened .current .select(id)
Messages  MessageBar("amber", icon=).set(strong, plain).add_button(b);
          toasts: Page.message.emit(text, undo)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from station_app.ui.widgets.basic import (
        Avatar,
        Card,
        ElidedLabel,
        EmptyState,
        Icon,
        KeyCap,
        Line,
        Pill,
        StatCard,
        Tone,
        keys_in_words,
        label,
        restyle,
    )
    from station_app.ui.widgets.buttons import (
        ChoiceBar,
        IconButton,
        ShortcutButton,
        show_keys_if_room,
    )
    from station_app.ui.widgets.dates import DateField, TimeField, parse_date, parse_time
    from station_app.ui.widgets.fields import Combo, Field, PasswordInput, SearchField, TextArea
    from station_app.ui.widgets.keys import EnterMovesOn
    from station_app.ui.widgets.layout import (
        Flow,
        Scroller,
        bring_into_view,
        column,
        row,
        scrolling,
    )
    from station_app.ui.widgets.list_table import ListTable
    from station_app.ui.widgets.messages import MessageBar, Toast
    from station_app.ui.widgets.paged_table import ROW, Column, PagedTable
    from station_app.ui.widgets.pick_many import PickMany
    from station_app.ui.widgets.popup import PopupList, Suggestion

__all__ = [
    "ROW", "Avatar", "Card", "ChoiceBar", "Column", "Combo", "DateField", "ElidedLabel",
    "EmptyState", "EnterMovesOn", "Field", "Flow", "Icon", "IconButton", "KeyCap", "Line",
    "ListTable", "MessageBar", "PagedTable", "PasswordInput", "PickMany", "Pill",
    "PopupList", "Scroller", "SearchField", "ShortcutButton", "StatCard", "Suggestion", "TextArea",
    "TimeField", "Toast", "Tone", "bring_into_view", "column", "keys_in_words", "label",
    "parse_date", "parse_time", "restyle", "row", "scrolling", "show_keys_if_room",
]  # fmt: skip

_HOMES = {
    "basic": "Avatar Card ElidedLabel EmptyState Icon KeyCap Line Pill StatCard Tone "
    "keys_in_words label restyle",
    "buttons": "ChoiceBar IconButton ShortcutButton show_keys_if_room",
    "dates": "DateField TimeField parse_date parse_time",
    "fields": "Combo Field PasswordInput SearchField TextArea",
    "keys": "EnterMovesOn",
    "layout": "Flow Scroller bring_into_view column row scrolling",
    "list_table": "ListTable",
    "messages": "MessageBar Toast",
    "paged_table": "ROW Column PagedTable",
    "pick_many": "PickMany",
    "popup": "PopupList Suggestion",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Load a part when it is asked for: the unlock window needs few of them."""
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(import_module(f"station_app.ui.widgets.{_HOME_OF[name]}"), name)
