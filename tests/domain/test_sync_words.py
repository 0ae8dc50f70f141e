"""What is exchanged has a name that an operator knows."""

from __future__ import annotations

from db.models.base import Base, Synced
from db.policy import models, travelling
from station_app.domain.sync_words import INNER, field_word, kind_word


def test_every_kind_that_is_exchanged_is_called_by_a_name_of_its_own() -> None:
    kinds = {
        mapper.class_.kind for mapper in Base.registry.mappers if issubclass(mapper.class_, Synced)
    }
    assert "deputy_suggestion" in kinds
    words = {kind: kind_word(kind) for kind in kinds}
    assert [kind for kind in kinds if words[kind] == kind_word("of a newer program")] == []
    assert len(set(words.values())) == len(kinds)


def test_every_field_that_a_person_may_have_to_choose_is_called_by_its_name() -> None:
    newer = field_word("resident", "of a newer program")
    fields = [(kind, name) for kind, model in models().items() for name in travelling(model)]
    assert ("recurrence", "weekdays") in fields
    assert [one for one in fields if one[1] not in INNER and field_word(*one) == newer] == []


def test_what_is_kept_from_people_is_a_field() -> None:
    assert {name for model in models().values() for name in travelling(model)} >= INNER
