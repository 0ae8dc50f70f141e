"""No personal datum of the demo station lies readable on disk, whatever the program is doing.

One morning with everything that writes: saving, a half-typed form, a photo, a preview and a print,
a crash whose message names people, a backup, a locked-away old file. Then ``grep`` looks for every
name, phone, address and text below the data folder, the temp folder and the home folder.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, qInstallMessageHandler
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from station_app import wiring
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.domain.residents import ResidentDraft
from station_app.domain.visits import Party, VisitDraft, VisitRecord
from station_app.printing.forms.reception_form import reception_form
from station_app.services import deputies, drafts
from station_app.services.search import search
from station_app.services.station import get_station
from station_app.services.visits import save_visit
from station_app.store import backup, keys
from station_app.ui import crash, theme
from station_app.ui.deputies.photo import photo_jpeg
from station_app.ui.jobs import Jobs
from station_app.ui.printing.preview_dialog import PreviewDialog

pytestmark = pytest.mark.skipif(not shutil.which("grep"), reason="grep is not installed here")

#: Where personal data are kept, and what of it.
KEPT = {
    "resident": ("name", "phone", "address", "note"),
    "deputy": ("name", "phone", "other_phone", "position", "profile"),
    "account": ("name",),
    "issue": ("title", "text"),
    "issue_event": ("text",),
    "visit": ("note",),
    "attendance": ("name",),
}
TYPED = "欧阳翠花说三楼的王大爷半夜摔倒了没人知道"
WHO = ResidentDraft(name="司徒翠花", phone="13998887766", address="葵英街77号楼3单元301")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temp and home folders of this test's own, beside the station's."""
    for name, folder in (("TMPDIR", "temp"), ("HOME", "home"), ("XDG_CACHE_HOME", "home/cache")):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert tempfile.gettempdir() == str(tmp_path / "temp")
    return tmp_path


@pytest.fixture
def crashes(demo: wiring.OpenStation, qapp: QApplication) -> Iterator[list[BaseException]]:
    """The program's own handling of what nobody caught."""
    seen: list[BaseException] = []
    before = sys.excepthook
    crash.install(demo.data.logs, show=seen.append)
    yield seen
    sys.excepthook = before
    qInstallMessageHandler(None)
    for handler in crash.log.handlers:
        handler.close()
    crash.log.handlers = []


def secrets(station: wiring.OpenStation) -> set[str]:
    """All that nobody may read, of two characters or more."""
    found = {TYPED, WHO.name, WHO.phone, WHO.address}
    with station.store.read(station.actor) as tx:
        for table, columns in KEPT.items():
            for column in columns:
                rows = tx.session.execute(text(f"SELECT DISTINCT {column} FROM {table}"))
                found |= {str(value) for (value,) in rows if value}
    return {one for one in found if len(one) >= 2}


def needles(words: set[str]) -> list[bytes]:
    """``words`` as any program might write them; too short ones occur in random bytes by chance."""
    written = {one.encode(code) for one in words for code in ("utf-8", "utf-16-le", "gb18030")}
    written |= {json.dumps(one)[1:-1].encode() for one in words}
    return sorted(one for one in written if len(one) >= 6 and b"\n" not in one)


def readable(folder: Path, patterns: Path) -> list[str]:
    """The files below ``folder`` in which ``grep`` finds one of ``patterns``."""
    command = ["grep", "-rlaF", "-f", str(patterns), str(folder)]
    ended = subprocess.run(
        command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False
    )
    assert ended.returncode in (0, 1), ended.stderr
    return sorted(Path(line).relative_to(folder).as_posix() for line in ended.stdout.splitlines())


def patterns_of(station: wiring.OpenStation, folder: Path) -> Path:
    """The file for ``grep -f``, kept away from where is looked."""
    wanted = needles(secrets(station))
    assert len(wanted) > 4000
    file = folder / "needles"
    file.write_bytes(b"\n".join(wanted) + b"\n")
    return file


