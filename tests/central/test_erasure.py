"""A person is erased: nothing of them is left in any table, file, answer or quarantine."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import msgspec
from msgspec import structs

from central.blobs import Stored
from central.database import administered
from central.devices import revoke
from central.erasure import erase
from central.quarantine import accept
from central.upkeep import wrong_digests
from db import wire
from db.wire import Outcome, State, encode
from tests.central.conftest import RunningCentre
from tests.central.device import Device, edit, mutation

NAME, PHONE = "欧阳锦绣", "13912345678"

TABLES = ("record", "record_history", "mutation_result", "quarantine", "enrolment", "audit_head")


def gone(centre: RunningCentre, device: Device, kind: str, one: UUID) -> set[str] | None:
    with administered(centre.settings) as connection:
        return erase(connection, device.own, (kind, one.hex))


def mentions(centre: RunningCentre, word: str) -> list[str]:
    """The tables with a row in which ``word`` stands, bytes included."""
    found = []
    for table in TABLES:
        rows = centre.sql(f"SELECT t::text FROM {table} t")
        if any(word in row or word.encode().hex() in row for (row,) in rows):
            found.append(table)
    return found


def person(mid: int) -> wire.Mutation:
    return mutation(mid, fields={"name": (None, NAME), "phone": (None, PHONE)})


def test_nothing_of_a_person_is_left(centre: RunningCentre) -> None:
    _, station = centre.station()
    a, b = centre.device(station), centre.device(station)
    made = person(1)
    a.push(made, edit(2, made.id, 1, phone=(PHONE, "1")))
    b.push(edit(1, made.id, 1, phone=PHONE + "0", name=NAME + "二"))  # a conflict repeats values
    assert set(mentions(centre, PHONE)) == {"record", "record_history"}
    assert gone(centre, a, "resident", made.id) == set()
    assert mentions(centre, PHONE) == mentions(centre, NAME) == []
    rows = a.pull_all()
    assert {row.state for row in rows.values()} == {State.ERASED}
    assert {row.kind for row in rows.values()} == {"resident", "conflict"}


def test_an_answer_that_repeats_values_is_purged_too(centre: RunningCentre) -> None:
    _, station = centre.station()
    a, b = centre.device(station), centre.device(station)
    made = person(1)
    a.push(made, edit(2, made.id, 1, phone=PHONE + "9"))
    again = edit(1, made.id, 1, phone="2")
    [told] = b.push(again)
    assert told.present == {"phone": PHONE + "9"}
    gone(centre, a, "resident", made.id)
    [told] = b.push(again)
    assert (told.outcome, told.present) == (Outcome.CONFLICT, None)
    assert mentions(centre, PHONE) == []


def test_erased_never_returns_by_itself(device: Device, centre: RunningCentre) -> None:
    made = person(1)
    device.push(made)
    gone(centre, device, "resident", made.id)
    late = edit(2, made.id, 1, phone=PHONE)
    anew = msgspec.structs.replace(made, mid=3)
    assert [one.code for one in device.push(late, anew)] == ["erased", "erased"]
    assert mentions(centre, PHONE) == []


def test_digests_and_revisions_stay_right(device: Device, centre: RunningCentre) -> None:
    made = person(1)
    device.push(made, mutation(2))
    gone(centre, device, "resident", made.id)
    with administered(centre.settings) as connection:
        assert wrong_digests(connection) == []
    assert sorted(row.rev for row in device.pull_all().values()) == [2, 3]
    assert [row.id for row in device.pull(2).rows] == [made.id]


def test_what_is_not_there_cannot_be_erased(device: Device, centre: RunningCentre) -> None:
    made = person(1)
    assert gone(centre, device, "resident", made.id) is None
    device.push(made)
    assert gone(centre, device, "resident", made.id) == set()
    assert gone(centre, device, "resident", made.id) is None


def test_attachments_go_unless_another_record_names_them(
    device: Device, centre: RunningCentre
) -> None:
    bodies = [b"one", b"two"]
    names = [sha256(one).hexdigest() for one in bodies]
    first = mutation(1, "photo", fields={"sha256": (None, names[0])})
    shared = [mutation(n, "photo", fields={"sha256": (None, names[1])}) for n in (2, 3)]
    device.push(first, *shared)
    for name, body in zip(names, bodies, strict=True):
        device.ask("PUT", f"/v1/blob/{name}?offset=0&size={len(body)}", body)
    assert gone(centre, device, "photo", first.id) == {names[0]}
    assert gone(centre, device, "photo", shared[0].id) == set()
    attachments = centre.gateway._centre.attachments
    assert attachments.head(UUID(device.keyid), names[0]) == Stored(0, 0, False)
    assert attachments.head(UUID(device.keyid), names[1]).complete


def test_the_papers_filed_with_a_person_and_their_portraits_go_too(
    device: Device, centre: RunningCentre
) -> None:
    """Of a deputy the portrait, and the one before it; a picture that another names stays."""
    photos = [mutation(n, "photo", fields={"sha256": (None, f"{n:064x}")}) for n in (1, 2, 3, 4)]
    old, new, scan, shared = (one.id.hex for one in photos)
    deputy = mutation(5, "deputy", fields={"name": (None, NAME), "photo_id": (None, old)})
    changed = edit(6, deputy.id, 1, photo_id=(old, new))
    papers = [
        mutation(n, "scanned_paper", fields={
            "record_id": (None, record), "photo_id": (None, photo)})
        for n, record, photo in
        ((7, deputy.id.hex, scan), (8, deputy.id.hex, shared), (9, "0" * 32, shared))
    ]  # fmt: skip
    device.push(*photos, deputy, structs.replace(changed, kind="deputy"), *papers)
    gone(centre, device, "deputy", deputy.id)
    rows = device.pull_all()
    erased = {one for one, row in rows.items() if row.state is State.ERASED}
    assert erased == {deputy.id, *(one.id for one in (*photos[:3], *papers[:2]))}


def test_what_a_revoked_pc_handed_in_about_them_is_blanked(
    device: Device, centre: RunningCentre
) -> None:
    made = person(1)
    device.push(made)
    with administered(centre.settings) as connection:
        revoke(connection, UUID(device.keyid))
    other = mutation(3, fields={"name": (None, "无关的人")})
    held = wire.Push(1, [edit(2, made.id, 1, phone=PHONE), other])
    assert device.ask("POST", "/v1/quarantine", encode(held))[0] == 202
    assert "quarantine" in mentions(centre, PHONE)
    gone(centre, device, "resident", made.id)
    assert mentions(centre, PHONE) == []
    with administered(centre.settings) as connection:
        done = accept(centre.gateway._centre.database, connection, UUID(device.keyid))
    assert [one.outcome for one in done.results] == [Outcome.NOOP, Outcome.APPLIED]
