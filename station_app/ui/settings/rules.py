"""The deadlines: each rule in words, its versions, and a new one with what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station_app.domain.rule_words import rule_changes, rule_lines, span_word
from station_app.domain.rules import RuleSet, rule_set
from station_app.errors import RuleViolation, StationError
from station_app.i18n import tr
from station_app.services import drafts
from station_app.services.rules import add_rule_set, rule_sets, rules_today
from station_app.ui.kept_form import Typed
from station_app.ui.settings.held_form import HeldForm
from station_app.ui.settings.rule_form import RuleForm
from station_app.ui.theme import lay
from station_app.ui.widgets import Card, Combo, Pill, ShortcutButton, label, row

if TYPE_CHECKING:
    from station_app.store import Tx
    from station_app.ui.settings.page import SettingsPage


@dataclass(frozen=True, slots=True)
class _Known:
    sets: Mapping[str, RuleSet]
    current: str
    today: date


class RulesSection(QWidget):
    """The version in force, all others to look at, and the form of a new one."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__()
        self._page = page
        self._known: _Known | None = None
        self.versions = Combo()
        self.versions.setAccessibleName(tr("Version"))
        self.begin = ShortcutButton(tr("New version"), "Ctrl+N", icon="plus", act=self.begin_new)
        self._lines = lay(QGridLayout(), spacing=8)
        self._state = Pill("", "neutral")
        shown = Card(margin=24, spacing=12)
        shown.content.addLayout(row(label(tr("Deadlines"), "section"), None, self.begin))
        shown.content.addWidget(
            label(
                tr(
                    "An issue keeps the version it began under. A new version counts for what "
                    "begins from its day on."
                ),
                "quiet",
                wrap=True,
            )
        )
        shown.content.addLayout(row(self.versions, self._state, None))
        shown.content.addLayout(self._lines)
        self.form = RuleForm()
        self.held = HeldForm(page.jobs, self.form, self.form.body, self._put)
        self.form.edited.connect(self._preview)
        self.form.edited.connect(self.held.kept.note)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._close)
        whole = lay(QVBoxLayout(self), spacing=16)
        whole.addWidget(self.held.bar)
        whole.addWidget(self.form)
        whole.addWidget(shown)
        self.form.hide()
        self.versions.currentIndexChanged.connect(lambda _at: self._show())

    def reload(self) -> None:
        """Read the versions."""
        self._page.jobs.read(_known, self._take, owner=self)

    def begin_new(self) -> None:
        """Open the form of a new version, filled from the one in force."""
        known = self._known
        if known is None:
            return
        self.form.fill(known.sets[known.current], known.sets, known.today)
        self.form.show()
        self.form.begin()
        self.held.begin("rules/new")
        self._preview()

    def _put(self, body: Typed) -> None:
        self.form.put(body)
        self._preview()

    def _take(self, known: _Known) -> None:
        self._known = known
        newest = sorted(known.sets.values(), key=lambda one: one.valid_from, reverse=True)
        kept = self.versions.currentData()
        self.versions.fill(
            [
                (one.code, tr("{name}, from {date}", name=one.name, date=f"{one.valid_from}"))
                for one in newest
            ]
        )
        if kept is None:
            self.versions.take(known.current)
        self._show()

    def _show(self) -> None:
        known, code = self._known, self.versions.currentData()
        if known is None or code not in known.sets:
            return
        rules = known.sets[str(code)]
        if code == known.current:
            self._state.set(tr("rule|In force"), "green")
        elif rules.valid_from > known.today:
            self._state.set(tr("rule|To come"), "blue")
        else:
            self._state.set(tr("rule|Earlier"), "neutral")
        _clear(self._lines)
        for at, (name, words) in enumerate(rule_lines(rules)):
            self._lines.addWidget(label(span_word(name), wrap=True), at, 0)
            self._lines.addWidget(label(words, "strong"), at, 1)
        self._lines.setColumnStretch(0, 2)
        self._lines.setColumnStretch(1, 1)

    def _preview(self) -> None:
        known = self._known
        if known is None or not self.form.isVisible():
            return
        try:
            made = rule_set(self.form.body())
        except RuleViolation:
            self.form.preview.set(tr("Some numbers are missing yet."))
            return
        changes = rule_changes(known.sets[known.current], made)
        told = [
            tr("{what}: {before} → {after}", what=span_word(name), before=before, after=after)
            for name, before, after in changes
        ]
        if not told:
            self.form.preview.set(tr("It says the same as the version in force."))
            return
        self.form.preview.set(
            tr("From {date} on these change; what began before stays.", date=made.valid_from),
            "\n".join(told),
        )

    def _save(self) -> None:
        body, name = self.form.body(), self.held.saving()

        def act(tx: Tx) -> RuleSet:
            made = add_rule_set(tx, body)
            drafts.drop_draft(tx, name)
            return made

        self._page.jobs.write(act, self._saved, owner=self, failed=self._refused)

    def _saved(self, rules: RuleSet) -> None:
        self._close()
        self.reload()
        date_words = f"{rules.valid_from}"
        self._page.message.emit(tr("The new version counts from {date} on.", date=date_words), None)

    def _refused(self, error: StationError) -> None:
        self.held.refused()
        self._page.show_error(error, self.form.fields)

    def _close(self) -> None:
        self.held.leave()
        self.form.hide()
        self.begin.setFocus()


def _known(tx: Tx) -> _Known:
    sets = rule_sets(tx)
    return _Known(sets, rules_today(tx, sets).code, tx.today)


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
