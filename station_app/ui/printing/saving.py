"""Prints into files: one under a name that is asked for, several into a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from station_app.i18n import tr
from station_app.printing.catalogue import Print

#: What a file's name may not hold on every system.
_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\t', "_"))
_LONGEST = 80


def save(
    parent: QWidget, title: str, prints: Sequence[Callable[[], bytes]], pdfs: Sequence[bytes]
) -> None:
    """Ask where, and write each of ``pdfs``. Raises OSError."""
    if len(pdfs) == 1:
        words, name = tr("Save as PDF"), f"{file_name(title)}.pdf"
        path, _ = QFileDialog.getSaveFileName(parent, words, name, "PDF (*.pdf)")
        targets = [Path(path)] if path else []
    else:
        folder = QFileDialog.getExistingDirectory(parent, tr("Save as PDFs"))
        names = [one.title if isinstance(one, Print) else title for one in prints]
        targets = [Path(folder) / f"{file_name(one)}.pdf" for one in names] if folder else []
    for target, pdf in zip(targets, pdfs, strict=False):
        target.write_bytes(pdf)


def file_name(title: str) -> str:
    """``title`` as a file may be called on every system."""
    return title.translate(_FORBIDDEN)[:_LONGEST].strip(" .")
