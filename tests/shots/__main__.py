"""Write a picture of every page, dialog and empty state; `run.py shots DIR`.

run.py shots DIR                      every language, look and scale, a folder for each
run.py shots DIR --only light-100-zh  one of them, or those that begin so
run.py shots DIR --pose desk          the poses whose names begin so
run.py shots --manual                 the pictures of the manual, into docs/screenshots
run.py shots --booklet                one of every printed form, into docs/forms
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from itertools import groupby, product
from pathlib import Path

# Qt reads its platform when it is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPixmap

from station_app import i18n
from station_app.i18n import Language
from station_app.ui import theme
from station_app.ui.app import make_app
from station_app.ui.theme import Look
from tests.shots.poses import POSES
from tests.shots.stage import Pose, Stage

DOCS = Path(__file__).parents[2] / "docs"
SCREENSHOTS = DOCS / "screenshots"
#: Pictures named in these are the manual's.
TEXTS = ("docs/manual.md", "docs/administration.md", "README.md")
#: A flat picture needs no more colours; it becomes half of its size.
COLOURS = 240
ALL = [
    (look, percent, language)
    for language, percent, look in product((Language.CHINESE, Language.ENGLISH), (100, 150), Look)
]


def main(arguments: list[str]) -> int:
    """Take the pictures; the exit code is 1 if a pose could not be struck."""
    options = _options(arguments)
    if options.booklet:
        from tests.shots import booklet  # needs no window

        booklet.write(DOCS / "forms")
        return 0
    if options.manual:
        names = named_in_texts()
        poses = [one for one in POSES if one.name in names]
        with tempfile.TemporaryDirectory() as aside:
            failed = take(Path(aside), poses, [(Look.LIGHT, 100, Language.CHINESE)])
            shrink(Path(aside) / "light-100-zh", SCREENSHOTS)
        return min(failed, 1)
    poses = [one for one in POSES if one.name.startswith(options.pose)]
    combinations = [one for one in ALL if folder_of(*one).startswith(options.only)]
    return min(take(options.folder, poses, combinations), 1)


def folder_of(look: Look, percent: int, language: Language) -> str:
    """The folder of one combination."""
    return f"{look.value}-{percent}-{language.value}"


def take(
    folder: Path, poses: Iterable[Pose], combinations: Iterable[tuple[Look, int, Language]]
) -> int:
    """Strike every pose in every combination; returns how many pictures failed.

    A pose is struck once for all looks, as an operator changes the look while she works.
    """
    qInstallMessageHandler(_tell)
    app = make_app()
    theme.apply(app)
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        stage = Stage(app, Path(room))
        alike = groupby(combinations, key=lambda one: one[1:])
        for (percent, language), group in alike:
            targets = {look: folder / folder_of(look, percent, language) for look, *_ in group}
            for target in targets.values():
                target.mkdir(parents=True, exist_ok=True)
            i18n.use(language)
            began = time.monotonic()
            failed += sum(strike(stage, one, percent, targets) for one in poses)
            names = ", ".join(one.name for one in targets.values())
            _say(f"{names}: {time.monotonic() - began:.0f} s")
    return failed


def strike(stage: Stage, pose: Pose, percent: int, targets: Mapping[Look, Path]) -> int:
    """Take one pose in every look; returns how many failed, with the reason said."""
    left = dict(targets)
    try:
        theme.apply(stage.app, look=next(iter(targets)), percent=percent)
        with stage.scene(pose.scene):
            pose.act(stage)
            for look, target in targets.items():
                theme.apply(stage.app, look=look, percent=percent)
                taken: QPixmap = stage.picture()
                taken.save(str(target / f"{pose.name}.png"))
                del left[look]
    except Exception as error:
        _say(f"{pose.name}, {', '.join(one.name for one in left.values())}: {error!r}")
    return len(left)


def named_in_texts() -> set[str]:
    """The names of all pictures that the texts show."""
    root = DOCS.parent
    texts = [(root / one).read_text("utf-8") for one in TEXTS if (root / one).exists()]
    return set(re.findall(r"screenshots/([\w-]+)\.png", "\n".join(texts)))


def shrink(source: Path, target: Path) -> None:
    """Copy pictures with fewer colours; those no text shows any more go away."""
    from PIL import Image  # of the test packages; only the manual's pictures need it

    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.png"):
        if not (source / old.name).exists():
            old.unlink()
    for path in sorted(source.glob("*.png")):
        with Image.open(path) as whole:
            few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(target / path.name, optimize=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py shots", description="Take pictures.")
    parser.add_argument("folder", type=Path, nargs="?", help="where the pictures go")
    parser.add_argument("--only", default="", help="such as light-100-zh, dark, contrast-150")
    parser.add_argument("--pose", default="", help="such as desk, issues-settle")
    parser.add_argument("--manual", action="store_true", help="the pictures of the manual")
    parser.add_argument("--booklet", action="store_true", help="one of every printed form")
    options = parser.parse_args(arguments)
    if options.folder is None and not (options.manual or options.booklet):
        parser.error("where should the pictures go?")
    return options


def _tell(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if "This plugin does not support" not in text:
        _say(f"Qt: {text}")


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stderr.flush()
    os._exit(code)  # threads of closed scenes may still wait; nothing of them is needed
