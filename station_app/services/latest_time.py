"""The latest moment that is known to have been: a clock set back brings no card to life again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from station_app.domain.accounts import require_head
from station_app.services.settings import set_setting, setting
from station_app.store import Tx

_LATEST = "latest_time"
#: Clocks are off by minutes everywhere; only more is written down again.
_FINE = timedelta(minutes=1)


def note_time(tx: Tx) -> None:
    """This PC's clock shows the transaction's moment: no card is judged by an earlier day."""
    known = _known(tx)
    if known is None or tx.now - known > _FINE:
        set_setting(tx, _LATEST, tx.now.isoformat())


def note_centres_time(tx: Tx, moment: datetime) -> None:
    """The centre says what time it is: that counts, also against a clock that ran ahead."""
    set_setting(tx, _LATEST, moment.isoformat())


def forget_time(tx: Tx) -> None:
    """The clock ran ahead and was set right: what it showed counts no longer. Only for the head."""
    require_head(tx.actor)
    set_setting(tx, _LATEST, tx.now.isoformat())


def card_day(tx: Tx) -> tuple[date, bool]:
    """The day that cards are judged by, and whether this PC's clock is behind it."""
    known = _known(tx)
    seen = tx.today if known is None else known.astimezone(tx.zone).date()
    return max(tx.today, seen), seen > tx.today


def _known(tx: Tx) -> datetime | None:
    kept = setting(tx, _LATEST)
    return None if kept is None else datetime.fromisoformat(kept)
