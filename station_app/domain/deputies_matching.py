"""Is a line of a roster somebody already registered? One rule, used by every import."""

from __future__ import annotations

from station_app.domain.deputies import DeputyDraft, DeputyRecord


def same_person(draft: DeputyDraft, known: DeputyRecord) -> bool:
    """Whether a tidied ``draft`` means ``known``.

    The names are equal, and either they share a phone, or one of them has no phone and neither
    birth month nor electoral unit speak against it. Two people of one name with two phones stay
    two people: a wrong merge loses somebody, a double entry is seen and mended.
    """
    if draft.name != known.name:
        return False
    ours, theirs = _phones(draft), _phones(known)
    if ours and theirs:
        return bool(ours & theirs)
    return _compatible(draft.born_on[:7], known.born_on[:7]) and _compatible(
        draft.electoral_unit, known.electoral_unit
    )


def _phones(one: DeputyDraft | DeputyRecord) -> set[str]:
    return {phone for phone in (one.phone, one.other_phone) if phone}


def _compatible(ours: str, theirs: str) -> bool:
    return not ours or not theirs or ours.startswith(theirs) or theirs.startswith(ours)
