"""What kinds of records and their fields are called where the exchange speaks of them."""

from __future__ import annotations

from station_app.i18n import tr


def kind_word(kind: str) -> str:
    """What a kind of record is called; a kind of a newer program is a record."""
    known = {
        "absence": tr("kind|Leave or wish"),
        "account": tr("kind|Account"),
        "activity": tr("kind|Activity"),
        "assistance": tr("kind|Help given"),
        "attachment": tr("kind|Picture or file"),
        "attendance": tr("kind|Check-in"),
        "calendar_day": tr("kind|Day of the working calendar"),
        "card_issuer": tr("kind|Station that issues cards"),
        "card_key": tr("kind|Key of duty cards"),
        "card_notice": tr("kind|Notice about a duty card"),
        "category": tr("kind|Category"),
        "companion": tr("kind|Companion"),
        "conflict": tr("kind|Choice between two values"),
        "day": tr("kind|Reception day"),
        "deputy": tr("kind|Deputy"),
        "deputy_suggestion": tr("kind|Suggestion of deputies"),
        "dictionary_entry": tr("kind|Entry of a dictionary"),
        "duty": tr("kind|Duty"),
        "duty_card": tr("kind|Duty card"),
        "issue": tr("kind|Issue"),
        "issue_event": tr("kind|Handling of an issue"),
        "meeting": tr("kind|Three-party meeting"),
        "photo": tr("kind|Photo"),
        "recurrence": tr("kind|Rule of reception days"),
        "report_snapshot": tr("kind|Frozen report"),
        "resident": tr("kind|Resident"),
        "rule_set": tr("kind|Rules of deadlines"),
        "scanned_paper": tr("kind|Scanned paper"),
        "station": tr("kind|Station"),
        "suggestion": tr("kind|Suggestion to the centre"),
        "suggestion_event": tr("kind|Step of a suggestion"),
        "unit": tr("kind|Unit"),
        "visit": tr("kind|Visit"),
    }
    return known.get(kind, tr("kind|Record"))


def field_word(kind: str, field: str) -> str:
    """What a field is called; one of a newer program is a further fact."""
    return _special().get((kind, field)) or _common().get(field, tr("field|Further fact"))


def _special() -> dict[tuple[str, str], str]:
    return {
        ("account", "retired_at"): tr("field|Closed at"),
        ("attendance", "title"): tr("field|Position"),
        ("attendance", "name"): tr("field|Name"),
        ("category", "name"): tr("field|What it is called"),
        ("day", "place"): tr("field|Where it is held"),
        ("deputy", "note"): tr("field|Note"),
        ("issue", "place"): tr("field|Where it is"),
        ("issue_event", "text"): tr("field|What was done"),
        ("station", "name"): tr("field|What it is called"),
        ("unit", "name"): tr("field|What it is called"),
    }


def _common() -> dict[str, str]:
    return {
        "address": tr("field|Address"),
        "arrived_at": tr("field|Came at"),
        "born_on": tr("field|Born"),
        "campaign": tr("field|Campaign"),
        "category": tr("field|Category"),
        "channel": tr("field|Channel"),
        "checked_in_at": tr("field|Checked in at"),
        "closed_at": tr("field|Ended at"),
        "code": tr("field|Code"),
        "community": tr("field|Community"),
        "day_id": tr("field|Reception day"),
        "day_kind": tr("field|Kind"),
        "deputy_group": tr("field|Deputy group"),
        "deputy_id": tr("field|Deputy"),
        "deputy_ids": tr("field|Receiving deputies"),
        "electoral_unit": tr("field|Electoral unit"),
        "ends": tr("field|Ends"),
        "ethnicity": tr("field|Ethnicity"),
        "gender": tr("field|Gender"),
        "held_on": tr("field|Date"),
        "levels": tr("field|Levels"),
        "locked_at": tr("field|Locked at"),
        "method": tr("field|How it was recorded"),
        "name": tr("field|Name"),
        "note": tr("field|Note"),
        "number": tr("field|Number"),
        "opened_at": tr("field|Opened at"),
        "opening_hours": tr("field|Opening hours"),
        "other_phone": tr("field|Other phone"),
        "parent": tr("field|Above it"),
        "party_size": tr("field|How many came"),
        "phone": tr("field|Phone"),
        "photo_id": tr("field|Photo"),
        "place": tr("field|Place"),
        "position": tr("field|Position"),
        "professional_group": tr("field|Professional group"),
        "profile": tr("field|Profile"),
        "recorded_by": tr("field|Recorded by"),
        "region": tr("field|Region"),
        "registered_at": tr("field|Registered at"),
        "resident_id": tr("field|Resident"),
        "retired_at": tr("field|Retired at"),
        "retired_reason": tr("field|Why retired"),
        "role": tr("field|Role"),
        "role_class": tr("field|Came as"),
        "sequence": tr("field|Order of arrival"),
        "starts": tr("field|Begins"),
        "station_kind": tr("field|Kind"),
        "status": tr("field|Status"),
        "term": tr("field|Term"),
        "text": tr("field|What was said"),
        "theme": tr("field|Theme"),
        "title": tr("field|Title"),
        "unit_id": tr("field|Unit"),
        "urgency": tr("field|Urgency"),
        "visit_id": tr("field|Visit"),
        "void_reason": tr("field|Why void"),
        "voided_at": tr("field|Made void at"),
    }
