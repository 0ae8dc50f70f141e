"""The start of the program: the window at once, anything else is the command line's."""

from __future__ import annotations

import os
import sys

#: Words that only make sense to the window, with the number of values each takes.
_WINDOW_WORDS = {"--data-dir": 1, "--smoke": 0}


def main() -> int:
    """Open the window, or run a command; returns the exit code.

    The window does not wait for the command line's modules to load.
    """
    words = sys.argv[1:]
    if not _for_window(words):
        from station_app.cli import main as command_line

        return command_line()
    if "--data-dir" in words:
        os.environ["STATION_DATA_DIR"] = words[words.index("--data-dir") + 1]
    if "--smoke" in words:
        from station_app.ui.smoke import smoke

        return smoke()
    from station_app.config import DataDir, default_data_dir
    from station_app.ui.app import run

    return run(DataDir(default_data_dir()))


def _for_window(words: list[str]) -> bool:
    """Whether ``words`` hold nothing but the window's own."""
    rest = list(words)
    while rest:
        values = _WINDOW_WORDS.get(rest.pop(0))
        if values is None or len(rest) < values:
            return False
        del rest[:values]
    return True


if __name__ == "__main__":
    sys.exit(main())
