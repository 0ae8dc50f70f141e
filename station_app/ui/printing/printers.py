"""Which printer and tray each form went to last, and a printer set up that way again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station_app.services.settings import set_setting, setting

if TYPE_CHECKING:
    from station_app.store import Tx

Choice = Mapping[str, str | int]


def recall_choice(tx: Tx, form: str) -> Choice:
    """What was chosen for ``form`` last; empty before its first print."""
    found: Choice = setting(tx, f"printer.{form}", {})
    return found


def keep_choice(tx: Tx, form: str, choice: Choice) -> None:
    """Remember what was chosen for ``form``."""
    set_setting(tx, f"printer.{form}", dict(choice))


def choice_of(printer: QPrinter) -> Choice:
    """What the operator chose in the system's dialog."""
    return {
        "printer": printer.printerName(),
        "tray": printer.paperSource().value,
        "duplex": printer.duplex().value,
        "colour": printer.colorMode().value,
    }


def printer_for(title: str, choice: Choice, size: tuple[float, float]) -> QPrinter:
    """A printer as it was chosen last, if it is still there, for pages of ``size`` points."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    name = str(choice.get("printer", ""))
    if name and name in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(name)
        printer.setPaperSource(QPrinter.PaperSource(int(choice["tray"])))
        printer.setDuplex(QPrinter.DuplexMode(int(choice["duplex"])))
        printer.setColorMode(QPrinter.ColorMode(int(choice["colour"])))
    printer.setDocName(title)
    upright = QSizeF(min(size), max(size))
    fuzzy = QPageSize.SizeMatchPolicy.FuzzyMatch
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", fuzzy))
    turn_paper(printer, size)
    return printer


def turn_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """Let the next page stand upright or lie across, as ``size`` does."""
    across = size[0] > size[1]
    way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(way)
