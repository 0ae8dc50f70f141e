"""The page of reports: a period, its figures and charts, the rows behind them, frozen reports."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocabulary import Role
from station_app.domain.figures import Asked
from station_app.domain.moments import local
from station_app.domain.periods import Period, period_word
from station_app.domain.reports import Report, Snapshot
from station_app.i18n import tr
from station_app.services import campaigns, reports
from station_app.ui.figures.kept import KeptReports
from station_app.ui.figures.overview import Overview
from station_app.ui.figures.picker import Campaign, PeriodPicker
from station_app.ui.figures.rows import RowsPane
from station_app.ui.figures.writing import open_writing, printed
from station_app.ui.page import Page, Printable
from station_app.ui.widgets import EmptyState, MessageBar, ShortcutButton, scrolling

if TYPE_CHECKING:
    from station_app.domain.accounts import Actor
    from station_app.store import Tx
    from station_app.ui.jobs import Jobs


class FiguresPage(Page):
    """Shows the figures of a period; each opens the rows that it counts."""

    kinds = frozenset(
        {"day", "attendance", "visit", "issue", "issue_event", "deputy", "unit", "category",
         "assistance", "activity", "report_snapshot"}
    )  # fmt: skip

    def __init__(self, jobs: Jobs, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(jobs, actor, parent)
        self.snapshot: Snapshot | None = None
        self.report: Report | None = None
        self.picker: PeriodPicker | None = None
        self.overview = Overview(jobs)
        self.overview.opened.connect(self.show_rows)
        self.rows = RowsPane(jobs)
        self.rows.closed.connect(self.show_figures)
        self.rows.opened.connect(self.open_requested)
        self.bar = MessageBar("amber", icon="archive")
        self.bar.add_button(ShortcutButton(tr("Back to today's figures"), act=self._thaw))
        self.bar.set("")
        self._above = QWidget()
        self._waiting = EmptyState("chart-bar", tr("The figures are being counted …"))
        self._scroll = scrolling(self.overview, tr("Figures"), gutter=12)
        self.steps = QStackedWidget()
        for part in (self._waiting, self._scroll, self.rows):
            self.steps.addWidget(part)
        self._add_actions(actor.role is not Role.VIEWER)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.steps, 1)
        self.set_title(tr("page|Reports"))

    def _add_actions(self, writable: bool) -> None:
        self.kept = ShortcutButton(
            tr("Frozen reports"), "Ctrl+O", icon="archive", act=self.open_kept
        )
        self.save = ShortcutButton(tr("Export"), "Ctrl+E", icon="download", act=self._export)
        self.freeze = ShortcutButton(tr("Freeze"), "Ctrl+S", icon="lock", kind="primary",
                                     act=self.freeze_report)  # fmt: skip
        for button in (self.kept, self.save, self.freeze):
            self.add_action(button)
        self.freeze.setVisible(writable)  # in its place, or it would be a window of its own

    def reload(self) -> None:
        if self.picker is None:
            self.jobs.read(_beginning, self._begin, owner=self)
        elif self.snapshot is None:
            self.jobs.read(_beginning, self._offer, owner=self)
            self._count()
        if self.steps.currentWidget() is self.rows:
            self.rows.reload()

    def show_rows(self, asked: Asked) -> None:
        """Show the rows behind a figure."""
        parts = self.overview.parts.current, self.overview.ages.current
        name = next((one.words for one in parts if one is not None and one.asked == asked), "")
        self.rows.show_asked(asked, name)
        self.steps.setCurrentWidget(self.rows)

    def show_figures(self) -> None:
        """Go back from the rows."""
        self.steps.setCurrentWidget(self._scroll)
        card = self.overview.cards.get(self.rows.asked.figure) if self.rows.asked else None
        if card is not None:
            card.setFocus()

    def show_record(self, kind: str, record_id: UUID) -> None:
        if kind == "campaign":
            self.jobs.read(
                lambda tx: (_beginning(tx), campaigns.campaign_of(tx, record_id)),
                lambda found: self._show_campaign(*found),
                owner=self,
            )
        else:
            self._read_kept(record_id)

    def printable(self) -> Printable | None:
        if self.report is None:
            return None
        title = tr("Report {period}", period=period_word(self.report.period))
        return title, partial(printed, self.jobs, self.report, self.snapshot)

    def freeze_report(self) -> None:
        """Keep the figures that are shown, for good."""
        if self.snapshot is None and self.report is not None:
            period = self.report.period
            self.jobs.write(
                lambda tx: reports.freeze_report(tx, reports.make_report(tx, period)),
                self._frozen,
                owner=self,
                failed=self.show_error,
            )

    def open_kept(self) -> None:
        """Choose among the frozen reports."""
        dialog = KeptReports(self.jobs, self)
        dialog.taken.connect(self._read_kept)
        dialog.open()

    def _begin(self, found: tuple[tuple[Campaign, ...], date]) -> None:
        campaigns, today = found
        self.picker = PeriodPicker(today)
        self.picker.offer(campaigns, today)
        self.picker.changed.connect(self._period_taken)
        self.body.insertWidget(0, self.picker)
        self.start = self.picker.kinds
        if self.isVisible():
            self.picker.kinds.setFocus()
        self._count()

    def _show_campaign(self, found: tuple[tuple[Campaign, ...], date], name: str) -> None:
        if self.picker is None:
            self._begin(found)
        self._offer(found)
        assert self.picker is not None
        self.picker.take_campaign(name)

    def _offer(self, found: tuple[tuple[Campaign, ...], date]) -> None:
        if self.picker is not None:
            self.picker.offer(*found)

    def _period_taken(self, _period: Period) -> None:
        self._thaw(count=False)
        if self.steps.currentWidget() is self.rows:
            self.steps.setCurrentWidget(self._scroll)
        self._count()

    def _count(self) -> None:
        """Count the figures of another period first, and then all that is told of it."""
        assert self.picker is not None
        period = self.picker.period
        if self.report is not None and self.report.period == period:
            self._count_all(period)
            return
        self.jobs.latest(
            "report",
            lambda tx: reports.begin_report(tx, period),
            self._show_first,
            owner=self,
            failed=self.show_error,
            delay_ms=60,
        )

    def _count_all(self, period: Period) -> None:
        self.jobs.latest(
            "report",
            lambda tx: reports.make_report(tx, period),
            self._show,
            owner=self,
            failed=self.show_error,
        )

    def _show_first(self, begun: Report) -> None:
        if self.snapshot is None:
            self._know(None)
            self.overview.begin_report(begun)
            self._show_overview()
            self._count_all(begun.period)

    def _show(self, report: Report) -> None:
        if self.snapshot is not None:
            return
        self._put(report)

    def _put(self, report: Report) -> None:
        self._know(report)
        self.overview.show_report(report, frozen=self.snapshot is not None)
        self._show_overview()

    def _know(self, report: Report | None) -> None:
        """Offer to print, export and freeze ``report``: only what is counted whole."""
        self.report = report
        self.save.setEnabled(report is not None)
        self.freeze.setEnabled(report is not None and self.snapshot is None)
        self.printable_changed.emit()

    def _show_overview(self) -> None:
        if self.steps.currentWidget() is self._waiting:
            self.steps.setCurrentWidget(self._scroll)

    def _frozen(self, made: Snapshot) -> None:
        self.message.emit(tr("“{title}” is frozen; it stays as it is.", title=made.title), None)

    def _read_kept(self, snapshot_id: UUID) -> None:
        self.jobs.read(
            lambda tx: reports.get_snapshot(tx, snapshot_id), self._show_kept, owner=self,
            failed=self.show_error,
        )  # fmt: skip

    def _show_kept(self, found: Snapshot) -> None:
        self.snapshot = found
        when = f"{local(found.frozen_at):%Y-%m-%d %H:%M}"
        text = tr("Frozen on {when} by {name}. The figures stay as they were; the rows behind them "
                  "are those of today.", when=when, name=found.actor)  # fmt: skip
        self.bar.set(found.title, text)
        self.steps.setCurrentWidget(self._scroll)
        self._put(found.report)

    def _thaw(self, *, count: bool = True) -> None:
        self.snapshot = None
        self.bar.set("")
        self._know(None)
        if count and self.picker is not None:
            self._count()

    def _export(self) -> None:
        if self.report is not None:
            open_writing(self, self.report, self.snapshot, Path.home())


def _beginning(tx: Tx) -> tuple[tuple[Campaign, ...], date]:
    return campaigns.campaigns(tx), tx.today
