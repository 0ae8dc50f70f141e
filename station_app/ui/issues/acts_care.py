"""The acts of care: evaluations, promises, waiting, later looks, key supervision, publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from db.vocabulary import AskedHow, Degree, Finding, IssueEventKind, Rater, Rating, Supervisor
from station_app.domain.issues import IssueRecord
from station_app.errors import RuleViolation
from station_app.i18n import tr
from station_app.services import issue_care, issue_results
from station_app.ui.issues.act import Act, Typed, day_of, id_of, ids_of, word_of

if TYPE_CHECKING:
    from station_app.store import Tx

_E = IssueEventKind


def _evaluate(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    rater, _, who = typed["rater"].partition(":")
    return issue_results.evaluate_issue(
        tx,
        issue_id,
        rater=word_of(Rater, rater),
        rating=word_of(Rating, typed["rating"]),
        how=word_of(AskedHow, typed["how"]),
        resident_id=id_of(who) if rater == Rater.RESIDENT else None,
        deputy_id=id_of(who) if rater == Rater.DEPUTY else None,
        third_party=typed["third_party"],
        text=typed["text"],
    )


def _commit(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    return issue_care.commit_on_issue(
        tx,
        issue_id,
        text=typed["text"],
        due_on=day_of(typed["due_on"]),
        deputy_id=id_of(typed["deputy_id"]),
    )


def _close_promise(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    promise = id_of(typed["promise"])
    if promise is None:
        raise RuleViolation({"promise": tr("Choose the promise.")})
    kept = {"kept": True, "broken": False}.get(typed["kept"])
    return issue_care.close_promise(
        tx,
        issue_id,
        promise,
        kept=kept,
        evidence=typed["evidence"],
        attachments=ids_of(typed["attachments"]),
    )


def _revisit(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    found = word_of(Finding, typed["found"])
    return issue_results.revisit_issue(tx, issue_id, found=found, text=typed["text"])


def _look_back(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    return issue_results.look_back_on_issue(
        tx,
        issue_id,
        found=word_of(Finding, typed["found"]),
        text=typed["text"],
        degree=word_of(Degree, typed["degree"]),
    )


def _supervise(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    roles = {role: typed[f"roles.{role.value}"] for role in Supervisor}
    return issue_care.supervise_issue(tx, issue_id, roles=roles, text=typed["text"])


def _publish(tx: Tx, issue_id: UUID, typed: Typed) -> IssueRecord:
    return issue_care.publish_issue(tx, issue_id, title=typed["title"], text=typed["text"])


CARE: tuple[Act, ...] = (
    Act(
        _E.EVALUATED, "Alt+V", "star",
        lambda: tr("do|Evaluation"),
        lambda: tr("The evaluation is registered."),
        _evaluate,
    ),
    Act(
        _E.REVISITED, "Alt+I", "phone",
        lambda: tr("do|Revisit"),
        lambda: tr("The revisit is registered."),
        _revisit,
    ),
    Act(
        _E.LOOKED_BACK, "Alt+Z", "history",
        lambda: tr("do|Look back"),
        lambda: tr("The look-back is registered."),
        _look_back,
    ),
    Act(
        _E.COMMITTED, "Alt+M", "clipboard-check",
        lambda: tr("do|Promise"),
        lambda: tr("The promise is registered; it comes up on its day."),
        _commit,
    ),
    Act(
        _E.KEPT, "Alt+Y", "flag-check",
        lambda: tr("do|Was the promise kept?"),
        lambda: tr("What became of the promise is registered."),
        _close_promise,
    ),
    Act(
        _E.WAITING, "Alt+P", "hourglass",
        lambda: tr("do|Wait for the resident"),
        lambda: tr("The clock stands still until the resident has brought it."),
        lambda tx, one, typed: issue_care.wait_for_resident(tx, one, reason=typed["reason"]),
        pair=True,
    ),
    Act(
        _E.RESUMED, "Alt+P", "player-play",
        lambda: tr("do|The resident has brought it"),
        lambda: tr("The clock goes on."),
        lambda tx, one, typed: issue_care.resume_issue(tx, one, text=typed["text"]),
        pair=True,
    ),
    Act(
        _E.SUPERVISED, "Alt+Shift+S", "eye",
        lambda: tr("do|Key supervision"),
        lambda: tr("The issue is under key supervision."),
        _supervise,
        pair=True,
    ),
    Act(
        _E.UNSUPERVISED, "Alt+Shift+S", "eye-off",
        lambda: tr("do|End key supervision"),
        lambda: tr("The key supervision has ended."),
        lambda tx, one, typed: issue_care.end_supervision(tx, one, reason=typed["reason"]),
        pair=True,
    ),
    Act(
        _E.PUBLISHED, "Alt+Shift+P", "users-group",
        lambda: tr("do|Publish"),
        lambda: tr("The issue may be shown to the public, in these words."),
        _publish,
        pair=True,
    ),
    Act(
        _E.UNPUBLISHED, "Alt+Shift+P", "eye-off",
        lambda: tr("do|Take back from the public"),
        lambda: tr("The issue is not shown to the public any more."),
        lambda tx, one, typed: issue_care.unpublish_issue(tx, one, reason=typed["reason"]),
        pair=True,
    ),
    Act(
        _E.RULED, "Alt+Shift+R", "clock",
        lambda: tr("do|Other rules for its deadlines"),
        lambda: tr("From now on these rules count for the issue."),
        lambda tx, one, typed: issue_care.move_to_rules(
            tx, one, code=typed["code"], reason=typed["reason"]
        ),
    ),
)  # fmt: skip
