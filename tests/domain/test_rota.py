"""A rota is fair, heeds absences and wishes, and says why it cannot be had."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocabulary import Level
from station_app.domain.rota import RotaDay, RotaDeputy, RotaQuestion, swapped, worth
from station_app.domain.rota_making import propose
from station_app.domain.rota_words import (
    cannot_words,
    change_words,
    effect_words,
    spread_words,
)

FIRST = date(2026, 1, 10)


def day(number: int, seats: int = 2, *, fixed: tuple[int, ...] = (), on: int = -1) -> RotaDay:
    """The ``number``-th day, a month after the one before unless ``on`` says otherwise."""
    at = FIRST + timedelta(days=30 * (number if on < 0 else on))
    return RotaDay(UUID(int=1000 + number), at, seats, frozenset(UUID(int=one) for one in fixed))


def deputy(number: int, *away: date, **more: object) -> RotaDeputy:
    one = RotaDeputy(UUID(int=number), f"代表{number}", away=frozenset(away))
    return replace(one, **more)  # type: ignore[arg-type]  # some fields of many


def question(days: int, deputies: int, seats: int = 2, least: int = 1) -> RotaQuestion:
    return RotaQuestion(
        tuple(day(number, seats) for number in range(days)),
        tuple(deputy(number) for number in range(1, deputies + 1)),
        least,
    )


def test_every_seat_is_taken_and_everybody_comes_as_often() -> None:
    rota = propose(question(12, 8, 2, least=3))
    assert rota.worth.holds
    assert rota.worth.spread == (3, 3)
    assert spread_words(rota.worth) == "每人 3 次"
    assert cannot_words(question(12, 8, 2, least=3), rota.worth) == []


def test_who_came_before_is_spared() -> None:
    asked = question(4, 3, 1)
    first = replace(asked.deputies[0], before=3)
    rota = propose(replace(asked, deputies=(first, *asked.deputies[1:])))
    assert [rota.worth.loads[UUID(int=one)] for one in (1, 2, 3)] == [3, 2, 2]


def test_what_stands_already_is_kept() -> None:
    days = (day(0, 2, fixed=(1, 9)), day(1, 1))
    asked = RotaQuestion(days, (deputy(1), deputy(2)), least=1)
    rota = propose(asked)
    assert rota.seats[days[0].id] == {UUID(int=1), UUID(int=9)}  # 9 has retired since
    assert rota.seats[days[1].id] == {UUID(int=2)}


def test_others_hand_on_a_day_so_that_somebody_bound_gets_one() -> None:
    """Deputy 3 can come on the first day only, which a fair hand would have given away."""
    days = (day(0, 1), day(1, 1), day(2, 1))
    bound = deputy(3, days[1].on, days[2].on)
    rota = propose(RotaQuestion(days, (deputy(1), deputy(2), bound), least=1))
    assert rota.seats[days[0].id] == {bound.id}
    assert rota.worth.spread == (1, 1)


def test_nobody_is_at_two_places_on_one_date() -> None:
    days = (day(0, 1), replace(day(1, 1), on=FIRST))
    rota = propose(RotaQuestion(days, (deputy(1), deputy(2)), least=1))
    assert rota.worth.holds
    alone = propose(RotaQuestion(days, (deputy(1),), least=1))
    assert sum(alone.worth.empty.values()) == 1
    assert not alone.worth.twice


def test_wishes_levels_and_experience_are_heeded() -> None:
    days = (day(0, 2), day(1, 2))
    people = (
        deputy(1, experienced=False, levels=(Level.CITY,)),
        deputy(2, experienced=False, levels=(Level.COUNTY,), dislikes=frozenset({days[0].on})),
        deputy(3, levels=(Level.CITY,), likes=frozenset({days[1].on})),
        deputy(4, levels=(Level.COUNTY,)),
    )
    rota = propose(RotaQuestion(days, people, least=1))
    assert {UUID(int=2), UUID(int=3)} == rota.seats[days[1].id]
    assert not rota.worth.green
    assert not rota.worth.unwished


def test_receptions_of_one_deputy_are_kept_apart() -> None:
    days = tuple(replace(day(number, 1), on=FIRST + timedelta(days=7 * number))
                 for number in range(8))  # fmt: skip
    rota = propose(RotaQuestion(days, tuple(deputy(one) for one in range(1, 5)), least=2))
    assert rota.worth.spread == (2, 2)
    assert not rota.worth.close


def test_too_few_seats_are_explained_with_a_way_out() -> None:
    asked = question(24, 60, 3, least=2)
    [said] = cannot_words(asked, propose(asked).worth)
    assert said == (
        "60 位代表每人至少 2 次，共需 120 人次；24 个接待日只有 72 人次。"
        "请增加接待日、增加每日人数，或改为每人至少 1 次。"
    )


def test_a_date_on_which_too_few_can_come_is_named() -> None:
    asked = question(2, 3, 2)
    away = tuple(replace(one, away=frozenset({FIRST})) for one in asked.deputies[:2])
    asked = replace(asked, deputies=(*away, asked.deputies[2]))
    said = cannot_words(asked, propose(asked).worth)
    assert said == ["01-10 需要 2 位代表，只有 1 位能来，其余都请了假。"]


def test_somebody_who_can_seldom_come_is_named() -> None:
    asked = question(4, 3, 2, least=2)
    dates = [one.on for one in asked.days]
    asked = replace(asked, deputies=(deputy(1, *dates[1:]), *asked.deputies[1:]))
    said = cannot_words(asked, propose(asked).worth)
    assert said == ["代表1只有 1 个日期能来。"]


def test_the_effects_of_a_change_by_hand_are_said() -> None:
    days = (day(0, 2), replace(day(1, 2), on=FIRST), replace(day(2, 1), on=FIRST + timedelta(9)))
    people = (
        deputy(1), deputy(2, FIRST, experienced=False),
        deputy(3, experienced=False, dislikes=frozenset({FIRST})),
    )  # fmt: skip
    asked = RotaQuestion(days, people, least=2)
    one, two, three = (who.id for who in people)
    by_hand = {days[0].id: frozenset({two, three}), days[1].id: frozenset({three}),
               days[2].id: frozenset({three})}  # fmt: skip
    found = worth(asked, by_hand)
    assert not found.holds
    assert effect_words(asked, found) == [
        "代表2 01-10 请了假。",
        "代表3 01-10 会被安排两次。",
        "01-10：还空 1 个席位。",
        "不足 2 次：代表1、代表2。",
        "代表3 01-10 和 01-10 都要来，间隔太近。",
        "代表3 01-10 和 01-19 都要来，间隔太近。",
        "代表3希望 01-10 不来。",
        "代表3希望 01-10 不来。",
        "01-10：值班代表都是第一次接待。",
    ]
    assert found.loads[one] == 0


def test_two_deputies_change_places_and_what_that_brings_is_said() -> None:
    days = (day(0, 1), day(1, 1), day(2, 2))
    one, two, three = deputy(1), deputy(2, days[0].on), deputy(3, days[1].on)
    asked = RotaQuestion(days, (one, two, three), least=1)
    seats = {days[0].id: frozenset({one.id}), days[1].id: frozenset({three.id}),
             days[2].id: frozenset({two.id, three.id})}  # fmt: skip
    made = swapped(seats, (days[0].id, one.id), (days[1].id, three.id))
    assert made == {**seats, days[0].id: frozenset({three.id}), days[1].id: frozenset({one.id})}
    before = worth(asked, seats)
    assert change_words(asked, before, worth(asked, made)) == ["可消除：代表3 02-09 请了假。"]
    worse = swapped(seats, (days[0].id, one.id), (days[2].id, two.id))
    assert worse is not None
    assert change_words(asked, before, worth(asked, worse)) == ["代表2 01-10 请了假。"]


def test_nobody_changes_places_with_themselves_or_to_where_they_sit() -> None:
    [first, second] = [day(0).id, day(1).id]
    one, two, three = (UUID(int=at) for at in (1, 2, 3))
    seats = {first: frozenset({one, two}), second: frozenset({two, three})}
    assert swapped(seats, (first, two), (second, three)) is None  # 2 sits there already
    assert swapped(seats, (first, one), (second, two)) is None
    assert swapped(seats, (first, one), (first, two)) is None
    assert swapped(seats, (first, three), (second, two)) is None  # not due there at all
    made = swapped(seats, (first, one), (second, three))
    assert made == {first: frozenset({two, three}), second: frozenset({one, two})}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_rota_is_fairer(data: st.DataObject) -> None:
    """All rotas of a small question are tried: none fills more seats, none has evener loads."""
    count = data.draw(st.integers(1, 4), "deputies")
    days = tuple(
        replace(day(number, data.draw(st.integers(1, 2))), on=FIRST + timedelta(days=30 * on))
        for number, on in enumerate(data.draw(st.lists(st.integers(0, 2), min_size=1, max_size=4)))
    )
    dates = sorted({one.on for one in days})
    people = tuple(
        deputy(one, *data.draw(st.sets(st.sampled_from(dates), max_size=2)),
               before=data.draw(st.integers(0, 2)))
        for one in range(1, count + 1)
    )  # fmt: skip
    asked = RotaQuestion(days, people, least=1)
    found = propose(asked).worth
    assert not found.away
    assert not found.twice
    best = min(_tried(asked))
    assert (sum(found.empty.values()), _unevenness(found.loads.values())) == best


def _tried(asked: RotaQuestion) -> set[tuple[int, int]]:
    choices = []
    for one in asked.days:
        able = [who.id for who in asked.deputies if one.on not in who.away]
        choices.append([
            frozenset(who for at, who in enumerate(able) if bits >> at & 1)
            for bits in range(1 << len(able)) if bin(bits).count("1") <= one.seats
        ])  # fmt: skip
    found = set()
    for picked in product(*choices):
        seen = Counter((one.on, who) for one, those in zip(asked.days, picked, strict=True)
                       for who in those)  # fmt: skip
        if max(seen.values(), default=0) > 1:
            continue
        seats = {one.id: those for one, those in zip(asked.days, picked, strict=True)}
        tried = worth(asked, seats)
        found.add((sum(tried.empty.values()), _unevenness(tried.loads.values())))
    return found


def _unevenness(loads: object) -> int:
    return sum(load * load for load in loads)  # type: ignore[attr-defined]  # any collection
