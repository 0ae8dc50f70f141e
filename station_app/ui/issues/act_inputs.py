"""Which inputs each act needs, in their order, and what they offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from db.vocabulary import AskedHow, Degree, Finding, IssueEventKind, Rater, Rating, Supervisor
from station_app.domain.case_words import finding_word, how_word, supervisor_word
from station_app.domain.dictionaries import DeclineReason, UnitRecord
from station_app.domain.issue_words import degree_word, rater_word, rating_word
from station_app.i18n import tr
from station_app.ui.attachments.evidence import EvidenceInput
from station_app.ui.issues.inputs import Choices, Input, choice, day, line, several, text
from station_app.ui.issues.join_input import JoinInput
from station_app.ui.issues.words import IssueView
from station_app.ui.widgets import Field

if TYPE_CHECKING:
    from station_app.ui.jobs import Jobs

_E = IssueEventKind


@dataclass(frozen=True, slots=True)
class Offers:
    """What the dictionaries offer to every act: units, reasons to decline, versions of rules."""

    units: Sequence[UnitRecord] = ()
    reasons: Sequence[DeclineReason] = ()
    rules: Choices = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """For what inputs are made."""

    event: IssueEventKind
    view: IssueView
    offers: Offers
    jobs: Jobs


def inputs_for(event: IssueEventKind, view: IssueView, offers: Offers, jobs: Jobs) -> list[Input]:
    """The inputs that ``event`` needs, in their order."""
    asked = _Asked(event, view, offers, jobs)
    made = _FORMS.get(event)
    if made is not None:
        return made(asked)
    name, title, required = _PLAIN[event]
    return [text(name, title(), required=required)]


_PLAIN: dict[IssueEventKind, tuple[str, Callable[[], str], bool]] = {
    _E.TAKEN_UP: ("text", lambda: tr("Who takes care of it there, if known"), False),
    _E.URGED: ("text", lambda: tr("What is asked of the unit"), False),
    _E.SENT_BACK: ("reason", lambda: tr("Why the unit sent it back"), True),
    _E.REOPENED: ("reason", lambda: tr("Why it is taken up again"), True),
    _E.NOTED: ("text", lambda: tr("form|Note"), True),
    _E.WAITING: ("reason", lambda: tr("What the resident has to bring"), True),
    _E.RESUMED: ("text", lambda: tr("What was brought"), False),
    _E.UNSUPERVISED: ("reason", lambda: tr("Why it ends"), True),
    _E.UNPUBLISHED: ("reason", lambda: tr("Why it is taken back"), True),
}


def _units(asked: _Asked, *, first: str) -> Choices:
    return [("", first), *((one.id.hex, one.name) for one in asked.offers.units)]


def _also(asked: _Asked) -> Input:
    units = [(one.id, one.name) for one in asked.offers.units]
    return several("also", tr("Co-handling units"), units, hint=tr("None, or type a name"))


def _assign(asked: _Asked) -> list[Input]:
    units = _units(asked, first=tr("Choose a unit"))
    return [
        choice("unit_id", tr("assign|Unit"), units, required=True),
        text("text", tr("What is asked of the unit"), lines=2),
        _also(asked),
    ]


def _rework(asked: _Asked) -> list[Input]:
    return [
        text("reason", tr("Why it is done again"), required=True),
        choice("unit_id", tr("assign|Unit"), _units(asked, first=tr("The same unit"))),
        _also(asked),
    ]


def _reply(asked: _Asked) -> list[Input]:
    return [
        text("text", tr("What the unit replied"), required=True),
        line("promise", tr("What is promised, if anything")),
        day("promise_on", tr("Promised until")),
    ]


def _answer(asked: _Asked) -> list[Input]:
    deputies = [*_deputies(asked), ("", tr("None of them"))]
    return [
        text("answer", tr("What was answered"), required=True),
        choice("deputy_id", tr("Answered by"), deputies),
    ]


def _decline(asked: _Asked) -> list[Input]:
    reasons = asked.offers.reasons
    taken = choice(
        "reason",
        tr("decline|Reason"),
        [("", tr("form|Choose")), *((one.code, one.name) for one in reasons)],
        required=True,
    )
    instead = text("instead", tr("Where to go instead"), required=True, lines=2)
    advice = {one.code: one.instead for one in reasons}

    def advise() -> None:
        # The usual advice is offered, but nothing typed by hand is overwritten.
        if instead.get().strip() in ("", *advice.values()):
            instead.put(advice.get(taken.get(), ""))

    _heard(taken, advise)
    return [taken, instead]


def _settle(asked: _Asked) -> list[Input]:
    hint = tr("What was done, who saw it, which papers or photos show it")
    return [
        choice("degree", tr("Degree of solution"), _degrees(tr("form|Choose")), required=True),
        text("evidence", tr("Evidence"), required=True, hint=hint),
        _papers(asked),
    ]


def _papers(asked: _Asked) -> Input:
    made = EvidenceInput(asked.jobs, asked.view.record.id)
    field = Field(tr("Photos and papers as evidence"), made)
    return Input("attachments", field, made.get, made.put)


def _advise(asked: _Asked) -> list[Input]:
    owing = [one for one in asked.view.record.case.units if not (one.leads or one.advised)]
    return [
        choice("unit_id", tr("assign|Unit"), [(one.id.hex, one.name) for one in owing]),
        text("text", tr("Its opinion"), required=True),
    ]


def _join(asked: _Asked) -> list[Input]:
    found = JoinInput(asked.jobs, asked.view)
    field = Field(tr("Belongs to"), found, required=True)
    return [Input("into", field, found.kept_text, found.put)]


def _evaluate(asked: _Asked) -> list[Input]:
    visit, record = asked.view.visit, asked.view.record
    people = [visit.resident, *visit.companions]
    raters = [
        (f"{Rater.RESIDENT}:{one.id.hex}", f"{rater_word(Rater.RESIDENT)} · {one.name}")
        for one in people
    ]
    raters += [
        (f"{Rater.DEPUTY}:{one.id.hex}", f"{rater_word(Rater.DEPUTY)} · {one.name}")
        for one in visit.deputies
    ]
    raters.append((Rater.THIRD_PARTY.value, rater_word(Rater.THIRD_PARTY)))
    ratings = [(one.value, rating_word(one)) for one in Rating]
    hows = [(one.value, how_word(one)) for one in AskedHow]
    choose = ("", tr("form|Choose"))
    rater = choice("rater", tr("Who rated"), raters)
    third = line("third_party", tr("Who the third party is"), required=True)

    def follow() -> None:
        third.field.setVisible(rater.get() == Rater.THIRD_PARTY)

    third.field.hide()
    _heard(rater, follow)
    said = tr("Their own words")
    return [
        rater,
        third,
        choice("rating", tr("How satisfied"), [choose, *ratings], required=True),
        choice("how", tr("How they were asked"), [choose, *hows], required=True),
        text("text", said, lines=2, hint=record.title),
    ]


def _commit(asked: _Asked) -> list[Input]:
    unit = asked.view.record.unit or tr("The station")
    return [
        text("text", tr("What is promised"), required=True, lines=2),
        day("due_on", tr("Promised until"), required=True),
        choice("deputy_id", tr("Promised by"), [("", unit), *_deputies(asked)]),
    ]


def _close_promise(asked: _Asked) -> list[Input]:
    promises = sorted(
        (one for one in asked.view.record.case.promises if one.kept is None),
        key=lambda one: one.due_on,
    )
    offered = [(one.id.hex, f"{one.due_on:%m-%d} · {one.text}") for one in promises]
    kept = [
        ("", tr("form|Choose")),
        ("kept", tr("promise|Kept")),
        ("broken", tr("promise|Not kept")),
    ]
    return [
        choice("promise", tr("The promise"), offered),
        choice("kept", tr("What became of it"), kept, required=True),
        text("evidence", tr("What shows it"), required=True, lines=2),
        _papers(asked),
    ]


def _revisit(asked: _Asked) -> list[Input]:
    return [_found(), text("text", tr("What was seen or said"), required=True)]


def _look_back(asked: _Asked) -> list[Input]:
    same = tr("As it was")
    return [
        _found(),
        text("text", tr("What was seen or said"), required=True),
        choice("degree", tr("Degree of solution by now"), _degrees(same)),
    ]


def _found() -> Input:
    found = [("", tr("form|Choose")), *((one.value, finding_word(one)) for one in Finding)]
    return choice("found", tr("What was found"), found, required=True)


def _supervise(asked: _Asked) -> list[Input]:
    roles = [
        line(f"roles.{role.value}", supervisor_word(role), required=True) for role in Supervisor
    ]
    return [*roles, text("text", tr("Why, and what is expected"), lines=2)]


def _publish(asked: _Asked) -> list[Input]:
    title, words = asked.view.public or ("", "")
    first = line("title", tr("Title"), required=True)
    second = text("text", tr("What the public may read"), required=True, lines=5)
    first.put(title)
    second.put(words)
    return [first, second]


def _ruled(asked: _Asked) -> list[Input]:
    return [
        choice("code", tr("Rules"), asked.offers.rules, required=True),
        text("reason", tr("form|Why"), required=True, lines=2),
    ]


def _deputies(asked: _Asked) -> Choices:
    return [(one.id.hex, one.name) for one in asked.view.visit.deputies]


def _degrees(first: str) -> Choices:
    return [("", first), *((one.value, degree_word(one)) for one in Degree)]


def _heard(one: Input, act: Callable[[], None]) -> None:
    """Do ``act`` whenever another choice is taken."""
    combo = one.field.input
    assert isinstance(combo, QComboBox)
    combo.currentIndexChanged.connect(lambda _at: act())


_FORMS: dict[IssueEventKind, Callable[[_Asked], list[Input]]] = {
    _E.ASSIGNED: _assign,
    _E.REWORKED: _rework,
    _E.REPLIED: _reply,
    _E.ANSWERED: _answer,
    _E.DECLINED: _decline,
    _E.SETTLED: _settle,
    _E.ADVISED: _advise,
    _E.JOINED: _join,
    _E.EVALUATED: _evaluate,
    _E.COMMITTED: _commit,
    _E.KEPT: _close_promise,
    _E.REVISITED: _revisit,
    _E.LOOKED_BACK: _look_back,
    _E.SUPERVISED: _supervise,
    _E.PUBLISHED: _publish,
    _E.RULED: _ruled,
}
