"""The form of a rule of recurring reception days; it says at once whether the rule can hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.vocabulary import DayKind, Pattern, Shift
from station_app.domain.recurrence import (
    ALL_MONTHS,
    EVEN_MONTHS,
    LAST,
    ODD_MONTHS,
    RecurrenceDraft,
    check_recurrence,
)
from station_app.domain.recurrence_words import (
    ordinal_word,
    pattern_word,
    shift_word,
    weekday_word,
)
from station_app.domain.words import day_kind_word
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.ui.theme import lay
from station_app.ui.widgets import (
    Combo,
    DateField,
    EnterMovesOn,
    Field,
    PickMany,
    TimeField,
    row,
)

_MONTHS = {"all": ALL_MONTHS, "odd": ODD_MONTHS, "even": EVEN_MONTHS}
_ORDINALS = (1, 2, 3, 4, 5, LAST)


class RuleForm(QWidget):
    """Everything about one rule. ``edited`` after each change, by keys or by ``fill``."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.pattern, self.months, self.shift, self.kind = Combo(), Combo(), Combo(), Combo()
        self.pattern.fill([(one.value, pattern_word(one)) for one in Pattern])
        for combo in (self.pattern, self.months, self.shift, self.kind):  # long words, little room
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
        self.shift.fill([(one.value, shift_word(one)) for one in Shift])
        self.kind.fill([(one.value, day_kind_word(one)) for one in DayKind])
        self.months.fill([("all", tr("each month")), ("odd", tr("odd months")),
                          ("even", tr("even months")), ("some", tr("some months"))])  # fmt: skip
        self.numbers, self.some, self.every = QLineEdit(), QLineEdit(), QLineEdit("1")
        self.numbers.setPlaceholderText(tr("such as 10, or 10 25"))
        self.some.setPlaceholderText(tr("such as 3 6 9 12"))
        self.weekdays = PickMany(name=tr("Weekdays"), placeholder=tr("such as Mon"))
        self.weekdays.offer([(at, weekday_word(at)) for at in range(7)])
        self.ordinals = PickMany(name=tr("Which of the month"), placeholder=tr("such as second"))
        self.ordinals.offer([(one, ordinal_word(one)) for one in _ORDINALS])
        self.begins, self.ends_on = DateField(today=today), DateField(today=today)
        self.starts, self.ends = TimeField(), TimeField()
        self.place, self.theme = QLineEdit(), QLineEdit()
        for line in (self.place, self.theme):
            line.setMaxLength(200)
        self._make_fields()
        self._compose()
        self._moves = EnterMovesOn(self)
        self._watch()

    def _make_fields(self) -> None:
        self.fields = {
            "pattern": Field(tr("rule|When"), self.pattern),
            "numbers": Field(tr("Days of the month"), self.numbers),
            "ordinals": Field(tr("Which of the month"), self.ordinals),
            "weekdays": Field(tr("Weekdays"), self.weekdays),
            "months": Field(tr("Months"), self.months),
            "some": Field(tr("Which months"), self.some),
            "every": Field(tr("Each so many weeks"), self.every),
            "shift": Field(tr("On days off"), self.shift),
            "starts": Field(tr("From"), self.starts, required=True),
            "ends": Field(tr("To"), self.ends, required=True),
            "begins_on": Field(tr("Begins on"), self.begins, required=True),
            "ends_on": Field(tr("Ends on"), self.ends_on, hint=tr("empty: goes on")),
            "place": Field(tr("Place"), self.place),
            "kind": Field(tr("Kind"), self.kind),
            "theme": Field(tr("Theme"), self.theme),
        }

    def _compose(self) -> None:
        lines = lay(QVBoxLayout(self), spacing=12)
        for names in (
            ("pattern",), ("numbers",), ("ordinals", "weekdays"), ("every",), ("months", "some"),
            ("shift",), ("starts", "ends"), ("begins_on", "ends_on"), ("place", "kind"), ("theme",),
        ):  # fmt: skip
            line = row(spacing=12)
            for name in names:
                line.addWidget(self.fields[name], 1)
            lines.addLayout(line)
        lines.addStretch(1)
        self._arrange()

    def _watch(self) -> None:
        for combo in (self.pattern, self.months, self.shift, self.kind):
            combo.currentIndexChanged.connect(lambda _at: self._changed())
        for line in (self.numbers, self.some, self.every, self.begins, self.ends_on, self.starts,
                     self.ends, self.place, self.theme):  # fmt: skip
            line.textChanged.connect(lambda _text: self._changed())
        for picked in (self.weekdays, self.ordinals):
            picked.changed.connect(self._changed)

    def fill(self, draft: RecurrenceDraft) -> None:
        """Show a rule."""
        self.blockSignals(True)
        self.pattern.take(draft.pattern.value)
        self.numbers.setText(" ".join(str(one) for one in sorted(draft.numbers)))
        self.ordinals.clear()
        self.ordinals.take(*(one for one in _ORDINALS if one in draft.numbers))
        self.weekdays.clear()
        self.weekdays.take(*sorted(draft.weekdays))
        named = next((name for name, those in _MONTHS.items() if those == draft.months), "some")
        self.months.take(named)
        self.some.setText(" ".join(str(one) for one in sorted(draft.months)))
        self.every.setText(str(draft.every))
        self.shift.take(draft.shift.value)
        self.kind.take(draft.kind.value)
        self.begins.setText(f"{draft.begins_on:%Y-%m-%d}")
        self.ends_on.setText(f"{draft.ends_on:%Y-%m-%d}" if draft.ends_on else "")
        self.starts.setText(f"{draft.starts.hour}:{draft.starts.minute:02}")
        self.ends.setText(f"{draft.ends.hour}:{draft.ends.minute:02}")
        self.place.setText(draft.place)
        self.theme.setText(draft.theme)
        self.blockSignals(False)
        self._changed()

    def draft(self) -> RecurrenceDraft:
        """The rule that the form says. Raises RuleViolation, by field, where it says none."""
        begins, starts, ends = self.begins.value, self.starts.value, self.ends.value
        if begins is None or starts is None or ends is None:
            raise RuleViolation({"begins_on": tr("Type dates and times that can be read.")})
        if self.ends_on.text().strip() and self.ends_on.value is None:
            raise RuleViolation({"ends_on": tr("Type a date, like 1110 or 11-10.")})
        pattern = Pattern(self.pattern.currentData())
        numbers = _numbers(self.numbers.text(), 31)
        if pattern is Pattern.MONTH_WEEKDAY:
            numbers = frozenset(one for one in self.ordinals.taken if isinstance(one, int))
        draft = RecurrenceDraft(
            pattern=pattern,
            begins_on=begins,
            starts=starts,
            ends=ends,
            numbers=frozenset() if pattern is Pattern.WEEKDAY else numbers,
            weekdays=frozenset(one for one in self.weekdays.taken if isinstance(one, int)),
            every=int(self.every.text()) if self.every.text().strip().isdecimal() else 0,
            months=_MONTHS.get(self.months.currentData(), _numbers(self.some.text(), 12)),
            ends_on=self.ends_on.value if self.ends_on.text().strip() else None,
            shift=Shift(self.shift.currentData()),
            place=self.place.text(),
            theme=self.theme.text(),
            kind=DayKind(self.kind.currentData()),
        )
        check_recurrence(draft)
        return draft

    def say(self, found: dict[str, str]) -> None:
        """Show what is wrong beneath the fields; nothing takes it away."""
        pattern = Pattern(self.pattern.currentData())
        told = dict(found)
        if pattern is Pattern.MONTH_WEEKDAY and "numbers" in told:
            told["ordinals"] = tr("Choose which of the month.")
        if "months" in told:
            told["some"] = told["months"]
        for name, field in self.fields.items():
            field.set_error(told.get(name, ""))

    def _changed(self) -> None:
        self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        """Only what belongs to the pattern is asked."""
        pattern = Pattern(self.pattern.currentData())
        weekly = pattern is Pattern.WEEKDAY
        shown = {
            "numbers": pattern is Pattern.MONTH_DAY,
            "ordinals": pattern is Pattern.MONTH_WEEKDAY,
            "weekdays": pattern is not Pattern.MONTH_DAY,
            "months": not weekly,
            "some": not weekly and self.months.currentData() == "some",
            "every": weekly,
        }
        for name, visible in shown.items():
            self.fields[name].setVisible(visible)


def _numbers(typed: str, most: int) -> frozenset[int]:
    found = (int(one) for one in re.findall(r"\d+", typed))
    return frozenset(one for one in found if 1 <= one <= most)
