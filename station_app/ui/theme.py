"""The look: colour tokens, scale, style sheet, palette, fonts and tinted icons.

``apply`` sets everything at once, also while running. Lengths in code are dp, turned
into real ones by ``px``; whatever depends on the scale is handed to ``fit``, which repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout

from station_app.config import RESOURCES

SCALES = (100, 110, 125, 150, 175, 200)
FAMILIES = ["Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC"]
BASE = 14


class Look(StrEnum):
    """The three looks an operator may choose."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tokens(NamedTuple):
    """Every colour of a look. ``*_soft`` is the ground on which its colour is readable."""

    page: str
    surface: str
    rail: str
    border: str
    input_border: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    accent_soft: str
    accent_hover: str
    green: str
    green_soft: str
    amber: str
    amber_soft: str
    blue: str
    blue_soft: str
    neutral: str
    neutral_soft: str
    hover: str
    focus: str


TOKENS: dict[Look, Tokens] = {
    Look.LIGHT: Tokens(
        page="#F6F5F3", surface="#FFFFFF", rail="#FBFAF8", border="#E4E1DC",
        input_border="#D8D4CE", text="#1F1D1A", secondary="#6B665F", accent="#A8201A",
        on_accent="#FFFFFF", accent_soft="#FBEBEA", accent_hover="#8F1A15",
        green="#256B43", green_soft="#E6F3EA", amber="#875100", amber_soft="#FCF0DD",
        blue="#184C7C", blue_soft="#E6EFF8", neutral="#57524B", neutral_soft="#EEECE8",
        hover="#F3F1ED", focus="#A8201A",
    ),
    Look.DARK: Tokens(
        page="#1B1A19", surface="#252423", rail="#201F1E", border="#393735",
        input_border="#4A4744", text="#EFEDEA", secondary="#A9A39A", accent="#EC766E",
        on_accent="#1B1A19", accent_soft="#3A2322", accent_hover="#F28D86",
        green="#7FCB9C", green_soft="#1F3327", amber="#EDB765", amber_soft="#3A2E19",
        blue="#8FBDEA", blue_soft="#1D2F41", neutral="#C4BFB7", neutral_soft="#34322F",
        hover="#2E2C2A", focus="#EC766E",
    ),
    Look.CONTRAST: Tokens(
        page="#FFFFFF", surface="#FFFFFF", rail="#FFFFFF", border="#000000",
        input_border="#000000", text="#000000", secondary="#222222", accent="#8A0000",
        on_accent="#FFFFFF", accent_soft="#FFE9E7", accent_hover="#5C0000",
        green="#004D22", green_soft="#E9FFF1", amber="#5C3500", amber_soft="#FFF3DC",
        blue="#002F63", blue_soft="#E5F0FF", neutral="#000000", neutral_soft="#EDEDED",
        hover="#EFEFEF", focus="#0000C8",
    ),
}  # fmt: skip

#: Colour over ground, for every pair that carries text; the tests compute their contrast.
TEXT_PAIRS = (
    *((fore, ground) for fore in ("text", "secondary", "accent") for ground in
      ("page", "surface", "rail")),
    ("text", "hover"), ("secondary", "hover"), ("text", "accent_soft"), ("on_accent", "accent"),
    ("on_accent", "accent_hover"), ("accent", "accent_soft"), ("secondary", "accent_soft"),
    ("green", "green_soft"), ("amber", "amber_soft"), ("blue", "blue_soft"),
    ("neutral", "neutral_soft"), ("text", "amber_soft"), ("text", "neutral_soft"),
    ("green", "surface"), ("amber", "surface"), ("blue", "surface"), ("text", "green_soft"),
    ("text", "blue_soft"), ("amber", "page"), ("green", "page"), ("amber", "rail"),
)  # fmt: skip


class _Theme(QObject):
    """The look and scale in use."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.look = Look.LIGHT
        self.percent = 100


theme = _Theme()
_fitted: WeakKeyDictionary[QObject, list[Callable[[Any], object]]] = WeakKeyDictionary()
_loaded_fonts: set[str] = set()
Fitted = TypeVar("Fitted", bound=QObject)


def apply(app: QApplication, *, look: Look = Look.LIGHT, percent: int = 100) -> None:
    """Give the whole program ``look`` at ``percent`` (100 to 200); all open windows follow."""
    percent = max(100, min(200, percent))
    if app.styleSheet() and (theme.look, theme.percent) == (look, percent):
        return  # polishing every widget anew takes a while
    theme.look, theme.percent = look, percent
    load_fonts("Regular")
    icon.cache_clear()
    font = QFont(FAMILIES)
    font.setPixelSize(px(BASE))
    app.setFont(font)
    app.setPalette(_palette(tokens()))
    app.setStyleSheet(style_sheet())
    for target, repeats in list(_fitted.items()):
        if shiboken6.isValid(target):
            for repeat in repeats:
                repeat(target)
        else:
            del _fitted[target]
    theme.changed.emit()


def load_fonts(*weights: str) -> None:
    """Load the program's own font in ``weights`` (Regular, Bold), each once."""
    for weight in weights:
        path = RESOURCES / "fonts" / f"NotoSansSC-{weight}.ttf"
        if weight not in _loaded_fonts and path.exists():
            QFontDatabase.addApplicationFont(str(path))
            _loaded_fonts.add(weight)


