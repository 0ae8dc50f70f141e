"""The card of issues that are likely about the same matter, each with a button that joins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.issue_views import SimilarIssue
from station_app.domain.issue_words import status_word
from station_app.i18n import tr
from station_app.ui.issues.links import LinkButton
from station_app.ui.issues.side_cards import card
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, ElidedLabel, ShortcutButton

Act = Callable[[UUID], object]


def similar_card(found: Sequence[SimilarIssue], opened: Act, join: Act | None) -> Card | None:
    """The card, or None when nothing is like it; without ``join`` nothing can be joined now."""
    if not found:
        return None
    made = card(tr("Similar issues"))
    for one in found:
        made.content.addWidget(_row(one, opened, join))
    return made


def _row(one: SimilarIssue, opened: Act, join: Act | None) -> QWidget:
    part = QWidget()
    lines = lay(QVBoxLayout(part), spacing=2)
    link = LinkButton(one.title, "copy-check")
    link.setAccessibleName(tr("Open issue {title}", title=one.title))
    link.clicked.connect(partial(opened, one.id))
    lines.addWidget(link)
    told = " · ".join(filter(None, (status_word(one.status), one.resident, one.place)))
    under = lay(QVBoxLayout(), margins=(22, 0, 0, 4), spacing=4)
    under.addWidget(ElidedLabel(told, "secondary"))
    if join is not None and one.open:
        button = ShortcutButton(tr("Join"), kind="filter", icon="arrows-join")
        button.setAccessibleName(tr("Join this one into {number}", number=one.number))
        button.setToolTip(button.accessibleName())
        button.clicked.connect(partial(join, one.id))
        under.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    lines.addLayout(under)
    return part
