"""Codes on paper: there and back, forgiving to scanners, never reading what is not ours."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.record_codes import (
    RecordCode,
    blank_code,
    lookup_code,
    parse_blank_code,
    parse_record_code,
    record_code,
)

VISIT = UUID("0192f1d2-7c3a-7e11-8f00-0123456789ab")
KINDS = st.sampled_from(
    ["visit", "issue", "day", "deputy", "resident", "station", "meeting", "deputy_suggestion"]
)


@given(KINDS, st.uuids(), st.integers(1, 999_999_999))
def test_a_code_says_what_was_put_in(kind: str, record: UUID, edition: int) -> None:
    code = record_code(kind, record, edition)
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", code)  # the alphanumeric set of QR
    assert parse_record_code(code) == RecordCode(kind, record, edition)


def test_a_code_stays_short_enough_for_a_small_qr() -> None:
    assert len(record_code("visit", VISIT, 999)) <= 38  # version 2, level M


def test_what_scanners_do_to_a_code_is_forgiven() -> None:
    code = record_code("visit", VISIT, 3)
    wanted = RecordCode("visit", VISIT, 3)
    assert parse_record_code(code.lower()) == wanted
    assert parse_record_code(f" {code}\r\n") == wanted
    assert parse_record_code(code.replace(":", "：")) == wanted


@pytest.mark.parametrize(
    "foreign",
    ["", "LF-KY-A-20261110-017", "https://example.org", "LF1:V.1", "LF2:" + "V" * 27 + ".1"],
)
def test_foreign_texts_are_no_codes(foreign: str) -> None:
    assert parse_record_code(foreign) is None


def test_the_code_of_a_blank_form_says_its_number() -> None:
    number = "LF-KY-A-20261110-017"
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]+", blank_code(number))
    assert parse_blank_code(f" {blank_code(number).lower()}\r\n") == number
    assert parse_blank_code(number) is None
    assert parse_record_code(blank_code(number)) is None
    assert parse_blank_code(record_code("visit", VISIT, 3)) is None


def test_an_unknown_kind_or_spare_bits_are_refused() -> None:
    code = record_code("visit", VISIT, 3)
    assert parse_record_code(code.replace(":V", ":X")) is None
    assert parse_record_code(code[:-3] + "Z" + code[-2:]) is None
    assert parse_record_code(code.replace(".3", ".0")) is None


@given(st.uuids(), st.uuids())
def test_lookup_codes_differ_and_read_well(one: UUID, other: UUID) -> None:
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", lookup_code(one))
    assert (lookup_code(one) == lookup_code(other)) == (one == other)