def tokens() -> Tokens:
    """The colours in use."""
    return TOKENS[theme.look]


def colour(role: str) -> QColor:
    """The colour in use for ``role``, a field of Tokens."""
    return QColor(getattr(tokens(), role))


def px(dp: float) -> int:
    """``dp`` design pixels at the scale in use, at least 1 for a positive length."""
    scaled = round(dp * theme.percent / 100)
    return max(1, scaled) if dp > 0 else scaled


def fit(target: Fitted, change: Callable[[Fitted], object]) -> Fitted:
    """Call ``change(target)`` now and after each switch of look or scale, while ``target`` lives.

    ``change`` must not capture ``target`` itself, or it would never be freed.
    """
    _fitted.setdefault(target, []).append(change)
    change(target)
    return target


Layout = TypeVar("Layout", bound=QLayout)


def lay(
    layout: Layout, *, margins: tuple[float, float, float, float] = (0, 0, 0, 0), spacing: float = 8
) -> Layout:
    """Set margins and spacing of ``layout`` in dp; they follow the scale."""

    def change(target: Layout) -> None:
        target.setContentsMargins(*(px(side) for side in margins))
        target.setSpacing(px(spacing))

    return fit(layout, change)


def set_icon(button: QAbstractButton, name: str, role: str = "text", size: float = 20) -> None:
    """Give ``button`` the icon ``name`` in the colour ``role``; it follows look and scale."""

    def change(target: QAbstractButton) -> None:
        target.setIcon(icon(name, role, size))
        target.setIconSize(QSize(px(size), px(size)))

    fit(button, change)


@lru_cache(maxsize=512)
def icon(name: str, role: str = "text", size: float = 20) -> QIcon:
    """The icon ``name`` of resources/icons in the colour ``role``; disabled it is grey."""
    made = QIcon(pixmap(name, role, size))
    made.addPixmap(pixmap(name, "input_border", size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, role: str = "text", size: float = 20) -> QPixmap:
    """The icon ``name`` drawn at ``size`` dp for the sharpest screen attached."""
    from PySide6.QtSvg import QSvgRenderer  # only here: not every window shows an icon at once

    source = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    source = source.replace("currentColor", getattr(tokens(), role))
    renderer = QSvgRenderer(QByteArray(source.encode()))
    app = QApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
    made = QPixmap(QSize(px(size), px(size)) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, px(size), px(size)))
    painter.end()
    return made


_PLACE = re.compile(r"\$(\w+)|(?<![\w.])(-?\d+(?:\.\d+)?)dp")


def style_sheet() -> str:
    """resources/style.qss with ``$token`` and ``8dp`` filled in."""
    values: dict[str, str] = tokens()._asdict()
    values["look"] = theme.look.value
    values["icons"] = (RESOURCES / "icons" / "style").as_posix()

    def fill(found: re.Match[str]) -> str:
        name, length = found.groups()
        return values[name] if name else f"{px(float(length))}px"

    return _PLACE.sub(fill, (RESOURCES / "style.qss").read_text(encoding="utf-8"))


def contrast(fore: str, ground: str) -> float:
    """The WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1 to 21."""
    light, dark = sorted((_luminance(fore), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(hex_colour: str) -> float:
    parts = [int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, value in (
        (roles.Window, look.page), (roles.WindowText, look.text), (roles.Base, look.surface),
        (roles.AlternateBase, look.hover), (roles.Text, look.text), (roles.Button, look.surface),
        (roles.ButtonText, look.text), (roles.Highlight, look.accent), (roles.Link, look.accent),
        (roles.HighlightedText, look.on_accent), (roles.PlaceholderText, look.secondary),
        (roles.ToolTipBase, look.surface), (roles.ToolTipText, look.text),
        (roles.Mid, look.border), (roles.Dark, look.border), (roles.Light, look.surface),
        (roles.Accent, look.accent),
    ):  # fmt: skip
        palette.setColor(role, QColor(value))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.secondary))
    return palette
