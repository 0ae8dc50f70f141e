"""What is exchanged has a name that an operator knows."""

from __future__ import annotations

from db.models.base import Base, Synced
from station_app.domain.sync_words import kind_word


def test_every_kind_that_is_exchanged_is_called_by_a_name_of_its_own() -> None:
    kinds = {
        mapper.class_.kind for mapper in Base.registry.mappers if issubclass(mapper.class_, Synced)
    }
    assert "deputy_suggestion" in kinds
    words = {kind: kind_word(kind) for kind in kinds}
    assert [kind for kind in kinds if words[kind] == kind_word("of a newer program")] == []
    assert len(set(words.values())) == len(kinds)
