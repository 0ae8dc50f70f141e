"""The look: readable in every combination, complete, and switched while windows are open."""

from __future__ import annotations

import ast
import re

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.config import RESOURCES
from station_app.ui import theme
from station_app.ui.theme import TEXT_PAIRS, TOKENS, Look, contrast
from tests.architecture import sources


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize(("fore", "ground"), TEXT_PAIRS)
def test_every_text_is_readable_on_its_ground(look: Look, fore: str, ground: str) -> None:
    wanted = 7.0 if look is Look.CONTRAST else 4.5  # WCAG 2: AAA where somebody asked for contrast
    tokens = TOKENS[look]
    assert contrast(getattr(tokens, fore), getattr(tokens, ground)) >= wanted


@pytest.mark.parametrize("look", list(Look))
def test_the_focus_ring_is_seen(look: Look) -> None:
    tokens = TOKENS[look]
    for ground in (tokens.surface, tokens.page, tokens.rail):
        assert contrast(tokens.focus, ground) >= 3


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_the_style_sheet_is_filled_completely(app: QApplication, look: Look, percent: int) -> None:
    theme.apply(app, look=look, percent=percent)
    sheet = theme.style_sheet()
    assert not re.search(r"\$\w|\ddp\b", sheet)
    assert f"font-size: {round(14 * percent / 100)}px" in sheet


def test_what_depends_on_the_scale_follows_it(app: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    theme.fit(widget, lambda one: one.setFixedHeight(theme.px(40)))
    assert widget.height() == 40
    theme.apply(app, percent=150)
    assert widget.height() == 60


def test_icons_take_the_colour_of_their_role(app: QApplication) -> None:
    for look in Look:
        theme.apply(app, look=look)
        image = theme.pixmap("search", "accent").toImage()
        colours = {
            image.pixelColor(x, y).name().upper()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert TOKENS[look].accent.upper() in colours


def icon_names() -> set[str]:
    """Every string that screens hand over as an icon."""
    found: set[str] = set()
    for name in sources.modules("station_app/ui/"):
        for call in sources.calls(sources.tree(name)):
            for keyword in call.keywords:
                if keyword.arg == "icon" and isinstance(keyword.value, ast.Constant):
                    found.add(str(keyword.value.value))
            if sources.called(call) in {"Icon", "EmptyState", "IconButton"} and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found - {""}


def test_every_icon_named_is_there() -> None:
    missing = [one for one in icon_names() if not (RESOURCES / "icons" / f"{one}.svg").exists()]
    assert not missing
    assert len(icon_names()) > 10
