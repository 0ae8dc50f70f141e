"""What is loaded once the first window is on its way, so that it need not wait."""

from __future__ import annotations

import threading

from station_app.config import DataDir


def install_crash_window(data: DataDir) -> None:
    """Catch our own mistakes from now on."""
    from station_app.ui import crash

    crash.install(data.logs)


def load_ahead() -> None:
    """Load the heavy modules on a thread of its own while the password is typed."""

    def load() -> None:
        import station_app.services.search
        import station_app.store.store
        import station_app.ui.desk.page
        import station_app.ui.session  # noqa: F401 - loaded for the next window

    threading.Thread(target=load, name="load-ahead", daemon=True).start()
