"""run.py: what it does before anything is installed."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

import run


def told(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(run.ROOT / "run.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_help_needs_no_set_up() -> None:
    ended = told("--help")
    assert ended.returncode == 0
    assert "run.py demo" in ended.stdout
    assert "run.py central" in ended.stdout


@pytest.mark.parametrize("words", [("nonsense",), ("drill",)])
def test_an_unknown_command_is_told(words: tuple[str, ...]) -> None:
    ended = told(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "drill" in ended.stderr


def test_the_drills_are_found_by_their_files() -> None:
    assert "build" in run.drills()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [([], ["trial"]), (["--port", "9000"], ["trial", "--port", "9000"]), (["--help"], ["--help"]),
     (["enrol", "TRIAL"], ["enrol", "TRIAL"])],
)  # fmt: skip
def test_central_is_the_trial_unless_a_command_is_named(
    monkeypatch: pytest.MonkeyPatch, words: list[str], wanted: list[str]
) -> None:
    called: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        called.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert run.run("central", words) == 0
    assert called == [[str(run.PYTHON), "-m", "central", *wanted]]


def test_a_lock_is_read_entry_by_entry(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("# head\none==1 \\\n    --hash=sha256:a\ntwo==2 ; m \\\n    --hash=sha256:b\n")
    assert run.entries(lock) == {
        "one": "one==1 \\\n    --hash=sha256:a\n",
        "two": "two==2 ; m \\\n    --hash=sha256:b\n",
    }
    assert len(run.entries(run.LOCK)) > 30


@pytest.mark.parametrize(
    ("libc", "old"),
    [(("glibc", "2.28"), True), (("glibc", "2.36"), False), (("", ""), False)],
)
def test_an_old_linux_gets_the_older_qt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, libc: tuple[str, str], old: bool
) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    monkeypatch.setattr(run, "VENV", tmp_path)
    found = run.entries(run.lock_for_this_machine())
    assert found.keys() == run.entries(run.LOCK).keys()
    assert found["pyside6-essentials"].startswith("pyside6-essentials==6.8.") == old


def test_a_failing_network_is_tried_again_and_then_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tries: list[list[str]] = []
    waits: list[float] = []

    def failing(command: list[str]) -> int:
        tries.append(command)
        return 1

    monkeypatch.setattr(subprocess, "call", failing)
    monkeypatch.setattr("time.sleep", waits.append)
    with pytest.raises(SystemExit) as ended:
        run.pip("install", "something")
    assert (ended.value.code, len(tries), len(waits)) == (1, run.DOWNLOAD_TRIES, 3)
    assert "请检查网络" in capfd.readouterr().err


def test_whoever_may_not_install_is_told_the_command(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        run.install_system_packages(["libegl1"])
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capfd.readouterr().err


def test_another_lock_or_another_folder_is_another_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = run.fingerprint()
    assert run.fingerprint() == before
    other = tmp_path / "other.lock"
    other.write_text("one==1\n")
    monkeypatch.setattr(run, "LOCK", other)
    assert run.fingerprint() != before