def test_grep_would_find_a_datum_in_every_way_it_may_be_written(
    demo: wiring.OpenStation, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    patterns = patterns_of(demo, tmp_path_factory.mktemp("patterns"))
    noise = os.urandom(5000).replace(b"\n", b"")
    for code in ("utf-8", "utf-16-le", "gb18030"):
        (tmp_path / code).write_bytes(noise + WHO.address.encode(code) + noise)
    (tmp_path / "phone").write_bytes(noise + WHO.phone.encode() + noise)
    (tmp_path / "json").write_text(json.dumps({"who": WHO.name}))
    (tmp_path / "noise").write_bytes(noise)
    found = readable(tmp_path, patterns)
    assert found == ["gb18030", "json", "phone", "utf-16-le", "utf-8"]


def test_no_personal_datum_lies_readable_on_disk(
    demo: wiring.OpenStation,
    places: Path,
    crashes: list[BaseException],
    qtbot: QtBot,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    patterns = patterns_of(demo, tmp_path_factory.mktemp("patterns"))
    visit = a_morning(demo)
    preview(demo, visit, qtbot)
    printed = places / "temp" / "asked-for.pdf"
    assert printed.stat().st_size > 10_000
    printed.unlink()  # the operator's own file, where the operator wanted it
    stumble(crashes, qtbot)
    copy = backup.backup_now(demo.store)
    files = {path.name for path in places.rglob("*") if path.is_file()}
    assert {"station.db", "station.db-wal", "station.keys", "station.log", copy.name} <= files
    assert readable(places, patterns) == []

    demo.close()
    backup.restore(demo.data, copy, demo.key)
    assert readable(places, patterns) == []


def a_morning(station: wiring.OpenStation) -> VisitRecord:
    """A visit is saved, another form half typed, a photo taken, the word found by search."""
    picture = QImage(600, 800, QImage.Format.Format_RGB32)
    picture.fill(QColor("#A8201A"))
    picture.setText("Description", TYPED)
    with station.store.write(station.actor) as tx:
        visit = save_visit(tx, VisitDraft(Party(WHO), (IssueDraft(TYPED[:12], text=TYPED),)))
        someone = deputies.list_deputies(tx, Listing("name")).rows[0].id
        deputies.set_photo(tx, someone, photo_jpeg(picture))
    with station.store.write(station.actor) as tx:
        drafts.keep_draft(tx, "visit", {"name": WHO.name, "text": TYPED})
    with station.store.read(station.actor) as tx:
        assert search(tx, WHO.name)
    return visit


def preview(station: wiring.OpenStation, visit: VisitRecord, qtbot: QtBot) -> None:
    """The form is made, shown page by page and sent to a printer that writes a file."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    with station.store.read(station.actor) as tx:
        of, today = get_station(tx), tx.today
    jobs = Jobs(station.store, station.actor)
    dialog = PreviewDialog(jobs, WHO.name, lambda: reception_form(visit, of, printed_on=today))
    dialog.show()  # it ends itself when the print is sent: nobody else may close it again
    qtbot.waitUntil(lambda: dialog.page_count > 0, timeout=20_000)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(Path(tempfile.gettempdir()) / "asked-for.pdf"))
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.print_on(printer)
    jobs.close()
    QSettings().sync()


def stumble(crashes: list[BaseException], qtbot: QtBot) -> None:
    """A bug of ours, whose message and variables hold what must not be told."""
    typed = f"{WHO.name} {WHO.phone}"
    try:
        raise KeyError(typed)
    except KeyError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(crashes) == 1)
    for handler in logging.getLogger("station_app.crash").handlers:
        handler.flush()


def test_the_slots_name_nobody(demo: wiring.OpenStation) -> None:
    kept = json.loads(demo.data.keys.read_text("utf-8"))
    assert "王秀英" not in json.dumps(kept, ensure_ascii=False)
    assert {slot.role.value for slot in keys.list_slots(demo.data)} == {
        "head",
        "operator",
        "viewer",
    }
