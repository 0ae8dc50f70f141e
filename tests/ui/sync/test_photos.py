"""A deputy's photo travels after its record, from one PC's window to another's."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

import pytest
from PIL import Image

from station_app.domain.deputies import DeputyDraft
from station_app.services import deputies
from station_app.sync import once
from station_app.ui.deputies.page import DeputiesPage
from tests.ui.sync.conftest import House, Pc, Screen, rows


def portrait() -> bytes:
    """A picture of several parts: more than a megabyte does not go at once."""
    made = io.BytesIO()
    Image.effect_noise((1500, 1500), 120).convert("RGB").save(made, "JPEG", quality=95)
    assert len(made.getvalue()) > 1 << 20
    return made.getvalue()


def deputy_with_photo(pc: Pc, picture: bytes) -> UUID:
    deputy = pc.do(deputies.save_deputy, DeputyDraft("于桂芳"))
    pc.do(deputies.set_photo, deputy.id, picture)
    return deputy.id


def photo_of(pc: Pc, deputy_id: UUID) -> bytes:
    record = pc.ask(deputies.get_deputy, deputy_id)
    return b"" if record.photo_id is None else pc.ask(deputies.get_photo, record.photo_id)


def test_a_photo_handed_in_here_is_seen_there(
    joined: Screen, other: Callable[[], Pc], house: House
) -> None:
    picture = portrait()
    deputy_id = deputy_with_photo(joined, picture)
    joined.exchanged()
    assert rows(joined, "SELECT count(*) FROM blob_task") == [(0,)]
    second = other()
    assert photo_of(second, deputy_id) == picture


def test_a_photo_that_arrives_is_shown_on_the_open_page(
    joined: Screen, other: Callable[[], Pc]
) -> None:
    page = joined.window.open_page("deputies")
    assert isinstance(page, DeputiesPage)
    second, picture = other(), portrait()
    deputy_id = deputy_with_photo(second, picture)
    second.sync()
    joined.exchanged()
    page.show_record("deputy", deputy_id)
    joined.until(lambda: page.pane.detail.portrait.has_photo)
    assert photo_of(joined, deputy_id) == picture


def test_a_photo_that_comes_later_than_its_record_shows_too(
    joined: Screen, other: Callable[[], Pc], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = joined.window.open_page("deputies")
    assert isinstance(page, DeputiesPage)
    second, picture = other(), portrait()
    deputy_id = deputy_with_photo(second, picture)
    with monkeypatch.context() as hurry:
        hurry.setattr(once, "move_pictures", lambda *_: set())  # its PC was cut off after the push
        second.sync()
    joined.exchanged()
    page.show_record("deputy", deputy_id)
    joined.until(lambda: page.pane.record is not None and page.pane.record.id == deputy_id)
    assert not page.pane.detail.portrait.has_photo
    second.sync()
    joined.exchanged()
    joined.until(lambda: page.pane.detail.portrait.has_photo)
