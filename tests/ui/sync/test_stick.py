"""Handing in by USB stick in the window: out, the centre's answer in, and another PC's file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from central.database import Database
from central.serve import centre_on
from station_app.sync.bundle import bundle_out
from station_app.ui.sync import stick
from tests.ui.sync.conftest import House, Pc, Screen
from tests.ui.sync.test_thread import point_to

OFFLINE = "http://127.0.0.1:9"


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that is chosen in whichever dialog opens."""
    path = tmp_path / "stick" / "A.bundle"
    path.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def answer(house: House, file: bytes) -> bytes:
    """What the centre writes back."""
    database = Database(house.centre.settings)
    database.open()
    try:
        return centre_on(house.centre.settings, database).desk.take_in(file)[1]
    finally:
        database.close()


def said(screen: Screen) -> str:
    return screen.page.stick.said.accessibleName()


def test_out_and_the_answer_in(joined: Screen, house: House, chosen: Path) -> None:
    point_to(joined, OFFLINE)
    joined.add("于桂芳")
    joined.page.mark_stale()
    joined.until(joined.page.stick.isVisible)
    joined.keys("Ctrl+E")
    joined.until(lambda: said(joined).startswith("已写入 1 条改动：A.bundle"))
    assert "于桂芳".encode() not in chosen.read_bytes()
    chosen.write_bytes(answer(house, chosen.read_bytes()))
    assert house.count("resident") == 1
    joined.add("李丽")
    joined.keys("Ctrl+I")
    joined.until(lambda: said(joined).startswith("上交 1 条"))
    assert "还有 1 条没有上交" in said(joined)
    chosen.write_bytes(answer(house, bundle_out(joined.station.store).file))
    joined.keys("Ctrl+I")
    joined.until(lambda: said(joined).startswith("上交 1 条") and "还有" not in said(joined))
    joined.until(lambda: joined.link.status is not None and not joined.link.status.pending)


def test_what_the_stick_brings_shows_at_once(
    joined: Screen, house: House, other: Callable[[], Pc], chosen: Path
) -> None:
    second = other()
    second.add("于桂芳")
    second.sync()
    point_to(joined, OFFLINE)
    joined.until(joined.page.stick.isVisible)
    chosen.write_bytes(answer(house, bundle_out(joined.station.store).file))
    with joined.bot.waitSignal(joined.link._jobs.changed, timeout=20_000) as told:
        joined.keys("Ctrl+I")
    assert "resident" in {change.kind for change in told.args[0]}


def test_a_file_that_is_none_is_refused_in_words(joined: Screen, chosen: Path) -> None:
    joined.until(joined.page.stick.isVisible)
    chosen.write_bytes(b"no bundle")
    joined.keys("Ctrl+I")
    joined.until(lambda: "这个文件不是中心给本机的回执" in said(joined))
    joined.press("代交另一台电脑的文件")
    joined.until(lambda: "中心没有接收这个文件" in said(joined))
    chosen.unlink()
    joined.keys("Ctrl+I")
    joined.until(lambda: "文件无法读取" in said(joined))
    assert not joined.page.stick.busy.isVisible()


def test_a_stick_that_cannot_be_written(
    joined: Screen, chosen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined.until(joined.page.stick.isVisible)
    lost = str(chosen.parent / "gone" / "x.bundle")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (lost, ""))
    joined.keys("Ctrl+E")
    joined.until(lambda: "文件写不进去" in said(joined))
    assert not joined.page.stick.busy.isVisible()


def test_a_broken_pcs_file_is_handed_in_by_another(
    joined: Screen, house: House, other: Callable[[], Pc], chosen: Path
) -> None:
    broken = other()
    resident_id = broken.add("于桂芳")
    chosen.write_bytes(bundle_out(broken.station.store).file)
    joined.until(joined.page.stick.isVisible)
    joined.press("代交另一台电脑的文件")
    joined.until(lambda: said(joined).startswith("中心已收下。"))
    assert house.count("resident") == 1
    joined.exchanged()
    assert joined.phone(resident_id) == "13800000000"


def test_it_is_cancelled_and_the_exchange_goes_on(
    joined: Screen, house: House, chosen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined.until(joined.page.stick.isVisible)
    import threading

    under_way, go_on = threading.Event(), threading.Event()

    def slow(store: object, path: Path, report: Callable[[int, int], None]) -> None:
        under_way.set()
        assert go_on.wait(20)
        report(0, 0)
        raise AssertionError("it was cancelled")

    monkeypatch.setattr(stick, "write_bundle", slow)
    joined.keys("Ctrl+E")
    assert joined.page.stick.busy.isVisible()
    assert under_way.wait(20)
    joined.keys("Return")  # the focus is on the button that cancels
    assert said(joined).startswith("已取消。")
    assert not joined.page.stick.busy.isVisible()
    go_on.set()
    joined.add("于桂芳")
    joined.until(lambda: joined.link._runner is not None)
    joined.exchanged()
    assert house.count("resident") == 1
    assert not chosen.exists()
