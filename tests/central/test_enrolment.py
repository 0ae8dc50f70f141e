"""How a PC becomes a device: codes, their ten minutes, a second person, keys."""

from __future__ import annotations

import secrets
from uuid import UUID

import pytest

from central import enrolment
from central.database import administered
from db import wire
from db.wire import Problem
from tests.central.conftest import RunningCentre
from tests.central.device import Device, Said, mutation


def newcomer(centre: RunningCentre) -> Device:
    return Device("127.0.0.1", centre.port)


def code_for(centre: RunningCentre, station: UUID, by: str = "甲") -> tuple[str, bool]:
    with administered(centre.settings) as connection:
        return enrolment.issue_code(connection, station, by)


def approve(centre: RunningCentre, code: str, by: str) -> bool:
    with administered(centre.settings) as connection:
        return enrolment.approve_code(connection, code, by)


def refused(device: Device, code: str) -> tuple[int, Problem, str]:
    with pytest.raises(Said) as said:
        device.enrol(code)
    return said.value.status, said.value.refusal.problem, said.value.refusal.text


def test_the_first_pc_needs_a_code_only(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, second = code_for(centre, station)
    answer = newcomer(centre).enrol(code)
    assert not second
    assert (answer.station_id, answer.letter) == (station, "A")
    assert answer.streams == ["C:global", "R:DL", "R:KY", f"S:{station.hex}"]


def test_a_code_is_good_once(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, _ = code_for(centre, station)
    newcomer(centre).enrol(code)
    assert refused(newcomer(centre), code) == (403, Problem.SCOPE, "used")


def test_the_same_pc_may_ask_again_when_the_answer_was_lost(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, _ = code_for(centre, station)
    device = newcomer(centre)
    assert device.enrol(code) == device.enrol(code)
    assert centre.sql("SELECT count(*) FROM device WHERE station_id = %s", station) == [(1,)]


def test_a_code_is_good_for_ten_minutes(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, _ = code_for(centre, station)
    [(left,)] = centre.sql(
        "SELECT extract(epoch FROM expires_at - now())::float FROM enrolment WHERE station_id = %s",
        station,
    )
    assert 590 < left <= 600
    centre.sql("UPDATE enrolment SET expires_at = now() WHERE station_id = %s", station)
    assert refused(newcomer(centre), code) == (403, Problem.SCOPE, "expired")
    assert not approve(centre, code, "乙")


def test_a_wrong_code_opens_nothing(centre: RunningCentre) -> None:
    assert refused(newcomer(centre), enrolment.new_code()) == (403, Problem.SCOPE, "unknown")
    assert refused(newcomer(centre), "") == (403, Problem.SCOPE, "unknown")


def test_a_code_may_be_typed_as_people_type(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, _ = code_for(centre, station)
    assert newcomer(centre).enrol(f" {code.lower().replace('-', '  ')} ").station_id == station


def test_an_additional_pc_needs_a_second_persons_approval(centre: RunningCentre) -> None:
    _, station = centre.station()
    newcomer(centre).enrol(code_for(centre, station)[0])
    code, second = code_for(centre, station)
    assert second
    assert refused(newcomer(centre), code) == (403, Problem.SCOPE, "unapproved")
    assert not approve(centre, code, "甲")  # one's own
    assert refused(newcomer(centre), code)[2] == "unapproved"
    assert approve(centre, code, "乙")
    assert newcomer(centre).enrol(code).letter == "B"
    assert not approve(centre, code, "丙")  # over


def test_two_codes_of_an_empty_station_do_not_let_two_pcs_in(centre: RunningCentre) -> None:
    _, station = centre.station()
    first, second = code_for(centre, station)[0], code_for(centre, station)[0]
    newcomer(centre).enrol(first)
    assert refused(newcomer(centre), second)[2] == "unapproved"


def test_a_revoked_pc_leaves_its_letter_and_its_key_behind(centre: RunningCentre) -> None:
    _, station = centre.station()
    device = newcomer(centre)
    device.enrol(code_for(centre, station)[0])
    centre.sql("UPDATE device SET status = 'revoked' WHERE device_id = %s", UUID(device.keyid))
    code, second = code_for(centre, station)
    assert not second
    assert refused(device, code) == (403, Problem.SCOPE, "key")
    assert newcomer(centre).enrol(code).letter == "B"


def test_letters_go_on_after_z(centre: RunningCentre) -> None:
    _, station = centre.station()
    device = centre.device(station)
    for _ in range(25):
        device.incarnation = device.hello(1, renew=True).incarnation
    assert device.hello(1).letter == "Z"
    assert device.hello(1, renew=True).letter == "AA"


def test_the_key_that_signs_is_the_one_that_is_registered(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, _ = code_for(centre, station)
    honest, thief = newcomer(centre), newcomer(centre)
    message = wire.Enrol(
        code, public(honest), honest.seal.public_key().public_bytes_raw().hex(), "1.0", 1
    )
    thief.keyid = public(thief)
    with pytest.raises(Said) as said:
        thief.post(wire.EnrolAnswer, "/v1/enrol", message)
    assert said.value.refusal.problem is Problem.UNSIGNED
    assert honest.enrol(code).station_id == station


@pytest.mark.parametrize("key", ["", "00" * 31, "zz" * 32, "AA" * 32, "00" * 33])
def test_a_key_that_is_none_is_refused(centre: RunningCentre, key: str) -> None:
    device = newcomer(centre)
    device.keyid = public(device)
    message = wire.Enrol("X", device.keyid, key, "1.0", 1)
    with pytest.raises(Said) as said:
        device.post(wire.EnrolAnswer, "/v1/enrol", message)
    assert (said.value.status, said.value.refusal.problem) == (400, Problem.MALFORMED)


def test_only_a_hash_of_the_code_is_stored(centre: RunningCentre) -> None:
    _, station = centre.station()
    code, _ = code_for(centre, station)
    [(row,)] = centre.sql("SELECT e::text FROM enrolment e WHERE station_id = %s", station)
    assert code not in row
    assert code.replace("-", "") not in row


def test_guessing_a_code_is_hopeless_and_is_seen() -> None:
    # A whole province enrolling at once, and guesses at 10,000 a second for the ten minutes.
    guesses, open_codes = 10_000 * 600, 5_731
    assert guesses * open_codes / len(enrolment.ALPHABET) ** 16 < 1e-12


def test_wrong_codes_are_counted_for_the_administrator(centre: RunningCentre) -> None:
    for _ in range(3):
        refused(newcomer(centre), secrets.token_hex(8))
    _, _, page = Device("127.0.0.1", centre.port).ask("GET", "/metrics", headers={})
    [line] = [one for one in page.decode().splitlines()
              if 'route="/v1/enrol",status="403"' in one]  # fmt: skip
    assert int(line.rpartition(" ")[2]) >= 3


def test_what_was_written_before_joining_is_handed_in_like_anything(centre: RunningCentre) -> None:
    device = centre.device()
    assert device.push(*(mutation(mid) for mid in range(1, 4)))[-1].rev == 3


def public(device: Device) -> str:
    return device.key.public_key().public_bytes_raw().hex()
