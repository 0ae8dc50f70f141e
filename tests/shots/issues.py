"""Poses of the issues page and of what is due today."""

from __future__ import annotations

from functools import partial

from db.vocabulary import Degree, IssueStatus
from station_app.domain.issue_views import View
from station_app.domain.lists import Listing
from station_app.services import issue_records, issues, saved_filters
from station_app.store import Tx
from station_app.ui.issues.views import Own
from tests.shots.stage import Pose, Stage

_S = IssueStatus


def view(stage: Stage, chosen: View) -> None:
    """One of the views, its first issue shown."""
    stage.page("issues").views.choose(chosen)
    stage.settle()


def stands(stage: Stage, status: IssueStatus, keys: str = "") -> None:
    """The first issue in one state, perhaps with the form of an act."""
    page = stage.page("issues")
    page.views.choose(View.ALL)
    page.filters.put({"status": status})
    page.filters.changed.emit()
    stage.settle()
    page.pane.list.select(page.pane.table.rows[0].id)
    stage.settle()
    page.pane.list.setFocus()
    if keys:
        stage.keys(keys)


def assign_error(stage: Stage) -> None:
    """Saved without what the act needs."""
    stands(stage, _S.REGISTERED, "Alt+A")
    stage.keys("Ctrl+Return")


def filtered(stage: Stage) -> None:
    """Several filters and a word, as tokens."""
    page = stage.page("issues")
    page.views.choose(View.ALL)
    page.filters.put({"category": "zj", "first_on": None, "place": "桃源街"})
    page.filters.changed.emit()
    stage.keys("Ctrl+F")
    stage.type("电梯")


def filter_panel(stage: Stage) -> None:
    """All filters in their form, and two views of one's own."""
    own_views(stage)
    stage.keys("Alt+F")


def own_views(stage: Stage) -> None:
    """The station's operator has views of their own."""

    def save(tx: Tx) -> None:
        listing = Listing("registered_at", True, filters={"category": "zj", "urgent": True})
        saved_filters.save_filter(tx, "住建加急", listing)
        replied = Listing("registered_at", True, filters={"status": _S.REPLIED})
        saved_filters.save_filter(tx, "已答复、等评价", replied)

    stage.write(save)
    page = stage.page("issues")
    page.reload()
    stage.settle()
    page.views.choose(Own("已答复、等评价"))
    stage.settle()


def several(stage: Stage, keys: str = "") -> None:
    """Some issues chosen, some of which cannot take part."""
    page = stage.page("issues")
    page.views.choose(View.ALL)
    stage.settle()
    page.pane.list.select(page.pane.table.rows[0].id)
    page.pane.list.setFocus()
    stage.keys(*["Shift+Down"] * 5)
    if keys:
        stage.keys(keys)


def all_chosen(stage: Stage) -> None:
    """Everything that is loaded, chosen."""
    several(stage)
    stage.keys("Ctrl+A")


def no_match(stage: Stage) -> None:
    """A filter that fits nothing."""
    stage.page("issues")
    stage.keys("Ctrl+F")
    stage.type("qqqq")


def left(stage: Stage) -> None:
    """The issue shown was handled and is no longer in the view."""
    page = stage.page("issues")
    page.views.choose(View.TO_DO)
    stage.settle()
    shown = page.detail.view.record.id
    stage.write(
        lambda tx: issues.settle_issue(tx, shown, degree=Degree.SOLVED, evidence="现场照片")
    )
    stage.settle()


def half_typed(stage: Stage) -> None:
    """A reply was typed and left; it waits beside its issue."""
    stands(stage, _S.ASSIGNED, "Alt+R")
    stage.type("已安排抢修队明日上门")
    stage.keys("Escape")
    stage.settle()


def joined_target(stage: Stage) -> None:
    """An issue that others were joined to."""
    stands(stage, _S.JOINED)
    stage.page("issues")._open_target()


def like(stage: Stage) -> None:
    """An issue beside which others like it are shown."""

    def find(tx: Tx) -> object:
        rows = issue_records.list_issues(tx, Listing("registered_at", True, "电梯")).rows
        return next(one.id for one in rows if one.status is not _S.JOINED)

    stage.window.open_record("issue", stage.write(find))


def due(stage: Stage, at: int = 0) -> None:
    """What is due; ``at`` is the chip taken."""
    page = stage.page("today")
    page.chips.buttons[at].click()
    stage.settle()


POSES = [
    Pose("issues", "demo", lambda stage: stage.page("issues")),
    *(
        Pose(f"issues-view-{one.value}", "demo", partial(view, chosen=one))
        for one in View
        if one is not View.TO_DO
    ),
    *(
        Pose(f"issues-{one.value}", "demo", partial(stands, status=one))
        for one in (_S.ASSIGNED, _S.REPLIED, _S.ANSWERED, _S.SETTLED, _S.DECLINED, _S.JOINED)
    ),
    Pose("issues-assign", "demo", partial(stands, status=_S.REGISTERED, keys="Alt+A")),
    Pose("issues-assign-error", "demo", assign_error),
    Pose("issues-decline", "demo", partial(stands, status=_S.REGISTERED, keys="Alt+D")),
    Pose("issues-join", "demo", partial(stands, status=_S.REGISTERED, keys="Alt+J")),
    Pose("issues-reply", "demo", partial(stands, status=_S.ASSIGNED, keys="Alt+R")),
    Pose("issues-urge", "demo", partial(stands, status=_S.ASSIGNED, keys="Alt+U")),
    Pose("issues-settle", "demo", partial(stands, status=_S.REPLIED, keys="Alt+S")),
    Pose("issues-left", "demo", left),
    Pose("issues-half-typed", "demo", half_typed),
    Pose("issues-joined-target", "demo", joined_target),
    Pose("issues-like", "demo", like),
    Pose("issues-filtered", "demo", filtered),
    Pose("issues-filters", "demo", filter_panel),
    Pose("issues-several", "demo", several),
    Pose("issues-several-all", "demo", all_chosen),
    Pose("issues-several-assign", "demo", partial(several, keys="Alt+A")),
    Pose("issues-several-join", "demo", partial(several, keys="Alt+J")),
    Pose("issues-several-publish", "demo", partial(several, keys="Alt+Shift+P")),
    Pose("issues-no-match", "demo", no_match),
    Pose("issues-of-viewer", "viewer", lambda stage: stage.page("issues")),
    Pose("issues-none", "empty", lambda stage: stage.page("issues")),
    Pose("today", "demo", due),
    Pose("today-one-kind", "demo", partial(due, at=6)),
    Pose("today-none", "empty", due),
]
