"""The invented people of the demo station: deputies and residents, the same for the same seed."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any

from db.vocabulary import Gender, Level
from station_app.config import RESOURCES
from station_app.domain.deputies import DeputyDraft
from station_app.domain.residents import ResidentDraft

_LEVELS = [
    (Level.COUNTY,),
    (Level.COUNTY,),
    (Level.CITY, Level.COUNTY),
    (Level.TOWNSHIP,),
    (Level.CITY,),
    (Level.PROVINCIAL, Level.CITY),
    (Level.COUNTY, Level.TOWNSHIP),
]


@cache
def material(name: str) -> Any:
    """``resources/demo/<name>.json``."""
    return json.loads((RESOURCES / "demo" / f"{name}.json").read_text(encoding="utf-8"))


def new_names(random: Random, total: int) -> list[str]:
    """``total`` different names, the rare ones of the material among them."""
    people = material("people")
    names = dict.fromkeys(people["rare"])
    while len(names) < total:
        names[random.choice(people["surnames"]) + random.choice(people["given"])] = None
    chosen = list(names)[:total]
    random.shuffle(chosen)
    return chosen


def deputies(random: Random, names: list[str]) -> list[DeputyDraft]:
    """One draft for each name, with invented facts; phones are in a range that nobody has."""
    people = material("people")
    drafts = []
    for place, name in enumerate(names):
        levels = (Level.NATIONAL, Level.PROVINCIAL) if place == 0 else random.choice(_LEVELS)
        drafts.append(
            DeputyDraft(
                name=name,
                gender=random.choice(list(Gender)),
                ethnicity=random.choice(people["ethnicities"]),
                born_on=f"{random.randint(1956, 1994)}-{random.randint(1, 12):02d}",
                levels=levels,
                position=random.choice(people["positions"]),
                electoral_unit=random.choice(people["electoral_units"]),
                deputy_group=f"第{random.randint(1, 6)}小组",
                phone=f"1380000{place:04d}",
            )
        )
    return drafts


def residents(random: Random, names: list[str]) -> list[ResidentDraft]:
    """One draft for each name; a few give no phone, as in life."""
    people = material("people")
    drafts = []
    for place, name in enumerate(names):
        at = random.randrange(len(people["streets"]))
        house = f"{random.randint(1, 60)}号楼{random.randint(1, 4)}单元{random.randint(1, 6)}0"
        drafts.append(
            ResidentDraft(
                name=name,
                phone="" if random.random() < 0.08 else f"1390000{place:04d}",
                address=f"{people['streets'][at]}{house}{random.randint(1, 4)}",
                community=people["communities"][at],
                gender=random.choice(list(Gender)),
            )
        )
    return drafts
