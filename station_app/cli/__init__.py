"""The command line: what the window does, for administrators and scripts.

Exit codes: 0 done, 1 a misfortune (its sentence on standard error), 2 the command was not
understood. With ``--json`` the outcome is one JSON object on standard output, misfortunes too.
A password comes from a prompt, ``--password-file FILE`` or standard input (``-``), never from the
command itself: other users of the computer can read that.
"""

from __future__ import annotations


def main() -> int:
    """Run the command line; returns the exit code."""
    from station_app.cli.app import app
    from station_app.cli.terminal import speak_utf8

    speak_utf8()
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
