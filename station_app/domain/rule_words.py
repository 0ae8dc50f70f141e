"""Rule sets in words: each deadline by name, and what a new version changes."""

from __future__ import annotations

from typing import Any

from db.vocabulary import Degree
from station_app.domain.issue_words import degree_word
from station_app.domain.rules import SPANS, RuleSet, Span
from station_app.i18n import tr


def span_word(name: str) -> str:
    """What a deadline is for: a name of ``SPANS`` or ``look_back.<degree>``."""
    if name.startswith("look_back."):
        degree = Degree(name.removeprefix("look_back."))
        return tr("Look back when it is: {degree}", degree=degree_word(degree))
    return {
        "decide": tr("rule|Decide after registration"),
        "reply": tr("rule|The unit's reply"),
        "reply_urgent": tr("rule|The unit's reply, urgent"),
        "advise": tr("rule|Opinion of a co-handling unit"),
        "suggestion": tr("rule|Answer to a suggestion"),
        "suggestion_complex": tr("rule|Answer to a complex suggestion"),
        "revisit": tr("rule|Revisit after settlement"),
        "long_open_days": tr("rule|Counts as open for long after"),
        "soon_days": tr("rule|Counts as due soon before the deadline"),
        "notice_days": tr("rule|The notice hangs before the reception day"),
    }[name]


def rule_lines(rules: RuleSet) -> list[tuple[str, str]]:
    """(name, words) of everything that a rule set says, in its order."""
    spans = [(name, rules.spans[name].words) for name in SPANS]
    backs = [(f"look_back.{one.value}", span.words) for one, span in rules.look_back.items()]
    days = [
        (name, tr("{n} days", n=getattr(rules, name)))
        for name in ("long_open_days", "soon_days", "notice_days")
    ]
    return [*spans, *backs, *days]


def rule_changes(old: RuleSet, new: RuleSet) -> list[tuple[str, str, str]]:
    """(name, words before, words after) of what ``new`` says otherwise than ``old``."""
    before, after = dict(rule_lines(old)), dict(rule_lines(new))
    none = tr("rule|none")
    return [
        (name, before.get(name, none), after.get(name, none))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]


def body_of(rules: RuleSet) -> dict[str, Any]:
    """A rule set as its JSON, to begin a new version with."""
    return {
        "code": rules.code,
        "name": rules.name,
        "valid_from": rules.valid_from.isoformat(),
        **{name: _span(rules.spans[name]) for name in SPANS},
        "look_back": {one.value: _span(span) for one, span in rules.look_back.items()},
        "long_open_days": rules.long_open_days,
        "soon_days": rules.soon_days,
        "notice_days": rules.notice_days,
    }


def _span(span: Span) -> dict[str, Any]:
    if span.next_year:
        return {"next_year": span.next_year}
    if span.working_days:
        return {"working_days": span.working_days}
    return {"months": span.months} if span.months else {"days": span.days}
